//! The receipt with appointment (form 01). Laid out when somebody first opens it, then kept: filing must not wait
//! for a printer, and the paper must not change afterwards.

use crate::deps::Deps;
use crate::model::definition::{FieldKind, ProcedureDefinition, TermRule};
use crate::model::requirement::RequirementState;
use crate::store::dossier::{self, Dossier};
use crate::store::part::{self, DossierFile, Requirement};
use crate::web::HELPER;
use d06_authz::{Permit, act};
use d06_kernel::id::DossierId;
use d06_kernel::port::document::{ReceiptData, ReceiptPaper};
use d06_kernel::port::population::PersonField;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// The receipt as PDF.
///
/// # Errors
/// "Not found" for a dossier that is not the permit's; the printer's and the file store's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ViewDossier>,
    id: DossierId,
) -> Result<Vec<u8>, Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let read = deps.db.read().await?;
    let dossier = dossier::get(&read, id).await?;
    if let Some(kept) = dossier.receipt {
        return deps.files.open(&read, kept).await;
    }
    let requirements = part::list_requirements(&read, id).await?;
    let files = part::list_files(&read, id).await?;
    let parties = part::list_parties(&read, id).await?;
    drop(read);
    // At the counter an officer receives; online nobody does.
    let officer = parties.into_iter().find(|party| party.role == HELPER).map(|party| party.name);
    let data = ReceiptData { officer, ..data(cx, deps, &dossier, &requirements, &files).await? };
    let pdf = deps.printer.receipt(cx, &data).await?;
    let prepared = deps.files.prepare(cx, &pdf).await?;
    let tx = deps.db.begin().await?;
    if let Some(kept) = dossier::get(&tx, id).await?.receipt {
        // Opened twice at once: the first one counts.
        return deps.files.open(&tx, kept).await;
    }
    let stored = deps.files.keep(cx, &tx, &prepared).await?;
    dossier::keep_receipt(&tx, id, stored.id).await?;
    tx.commit().await?;
    Ok(pdf)
}

async fn data(
    cx: &Cx,
    deps: &Deps,
    dossier: &Dossier,
    requirements: &[Requirement],
    files: &[DossierFile],
) -> Result<ReceiptData, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let committee = deps.units.get(cx, &dossier.agency).await?;
    let unit = deps.units.get(cx, &dossier.reception).await?.name;
    Ok(ReceiptData {
        place: committee.place().to_owned(),
        committee: committee.name,
        unit,
        unit_code: dossier.reception.clone(),
        code: dossier.code.clone(),
        lookup_url: deps.lookup_url(&dossier.lookup),
        applicant: dossier.applicant_name.clone(),
        number: dossier.applicant,
        address: address_of(&definition, dossier),
        phone: phone_of(&definition, dossier),
        procedure_code: dossier.procedure.clone(),
        procedure: definition.name.vi.clone(),
        papers: papers(&definition, requirements, files),
        received_at: dossier.received_at.unwrap_or(dossier.submitted_at),
        due_at: dossier.due_at,
        time_allowed: time_allowed(definition.term),
        hand_out: "Bản điện tử trong Kho quản lý dữ liệu điện tử của cá nhân".to_owned(),
        fee: definition.cost(dossier.channel, &dossier.answers),
        officer: None,
    })
}

/// The applicant's residence as the form holds it.
pub(super) fn address_of(definition: &ProcedureDefinition, dossier: &Dossier) -> Option<String> {
    answer(definition, dossier, |f| {
        f.prefill.as_ref().and_then(|p| p.from.group()) == Some(PersonField::PermanentResidence)
    })
}

/// The phone number as the form holds it.
pub(super) fn phone_of(definition: &ProcedureDefinition, dossier: &Dossier) -> Option<String> {
    answer(definition, dossier, |f| f.kind == FieldKind::Phone)
}

fn answer(
    definition: &ProcedureDefinition,
    dossier: &Dossier,
    wanted: impl Fn(&crate::model::definition::FieldDef) -> bool,
) -> Option<String> {
    let field = definition.form.fields().find(|f| wanted(f))?;
    dossier.answers.get(&field.key).cloned()
}

/// The table of papers. What the case does not need is left out; what data proves says so.
fn papers(
    definition: &ProcedureDefinition,
    kept: &[Requirement],
    files: &[DossierFile],
) -> Vec<ReceiptPaper> {
    let line = |requirement: &Requirement| {
        let label = definition.requirement(&requirement.key)?.label.vi.clone();
        let count = files.iter().filter(|f| f.requirement == requirement.key).count();
        let waived = match &requirement.state {
            RequirementState::NotApplicable { .. } => return None,
            RequirementState::Waived(waiver) => Some(format!(
                "Không phải nộp: đã có dữ liệu ngày {} ({})",
                local_date(waiver.proof.as_of).format("%d/%m/%Y"),
                waiver.clause
            )),
            RequirementState::SourceUnavailable { .. } => Some("Đang tra cứu cơ sở dữ liệu".to_owned()),
            _ => None,
        };
        Some(ReceiptPaper { name: label, files: u32::try_from(count).unwrap_or(u32::MAX), waived })
    };
    kept.iter().filter_map(line).collect()
}

/// The term in the words of the form, which is a Vietnamese paper in every language of the page.
fn time_allowed(term: TermRule) -> String {
    match term {
        TermRule::SameDay => "Trong ngày làm việc".to_owned(),
        TermRule::WorkingHours(hours) => format!("{hours} giờ làm việc"),
        TermRule::WorkingDays(days) => format!("{days} ngày làm việc"),
        TermRule::CalendarDays(days) => format!("{days} ngày"),
    }
}

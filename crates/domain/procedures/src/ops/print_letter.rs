//! A letter to the person as PDF, laid out when somebody first opens it and kept from then on.

use super::print_receipt::{address_of, phone_of};
use crate::deps::Deps;
use crate::store::dossier::{self, Dossier};
use crate::store::letter::{self, Letter, LetterId};
use d06_authz::{Permit, act};
use d06_kernel::id::DossierId;
use d06_kernel::port::document::LetterData;
use d06_kernel::{Cx, Problem};

/// The letter as PDF.
///
/// # Errors
/// "Not found" for a dossier that is not the permit's and a letter that is not the dossier's; the printer's and the
/// file store's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ViewDossier>,
    id: DossierId,
    letter: LetterId,
) -> Result<Vec<u8>, Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let read = deps.db.read().await?;
    let dossier = dossier::get(&read, id).await?;
    let written = letter::get(&read, id, letter).await?;
    if let Some(kept) = written.file {
        return deps.files.open(&read, kept).await;
    }
    drop(read);
    let pdf = deps.printer.letter(cx, &data(cx, deps, &dossier, written).await?).await?;
    let prepared = deps.files.prepare(cx, &pdf).await?;
    let tx = deps.db.begin().await?;
    if let Some(kept) = letter::get(&tx, id, letter).await?.file {
        // Opened twice at once: the first one counts.
        return deps.files.open(&tx, kept).await;
    }
    let stored = deps.files.keep(cx, &tx, &prepared).await?;
    letter::keep_file(&tx, letter, stored.id).await?;
    tx.commit().await?;
    Ok(pdf)
}

async fn data(cx: &Cx, deps: &Deps, dossier: &Dossier, letter: Letter) -> Result<LetterData, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let committee = deps.units.get(cx, &dossier.agency).await?;
    Ok(LetterData {
        form: letter.form,
        place: committee.place().to_owned(),
        committee: committee.name,
        unit: deps.units.get(cx, &letter.unit).await?.name,
        unit_code: letter.unit,
        code: dossier.code.clone(),
        lookup_url: deps.lookup_url(&dossier.lookup),
        applicant: dossier.applicant_name.clone(),
        number: dossier.applicant,
        address: address_of(&definition, dossier),
        phone: phone_of(&definition, dossier),
        procedure_code: dossier.procedure.clone(),
        procedure: definition.name.vi.clone(),
        filed_at: dossier.submitted_at,
        written_at: letter.written_at,
        subject: letter.words.subject,
        reason: letter.words.reason,
        due_was: letter.words.due_was,
        due_at: letter.words.due_at,
        official: letter.official,
    })
}

//! The person answers the request for a supplement; the clock goes on.

use super::load;
use super::plan_deadlines;
use super::trace::{self, Trace};
use crate::deps::Deps;
use crate::model::dossier::{Channel, DossierState};
use crate::store::dossier;
use crate::store::part::{self, DossierFile};
use d06_authz::{Permit, act};
use d06_files::{Prepared, clean_name};
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem, Role};
use serde_json::json;

/// The longest answer, in characters.
const LONGEST: usize = 2_000;

/// The answer.
#[derive(Clone, Debug)]
pub struct AnswerSupplement {
    /// The dossier.
    pub dossier: DossierId,
    /// What the person says.
    pub answer: String,
    /// What they hand in: name and content.
    pub files: Vec<(String, Prepared)>,
}

/// Keeps the answer and gives the dossier back to the step that asked.
///
/// # Errors
/// "Not found" for another's dossier; `dossier.wrong-state` when nothing is asked for; field `answer`
/// (`field.required` when there is neither text nor file, `answer.too-long`).
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ViewDossier>,
    command: AnswerSupplement,
) -> Result<(), Problem> {
    let answer = load::optional_words("answer", &command.answer, LONGEST)?.unwrap_or_default();
    if answer.is_empty() && command.files.is_empty() {
        return Err(Problem::field("answer", "field.required"));
    }
    let person = cx.require_principal()?;
    let tx = deps.db.begin().await?;
    let mut dossier = dossier::get(&tx, command.dossier).await?;
    // Who was helped to file at the counter brings what is missing to the counter.
    let at_counter = dossier.channel == Channel::Counter && person.has(Role::OneStopOfficer);
    if !permit.covers(dossier.id) || !(dossier.applicant == person.number || at_counter) {
        return Err(Problem::not_found());
    }
    if dossier.state != DossierState::AwaitingSupplement {
        return Err(Problem::conflict("dossier.wrong-state").with("state", dossier.state.name()));
    }
    let asked = part::find_supplement(&tx, dossier.id).await?.ok_or_else(Problem::not_found)?;
    load::go(&mut dossier, DossierState::InProgress)?;
    plan_deadlines::resume(cx, deps, &tx, &mut dossier).await?;
    part::answer_supplement(&tx, dossier.id, &answer, cx.now()).await?;
    let mut files = Vec::with_capacity(command.files.len());
    for (name, prepared) in &command.files {
        let stored = deps.files.keep(cx, &tx, prepared).await?;
        files.push(DossierFile {
            requirement: asked.field.clone(),
            file: stored.id,
            name: clean_name(name)?,
            size: stored.size,
            media: stored.media.name().to_owned(),
        });
    }
    part::add_files(cx, &tx, dossier.id, &files).await?;
    let requirements = part::list_requirements(&tx, dossier.id).await?;
    if let Some(kept) = requirements.into_iter().find(|r| r.key == asked.field)
        && !files.is_empty()
    {
        let files = files.iter().map(|f| f.file).collect();
        let state = kept.state.provide(files).map_err(|e| Problem::conflict(e.code()))?;
        part::set_requirement(&tx, dossier.id, &kept.key, &state, cx.now()).await?;
    }
    dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.answer-supplement",
        event: None,
        entry: "supplement-answered",
        details: json!({ "field": asked.field, "files": files.len() }),
        words: None,
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await
}

//! Keeps what is typed. Two devices that began from the same version: the first wins, the second is told and loses
//! nothing of what it typed.

use crate::deps::Deps;
use crate::store::draft::{self, Answers, Draft, DraftId};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// The most characters kept of one field of a draft; the form's own limits are checked at submission.
const LONGEST: usize = 10_000;

/// What is typed, and from which version of the draft it began.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The draft.
    pub draft: DraftId,
    /// The version the form showed.
    pub version: i64,
    /// What is typed.
    pub answers: Answers,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Saved {
    /// Kept, under this version.
    Kept(i64),
    /// Another device was faster; this is what it kept.
    Clash(Box<Draft>),
}

/// Saves. Fields that the form does not have are left out.
///
/// # Errors
/// "Not found" for a draft that is not the permit's; `draft.submitted` if it became a dossier meanwhile;
/// `answer.too-long` for a field that is beyond keeping.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::EditDraft>,
    command: SaveDraft,
) -> Result<Saved, Problem> {
    if !permit.covers(command.draft) {
        return Err(Problem::not_found());
    }
    if let Some((key, _)) = command.answers.iter().find(|(_, value)| value.chars().count() > LONGEST) {
        return Err(Problem::field(key.clone(), "answer.too-long"));
    }
    let tx = deps.db.begin().await?;
    let kept = draft::get(&tx, command.draft).await?;
    if kept.dossier.is_some() {
        return Err(Problem::conflict("draft.submitted"));
    }
    let definition = deps.version(&kept.procedure_version)?;
    let mut answers = kept.answers.clone();
    for (key, value) in command.answers {
        if definition.form.field(&key).is_some() {
            answers.insert(key, d06_kernel::text::nfc(&value));
        }
    }
    if answers == kept.answers {
        return Ok(Saved::Kept(kept.version));
    }
    if !draft::save(&tx, command.draft, command.version, &answers, cx.now()).await? {
        return Ok(Saved::Clash(Box::new(kept)));
    }
    tx.commit().await?;
    Ok(Saved::Kept(command.version + 1))
}

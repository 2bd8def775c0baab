//! Writes a letter to the person in the transaction of the step that produces it. The paper is laid out when somebody
//! first opens it; what it says stands from now on.

use super::trace;
use crate::store::dossier::Dossier;
use crate::store::letter::{self, Letter, LetterId, LetterWords};
use d06_db::Tx;
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};

/// Writes the letter.
///
/// # Errors
/// The database's.
pub(super) async fn run(
    cx: &Cx,
    tx: &Tx,
    dossier: &Dossier,
    form: LetterForm,
    words: LetterWords,
) -> Result<(), Problem> {
    let official = cx.principal().filter(|person| person.is_official()).map(|person| person.name.clone());
    let letter = Letter {
        id: cx.new_id::<LetterId>(),
        dossier: dossier.id,
        form,
        unit: trace::acting_unit(cx).unwrap_or_else(|| dossier.reception.clone()),
        official,
        written_at: cx.now(),
        words,
        file: None,
    };
    letter::add(tx, &letter).await
}

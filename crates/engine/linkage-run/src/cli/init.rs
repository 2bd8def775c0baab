//! Guessing columns: shown, confirmed, written as a spec.

use super::arguments::InitArgs;
use super::{show, tell};
use crate::columns::{Because, Guess, Meaning, guess};
use crate::error::RunError;
use crate::input::{expand, preview};
use crate::output::write_text;
use crate::propose::{ROLES, Seen, propose, spec_of};
use crate::words::Words;
use d06_linkage::Spec;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Rows looked at.
const ROWS: usize = 500;

/// Writes or prints a proposed spec.
pub(super) fn init(arguments: &InitArgs, words: &Words) -> Result<(), RunError> {
    let (left, right) = (look(&arguments.left)?, look(&arguments.right)?);
    let text = propose(&left, &right, words);
    match &arguments.out {
        Some(path) => {
            write_text(path, &text)?;
            tell(&words.fill("init-written", &[("path", &path.display().to_string())]));
        }
        None => show(&text),
    }
    Ok(())
}

/// The spec of a file, or one guessed from the columns that the person at the terminal agrees to.
pub(super) fn spec(
    path: Option<&PathBuf>,
    (left, right): (&[String], &[String]),
    yes: bool,
    words: &Words,
) -> Result<Spec, RunError> {
    if let Some(path) = path {
        return read_spec(path);
    }
    let (left_seen, right_seen) = (look(left)?, look(right)?);
    tell(&table(left.first().map_or("", String::as_str), &left_seen.guesses, words));
    if !right_seen.guesses.is_empty() {
        tell(&table(right.first().map_or("", String::as_str), &right_seen.guesses, words));
    }
    if yes || agreed(words) { Ok(spec_of(&left_seen, &right_seen)) } else { Err(RunError::Unconfirmed) }
}

/// The spec of a file; labels are named from where it is.
///
/// # Errors
/// If the file cannot be read or is no spec.
pub fn read_spec(path: &Path) -> Result<Spec, RunError> {
    let text = std::fs::read_to_string(path).map_err(RunError::read(path))?;
    let mut spec = Spec::parse(&text)?;
    if let (Some(labels), Some(folder)) = (&mut spec.labels, path.parent()) {
        *labels = folder.join(&*labels).display().to_string();
    }
    Ok(spec)
}

/// What the first file of a side looks like; nothing where there is none.
fn look(names: &[String]) -> Result<Seen, RunError> {
    let Some(path) = expand(names)?.into_iter().next() else { return Ok(Seen::default()) };
    let preview = preview(&path, ROWS)?;
    let guesses = guess(&preview);
    let told = guesses.iter().any(|guess| matches!(guess.meaning, Some((Meaning::Role(_), _))));
    if told { Ok(Seen { guesses, sheets: preview.sheets }) } else { Err(RunError::NothingGuessed(path)) }
}

fn table(path: &str, guesses: &[Guess], words: &Words) -> String {
    let mut text = words.fill("guess-title", &[("path", path)]);
    for Guess { header, meaning, .. } in guesses {
        let said = match meaning {
            None => words.text("guess-unused"),
            Some((meaning, because)) => {
                let why = if *because == Because::Header { "guess-header" } else { "guess-values" };
                format!("{} ({})", meaning_name(*meaning, words), words.text(why))
            }
        };
        text.push_str(&format!("\n  {header:<32} {said}"));
    }
    text
}

fn meaning_name(meaning: Meaning, words: &Words) -> String {
    let name = match meaning {
        Meaning::Id => "id",
        Meaning::Role(role) => {
            ROLES.iter().find(|(_, other)| *other == role).map_or("text", |(name, _)| name)
        }
    };
    words.text(&format!("meaning-{name}"))
}

/// Asks, if there is somebody to ask.
fn agreed(words: &Words) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    let mut out = std::io::stderr().lock();
    if write!(out, "{} ", words.text("guess-ask")).and_then(|()| out.flush()).is_err() {
        return false;
    }
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer).is_ok();
    let answer = answer.trim().to_lowercase();
    read && !answer.is_empty() && words.text("guess-yes").split(' ').any(|yes| yes == answer)
}

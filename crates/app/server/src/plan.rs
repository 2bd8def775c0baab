//! `dean06 plan compile`: a plan as JSON, or what is to be looked at in it. Needs neither settings nor a database.
//!
//! Ends with 0 where the plan compiled, 1 where the file cannot be read, 2 where the command is wrong.

use crate::Outcome;
use crate::commands::CompilePlanOptions;
use d06_kernel::Locale;
use d06_plan::Compiled;
use d06_plan_files::{MAX_FILE, ReadError};
use d06_ui::texts::{TextError, Texts};
use std::io::{Read, Write};
use std::path::Path;

/// Compiles a file.
pub(crate) fn compile(options: &CompilePlanOptions) -> Outcome {
    let bytes = read(&options.file)?;
    let source = d06_plan_files::read(&bytes).map_err(Unreadable)?;
    let compiled = d06_plan::compile(&source);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = if options.check {
        warnings(&mut out, &options.file, &compiled, &words()?)
    } else {
        json(&mut out, &compiled)
    };
    match written.and_then(|()| out.flush()) {
        // The reader of a pipe has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Why a file cannot be read, in both languages.
#[derive(Debug)]
struct Unreadable(ReadError);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} / {} [{}]", self.0.in_vietnamese(), self.0, self.0.code())
    }
}

impl std::error::Error for Unreadable {}

/// The bytes of a file, no more of them than a plan can have.
fn read(path: &Path) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let named = |error: std::io::Error| {
        format!("không mở được tệp / cannot open the file: {}: {error}", path.display())
    };
    let file = std::fs::File::open(path).map_err(named)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(named)?;
    Ok(bytes)
}

fn json(out: &mut impl Write, compiled: &Compiled) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, compiled)?;
    writeln!(out)
}

/// What the pages say of warnings.
fn words() -> Result<Texts, TextError> {
    let source = d06_steering::source();
    Texts::merge(source.locales.iter().map(|(locale, text)| (source.name, *locale, *text)))
}

/// One line for each warning: file, line, code, words in Vietnamese and, with what it is about, in English.
fn warnings(out: &mut impl Write, file: &Path, compiled: &Compiled, words: &Texts) -> std::io::Result<()> {
    for warning in &compiled.warnings {
        let code = serde_json::to_value(warning.code)?;
        let code = code.as_str().unwrap_or_default();
        let vietnamese = words.plain(Locale::Vi, &format!("plan-warning-{code}"));
        let (file, line, message) = (file.display(), warning.line, &warning.message);
        writeln!(out, "{file}:{line}: {code}: {vietnamese} / {message}")?;
    }
    Ok(())
}

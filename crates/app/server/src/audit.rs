//! `dean06 audit verify`.

use crate::Outcome;
use crate::commands::VerifyOptions;
use crate::compose;
use crate::keys::Keys;
use d06_audit::{Fault, Finding};
use d06_config::Settings;
use d06_db::Db;
use d06_kernel::Cx;

/// Verifies the log; fails where anything was altered.
#[allow(clippy::print_stdout, reason = "the report is for the person at the terminal")]
pub(crate) async fn verify(options: VerifyOptions, mut settings: Settings) -> Outcome {
    if let Some(data) = &options.data {
        settings.storage.keys = data.join("keys");
        settings.database.url =
            format!("sqlite://{}", std::path::absolute(data)?.join("dean06.db").display());
    }
    let keys = Keys::open(&settings.storage.keys)?;
    let key = compose::audit_key(&settings, &keys, Cx::of_machine().randomness())?;
    let published = match options.published {
        Some(file) => Some(std::fs::read_to_string(file)?),
        None => keys.checkpoint().read()?,
    };
    let db = Db::open(&settings.database.url).await?;
    let report = d06_audit::verify(&db, &key.public(), published.as_deref()).await?;
    println!("entries {}, waiting {}", report.size, report.waiting);
    if let Some(head) = &report.head {
        print!("{}", head.sign(&key));
    }
    for Finding { fault, entry, place } in &report.findings {
        let entry = entry.map(|entry| format!(" entry {entry}")).unwrap_or_default();
        println!("{}: place {place}{entry}", in_words(*fault));
    }
    for entry in &report.erased {
        println!("erased subject: entry {entry}");
    }
    if report.is_sound() {
        println!("sound");
        return Ok(());
    }
    Err(format!("the log was altered: {} findings", report.findings.len()).into())
}

fn in_words(fault: Fault) -> &'static str {
    match fault {
        Fault::Altered => "altered",
        Fault::ColumnAltered => "column altered",
        Fault::Removed => "removed",
        Fault::PlaceAltered => "place altered",
        Fault::PlaceRemoved => "place removed",
        Fault::CheckpointForged => "checkpoint forged",
        Fault::RootDiffers => "signed root differs",
        Fault::TileAltered => "tile altered",
        Fault::CheckpointRemoved => "checkpoint removed",
        Fault::PublishedDiffers => "published checkpoint differs",
    }
}

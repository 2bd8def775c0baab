//! The commands, for any program to embed: `link`, `link init`, `link schema`, `link index`, `link one`,
//! `link sample`, `dedupe`.
//!
//! They end with 0 when done, 1 for a fault that should not be, 2 for a wrong command line, 3 for inputs that cannot be
//! used, 4 for outputs that cannot be written, 5 for a spec that does not fit, 130 when interrupted.

mod arguments;
mod init;
mod one;
mod sample;
mod work;

pub use arguments::{DedupeArgs, LinkArgs};
pub use init::read_spec;

use crate::error::RunError;
use crate::words::{Lang, Words};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs `link` and its further commands; what the process should end with.
pub fn run_link(arguments: &LinkArgs) -> u8 {
    let words = Words::new(arguments.common.lang);
    finish(&words, work::link(arguments, &words))
}

/// Runs `dedupe`; what the process should end with.
pub fn run_dedupe(arguments: &DedupeArgs) -> u8 {
    let words = Words::new(arguments.common.lang);
    finish(&words, work::dedupe(arguments, &words))
}

fn finish(words: &Words, outcome: Result<(), RunError>) -> u8 {
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            tell(&words.error(&error));
            error.exit_code()
        }
    }
}

/// A line on standard error.
#[allow(clippy::print_stderr, reason = "the message is for the person at the terminal")]
fn tell(text: &str) {
    eprintln!("{text}");
}

/// Text on standard output. A reader that went away has enough.
fn show(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A flag that the first Ctrl-C raises; the second ends the process.
pub fn stop_flag(lang: Lang) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    // A program that embeds the commands may have a handler of its own; then it is theirs to stop.
    let _own = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        tell(&format!("\n{}", Words::new(lang).text("progress-stopping")));
    });
    flag
}

/// The number of threads for everything that follows, if it was given.
pub fn use_threads(threads: Option<usize>) {
    if let Some(threads) = threads {
        // Set once for the process; a second setting has no effect.
        let _set_before = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

//! Log lines on standard error: level, origin, text. Whoever runs the process (systemd, a container) adds the time.

use log::{LevelFilter, Log, Metadata, Record};

struct Lines;

/// Of our own and of Ballista's events `info`, of everybody else's only warnings.
fn level_of(target: &str) -> LevelFilter {
    if target.starts_with("d06") || target.starts_with("ballista") {
        LevelFilter::Info
    } else {
        LevelFilter::Warn
    }
}

impl Log for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= level_of(metadata.target())
    }

    #[allow(clippy::print_stderr, reason = "this is the log")]
    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{:5} {} {}", record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Begins to log, at most of this level.
pub(crate) fn to_standard_error(most: LevelFilter) {
    // Called once, first of all: nobody else has set a logger.
    if log::set_logger(&Lines).is_ok() {
        log::set_max_level(most);
    }
}

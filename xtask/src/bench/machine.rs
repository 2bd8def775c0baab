//! The machine a measurement was made on, in words that make figures comparable.

use crate::shell;
use std::fmt::Write;

/// A paragraph: processor, memory, disk's flush time, system, compiler, commit, load before the start.
pub(crate) fn describe() -> String {
    let mut text = String::from("| machine | |\n|---|---|\n");
    let mut line = |name: &str, value: &str| {
        let _infallible = writeln!(text, "| {name} | {} |", value.trim());
    };
    let file = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    line("processor", &format!("{processors} × {}", field(&file("/proc/cpuinfo"), "model name")));
    line("memory", &field(&file("/proc/meminfo"), "MemTotal"));
    line("system", &said("uname", &["-sr"]));
    line("disk", &flushes());
    line("compiler", &said("rustc", &["--version"]));
    line("commit", &said("git", &["rev-parse", "--short", "HEAD"]));
    line("date", &said("date", &["--utc", "+%Y-%m-%d %H:%M UTC"]));
    line("load before the start", file("/proc/loadavg").split(' ').next().unwrap_or_default());
    text
}

fn said(program: &str, arguments: &[&str]) -> String {
    let words = shell::output(program, arguments).unwrap_or_default();
    String::from_utf8_lossy(&words).trim().to_owned()
}

/// How long the disk takes to make 4 KiB last, which bounds every durable commit.
fn flushes() -> String {
    const TIMES: usize = 200;
    match flush_times(TIMES) {
        Ok(mut times) => {
            times.sort_unstable();
            let at =
                |share: usize| times.get(TIMES * share / 100).map_or(0.0, std::time::Duration::as_secs_f64);
            format!("flush of 4 KiB: median {:.2} ms, p99 {:.2} ms", at(50) * 1e3, at(99) * 1e3)
        }
        Err(error) => format!("not measured: {error}"),
    }
}

fn flush_times(times: usize) -> std::io::Result<Vec<std::time::Duration>> {
    use std::io::Write as _;
    let path = shell::target().join("flush.tmp");
    let mut file = std::fs::File::create(&path)?;
    let mut all = Vec::with_capacity(times);
    for _ in 0..times {
        file.write_all(&[1; 4096])?;
        let began = std::time::Instant::now();
        file.sync_data()?;
        all.push(began.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(all)
}

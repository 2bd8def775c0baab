//! `cargo demo`: the whole platform with its stand-ins on this machine.

use crate::front;
use crate::shell::{self, Outcome};
use std::process::Command;

/// Builds what is missing and hands over to the program. Everything it writes lies in `data-demo`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    front::build()?;
    shell::cargo(["build", "--package", "d06-server"])?;
    let program = shell::target().join("debug/dean06");
    let mut command = Command::new(program);
    // `cargo demo -- --port 8900` is what users of cargo may type.
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    command.arg("demo").args(arguments).current_dir(shell::root());
    hand_over(command)
}

/// Becomes the program, so that Ctrl-C reaches it alone and its exit code is ours.
#[cfg(unix)]
fn hand_over(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    Err(command.exec().to_string())
}

#[cfg(not(unix))]
fn hand_over(mut command: Command) -> Outcome {
    shell::finish(&mut command)
}

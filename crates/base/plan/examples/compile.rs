//! Compiles a plain text file and writes the plan as JSON: `cargo run -p d06-plan --example compile FILE`.

#![allow(clippy::print_stdout, reason = "writing to standard output is what it does")]

use d06_plan::{Source, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let source = Source::from_bytes(&std::fs::read(path)?)?;
    println!("{}", serde_json::to_string_pretty(&compile(&source))?);
    Ok(())
}

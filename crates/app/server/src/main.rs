//! The binary `dean06`.
fn main() {}

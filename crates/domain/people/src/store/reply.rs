//! An answer as it is stored.

use crate::model::dispute::Reply;
use d06_kernel::Problem;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize)]
struct Stored {
    upheld: bool,
    text: String,
    by: String,
    at: Moment,
}

pub(super) fn write(reply: &Reply) -> Result<Value, Problem> {
    let Reply { upheld, text, by, at } = reply.clone();
    serde_json::to_value(Stored { upheld, text, by, at }).map_err(Problem::internal)
}

pub(super) fn read(stored: Option<Value>) -> Result<Option<Reply>, Problem> {
    let Some(stored) = stored.filter(|stored| !stored.is_null()) else { return Ok(None) };
    let Stored { upheld, text, by, at } = serde_json::from_value(stored).map_err(Problem::internal)?;
    Ok(Some(Reply { upheld, text, by, at }))
}

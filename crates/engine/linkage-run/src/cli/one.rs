//! One record against an index.

use super::arguments::OneArgs;
use super::show;
use crate::error::RunError;
use crate::explain::Sentences;
use crate::propose::ROLES;
use crate::words::Words;
use d06_linkage::{Index, Linked, Record, Role};
use serde_json::json;

/// Looks one record up and shows who it may be.
pub(super) fn one(arguments: &OneArgs, words: &Words) -> Result<(), RunError> {
    let fields = arguments.fields.iter().map(|field| parse(field)).collect::<Result<Vec<_>, _>>()?;
    let index = Index::open(&arguments.index)?;
    let links = index.find(&Record { fields })?;
    let outcome = index.finish(Linked { links, ..Linked::default() }, 1)?;
    let mut sentences = Sentences::new(index.spec(), &outcome, words);
    let mut text = String::new();
    for link in &outcome.links {
        let (id, explanation) = (index.id(link.left), sentences.of(link).to_owned());
        if arguments.json {
            let object = json!({
                "left_id": id,
                "match_probability": link.probability,
                "match_weight": link.weight,
                "decision": link.decision.as_str(),
                "explanation": explanation,
            });
            text.push_str(&format!("{object}\n"));
        } else {
            let decision = words.text(&format!("decision-{}", link.decision.as_str()));
            let probability = words.decimal(f64::from(link.probability) * 100.0, 1);
            text.push_str(&format!("{id}  {probability:>5} %  {decision:<12} {explanation}\n"));
        }
    }
    if outcome.links.is_empty() && !arguments.json {
        text = format!("{}\n", words.text("one-nobody"));
    }
    show(&text);
    Ok(())
}

/// `name=value`.
fn parse(field: &str) -> Result<(Role, String), RunError> {
    let unknown = || RunError::Field(field.to_owned());
    let (name, value) = field.split_once('=').ok_or_else(unknown)?;
    let role = ROLES.iter().find(|(known, _)| *known == name.trim()).map(|(_, role)| *role);
    let place = |name: &str| name.strip_prefix("text")?.parse().ok().map(Role::Text);
    Ok((role.or_else(|| place(name.trim())).ok_or_else(unknown)?, value.trim().to_owned()))
}

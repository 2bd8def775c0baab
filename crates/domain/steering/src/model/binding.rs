//! Which measure answers which target, as shipped in `data/steering/bindings.toml`.

use d06_kernel::Problem;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../../../../data/steering/bindings.toml");

/// A binding of a target to a measure.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// The plan's key.
    pub plan: String,
    /// The target's reference in the plan.
    pub target: String,
    /// The measure's key.
    pub measure: String,
    /// What the target rests on, beside the plan itself.
    pub legal: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    binding: Vec<Binding>,
}

/// The bindings the platform ships.
///
/// # Errors
/// The file does not have its form.
pub fn shipped() -> Result<Vec<Binding>, Problem> {
    toml::from_str::<File>(SHIPPED).map(|file| file.binding).map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_bindings_name_targets_of_the_shipped_plan() {
        let source = d06_plan::Source::from_text(crate::model::plan::HA_BAC_2026).unwrap();
        let plan = d06_plan::compile(&source);
        for binding in super::shipped().unwrap() {
            assert!(
                plan.targets.iter().any(|target| target.reference == binding.target),
                "{}",
                binding.target
            );
        }
    }
}

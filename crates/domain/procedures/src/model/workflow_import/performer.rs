//! From the wording of a performer to a role in a unit of a commune, and from an imported workflow to one
//! that dossiers can follow.

use super::table::{ImportedStep, ImportedWorkflow};
use super::warning::{Warning, WarningKind};
use crate::model::Text;
use crate::model::definition::{Performer, StepDef, UnitKey, Workflow, WorkflowSource};
use d06_kernel::Role;
use d06_kernel::text::search_key;
use serde::Deserialize;

/// One line of the table: the words that must all occur, and what they mean.
#[derive(Clone, Debug)]
struct Rule {
    words: Vec<String>,
    performer: Performer,
}

/// How performers are worded; the first line that fits counts. Data: `data/procedures/performers.csv`.
#[derive(Clone, Debug)]
pub struct PerformerMap(Vec<Rule>);

#[derive(Deserialize)]
struct Line {
    words: String,
    role: Role,
    unit: UnitKey,
}

static SHIPPED: &str = include_str!("../../../../../../data/procedures/performers.csv");

impl PerformerMap {
    /// The table the product ships.
    pub fn shipped() -> Result<Self, csv::Error> {
        Self::read(SHIPPED)
    }

    /// A table with the columns `words` (folded, joined by `+`), `role`, `unit`.
    pub fn read(table: &str) -> Result<Self, csv::Error> {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let lines = reader.deserialize::<Line>();
        lines
            .map(|line| {
                line.map(|l| Rule {
                    words: l.words.split('+').map(search_key).collect(),
                    performer: Performer { role: l.role, unit: l.unit },
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The role and unit a wording means; `None` if no line fits.
    pub fn find(&self, wording: &str) -> Option<&Performer> {
        let folded = search_key(wording);
        self.0.iter().find(|r| r.words.iter().all(|w| folded.contains(w.as_str()))).map(|r| &r.performer)
    }
}

/// What a step is, by the words of its content; the first that occurs counts.
const KEYS: [(&str, &str); 12] = [
    ("tra ket qua giai quyet", "return"),
    ("tra ket qua cho", "return"),
    ("phan cong", "assign"),
    ("lap phieu tiep nhan", "receive"),
    ("tiep nhan", "receive"),
    ("vao so", "stamp"),
    ("dong dau", "stamp"),
    ("thu ly", "examine"),
    ("tham dinh", "examine"),
    ("xu ly", "examine"),
    ("phong xem xet", "review"),
    ("phe duyet", "decide"),
];

impl ImportedWorkflow {
    /// A workflow that dossiers can follow, with a warning for each step whose performer is not known (it
    /// falls to the specialist of the office until a person says otherwise).
    pub fn to_workflow(
        &self,
        act: Option<&str>,
        issuer: &str,
        map: &PerformerMap,
    ) -> (Workflow, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut steps: Vec<StepDef> = Vec::new();
        for step in &self.steps {
            let performer = map.find(&step.performer).cloned().unwrap_or_else(|| {
                let kind = WarningKind::PerformerNotUnderstood;
                warnings.push(Warning { line: step.line, kind, text: step.performer.clone() });
                Performer { role: Role::Specialist, unit: UnitKey::Office }
            });
            let key = unused_key(step, &steps);
            let name = Text { vi: step.content.clone(), en: String::new() };
            steps.push(StepDef { key, name, performer, time: step.time });
        }
        let source = WorkflowSource {
            act: act.map(str::to_owned),
            issuer: issuer.to_owned(),
            lines: Some(self.lines),
        };
        (Workflow { source, steps }, warnings)
    }
}

/// A key for the step by what it is, with a number if that is taken.
fn unused_key(step: &ImportedStep, taken: &[StepDef]) -> String {
    let folded = search_key(&step.content);
    let key = KEYS.iter().find(|(words, _)| folded.contains(words)).map_or("step", |(_, key)| key);
    let used = |key: &str| taken.iter().any(|s| s.key == key);
    if !used(key) {
        return key.to_owned();
    }
    (2..).map(|n| format!("{key}-{n}")).find(|k| !used(k)).unwrap_or_default()
}

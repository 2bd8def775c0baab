//! How requirements, files, fields and dossiers look to a reader: values for templates, without rules.

use crate::deps::Deps;
use crate::model::definition::{ProcedureDefinition, RequirementDef};
use crate::model::dossier::DossierState;
use crate::model::requirement::{Missing, RequirementState};
use crate::store::dossier::Dossier;
use crate::store::letter::Letter;
use chrono::{DateTime, NaiveDate, Utc};
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Locale, Problem, ProblemKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// A requirement for a reader.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RequirementView {
    /// Key in the definition.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The party it is required of.
    pub party: String,
    /// The clause that requires it.
    pub basis: String,
    /// Stable name of the state; `general` when nobody is signed in.
    pub state: String,
    /// The clause that lets data replace the paper, or by which it was overruled.
    pub clause: Option<String>,
    /// Who proves it, or would.
    pub sources: Vec<SourceView>,
    /// When the source stood so.
    pub as_of: Option<DateTime<Utc>>,
    /// What the source says.
    pub facts: Vec<FactView>,
    /// Why the person is asked: `no-source`, `not-held`, `source-silent`.
    pub reason: Option<String>,
    /// What the last source said: `no-document`, `expired`.
    pub finding: Option<String>,
    /// When the silent source is asked again.
    pub retry_at: Option<DateTime<Utc>>,
    /// From when paper may be asked for.
    pub paper_from: Option<DateTime<Utc>>,
    /// The papers of which one would do.
    pub papers: Vec<String>,
    /// Name of the field that has to be answered first.
    pub field: Option<String>,
    /// Files handed in.
    pub files: usize,
    /// Whether an officer may ask for paper now.
    pub askable: bool,
    /// Whether an officer could overrule the data.
    pub overrulable: bool,
    /// Why an officer overruled the data.
    pub order: Option<String>,
}

/// A source for a reader: its key, whose words are `source-` + key.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// What a source says, as label and value.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// Message id of the label: `fact-` + key.
    pub label: String,
    /// The value.
    pub value: String,
}

/// What the views need to name things.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    deps: &'a Deps,
    definition: &'a ProcedureDefinition,
    locale: Locale,
    day: NaiveDate,
}

impl<'a> Naming<'a> {
    /// Names in the reader's language, as of a day.
    pub fn new(deps: &'a Deps, definition: &'a ProcedureDefinition, locale: Locale, day: NaiveDate) -> Self {
        Self { deps, definition, locale, day }
    }

    /// A source by the name of the database behind it.
    pub fn source(&self, key: &str) -> SourceView {
        let databases = self.deps.catalogue.databases();
        let known = databases
            .iter()
            .find(|d| d.source.as_deref() == Some(key))
            .or_else(|| databases.on(key, self.day));
        let name = known.map(|d| match self.locale {
            Locale::Vi => d.name_vi.clone(),
            Locale::En => d.name_en.clone(),
        });
        SourceView { key: key.to_owned(), name: name.unwrap_or_else(|| key.to_owned()) }
    }

    fn party(&self, key: &str) -> String {
        self.definition.party(key).map(|p| p.label.of(self.locale).to_owned()).unwrap_or_default()
    }

    fn field(&self, key: &str) -> Option<String> {
        self.definition.form.field(key).map(|f| f.label.of(self.locale).to_owned())
    }

    /// A requirement as it is for everybody: what data replaces, and by which clause.
    pub fn general(&self, requirement: &RequirementDef) -> RequirementView {
        let claim = requirement.claims().next();
        let covering = |claim: &str| {
            self.deps.evidence.iter().filter(|s| s.covers(claim)).map(|s| self.source(s.key())).collect()
        };
        RequirementView {
            key: requirement.key.clone(),
            label: requirement.label.of(self.locale).to_owned(),
            party: self.party(&requirement.party),
            basis: requirement.basis.to_string(),
            state: "general".to_owned(),
            clause: claim.map(|(_, clause)| clause.to_string()),
            sources: claim.map(|(claim, _)| covering(claim)).unwrap_or_default(),
            papers: requirement.papers().map(|(_, label)| label.of(self.locale).to_owned()).collect(),
            ..RequirementView::default()
        }
    }

    /// A requirement in its state.
    pub fn requirement(&self, requirement: &RequirementDef, state: &RequirementState) -> RequirementView {
        let view = RequirementView {
            state: state.name().to_owned(),
            clause: None,
            sources: Vec::new(),
            ..self.general(requirement)
        };
        let names = |keys: &[String]| keys.iter().map(|key| self.source(key)).collect();
        match state {
            RequirementState::NotApplicable { field } | RequirementState::Undecided { field } => {
                RequirementView { field: self.field(field), ..view }
            }
            RequirementState::Waived(waiver) => RequirementView {
                clause: Some(waiver.clause.to_string()),
                sources: vec![self.source(&waiver.proof.source)],
                as_of: Some(waiver.proof.as_of),
                facts: waiver.proof.facts.iter().map(fact).collect(),
                overrulable: true,
                ..view
            },
            RequirementState::SourceUnavailable { sources, retry_at, paper_from } => RequirementView {
                sources: names(sources),
                retry_at: Some(*retry_at),
                paper_from: Some(*paper_from),
                overrulable: true,
                ..view
            },
            RequirementState::ToProvide { reason } => self.missing(view, reason),
            RequirementState::Provided { files } => {
                RequirementView { files: files.len(), askable: true, ..view }
            }
            RequirementState::Overridden { order, files } => RequirementView {
                clause: Some(order.clause().to_string()),
                order: Some(order.reason().to_owned()),
                files: files.len(),
                askable: true,
                ..view
            },
        }
    }

    fn missing(&self, view: RequirementView, reason: &Missing) -> RequirementView {
        let view = RequirementView { askable: true, ..view };
        match reason {
            Missing::NoSource => RequirementView { reason: Some("no-source".to_owned()), ..view },
            Missing::NotHeld { at } => RequirementView {
                reason: Some("not-held".to_owned()),
                finding: at.last().map(|a| a.code.clone()),
                sources: at.iter().map(|a| self.source(&a.source)).collect(),
                ..view
            },
            Missing::SourceSilent { sources } => RequirementView {
                reason: Some("source-silent".to_owned()),
                sources: sources.iter().map(|key| self.source(key)).collect(),
                ..view
            },
        }
    }
}

fn fact((label, value): &(String, String)) -> FactView {
    FactView { label: label.clone(), value: value.clone() }
}

/// A file for a reader.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// What to name it by in a form or an address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in kilobytes, rounded up.
    pub kilobytes: i64,
    /// Media type, by content.
    pub media: String,
}

impl FileView {
    /// A file by what names it.
    pub fn new(id: impl ToString, name: &str, bytes: i64, media: &str) -> Self {
        let kilobytes = (bytes.max(0) + 1023) / 1024;
        Self { id: id.to_string(), name: name.to_owned(), kilobytes, media: media.to_owned() }
    }

    /// An example.
    pub fn sample() -> Self {
        Self::new("0197705e-7b00-7000-8000-000000000009", "giấy <xác nhận>.pdf", 120_000, "application/pdf")
    }
}

/// A letter to the person, for a reader.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// Its id.
    pub id: String,
    /// Which form; the words are `letter-` + form.
    pub form: &'static str,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl LetterView {
    /// A letter for a reader.
    pub fn of(letter: &Letter) -> Self {
        Self { id: letter.id.to_string(), form: letter.form.name(), at: letter.written_at }
    }

    /// One of each form.
    pub fn samples() -> Vec<Self> {
        let sample = |form: LetterForm| Self {
            id: "0197705e-7b00-7000-8000-000000000012".to_owned(),
            form: form.name(),
            at: DateTime::<Utc>::UNIX_EPOCH,
        };
        LetterForm::ALL.map(sample).into()
    }
}

/// Names of units by code, each asked for once. A code that no unit has any more stands for itself.
///
/// # Errors
/// The directory's.
pub async fn unit_names(cx: &Cx, deps: &Deps, codes: &[&str]) -> Result<BTreeMap<String, String>, Problem> {
    let mut names = BTreeMap::new();
    for code in codes.iter().copied() {
        if names.contains_key(code) {
            continue;
        }
        let name = match deps.units.get(cx, code).await {
            Ok(unit) => unit.name,
            Err(problem) if problem.kind == ProblemKind::NotFound => code.to_owned(),
            Err(problem) => return Err(problem),
        };
        names.insert(code.to_owned(), name);
    }
    Ok(names)
}

/// How a dossier stands with its due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// Done, or well within its time.
    OnTime,
    /// Less than a working day is left.
    Soon,
    /// The time is over.
    Late,
    /// The clock stands.
    Paused,
    /// It ended in time.
    EndedOnTime,
    /// It ended late.
    EndedLate,
}

/// Hours before the due time from which a dossier is pressing: one day.
const PRESSING_HOURS: i64 = 24;

/// How a dossier stands now.
pub fn timeliness(dossier: &Dossier, now: DateTime<Utc>) -> Timeliness {
    let end = dossier.decided_at.or(dossier.ended_at);
    match end {
        Some(end) if end <= dossier.due_at => Timeliness::EndedOnTime,
        Some(_) => Timeliness::EndedLate,
        None if dossier.state == DossierState::AwaitingSupplement => Timeliness::Paused,
        None if now > dossier.due_at => Timeliness::Late,
        None if dossier.due_at - now < chrono::Duration::hours(PRESSING_HOURS) => Timeliness::Soon,
        None => Timeliness::OnTime,
    }
}

/// An example of each state, for the templates' tests.
pub fn samples() -> Vec<RequirementView> {
    let moment = |day: u32| {
        NaiveDate::from_ymd_opt(2026, 6, day).and_then(|d| d.and_hms_opt(2, 0, 0)).map(|t| t.and_utc())
    };
    let population = || SourceView {
        key: "population".to_owned(),
        name: "Cơ sở dữ liệu quốc gia về dân cư".to_owned(),
    };
    let base = |state: &str| RequirementView {
        key: format!("sample-{state}"),
        label: "Giấy tờ chứng minh nơi cư trú".to_owned(),
        party: "Người yêu cầu".to_owned(),
        basis: "khoản 1 Điều 22 Nghị định số 123/2015/NĐ-CP".to_owned(),
        state: state.to_owned(),
        papers: vec!["Giấy xác nhận thông tin về cư trú".to_owned()],
        ..RequirementView::default()
    };
    let clause = || Some("khoản 1 Điều 2 Nghị định số 07/2025/NĐ-CP".to_owned());
    vec![
        RequirementView { clause: clause(), sources: vec![population()], ..base("general") },
        RequirementView { field: Some("Đã từng kết hôn".to_owned()), ..base("not-applicable") },
        RequirementView { field: Some("Số định danh".to_owned()), ..base("undecided") },
        RequirementView {
            clause: clause(),
            sources: vec![population()],
            as_of: moment(14),
            facts: vec![FactView { label: "residence".to_owned(), value: "Xã Hà Bắc".to_owned() }],
            overrulable: true,
            ..base("waived")
        },
        RequirementView {
            sources: vec![population()],
            retry_at: moment(15),
            paper_from: moment(16),
            overrulable: true,
            ..base("source-unavailable")
        },
        RequirementView {
            reason: Some("not-held".to_owned()),
            finding: Some("no-document".to_owned()),
            sources: vec![population()],
            askable: true,
            ..base("to-provide")
        },
        RequirementView {
            reason: Some("no-source".to_owned()),
            key: "sample-no-source".to_owned(),
            ..base("to-provide")
        },
        RequirementView {
            reason: Some("source-silent".to_owned()),
            sources: vec![population()],
            key: "sample-silent".to_owned(),
            ..base("to-provide")
        },
        RequirementView { files: 2, askable: true, ..base("provided") },
        RequirementView {
            clause: clause(),
            order: Some("Dữ liệu cư trú chưa được cập nhật.".to_owned()),
            ..base("overridden")
        },
    ]
}

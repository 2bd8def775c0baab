//! What several pages show of evidence, obstacles and history.

use super::SteeringState;
use super::choices::{UnitNames, words};
use crate::model::evidence::{Evidence, Happening};
use crate::model::obstacle::Obstacle;
use crate::ops::evidence::NewEvidence;
use chrono::NaiveDate;
use d06_files::Files;
use d06_http::{Fields, UploadedFile};
use d06_kernel::person::PartialDate;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, FieldProblem, Problem};
use serde::Serialize;

/// A piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EvidenceView {
    pub(crate) id: String,
    pub(crate) description: String,
    pub(crate) number: Option<String>,
    pub(crate) quantity: Option<i64>,
    /// Address and name of the file.
    pub(crate) href: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) kilobytes: i64,
    pub(crate) at: Moment,
    pub(crate) by: String,
}

impl EvidenceView {
    /// Evidence of what has its page at an address.
    pub(crate) fn of(evidence: &Evidence, address: &str) -> Self {
        let file = evidence.file.as_ref();
        Self {
            id: evidence.id.to_string(),
            description: evidence.description.clone(),
            number: evidence.number.clone(),
            quantity: evidence.quantity,
            href: file.map(|_| format!("{address}/evidence/{}", evidence.id)),
            file: file.map(|file| file.name.clone()),
            kilobytes: file.map_or(0, |file| file.size.saturating_add(1023) / 1024),
            at: evidence.added_at,
            by: evidence.added_by.clone(),
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let file = Self {
            id: "0197705e-7b00-7000-8000-000000000007".to_owned(),
            description: "Báo cáo kết quả".to_owned(),
            number: Some("15/BC-CAX".to_owned()),
            quantity: Some(3),
            href: Some("/steering/tasks/1/evidence/2".to_owned()),
            file: Some("báo cáo.pdf".to_owned()),
            kilobytes: 120,
            at: Moment::UNIX_EPOCH,
            by: "Trần Quốc Tuấn".to_owned(),
        };
        vec![Self { number: None, quantity: None, ..file.clone() }, Self { href: None, file: None, ..file }]
    }
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct HappeningView {
    title: String,
    by: String,
    at: Moment,
    text: String,
}

impl HappeningView {
    pub(crate) fn of(cx: &Cx, state: &SteeringState, one: &Happening, units: &UnitNames) -> Self {
        let value = |text: &str| value_words(cx, state, &one.what, text, units);
        let change = match (one.before.as_deref(), one.after.as_deref()) {
            (Some(before), Some(after)) => format!("{} → {}", value(before), value(after)),
            (Some(before), None) => format!("{} → –", value(before)),
            (None, Some(after)) => value(after),
            (None, None) => String::new(),
        };
        let parts = [Some(change), one.note.clone()];
        let text: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let unit = one.unit.as_deref().map(|code| units.name(code));
        let by: Vec<String> = [Some(one.by_name.clone()), unit].into_iter().flatten().collect();
        Self {
            title: words(cx, &state.platform, "steering-happened", &one.what),
            by: by.join(", "),
            at: one.at,
            text: text.join(". "),
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let full = Self {
            title: "Đổi thời hạn".to_owned(),
            by: "Trần Quốc Tuấn, Công an xã".to_owned(),
            at: Moment::UNIX_EPOCH,
            text: "30/06/2026 → 31/07/2026. Chờ hướng dẫn".to_owned(),
        };
        vec![Self { text: String::new(), ..full.clone() }, full]
    }
}

/// A value of the history in the reader's words.
fn value_words(cx: &Cx, state: &SteeringState, what: &str, text: &str, units: &UnitNames) -> String {
    let platform = &state.platform;
    match what {
        "unit" | "monitor" | "addressee" | "escalated" | "raised" => units.name(text),
        "authority" => words(cx, platform, "authority", text),
        "state" | "trigger" | "begin" | "submit" | "accept" | "return" | "reopen" | "cancel" => {
            words(cx, platform, "task-state", text)
        }
        "answered" | "obstacle-answered" => words(cx, platform, "obstacle-outcome", text),
        "shape" => words(cx, platform, "target-shape", text),
        "accumulation" => words(cx, platform, "target-accumulation", text),
        "stage" => words(cx, platform, "register-stage", text),
        "due" => text
            .parse::<PartialDate>()
            .ok()
            .map_or_else(|| text.to_owned(), |day| d06_ui::format::partial_date(cx.locale, day)),
        _ => text.to_owned(),
    }
}

/// An obstacle in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObstacleLine {
    id: String,
    reference: String,
    href: String,
    text: String,
    unit: String,
    addressee: String,
    raised_at: Moment,
    due: NaiveDate,
    overdue: bool,
    level: i32,
    outcome: Option<&'static str>,
    answer: Option<String>,
}

impl ObstacleLine {
    pub(crate) fn of(one: &Obstacle, units: &UnitNames, today: NaiveDate) -> Self {
        Self {
            id: one.id.to_string(),
            reference: one.reference.clone(),
            href: one.about.href(),
            text: one.text.clone(),
            unit: units.name(&one.unit),
            addressee: units.name(&one.addressee),
            raised_at: one.raised_at,
            due: one.due_on,
            overdue: one.is_overdue(today),
            level: one.level,
            outcome: one.answer.as_ref().map(|answer| answer.outcome.name()),
            answer: one.answer.as_ref().map(|answer| answer.text.clone()),
        }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let open = Self {
            id: "0197705e-7b00-7000-8000-000000000008".to_owned(),
            reference: "II.2".to_owned(),
            href: "/steering/tasks/0197705e-7b00-7000-8000-000000000001".to_owned(),
            text: "Chưa có tài khoản kết nối".to_owned(),
            unit: "Công an xã Hà Bắc".to_owned(),
            addressee: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
            raised_at: Moment::UNIX_EPOCH,
            due: NaiveDate::from_ymd_opt(2026, 6, 22).unwrap_or_default(),
            overdue: true,
            level: 1,
            outcome: None,
            answer: None,
        };
        let answered = Self {
            overdue: false,
            level: 0,
            outcome: Some("removed"),
            answer: Some("Đã cấp tài khoản".to_owned()),
            ..open.clone()
        };
        vec![open, answered]
    }
}

/// Evidence as a form with a file sends it; the file is inspected and written. Nothing typed and no file is none.
///
/// # Errors
/// By field: `field.required` at `description`; what is wrong with the file, at `file`.
pub(crate) async fn read_evidence(
    cx: &Cx,
    files: &Files,
    mut fields: Fields,
    uploaded: Vec<UploadedFile>,
) -> Result<NewEvidence, Problem> {
    let number = fields.text_up_to("number", 100);
    let quantity = fields.optional("quantity", "number.not-whole");
    let description = fields.text_up_to("description", 500);
    let fallback = uploaded.first().map(|file| file.name.clone()).or_else(|| number.clone());
    let (Some(description), Some(quantity)) = (description.or(fallback), quantity) else {
        fields.required_up_to("description", 500);
        return fields.read::<NoEvidence>().map(|NoEvidence(never)| match never {});
    };
    let mut file = None;
    if let Some(first) = uploaded.into_iter().next() {
        let prepared = files.prepare(cx, &first.bytes).await.map_err(on_file)?;
        file = Some((first.name, prepared));
    }
    Ok(NewEvidence { description, number, quantity, file })
}

/// A form that is never read to its end: it only says what is wrong with its fields.
struct NoEvidence(std::convert::Infallible);

impl d06_http::FromFields for NoEvidence {
    fn from_fields(_: &mut Fields) -> Option<Self> {
        None
    }
}

/// A problem with the content of a file, shown at its field.
fn on_file(problem: Problem) -> Problem {
    if problem.fields.is_empty() && problem.code.starts_with("file.") {
        let field = FieldProblem { field: "file".to_owned(), code: problem.code, args: problem.args.clone() };
        return Problem { fields: vec![field], ..problem };
    }
    problem
}

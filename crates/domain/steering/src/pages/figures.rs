//! `/steering/figures`: what each unit enters for a month, and the form of one figure.

use super::SteeringState;
use super::choices::{Choice, UnitNames};
use super::parts::PlanView;
use super::proof::{EvidenceView, read_evidence};
use super::refusal::{attachment, refusal};
use crate::model::evidence::EvidenceId;
use crate::model::figure::{Figure, Month};
use crate::model::plan::TargetId;
use crate::ops::enter_figure::{self, EnterFigure, FigureSlot};
use crate::ops::evidence::{self, NewEvidence};
use crate::ops::list_figures::{self, SheetLine};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_http::{AppProblem, Fields, Flash, FromFields, PageFrame, RequestCx, Upload};
use d06_kernel::time::{Moment, local_date};
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The sheet of a month.
#[derive(Debug, Serialize)]
pub(crate) struct SheetPage {
    month: NaiveDate,
    period: String,
    previous: String,
    next: Option<String>,
    unit: Option<String>,
    units: Vec<Choice>,
    form: FormView,
    entered: usize,
    total: usize,
    lines: Vec<SheetLineView>,
}

/// A target on the sheet.
#[derive(Clone, Debug, Serialize)]
struct SheetLineView {
    target: String,
    reference: String,
    text: String,
    measured_in: String,
    unit: String,
    href: String,
    figure: Option<FigureNow>,
    before: Option<FigureNow>,
    may_enter: bool,
}

/// A figure in short.
#[derive(Clone, Debug, Serialize)]
struct FigureNow {
    value: Option<f64>,
    numerator: i64,
    denominator: Option<i64>,
    at: Moment,
    by: String,
}

/// The form of a figure.
#[derive(Debug, Serialize)]
pub(crate) struct FigurePage {
    plan: PlanView,
    target: String,
    reference: String,
    text: String,
    measured_in: String,
    shape: &'static str,
    accumulation: &'static str,
    percent: bool,
    has_denominator: bool,
    numerator_words: Option<String>,
    denominator_words: Option<String>,
    unit: String,
    month: NaiveDate,
    address: String,
    sheet: String,
    revision: i32,
    figure: Option<FigureNow>,
    before: Option<FigureNow>,
    before_month: Option<NaiveDate>,
    evidence: Vec<EvidenceView>,
    may_enter: bool,
    form: FormView,
}

/// `GET /steering/figures`.
pub(super) async fn sheet(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let today = Month::of(local_date(cx.now()));
    let month: Month = query.get("month").and_then(|text| text.parse().ok()).unwrap_or(today).min(today);
    let units = UnitNames::load(&cx, &state.deps).await?;
    // Who opens the page without saying a unit sees their own first.
    let own =
        cx.principal().and_then(|person| person.unit.clone()).filter(|unit| *unit != state.deps.commune);
    let unit = match query.get("unit").map(String::as_str) {
        None => own,
        Some("") => None,
        Some(code) => Some(code.to_owned()),
    };
    let lines = list_figures::run(&cx, &state.deps, unit.as_deref(), month).await?;
    let at = |month: Month| {
        format!("/steering/figures?month={month}&unit={}", unit.as_deref().unwrap_or_default())
    };
    let following = Month::of(month.last_day().succ_opt().unwrap_or_default());
    let page = SheetPage {
        month: month.first_day(),
        period: month.to_string(),
        previous: at(month.before()),
        next: (following <= today).then(|| at(following)),
        form: FormView::new().with("unit", unit.as_deref().unwrap_or_default()),
        unit: unit.as_deref().map(|code| units.name(code)),
        entered: lines.iter().filter(|line| line.figure.is_some()).count(),
        total: lines.len(),
        lines: lines.iter().map(|line| SheetLineView::of(line, month, &units)).collect(),
        units: units.choices(),
    };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `GET /steering/figures/{target}/{unit}/{month}`.
pub(super) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, unit, month)): Path<(TargetId, String, String)>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &state, (id, &unit, month_of(&month)?), None).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

/// `POST /steering/figures/{target}/{unit}/{month}`.
pub(super) async fn enter(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, unit, month)): Path<(TargetId, String, String)>,
    upload: Upload,
) -> Result<Response, AppProblem> {
    let period = month_of(&month)?;
    let typed = upload.fields.view();
    let done = async {
        let slot = enter_figure::load(&state.deps, id, &unit, period).await?;
        let permit = slot.permit(&cx, &state.deps)?;
        let proved = !upload.files.is_empty()
            || upload.fields.raw("number").is_some_and(|text| !text.trim().is_empty());
        let input: FigureForm = upload.fields.clone().read()?;
        let proof: Option<NewEvidence> = match proved {
            true => Some(read_evidence(&cx, &state.deps.files, upload.fields, upload.files).await?),
            false => None,
        };
        let command = EnterFigure { evidence: proof, ..input.0 };
        enter_figure::run(&cx, &state.deps, permit, (id, &unit, period), command).await
    };
    match done.await {
        Ok(_) => {
            let back = Redirect::to(&format!("/steering/figures?month={period}&unit={unit}"));
            Ok((Flash::success("figure-entered"), back).into_response())
        }
        Err(problem) => {
            let (status, form) = refusal(typed, problem)?;
            let page = page(&cx, &state, (id, &unit, period), Some(form)).await?;
            Ok((status, state.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
    }
}

/// `GET /steering/figures/{target}/{unit}/{month}/evidence/{evidence}`.
pub(super) async fn open_evidence(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    Path((id, unit, month, piece)): Path<(TargetId, String, String, EvidenceId)>,
) -> Result<Response, AppProblem> {
    // Whoever may see the tasks of the plan may see what its figures rest on.
    crate::ops::list_work::open(&cx, &state.deps).await?;
    let slot = enter_figure::load(&state.deps, id, &unit, month_of(&month)?).await?;
    let found = evidence::open_of_figures(&state.deps, &slot, piece).await?;
    Ok(attachment(&found.0.name, found.1, found.2))
}

/// What the form sends.
struct FigureForm(EnterFigure);

impl FromFields for FigureForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let revision = fields.parsed("revision", "number.not-whole");
        let numerator = whole(fields, "numerator", true);
        let denominator = whole(fields, "denominator", false);
        Some(Self(EnterFigure {
            note: fields.text_up_to("note", 2000),
            revision: revision?,
            numerator: numerator??,
            denominator: denominator?,
            evidence: None,
        }))
    }
}

/// A whole number as people write it, with its thousands apart: `1.234.567`.
pub(super) fn whole(fields: &mut Fields, name: &str, wanted: bool) -> Option<Option<i64>> {
    let text = if wanted { fields.required_up_to(name, 40) } else { fields.text_up_to(name, 40) };
    let Some(text) = text else { return (!wanted).then_some(None) };
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
    // "1,5" is a mistake and not fifteen: behind a mark stand three digits.
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let grouped = groups.iter().skip(1).all(|group| group.chars().count() == 3);
    match digits.parse() {
        Ok(number) if grouped => Some(Some(number)),
        _ => {
            fields.refuse(name, "number.not-whole");
            None
        }
    }
}

fn month_of(text: &str) -> Result<Month, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn page(
    cx: &Cx,
    state: &SteeringState,
    (id, unit, period): (TargetId, &str, Month),
    typed: Option<FormView>,
) -> Result<FigurePage, Problem> {
    crate::ops::list_work::open(cx, &state.deps).await?;
    let slot = enter_figure::load(&state.deps, id, unit, period).await?;
    let units = UnitNames::load(cx, &state.deps).await?;
    let address = format!("/steering/figures/{id}/{unit}/{period}");
    let proofs = evidence::of_figures(&state.deps, &slot).await?;
    let may_enter = slot.permit(cx, &state.deps).is_ok() && slot.target.measure.is_none();
    let shape = &slot.shape;
    let standing = slot.revisions.last();
    Ok(FigurePage {
        plan: PlanView::of(&slot.plan),
        target: id.to_string(),
        reference: slot.target.place.reference.clone(),
        text: slot.target.text.clone(),
        measured_in: slot.target.unit.clone(),
        shape: shape.shape.name(),
        accumulation: shape.accumulation.name(),
        percent: shape.shape.is_percent(),
        has_denominator: shape.shape.has_denominator(),
        numerator_words: shape.numerator.clone(),
        denominator_words: shape.denominator.clone(),
        unit: units.name(unit),
        month: period.first_day(),
        sheet: format!("/steering/figures?month={period}&unit={unit}"),
        revision: standing.map_or(0, |figure| figure.revision),
        figure: standing.map(|figure| FigureNow::of(figure, &slot)),
        before: slot.before.as_ref().map(|figure| FigureNow::of(figure, &slot)),
        before_month: slot.before.as_ref().map(|figure| figure.period.first_day()),
        evidence: proofs.iter().map(|proof| EvidenceView::of(proof, &address)).collect(),
        may_enter,
        form: typed.unwrap_or_else(|| filled(&slot)),
        address,
    })
}

/// The form with what stands: a correction begins from it.
fn filled(slot: &FigureSlot) -> FormView {
    let Some(figure) = slot.revisions.last() else { return FormView::new() };
    let form = FormView::new().with("numerator", figure.ratio.numerator);
    if slot.shape.shape.has_denominator() { form.with("denominator", figure.ratio.denominator) } else { form }
}

impl FigureNow {
    fn of(figure: &Figure, slot: &FigureSlot) -> Self {
        Self::with(figure, slot.shape.shape)
    }

    fn with(figure: &Figure, shape: crate::model::shape::Shape) -> Self {
        Self {
            value: shape.value(figure.ratio),
            numerator: figure.ratio.numerator,
            denominator: shape.has_denominator().then_some(figure.ratio.denominator),
            at: figure.entered_at,
            by: figure.entered_by.clone(),
        }
    }

    fn sample(denominator: Option<i64>) -> Self {
        Self {
            value: denominator.map(|_| 55.0),
            numerator: 55,
            denominator,
            at: Moment::UNIX_EPOCH,
            by: "Trần Quốc Tuấn".to_owned(),
        }
    }
}

impl SheetLineView {
    fn of(line: &SheetLine, month: Month, units: &UnitNames) -> Self {
        let shape = line.shape.shape;
        let target = &line.target;
        Self {
            target: target.id.to_string(),
            reference: target.place.reference.clone(),
            text: target.text.clone(),
            measured_in: target.unit.clone(),
            unit: units.name(&line.unit),
            href: format!("/steering/figures/{}/{}/{month}", target.id, line.unit),
            figure: line.figure.as_ref().map(|figure| FigureNow::with(figure, shape)),
            before: line.before.as_ref().map(|figure| FigureNow::with(figure, shape)),
            may_enter: line.may_enter,
        }
    }
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "steering/figures/sheet.html";

    fn samples() -> Vec<Self> {
        let month = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap_or_default();
        let line = |figure: Option<FigureNow>, may_enter| SheetLineView {
            target: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            reference: "III.3".to_owned(),
            text: "Tỷ lệ người dân có tài khoản định danh mức 2".to_owned(),
            measured_in: "%".to_owned(),
            unit: "Công an xã Hà Bắc".to_owned(),
            href: "/steering/figures/1/H31.10816.02/2026-05".to_owned(),
            before: figure.clone(),
            figure,
            may_enter,
        };
        let page = |lines: Vec<SheetLineView>, next: Option<&str>| Self {
            month,
            period: "2026-05".to_owned(),
            previous: "/steering/figures?month=2026-04".to_owned(),
            next: next.map(str::to_owned),
            unit: next.map(|_| "Công an xã Hà Bắc".to_owned()),
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
            form: FormView::new(),
            entered: 1,
            total: lines.len(),
            lines,
        };
        let lines = vec![
            line(Some(FigureNow::sample(Some(100))), true),
            line(Some(FigureNow::sample(None)), false),
            line(None, true),
            line(None, false),
        ];
        vec![page(lines, Some("/steering/figures?month=2026-06")), page(Vec::new(), None)]
    }
}

impl Page for FigurePage {
    const TEMPLATE: &'static str = "steering/figures/show.html";

    fn samples() -> Vec<Self> {
        let month = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap_or_default();
        let page = |shape: &'static str, figure: Option<FigureNow>, form: FormView| Self {
            plan: PlanView::sample(),
            target: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            reference: "III.3".to_owned(),
            text: "Tỷ lệ người dân có tài khoản định danh mức 2".to_owned(),
            measured_in: "%".to_owned(),
            shape,
            accumulation: "stock",
            percent: shape == "share",
            has_denominator: shape == "share",
            numerator_words: figure.as_ref().map(|_| "Người có tài khoản".to_owned()),
            denominator_words: figure.as_ref().map(|_| "Người đã được cấp căn cước".to_owned()),
            unit: "Công an xã Hà Bắc".to_owned(),
            month,
            address: "/steering/figures/1/H31.10816.02/2026-05".to_owned(),
            sheet: "/steering/figures?month=2026-05".to_owned(),
            revision: 0,
            before_month: figure.as_ref().map(|_| month),
            before: figure.clone(),
            evidence: if figure.is_some() { EvidenceView::samples() } else { Vec::new() },
            may_enter: figure.is_some(),
            figure,
            form,
        };
        let refused =
            FormView::new().refused(&Problem::field("numerator", "figure.numerator-over-denominator"));
        let mut samples: Vec<Self> = crate::model::shape::Shape::ALL
            .map(|shape| page(shape.name(), Some(FigureNow::sample(Some(100))), FormView::new()))
            .into();
        for (sample, way) in samples.iter_mut().zip(crate::model::shape::Accumulation::ALL) {
            sample.accumulation = way.name();
        }
        samples.push(page("share", Some(FigureNow::sample(None)), refused));
        samples.push(page("count", None, FormView::new()));
        samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<i64> {
        let mut fields = Fields::new(vec![("n".to_owned(), text.to_owned())]);
        whole(&mut fields, "n", true).flatten()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(number("1.234.567"), Some(1_234_567));
        assert_eq!(number("1 234"), Some(1_234));
        assert_eq!(number("15"), Some(15));
        assert_eq!(number("1,5"), None, "not fifteen");
        assert_eq!(number("12a"), None);
    }
}

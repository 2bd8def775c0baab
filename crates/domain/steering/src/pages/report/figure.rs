//! `/steering/reports/{id}/figures/{key}`: one figure of a report, and what it was counted from.

use super::show::report_id;
use super::view::{FigureView, RatioView, ReportView};
use crate::ops::report::show_figure::{self, ON_A_PAGE, OpenedFigure};
use crate::pages::SteeringState;
use crate::pages::parts::offset;
use axum::extract::{Path, Query, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_ui::{Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct FigurePage {
    report: ReportView,
    figure: FigureView,
    frozen: bool,
    intact: Option<bool>,
    records: Vec<RecordLine>,
    parts: Vec<PartLine>,
    /// What the measure says today, where that differs from what is frozen.
    today: Option<RatioView>,
    path: String,
    previous: Option<u64>,
    next: Option<u64>,
}

/// A record.
#[derive(Debug, Serialize)]
struct RecordLine {
    label: String,
    href: String,
    counted: bool,
    reason: String,
}

/// A unit's part.
#[derive(Debug, Serialize)]
struct PartLine {
    unit: String,
    href: String,
    value: RatioView,
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, key)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let opened = show_figure::run(&cx, &state.deps, report_id(&id)?, &key, offset(&query)).await?;
    Ok(state.platform.ui.page(&cx, &frame, &page(&cx, &state, &opened))?)
}

fn page(cx: &Cx, state: &SteeringState, opened: &OpenedFigure) -> FigurePage {
    let figure = &opened.figure;
    let texts = state.platform.ui.texts();
    let differs = opened.today.filter(|_| opened.frozen).filter(|now| {
        // A count keeps one part of its measure only.
        figure.value.is_some_and(|value| value.denominator != 0 && value != *now)
    });
    FigurePage {
        report: ReportView::of(&opened.report, cx.now()),
        frozen: opened.frozen,
        intact: opened.intact,
        records: opened
            .records
            .iter()
            .map(|one| RecordLine {
                label: one.label.clone(),
                href: one.href.clone(),
                counted: one.counted,
                reason: texts.plain(cx.locale, &one.reason),
            })
            .collect(),
        parts: opened
            .parts
            .iter()
            .map(|one| PartLine {
                unit: one.unit_name.clone(),
                href: format!("/steering/reports/{}/figures/{}", one.report, figure.key),
                value: RatioView::of(figure.kind, one.value),
            })
            .collect(),
        today: differs.map(|now| RatioView::of(figure.kind, now)),
        path: format!("/steering/reports/{}/figures/{}", opened.report.id, figure.key),
        previous: (opened.offset > 0).then(|| opened.offset.saturating_sub(ON_A_PAGE)),
        next: opened.more.then(|| opened.offset + ON_A_PAGE),
        figure: FigureView::of(figure, cx.locale),
    }
}

impl Page for FigurePage {
    const TEMPLATE: &'static str = "steering/report_figure.html";

    fn samples() -> Vec<Self> {
        let value = || RatioView { shown: Some(50.0), numerator: 1, denominator: 2 };
        let mut all = Vec::new();
        for (place, figure) in FigureView::samples().into_iter().enumerate() {
            let full = place % 2 == 0;
            let record = |counted| RecordLine {
                label: "H31.10816-260615-0001".to_owned(),
                href: "/work/dossiers/0197705e-7b00-7000-8000-000000000001".to_owned(),
                counted,
                reason: "Nộp trực tuyến".to_owned(),
            };
            all.push(Self {
                report: ReportView::samples()[place].clone(),
                frozen: full,
                intact: full.then_some(place == 0),
                records: if full { vec![record(true), record(false)] } else { Vec::new() },
                parts: if full {
                    Vec::new()
                } else {
                    vec![PartLine { unit: "UBND xã Thanh Hà".into(), href: "/x".into(), value: value() }]
                },
                today: full.then(value),
                path: "/steering/reports/1/figures/x".to_owned(),
                previous: full.then_some(0),
                next: full.then_some(100),
                figure,
            });
        }
        all
    }
}

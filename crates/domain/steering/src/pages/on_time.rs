//! `/steering/indicators/on-time`: indicator 2.1 of Decision 766/QĐ-TTg, its points and what costs them.

use super::SteeringState;
use super::parts::{ReadingView, RecordsView, ValueView, offset};
use crate::model::indicator::Points;
use crate::ops::plan_in_force;
use crate::ops::show_on_time::{self, Window};
use axum::extract::{Query, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::{Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct OnTimePage {
    /// The window shown, and all there are.
    window: &'static str,
    windows: Vec<&'static str>,
    value: ValueView,
    points: Option<PointsView>,
    trend: Vec<ReadingView>,
    records: RecordsView,
}

/// Points, as decimals.
#[derive(Debug, Serialize)]
struct PointsView {
    reached: Option<f64>,
    most: f64,
    lost: Option<f64>,
    late: i64,
    each: Option<f64>,
}

impl PointsView {
    fn of(points: Points) -> Self {
        let decimal = |hundredths: i64| hundredths as f64 / 100.0;
        Self {
            reached: points.reached.map(decimal),
            most: decimal(points.most),
            lost: points.lost().map(decimal),
            late: points.late,
            each: points.each.map(decimal),
        }
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(state): State<SteeringState>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, AppProblem> {
    let asked = query.get("period").map(String::as_str);
    let window = Window::ALL.into_iter().find(|window| Some(window.name()) == asked).unwrap_or_default();
    let (plan, permit) = plan_in_force::run(&cx, &state.deps).await?;
    let found = show_on_time::run(&cx, &state.deps, &permit, &plan, window, offset(&query)).await?;
    let page = OnTimePage {
        window: window.name(),
        windows: Window::ALL.map(Window::name).to_vec(),
        value: ValueView::of(&cx, &state.platform, &state.deps, &found.measured),
        points: found.points.map(PointsView::of),
        trend: found.trend.iter().map(ReadingView::of).collect(),
        records: RecordsView::of(&cx, &state.platform, &found.records),
    };
    Ok(state.platform.ui.page(&cx, &frame, &page)?)
}

impl Page for OnTimePage {
    const TEMPLATE: &'static str = "steering/on_time.html";

    fn samples() -> Vec<Self> {
        use d06_kernel::port::measure::Ratio;
        let ratios =
            [(19, 20), (0, 0), (5, 5)].map(|(numerator, denominator)| Ratio { numerator, denominator });
        let points =
            ratios.map(|ratio| Some(PointsView::of(Points::on_time(ratio)))).into_iter().chain([None, None]);
        ValueView::samples()
            .into_iter()
            .zip(points)
            .map(|(value, points)| Self {
                window: "year",
                windows: Window::ALL.map(Window::name).to_vec(),
                trend: if points.is_some() { ReadingView::samples() } else { Vec::new() },
                records: if points.is_some() { RecordsView::sample() } else { RecordsView::default() },
                value,
                points,
            })
            .collect()
    }
}

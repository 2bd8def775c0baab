//! The form that says how a target is counted and which units enter its figures.

use super::SteeringState;
use super::choices::{Choice, UnitNames, named};
use crate::model::shape::{Accumulation, Shape, TargetShape};
use d06_http::{Fields, FromFields};
use d06_kernel::Cx;
use d06_ui::FormView;
use serde::Serialize;

/// The form.
#[derive(Debug, Serialize)]
pub(super) struct ShapeView {
    form: FormView,
    version: i64,
    shapes: Vec<Choice>,
    accumulations: Vec<Choice>,
    units: Vec<Choice>,
}

impl ShapeView {
    /// The form with what stands, or with what was typed.
    pub(super) fn of(
        cx: &Cx,
        state: &SteeringState,
        shape: &TargetShape,
        units: &UnitNames,
        typed: Option<FormView>,
    ) -> Self {
        let platform = &state.platform;
        Self {
            form: typed.unwrap_or_else(|| filled(shape)),
            version: shape.version,
            shapes: named(cx, platform, "target-shape", Shape::ALL.map(Shape::name)),
            accumulations: named(
                cx,
                platform,
                "target-accumulation",
                Accumulation::ALL.map(Accumulation::name),
            ),
            units: units.choices(),
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            form: FormView::new().with("shape", "share").with("units", "H31.10816.02"),
            version: 0,
            shapes: vec![Choice::new("share", "Tỷ lệ")],
            accumulations: vec![Choice::new("stock", "Cuối tháng")],
            units: vec![Choice::new("H31.10816.02", "Công an xã Hà Bắc")],
        }
    }
}

/// The form with what stands.
fn filled(shape: &TargetShape) -> FormView {
    let mut form = FormView::new()
        .with("shape", shape.shape.name())
        .with("accumulation", shape.accumulation.name())
        .with("numerator-words", shape.numerator.as_deref().unwrap_or_default())
        .with("denominator-words", shape.denominator.as_deref().unwrap_or_default());
    for unit in &shape.units {
        form = form.with("units", unit);
    }
    form
}

/// What the form sends.
#[derive(Debug)]
pub(crate) struct ShapeForm(pub(super) TargetShape);

impl FromFields for ShapeForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let shape = fields.choice("shape", &Shape::ALL.map(Shape::name));
        let accumulation = fields.choice("accumulation", &Accumulation::ALL.map(Accumulation::name));
        let version = fields.parsed("version", "number.not-whole");
        Some(Self(TargetShape {
            numerator: fields.text_up_to("numerator-words", 300),
            denominator: fields.text_up_to("denominator-words", 300),
            units: fields.all("units"),
            shape: Shape::from_name(&shape?)?,
            accumulation: Accumulation::from_name(&accumulation?)?,
            version: version?,
        }))
    }
}

//! What a page draws, as far as a reader sees it: signs, ruled lines, pictures.

use crate::text::{from_tcvn3, tcvn3_likely};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// The page drew more than it may; carried by unwinding.
pub(crate) struct TooMany;

/// A sign and where it stands, from the top left of the page, in points.
#[derive(Clone, Debug)]
pub(crate) struct Sign {
    pub(crate) text: String,
    /// Left and right edge.
    pub(crate) x: f64,
    pub(crate) end: f64,
    /// The line it stands on.
    pub(crate) base: f64,
    /// The size of its font.
    pub(crate) size: f64,
}

/// A ruled line, level or upright.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruled {
    pub(crate) upright: bool,
    /// Its place across.
    pub(crate) at: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// Everything a page draws.
#[derive(Debug)]
pub(crate) struct Marks {
    pub(crate) signs: Vec<Sign>,
    pub(crate) ruled: Vec<Ruled>,
    pub(crate) pictures: usize,
    pub(crate) height: f64,
    budget: usize,
}

/// Thicker than this, a filled rectangle is an area and no line.
const THICK: f64 = 3.0;
/// Shorter than this, a line is part of a drawing.
const SHORT: f64 = 6.0;

impl Marks {
    pub(crate) fn new(height: f64, budget: usize) -> Self {
        Self { signs: Vec::new(), ruled: Vec::new(), pictures: 0, height, budget }
    }

    /// What is left of the marks that the file may draw.
    pub(crate) fn budget(&self) -> usize {
        self.budget
    }

    /// How many letters and digits the page has.
    pub(crate) fn letters(&self) -> usize {
        self.signs.iter().filter(|sign| sign.text.chars().any(char::is_alphanumeric)).count()
    }

    /// Undoes the encoding of the old fonts, where the signs of all pages show it.
    pub(crate) fn decode(pages: &mut [Self]) {
        let all: String = pages.iter().flat_map(|p| &p.signs).map(|sign| sign.text.as_str()).collect();
        if tcvn3_likely(&all) {
            for sign in pages.iter_mut().flat_map(|page| &mut page.signs) {
                sign.text = from_tcvn3(&sign.text);
            }
        }
    }

    fn spend(&mut self) {
        match self.budget.checked_sub(1) {
            Some(left) => self.budget = left,
            // The interpreter has no way to be told to stop.
            None => std::panic::resume_unwind(Box::new(TooMany)),
        }
    }

    fn sign(&mut self, text: String, place: Affine, advance: f64) {
        let origin = place * Point::ORIGIN;
        let along = place * Point::new(1000.0, 0.0) - origin;
        let up = place * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        // Text that stands aslant or upright is a stamp or a watermark.
        if !size.is_finite() || !(1.0..=200.0).contains(&size) || along.x < along.hypot() * 0.95 {
            return;
        }
        let first = text.chars().next().unwrap_or(' ');
        if ('\u{300}'..='\u{36f}').contains(&first)
            && let Some(letter) = self.signs.last_mut()
        {
            letter.text.push_str(&text);
            return;
        }
        let end = origin.x + along.x * advance / 1000.0;
        if !origin.x.is_finite() || !origin.y.is_finite() || !end.is_finite() {
            return;
        }
        self.signs.push(Sign { text, x: origin.x, end: end.max(origin.x), base: origin.y, size });
    }

    fn ruled(&mut self, from: Point, to: Point) {
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        if !(dx.is_finite() && dy.is_finite()) {
            return;
        }
        let upright = dx < 1.0 && dy >= SHORT;
        if upright {
            let at = f64::midpoint(from.x, to.x);
            self.ruled.push(Ruled { upright, at, from: from.y.min(to.y), to: from.y.max(to.y) });
        } else if dy < 1.0 && dx >= SHORT {
            let at = f64::midpoint(from.y, to.y);
            self.ruled.push(Ruled { upright, at, from: from.x.min(to.x), to: from.x.max(to.x) });
        }
    }

    /// A path: thin areas are lines, straight parts of strokes are lines.
    fn path(&mut self, path: &BezPath, transform: Affine, filled: bool) {
        let mut first = Point::ORIGIN;
        let mut last = Point::ORIGIN;
        let mut whole = BezPath::new();
        for element in path.elements() {
            self.spend();
            match element {
                PathEl::MoveTo(point) => {
                    self.area(&whole, filled);
                    whole = BezPath::new();
                    first = transform * *point;
                    last = first;
                    whole.move_to(first);
                }
                PathEl::LineTo(point) => {
                    let next = transform * *point;
                    if !filled {
                        self.ruled(last, next);
                    }
                    whole.line_to(next);
                    last = next;
                }
                PathEl::ClosePath => {
                    if !filled {
                        self.ruled(last, first);
                    }
                    last = first;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    last = transform * *point;
                    whole.line_to(last);
                }
            }
        }
        self.area(&whole, filled);
    }

    /// A thin filled area is a line along its middle; a wide one has its edges for lines (a cell with a ground).
    fn area(&mut self, path: &BezPath, filled: bool) {
        if !filled || path.elements().len() < 3 {
            return;
        }
        let bounds = path.bounding_box();
        let middle = bounds.center();
        if bounds.width() <= THICK && bounds.height() > bounds.width() {
            self.ruled(Point::new(middle.x, bounds.y0), Point::new(middle.x, bounds.y1));
        } else if bounds.height() <= THICK {
            self.ruled(Point::new(bounds.x0, middle.y), Point::new(bounds.x1, middle.y));
        }
    }
}

impl<'a> Device<'a> for Marks {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {
        self.spend();
    }

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        self.spend();
        self.path(path, transform, matches!(mode, PathDrawMode::Fill(_)));
    }

    fn draw_rect(&mut self, rect: &Rect, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        self.draw_path(&rect.to_path(0.1), transform, paint, mode);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend();
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.spend();
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => "\u{fffd}".to_owned(),
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        self.sign(text, transform * glyph_transform, advance);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.spend();
        self.pictures += 1;
    }

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

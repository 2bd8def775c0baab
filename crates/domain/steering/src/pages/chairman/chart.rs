//! Charts as numbers for inline SVG: no script draws them, and a table with the same numbers stands beside each.

use crate::model::course::Point;
use serde::Serialize;

/// Width of a line of readings, in units of its view box.
const WIDTH: f64 = 240.0;
/// Its height.
const HEIGHT: f64 = 60.0;

/// One part of a bar that is divided.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Part {
    /// What it is: a standing's name.
    pub(crate) key: &'static str,
    pub(crate) count: u64,
    /// Left edge and width, in percent of the bar.
    x: f64,
    width: f64,
}

/// A bar divided by counts.
pub(crate) fn divided(counts: &[(&'static str, u64)]) -> Vec<Part> {
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    let mut x = 0.0;
    let mut parts = Vec::new();
    for (key, count) in counts {
        let width = if all == 0 { 0.0 } else { rounded(*count as f64 * 100.0 / all as f64) };
        parts.push(Part { key, count: *count, x: rounded(x), width });
        x += width;
    }
    parts
}

/// A line through readings: the `points` of a polyline in a box of 240 by 60, and where it ends.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    points: String,
    end_x: f64,
    end_y: f64,
}

/// The line of some readings; the height of the box is the range of their values, at least one point high.
pub(crate) fn line(points: &[Point]) -> Option<Line> {
    let (first, last) = (points.first()?, points.last()?);
    let days = (last.day - first.day).num_days().max(1) as f64;
    let least = points.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
    let most = points.iter().map(|point| point.value).fold(f64::NEG_INFINITY, f64::max);
    let range = (most - least).max(1.0);
    let place = |point: &Point| {
        let x = (point.day - first.day).num_days() as f64 / days * WIDTH;
        // Four units of room above and below for the stroke.
        let y = HEIGHT - 4.0 - (point.value - least) / range * (HEIGHT - 8.0);
        (rounded(x), rounded(y))
    };
    let written: Vec<String> = points
        .iter()
        .map(|point| {
            let (x, y) = place(point);
            format!("{x},{y}")
        })
        .collect();
    let (end_x, end_y) = place(last);
    Some(Line { points: written.join(" "), end_x, end_y })
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_divided_by_its_counts() {
        let parts = divided(&[("overdue", 1), ("done", 3), ("none", 0)]);
        let places: Vec<_> = parts.iter().map(|part| (part.x, part.width)).collect();
        assert_eq!(places, [(0.0, 25.0), (25.0, 75.0), (100.0, 0.0)]);
        assert_eq!(divided(&[("overdue", 0)])[0].width, 0.0);
    }

    #[test]
    fn a_line_goes_from_edge_to_edge() {
        let point = |day: &str, value| Point { day: day.parse().unwrap(), value };
        let line = line(&[point("2026-06-01", 10.0), point("2026-06-11", 30.0)]).unwrap();
        assert_eq!(line.points, "0,56 240,4");
        assert_eq!((line.end_x, line.end_y), (240.0, 4.0));
        assert!(super::line(&[]).is_none());
    }
}

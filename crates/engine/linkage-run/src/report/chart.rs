//! Charts as SVG. Each has a title for readers who hear it, and never tells by colour alone: bars are stacked in a
//! named order, lines differ in their dashes.

use super::html::escape;
use crate::words::Words;

const WIDTH: f64 = 720.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 34.0;

/// Colours with a contrast of at least 4.5 to white.
pub(super) const GREEN: &str = "#00703c";
pub(super) const AMBER: &str = "#8a5a00";
pub(super) const GREY: &str = "#5f6b70";
pub(super) const RED: &str = "#a02018";
pub(super) const BLUE: &str = "#1d5f9e";

/// A part of stacked bars.
pub(super) struct Stack {
    pub(super) name: String,
    pub(super) colour: &'static str,
    pub(super) values: Vec<f64>,
}

/// A line with the band of its interval.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) colour: &'static str,
    pub(super) dashes: &'static str,
    /// x, y, low, high; all from 0 to 1.
    pub(super) points: Vec<[f64; 4]>,
}

fn open(title: &str, height: f64) -> String {
    let title = escape(title);
    format!(
        "<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" aria-label=\"{title}\"><title>{title}</title>"
    )
}

fn legend<'a>(entries: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut svg = String::new();
    let mut x = LEFT;
    for (name, colour, dashes) in entries {
        svg.push_str(&format!(
            "<line x1=\"{x:.0}\" y1=\"14\" x2=\"{:.0}\" y2=\"14\" stroke=\"{colour}\" stroke-width=\"8\" \
             stroke-dasharray=\"{dashes}\"/><text x=\"{:.0}\" y=\"18\">{}</text>",
            x + 24.0,
            x + 30.0,
            escape(name)
        ));
        x += 54.0 + name.chars().count() as f64 * 7.2;
    }
    svg
}

/// Bars beside each other, each stacked. The heights are logarithmic where the largest is a thousand times the
/// smallest: otherwise the rare would be invisible, and the rare is what is to be looked at.
pub(super) fn histogram(words: &Words, title: &str, labels: &[String], stacks: &[Stack]) -> String {
    const HEIGHT: f64 = 280.0;
    const BOTTOM: f64 = 30.0;
    let totals: Vec<f64> =
        (0..labels.len()).map(|bin| stacks.iter().filter_map(|stack| stack.values.get(bin)).sum()).collect();
    let most = totals.iter().copied().fold(1.0, f64::max);
    let scale = |value: f64| (1.0 + value).log10() / (1.0 + most).log10();
    let (plot, base) = (HEIGHT - TOP - BOTTOM, HEIGHT - BOTTOM);
    let step = (WIDTH - LEFT - RIGHT) / labels.len().max(1) as f64;
    let mut svg = open(title, HEIGHT);
    svg.push_str(&legend(stacks.iter().map(|stack| (stack.name.as_str(), stack.colour, ""))));
    let mut power = 1.0;
    while power <= most {
        let y = base - scale(power) * plot;
        svg.push_str(&grid_line(y, &words.number(power as u64)));
        power *= 10.0;
    }
    for (bin, label) in labels.iter().enumerate() {
        let x = LEFT + step * bin as f64;
        let (total, mut below) = (totals.get(bin).copied().unwrap_or(0.0), 0.0);
        for stack in stacks {
            let value = stack.values.get(bin).copied().unwrap_or(0.0);
            if value <= 0.0 {
                continue;
            }
            // Of a logarithmic bar each part has its share of the height.
            let height = scale(total) * plot * value / total;
            svg.push_str(&format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{}\"/>",
                x + 1.0,
                base - below - height,
                step - 2.0,
                stack.colour
            ));
            below += height;
        }
        if bin.is_multiple_of(labels.len().div_ceil(10)) {
            svg.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                x + step / 2.0,
                HEIGHT - 8.0,
                escape(label)
            ));
        }
    }
    svg.push_str("</svg>");
    svg
}

fn grid_line(y: f64, label: &str) -> String {
    format!(
        "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#c4ccd0\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
        WIDTH - RIGHT,
        LEFT - 6.0,
        y + 4.0,
        escape(label)
    )
}

/// Lines over shares, with bands. `from` is the lowest value shown.
pub(super) fn lines(words: &Words, title: &str, from: f64, marks: &[f64], lines: &[Line]) -> String {
    const HEIGHT: f64 = 320.0;
    const BOTTOM: f64 = 30.0;
    let (plot, base) = (HEIGHT - TOP - BOTTOM, HEIGHT - BOTTOM);
    let x = |value: f64| LEFT + value * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| base - ((value - from) / (1.0 - from)).clamp(0.0, 1.0) * plot;
    let mut svg = open(title, HEIGHT);
    svg.push_str(&legend(lines.iter().map(|line| (line.name.as_str(), line.colour, line.dashes))));
    for step in 0..=5 {
        let value = from + (1.0 - from) * f64::from(step) / 5.0;
        svg.push_str(&grid_line(y(value), &words.decimal(value, if from > 0.8 { 3 } else { 2 })));
        let across = f64::from(step) / 5.0;
        svg.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x(across),
            HEIGHT - 8.0,
            words.decimal(across, 1)
        ));
    }
    for mark in marks {
        svg.push_str(&format!(
            "<line x1=\"{0:.1}\" y1=\"{TOP}\" x2=\"{0:.1}\" y2=\"{base}\" stroke=\"{GREY}\" stroke-dasharray=\"2 4\"/>",
            x(*mark)
        ));
    }
    for line in lines {
        let up = line.points.iter().map(|[at, _, _, high]| format!("{:.1},{:.1}", x(*at), y(*high)));
        let down = line.points.iter().rev().map(|[at, _, low, _]| format!("{:.1},{:.1}", x(*at), y(*low)));
        let band: Vec<String> = up.chain(down).collect();
        let path: Vec<String> =
            line.points.iter().map(|[at, value, ..]| format!("{:.1},{:.1}", x(*at), y(*value))).collect();
        svg.push_str(&format!(
            "<polygon points=\"{}\" fill=\"{colour}\" opacity=\"0.15\"/><polyline points=\"{}\" fill=\"none\" \
             stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{}\"/>",
            band.join(" "),
            path.join(" "),
            line.dashes,
            colour = line.colour
        ));
    }
    svg.push_str("</svg>");
    svg
}

/// Steps from the first sum to the last: each bar begins where the one above ended. `sum` is beside the last one.
pub(super) fn waterfall(words: &Words, title: &str, steps: &[(String, f64)], total: &str) -> String {
    const ROW: f64 = 30.0;
    const LABEL: f64 = 330.0;
    let mut sums = vec![0.0];
    for (_, bits) in steps {
        sums.push(sums.last().copied().unwrap_or(0.0) + bits);
    }
    let low = sums.iter().copied().fold(0.0, f64::min);
    let high = sums.iter().copied().fold(1.0, f64::max);
    let x = |value: f64| LABEL + (value - low) / (high - low) * (WIDTH - LABEL - 70.0);
    let height = ROW * (steps.len() as f64 + 1.0) + 12.0;
    let mut svg = open(title, height);
    svg.push_str(&format!(
        "<line x1=\"{0:.1}\" y1=\"0\" x2=\"{0:.1}\" y2=\"{height}\" stroke=\"#c4ccd0\"/>",
        x(0.0)
    ));
    let bar = |row: usize, from: f64, to: f64, colour: &str, name: &str, value: &str| {
        let (y, begin, end) = (row as f64 * ROW + 6.0, x(from.min(to)), x(from.max(to)));
        format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{begin:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            LABEL - 8.0,
            y + 16.0,
            escape(name),
            (end - begin).max(1.0),
            ROW - 8.0,
            end + 5.0,
            y + 16.0,
            escape(value)
        )
    };
    for (row, (name, bits)) in steps.iter().enumerate() {
        let (from, to) = (sums[row], sums[row + 1]);
        let colour = if *bits < 0.0 { RED } else { GREEN };
        svg.push_str(&bar(row, from, to, colour, &shortened(name), &signed(words, *bits)));
    }
    let sum = sums.last().copied().unwrap_or(0.0);
    svg.push_str(&bar(steps.len(), 0.0, sum, BLUE, total, &signed(words, sum)));
    svg.push_str("</svg>");
    svg
}

/// What fits beside a bar; the table has it in full.
fn shortened(name: &str) -> String {
    const FITS: usize = 46;
    if name.chars().count() <= FITS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(FITS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// `+9,1` or `−2,0`.
pub(super) fn signed(words: &Words, bits: f64) -> String {
    let sign = if bits < 0.0 { "−" } else { "+" };
    format!("{sign}{}", words.decimal(bits.abs(), 1))
}

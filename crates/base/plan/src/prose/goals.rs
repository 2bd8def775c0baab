//! Goals in running text: every paragraph and bullet that says how much is a target.

use super::section::is_heading;
use super::{Place, Reader, join_reference, short};
use crate::agency::{head_at, split_units};
use crate::compiled::{Span, Target, TargetValue, Warning, WarningCode};
use crate::due::find_period;
use crate::folded::Folded;
use crate::outline::Node;
use crate::times::years_in;
use crate::value::{Quantity, first_quantity, percentages};
use chrono::Datelike;

impl Reader<'_> {
    /// An item of a section on targets: every paragraph and bullet with a number is a target, and so are those below
    /// a heading inside it ("a) Về dịch vụ công").
    pub(super) fn goals(&mut self, node: &Node, place: &Place<'_>) {
        let alone = node.paragraphs.len() + node.children.len() == 1;
        if alone {
            self.goal(node.title(), node.span(), place.reference.clone(), place, is_heading(node));
            return;
        }
        let heading = !says_how_much(node.title());
        let titled = Place { group_title: node.heading(), ..place.clone() };
        let place = if heading { &titled } else { place };
        let mut count = 0;
        for (index, paragraph) in node.paragraphs.iter().enumerate() {
            let reference = format!("{}.{}", place.reference, count + 1);
            count += u32::from(self.goal(
                &paragraph.text,
                paragraph.span,
                reference,
                place,
                heading && index == 0,
            ));
        }
        for child in &node.children {
            let reference = format!("{}.{}", place.reference, count + 1);
            if child.children.iter().any(holds_goals) {
                let numbered = join_reference(&place.reference, &child.marker);
                count += u32::from(child.marker.is_bullet());
                let reference = if child.marker.is_bullet() { reference } else { numbered };
                self.goals(child, &Place { reference, ..place.clone() });
            } else {
                count += u32::from(self.goal(child.title(), child.span(), reference, place, false));
            }
        }
    }

    /// A statement among goals: a target if it says how much, else a warning unless it is a heading.
    fn goal(
        &mut self,
        text: &str,
        span: Span,
        reference: String,
        place: &Place<'_>,
        is_heading: bool,
    ) -> bool {
        let counts = says_how_much(text);
        if counts {
            self.target(reference, place, text, span);
        } else if !is_heading {
            let message = format!("a goal without a number: \"{}\"", short(text));
            self.warnings.push(Warning::new(WarningCode::GoalWithoutNumber, span.line_start, message));
        }
        counts
    }

    /// Takes a statement as a target, with the values, the year and the units that it names itself; the year of the
    /// heading above or of the plan where it names none.
    pub(super) fn target(&mut self, reference: String, place: &Place<'_>, text: &str, span: Span) {
        let of_plan = self.out.document.period.to.map(|day| day.year());
        let year = year_of_goal(text).or_else(|| year_of_heading(place.group_title)).or(of_plan);
        let (quantity, unit) = first_quantity(text).unzip();
        let values = year_by_year(text, year).unwrap_or_else(|| {
            let shares = percentages(text).len();
            if shares > 1 {
                let message = format!("target {reference} names {shares} values; the first was taken");
                self.warnings.push(Warning::new(WarningCode::SeveralValues, span.line_start, message));
            }
            quantity.map(|quantity| quantity.into_value(period(year))).into_iter().collect()
        });
        let tracking = given_to(text).map(|units| split_units(units, span.line_start, self.warnings));
        let tracking = tracking.unwrap_or_default();
        self.out.targets.push(Target {
            reference,
            group: place.reference.clone(),
            group_title: place.group_title.to_owned(),
            text: text.to_owned(),
            unit: unit.unwrap_or_default(),
            values,
            tracking,
            source: span,
        });
    }
}

fn period(year: Option<i32>) -> String {
    year.map(|year| year.to_string()).unwrap_or_default()
}

/// The values of a goal that names a year with each: "đạt 80%; đến năm 2030 đạt 95%". The first may leave its year to the
/// plan.
fn year_by_year(text: &str, of_plan: Option<i32>) -> Option<Vec<TargetValue>> {
    let mut values: Vec<TargetValue> = Vec::new();
    let clauses = text.split(';').flat_map(|part| part.split(", "));
    for clause in clauses.filter(|clause| clause.contains('%')) {
        let [share] = <[Quantity; 1]>::try_from(percentages(clause)).ok()?;
        let year = year_named(clause).or(of_plan.filter(|_| values.is_empty()))?.to_string();
        if values.iter().any(|value| value.period == year) {
            return None;
        }
        values.push(share.into_value(year));
    }
    (values.len() > 1 && values.len() == percentages(text).len()).then_some(values)
}

/// The year that a clause names for its value, not one that it compares with.
fn year_named(clause: &str) -> Option<i32> {
    let folded = Folded::new(clause);
    let at = folded.find_words("nam", 0)?;
    let compares = folded.ascii().get(..at)?.trim_end().ends_with("so voi");
    years_in(folded.ascii().get(at..)?).next().filter(|_| !compares)
}

/// Who answers for a goal: "… đạt 85%, giao Công an xã".
fn given_to(text: &str) -> Option<&str> {
    let folded = Folded::new(text);
    let start = folded.skip_blanks(folded.find_words("giao", 0)? + "giao".len());
    head_at(folded.ascii(), start)?;
    let end =
        folded.ascii().get(start..)?.find(['.', ';', '(']).map_or(folded.len(), |length| start + length);
    folded.is_upper(start).then(|| folded.slice(start, end))
}

/// The year a heading sets for the targets below it, or a sentence for itself: 2030 in "Mục tiêu đến năm 2030" and
/// in "Giai đoạn 2026 - 2030".
fn year_of_heading(title: &str) -> Option<i32> {
    let folded = Folded::new(title);
    if folded.starts_with_words("giai doan") {
        return find_period(title).to.map(|day| day.year());
    }
    let at = folded.skip_blanks(folded.find_words("nam", 0)? + "nam".len());
    let digits: String = folded.ascii().get(at..)?.chars().take_while(char::is_ascii_digit).collect();
    let again = folded.find_words("nam", at).is_some();
    digits.parse().ok().filter(|year| (2000..2100).contains(year) && !again)
}

/// The year that a goal begins with: "Đến năm 2027, 100% …".
fn year_of_goal(text: &str) -> Option<i32> {
    const LONGEST_OPENING: usize = 40;
    let (opening, _) = text.split_once([',', ':'])?;
    let folded = Folded::new(opening);
    let opens = ["den", "trong nam", "nam", "giai doan"].iter().any(|words| folded.starts_with_words(words));
    (opens && opening.len() <= LONGEST_OPENING).then(|| year_of_heading(opening)).flatten()
}

/// Whether a number to be reached stands in an item or anywhere below it.
fn holds_goals(node: &Node) -> bool {
    says_how_much(node.title()) || node.children.iter().any(holds_goals)
}

/// Whether a text names a number to be reached.
fn says_how_much(text: &str) -> bool {
    first_quantity(text).is_some()
}

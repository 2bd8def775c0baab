//! Targets and tasks of running text: prose with labelled bullets, and directives by agency.

mod assignment;
mod goals;
mod section;

use crate::agency::{coordinating_in, leading_agency, split_units};
use crate::clean::Line;
use crate::compiled::{Compiled, DueKind, Warning, WarningCode};
use crate::due::{find_due, plan_year};
use crate::fields::labelled;
use crate::folded::Folded;
use crate::numbering::{announced_count, to_roman};
use crate::outline::{Marker, Node, build};
use assignment::announces_targets;
use section::{Scope, Section, is_heading, section_of};

/// Where an item stands.
#[derive(Clone, Debug)]
struct Place<'a> {
    section: Section,
    reference: String,
    group: String,
    group_title: &'a str,
    lead: Option<&'a str>,
}

struct Reader<'a> {
    /// Whom a letter is written to: they act where an item names nobody.
    addressees: &'a [String],
    listed_in_table: bool,
    scope: Scope,
    year: Option<i32>,
    out: &'a mut Compiled,
    warnings: &'a mut Vec<Warning>,
}

/// Reads the running text of one region of a document that is written to `addressees`.
pub(crate) fn read(
    lines: &[Line],
    addressees: &[String],
    listed_in_table: bool,
    out: &mut Compiled,
    warnings: &mut Vec<Warning>,
) {
    let nodes = build(lines, warnings);
    let year = plan_year(&out.document.period);
    let before = (out.targets.len(), out.tasks.len());
    let mut first_pass = Vec::new();
    let mut reader =
        Reader { addressees, listed_in_table, scope: Scope::Work, year, out, warnings: &mut first_pass };
    reader.top(&nodes);
    let nothing = (out.targets.len(), out.tasks.len()) == before;
    if nothing && !listed_in_table && first_pass.iter().any(|w| w.code == WarningCode::AssignmentNotTaken) {
        // A plan whose only part on work is its part on organisation.
        let scope = Scope::WorkAndOrganisation;
        Reader { addressees, listed_in_table, scope, year, out, warnings }.top(&nodes);
    } else {
        warnings.append(&mut first_pass);
    }
}

/// Reads every part of the running text of one region as work, whatever its heading says it is about.
pub(crate) fn read_as_work(lines: &[Line], addressees: &[String], out: &mut Compiled) {
    let (nodes, year) = (build(lines, &mut Vec::new()), plan_year(&out.document.period));
    let (scope, warnings) = (Scope::Everything, &mut Vec::new());
    Reader { addressees, listed_in_table: false, scope, year, out, warnings }.top(&nodes);
}

impl<'a> Reader<'a> {
    fn top(&mut self, nodes: &[Node]) {
        for node in nodes.iter().filter(|node| !node.marker.is_bullet()) {
            let place = Place {
                section: Section::Tasks,
                reference: String::new(),
                group: String::new(),
                group_title: "",
                lead: None,
            };
            self.visit(node, &place);
        }
    }

    fn visit(&mut self, node: &Node, above: &Place<'_>) {
        let section = section_of(node, above.section, self.scope);
        let reference = join_reference(&above.reference, &node.marker);
        let place = Place { section, reference, ..above.clone() };
        if is_group(node) {
            self.group(node, &place);
            return;
        }
        match section {
            Section::Purpose | Section::Account => {}
            Section::Organisation => self.organisation(node),
            Section::Targets => self.goals(node, &place),
            Section::Tasks => self.leaf(node, &place),
        }
    }

    fn group(&mut self, node: &Node, place: &Place<'_>) {
        let lead = common_lead(node.title()).or(place.lead);
        let below =
            Place { group: place.reference.clone(), group_title: node.heading(), lead, ..place.clone() };
        let before = self.out.tasks.len();
        self.check_numbers(node);
        for child in node.children.iter().filter(|child| !child.marker.is_bullet()) {
            self.visit(child, &below);
        }
        if let Some(announced) = announced_count(node.title()).filter(|_| !self.listed_in_table) {
            let found = self.out.tasks.len() - before;
            if found != announced && place.section == Section::Tasks {
                let message = format!("\"{}\" announces {announced} tasks, {found} were found", node.title());
                self.warn(WarningCode::CountDiffers, node, message);
            }
        }
        if place.section == Section::Tasks {
            for bullet in node.children.iter().filter(|child| child.marker.is_bullet()) {
                self.warn(WarningCode::ParagraphUnassigned, bullet, "a bullet beside numbered items");
            }
        }
    }

    /// Reports numbers left out or written twice among the items of a group.
    fn check_numbers(&mut self, node: &Node) {
        let numbers = node.children.iter().filter_map(|child| match &child.marker {
            Marker::Paren(n) | Marker::Roman(n) | Marker::Article(n) => Some((*n, child)),
            Marker::Decimal(parts) => Some((*parts.last()?, child)),
            _ => None,
        });
        let mut last: Option<u32> = None;
        for (number, child) in numbers {
            match last {
                Some(before) if number == before => {
                    self.warn(WarningCode::NumberRepeated, child, format!("number {number} stands twice"));
                }
                Some(before) if number != before + 1 => {
                    self.warn(WarningCode::NumberGap, child, format!("number {number} follows {before}"));
                }
                _ => {}
            }
            last = Some(number);
        }
    }

    /// A duty in the part on organisation, or each of the bullets below its heading.
    fn organisation(&mut self, node: &Node) {
        let is_duty = |node: &Node| {
            let folded = Folded::new(node.title());
            leading_agency(&folded).is_some()
                || folded.has_any(&["bao cao"]) && folded.has_any(&["truoc", "dinh ky", "hang"])
        };
        let bullets = node.children.iter().filter(|child| child.marker.is_bullet());
        let duties: Vec<&Node> =
            if is_duty(node) { vec![node] } else { bullets.filter(|child| is_duty(child)).collect() };
        for duty in duties {
            let message =
                format!("a duty in the part on organisation is no task: \"{}\"", short(duty.title()));
            self.warn(WarningCode::AssignmentNotTaken, duty, message);
        }
    }

    fn leaf(&mut self, node: &Node, place: &Place<'_>) {
        let folded = Folded::new(node.title());
        if is_closing(&folded) {
            self.warn(WarningCode::ParagraphUnassigned, node, "a closing remark, not a task");
            return;
        }
        if is_heading(node) {
            // The heading of a table that follows.
            return;
        }
        if self.listed_in_table && !self.is_dated_directive(node) {
            let message =
                format!("direction of the body, not in the table of tasks: \"{}\"", short(node.title()));
            self.warn(WarningCode::GeneralDirection, node, message);
            return;
        }
        if lists_tasks(node) {
            self.listed(node, place);
            return;
        }
        if let Some(agency) = heads_directive(node) {
            self.directive(node, agency, place);
            return;
        }
        let given = leading_agency(&folded)
            .filter(|(_, end)| folded.ascii().starts_with("giao ") || rest_is_empty(&folded, *end))
            .filter(|_| node.children.iter().all(|child| labelled(child.title()).is_none()));
        let lead = given.map(|(agency, _)| agency).or(place.lead);
        self.task(node, &Place { lead, ..place.clone() });
    }

    /// Whether an item of a body that a table of tasks stands beside assigns work all the same: a heading that is an
    /// agency, and below it a bullet with a day.
    fn is_dated_directive(&self, node: &Node) -> bool {
        let folded = Folded::new(node.title());
        let agency = leading_agency(&folded).is_some_and(|(_, end)| rest_is_empty(&folded, end));
        let dated = |child: &Node| {
            let due = find_due(child.title(), self.year, 1, &mut Vec::new());
            matches!(due.kind, DueKind::Date | DueKind::Month | DueKind::Quarter | DueKind::Range)
        };
        agency && node.children.iter().any(dated)
    }

    /// "1. Về dữ liệu" with a task in each bullet, each with its own agency or time.
    fn listed(&mut self, node: &Node, place: &Place<'_>) {
        let below = Place { group: place.reference.clone(), group_title: node.heading(), ..place.clone() };
        for (index, child) in node.children.iter().enumerate() {
            let reference = match &child.marker {
                Marker::Dash | Marker::Plus => format!("{}.{}", place.reference, index + 1),
                numbered => join_reference(&place.reference, numbered),
            };
            let place = Place { reference, ..below.clone() };
            match heads_directive(child) {
                Some(agency) => self.directive(child, agency, &place),
                None => self.task(child, &place),
            }
        }
    }

    /// "Giao Sở Y tế:" with a task in each bullet.
    fn directive(&mut self, node: &Node, agency: &str, place: &Place<'_>) {
        let place = Place {
            group: place.reference.clone(),
            group_title: node.heading(),
            lead: Some(agency),
            ..place.clone()
        };
        let before = self.out.tasks.len();
        for paragraph in node.paragraphs.iter().skip(1) {
            let message = format!("a paragraph outside the bullets: \"{}\"", short(&paragraph.text));
            let line = paragraph.span.line_start;
            self.warnings.push(Warning::new(WarningCode::ParagraphUnassigned, line, message));
        }
        for (index, child) in node.children.iter().enumerate() {
            let reference = match &child.marker {
                Marker::Letter(letter) => format!("{}.{letter}", place.reference),
                _ => format!("{}.{}", place.reference, index + 1),
            };
            let place = Place { reference, ..place.clone() };
            self.task(child, &place);
        }
        let coordinating = coordinating_in(node.title(), node.span().line_start, &mut Vec::new());
        for task in self.out.tasks[before..].iter_mut().filter(|task| task.coordinating.is_empty()) {
            task.coordinating.clone_from(&coordinating);
        }
    }

    fn warn(&mut self, code: WarningCode, node: &Node, message: impl Into<String>) {
        self.warnings.push(Warning::new(code, node.span().line_start, message));
    }
}

/// Whether a paragraph closes the document and asks for nothing.
fn is_closing(folded: &Folded<'_>) -> bool {
    const OPENINGS: [&str; 7] = [
        "trong qua trinh",
        "tren day la",
        "rat mong",
        "quyet dinh nay",
        "chi thi nay",
        "ke hoach nay",
        "cong van nay",
    ];
    OPENINGS.iter().any(|words| folded.starts_with_words(words))
        || folded.has_any(&["chiu trach nhiem thi hanh"])
}

/// Whether an item is a heading over numbered items. Numbers in brackets and letters below an item that has a
/// lead or a deadline of its own are a list inside its text.
fn is_group(node: &Node) -> bool {
    let has_fields = node.children.iter().any(|child| labelled(child.title()).is_some());
    node.children.iter().any(|child| match child.marker {
        Marker::Part(_) | Marker::Roman(_) | Marker::Article(_) | Marker::Decimal(_) => true,
        Marker::Paren(_) => !has_fields,
        Marker::Letter(_) => !has_fields && child.children.iter().any(|c| labelled(c.title()).is_some()),
        Marker::Dash | Marker::Plus => false,
    })
}

/// The agency that an item names and charges with everything below it: "Giao Sở Y tế:", "Công an tỉnh chủ trì, phối
/// hợp với các đơn vị:".
fn heads_directive(node: &Node) -> Option<&str> {
    let folded = Folded::new(node.title());
    let (agency, end) = leading_agency(&folded)?;
    let list = node.title().trim_end().ends_with(':') && node.children.len() > 1;
    let plain = node.children.iter().all(|child| labelled(child.title()).is_none());
    let heads = rest_is_empty(&folded, end) && !node.children.is_empty();
    (plain && (heads || list)).then_some(agency)
}

/// Whether an item is a bare heading, and what stands below it are tasks: most name who acts or by when.
fn lists_tasks(node: &Node) -> bool {
    const LONGEST_HEADING: usize = 90;
    let title = node.title();
    let heading = node.paragraphs.len() == 1
        && title.chars().count() <= LONGEST_HEADING
        && !title.ends_with(['.', ';'])
        && leading_agency(&Folded::new(title)).is_none()
        && !announces_targets(title);
    if !heading || node.children.len() < 2 || node.children.iter().any(|c| labelled(c.title()).is_some()) {
        return false;
    }
    // A part of the plan is never itself a task.
    let part = node.marker.rank() <= 1;
    let assigned = node.children.iter().filter(|child| is_assigned(child)).count();
    part || assigned * 2 >= node.children.len()
}

/// Whether the words of an item say who does it or by when.
fn is_assigned(node: &Node) -> bool {
    let folded = Folded::new(node.title());
    leading_agency(&folded).is_some_and(|(_, end)| !rest_is_empty(&folded, end))
        || find_due(node.title(), None, 1, &mut Vec::new()).kind != DueKind::None
        || node.children.iter().any(|child| labelled(child.title()).is_some())
}

/// The lead of a group of common tasks: "Nhiệm vụ chung của các sở, ban, ngành".
fn common_lead(title: &str) -> Option<&str> {
    let folded = Folded::new(title);
    let at = folded.find_words("nhiem vu chung cua", 0)? + "nhiem vu chung cua".len();
    let end = folded.ascii().find('(').unwrap_or(folded.len());
    let lead = folded.slice(at, end);
    // The slice borrows the title, not the folding.
    (!lead.is_empty()).then_some(lead)
}

fn rest_is_empty(folded: &Folded<'_>, end: usize) -> bool {
    folded
        .ascii()
        .get(end..)
        .unwrap_or_default()
        .trim_matches(|c: char| matches!(c, ':' | '.' | ' '))
        .is_empty()
}

fn join_reference(above: &str, marker: &Marker) -> String {
    match marker {
        Marker::Part(letter) => letter.to_string(),
        Marker::Roman(number) => to_roman(*number),
        Marker::Article(number) => format!("{ARTICLE} {number}"),
        Marker::Decimal(parts) => {
            let number = parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
            // A decimal number carries its parents' numbers itself; only the numeral of the section is added.
            match above.split(['.', '(']).next().filter(|head| !head.is_empty() && is_section(head)) {
                Some(section) => format!("{section}.{number}"),
                None => number,
            }
        }
        Marker::Paren(number) => format!("{above}({number})"),
        Marker::Letter(letter) => format!("{above}.{letter}"),
        Marker::Dash | Marker::Plus => above.to_owned(),
    }
}

/// The word before the number of an article.
const ARTICLE: &str = "Điều";

fn is_section(head: &str) -> bool {
    head.chars().all(|c| c.is_ascii_uppercase()) || head.starts_with(ARTICLE)
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whom a letter is written to: the words after "Kính gửi:", or the list below them.
pub(crate) fn addressees(lines: &[Line], warnings: &mut Vec<Warning>) -> Vec<String> {
    let at = lines.iter().position(|line| Folded::new(&line.text).starts_with_words("kinh gui"));
    let Some(at) = at else { return Vec::new() };
    let named = lines[at].text.split_once(':').map_or("", |(_, names)| names.trim());
    let listed = lines[at + 1..].iter().map_while(|line| line.text.strip_prefix("- "));
    let names: Vec<&str> = [named].into_iter().chain(listed).filter(|name| !name.is_empty()).collect();
    split_units(&names.join("; "), lines[at].number, warnings)
}

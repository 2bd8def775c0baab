//! Targets and tasks of running text: prose with labelled bullets, and directives by agency.

use crate::agency::{coordinating_in, head_at, leading_agency, split_units};
use crate::clean::Line;
use crate::compiled::{
    Compiled, Due, DueKind, Period, Span, Target, TargetValue, Task, Warning, WarningCode,
};
use crate::due::{find_due, find_period, parse_due, plan_year, time_named};
use crate::fields::{Field, labelled, parted};
use crate::folded::Folded;
use crate::item::referred;
use crate::numbering::{announced_count, to_roman};
use crate::outline::{Marker, Node, build};
use crate::value::{counted, percentages};
use chrono::Datelike;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    /// Purpose, requirements, scope.
    Purpose,
    /// What is to be reached.
    Targets,
    /// What is to be done.
    Tasks,
    /// How the work is organised, and money: duties of units that are no tasks of the plan.
    Organisation,
    /// What was done before, and what stood in the way.
    Account,
}

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
    take_organisation: bool,
    year: Option<i32>,
    out: &'a mut Compiled,
    warnings: &'a mut Vec<Warning>,
}

/// Reads the running text of one region.
pub(crate) fn read(
    lines: &[Line],
    listed_in_table: bool,
    period: &Period,
    out: &mut Compiled,
    warnings: &mut Vec<Warning>,
) {
    let nodes = build(lines, warnings);
    let year = plan_year(period);
    let before = (out.targets.len(), out.tasks.len());
    let mut first_pass = Vec::new();
    let addressees = &addressees(lines, warnings);
    let mut reader = Reader {
        addressees,
        listed_in_table,
        take_organisation: false,
        year,
        out,
        warnings: &mut first_pass,
    };
    reader.top(&nodes);
    let nothing = (out.targets.len(), out.tasks.len()) == before;
    if nothing && !listed_in_table && first_pass.iter().any(|w| w.code == WarningCode::AssignmentNotTaken) {
        // A plan whose only part on work is its part on organisation.
        Reader { addressees, listed_in_table, take_organisation: true, year, out, warnings }.top(&nodes);
    } else {
        warnings.append(&mut first_pass);
    }
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
        let section = section_of(node, above.section, self.take_organisation);
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

    /// An item of a section on targets: every paragraph and bullet with a number is a target, and so are those below
    /// a heading inside it ("a) Về dịch vụ công").
    fn goals(&mut self, node: &Node, place: &Place<'_>) {
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
        let given = leading_agency(&folded)
            .filter(|(_, end)| folded.ascii().starts_with("giao ") || rest_is_empty(&folded, *end))
            .filter(|_| node.children.iter().all(|child| labelled(child.title()).is_none()));
        if let Some(agency) = heads_directive(node) {
            self.directive(node, agency, place);
            return;
        }
        match given {
            Some((agency, _)) => {
                let place = Place { lead: Some(agency), ..place.clone() };
                self.task(node, &place);
            }
            None => self.task(node, place),
        }
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

    fn task(&mut self, node: &Node, place: &Place<'_>) {
        let line = node.span().line_start;
        let mut text: Vec<&str> = Vec::new();
        let mut task = Task {
            reference: place.reference.clone(),
            group: place.group.clone(),
            group_title: place.group_title.to_owned(),
            text: String::new(),
            lead: Vec::new(),
            coordinating: Vec::new(),
            due: Due::default(),
            product: String::new(),
            source: node.span(),
        };
        let list_at = node.paragraphs.iter().position(|p| announces_targets(&p.text));
        let heads: Vec<_> = node.paragraphs.iter().map(|paragraph| parted(&paragraph.text)).collect();
        for ((head, fields), paragraph) in heads.iter().zip(&node.paragraphs) {
            if is_closing(&Folded::new(head)) {
                let line = paragraph.span.line_start;
                let message = "a closing remark, not a part of the task";
                self.warnings.push(Warning::new(WarningCode::ParagraphUnassigned, line, message));
            } else if !head.is_empty() {
                text.push(head);
            }
            for (field, value) in fields {
                self.say(*field, value, paragraph.span.line_start, &mut task);
            }
        }
        let mut targets: Vec<(String, Span)> = Vec::new();
        for child in &node.children {
            self.part_of_task(child, list_at.is_some(), &mut task, &mut text, &mut targets);
        }
        task.text = text.join("\n");
        self.complete(&mut task, place, line);
        self.out.tasks.push(task);
        for (index, (text, span)) in targets.into_iter().enumerate() {
            self.target(format!("{}.{}", place.reference, index + 1), place, &text, span);
        }
    }

    /// A bullet or list item below a task.
    fn part_of_task<'n>(
        &mut self,
        child: &'n Node,
        in_target_list: bool,
        task: &mut Task,
        text: &mut Vec<&'n str>,
        targets: &mut Vec<(String, Span)>,
    ) {
        let line = child.span().line_start;
        match labelled(child.title()) {
            Some((Field::Lead | Field::Coordinating | Field::Due | Field::Product, _)) => {
                // One bullet may carry several labels.
                let (_, fields) = parted(child.title());
                for (field, value) in &fields {
                    self.say(*field, value, line, task);
                }
                if let ([], Some((field, value))) = (fields.as_slice(), labelled(child.title())) {
                    self.say(field, value, line, task);
                }
            }
            Some((Field::Target, _)) if !percentages(child.title()).is_empty() => {
                targets.push((child.title().to_owned(), child.span()));
            }
            _ if in_target_list && !percentages(child.title()).is_empty() => {
                targets.push((child.title().to_owned(), child.span()));
            }
            other => {
                if other.is_none() && in_target_list {
                    self.warn(WarningCode::GoalWithoutNumber, child, "a goal without a number");
                }
                text.push(child.title());
                for below in &child.children {
                    text.push(below.title());
                }
            }
        }
    }

    /// What a label says of a task; "như trên" repeats the task before.
    fn say(&mut self, field: Field, value: &str, line: u32, task: &mut Task) {
        if let Some(above) = referred(value, &self.out.tasks) {
            match field {
                Field::Lead => task.lead.clone_from(&above.lead),
                Field::Coordinating => task.coordinating.clone_from(&above.coordinating),
                Field::Due => task.due.clone_from(&above.due),
                Field::Product => task.product.clone_from(&above.product),
                Field::Target | Field::Goal => {}
            }
            self.warnings.push(Warning::new(WarningCode::AsAbove, line, "\"as above\" was replaced"));
            return;
        }
        match field {
            Field::Lead => task.lead = split_units(value, line, self.warnings),
            Field::Coordinating => task.coordinating = split_units(value, line, self.warnings),
            Field::Due => task.due = parse_due(value, self.year, line, self.warnings),
            Field::Product => value.trim_end_matches(['.', ';']).clone_into(&mut task.product),
            Field::Target | Field::Goal => {}
        }
    }

    /// Fills what no bullet said from the words of the task and of its group.
    fn complete(&mut self, task: &mut Task, place: &Place<'_>, line: u32) {
        let first = task.text.clone();
        let folded = Folded::new(&first);
        // "Công an xã chủ trì, phối hợp …": the sentence itself names who acts.
        let subject =
            leading_agency(&folded).filter(|(_, end)| !rest_is_empty(&folded, *end)).map(|(name, _)| name);
        if task.lead.is_empty()
            && let Some(lead) = place.lead.or(subject)
        {
            task.lead = split_units(lead, line, self.warnings);
            let message = format!("the lead of {} was taken from its group or its words", task.reference);
            self.warnings.push(Warning::new(WarningCode::LeadAssumed, line, message));
        }
        if task.lead.is_empty()
            && let Some(lead) = charged(&first)
        {
            task.lead = split_units(&lead, line, self.warnings);
        }
        if task.lead.is_empty() && !self.addressees.is_empty() {
            task.lead = self.addressees.to_vec();
            let message = format!("the lead of {} is whom the letter is written to", task.reference);
            self.warnings.push(Warning::new(WarningCode::LeadAssumed, line, message));
        }
        if task.lead.is_empty() {
            let message = format!("task {} has no lead", task.reference);
            self.warnings.push(Warning::new(WarningCode::LeadMissing, line, message));
        }
        if task.coordinating.is_empty() {
            task.coordinating = coordinating_in(&task.text, line, self.warnings);
        }
        if task.due.kind == DueKind::None && task.due.raw.is_empty() {
            task.due = find_due(&task.text, self.year, line, self.warnings);
            // A time may end any paragraph, not only the last.
            let more = task.text.lines().count() > 1 && task.due.raw.is_empty();
            let mut paragraphs = task.text.lines().filter(|_| more);
            if let Some(due) = paragraphs.find_map(|text| {
                Some(find_due(text, self.year, line, self.warnings)).filter(|due| !due.raw.is_empty())
            }) {
                task.due = due;
            }
            if task.due.raw.is_empty()
                && let Some(time) = time_named(&task.text)
            {
                let message = format!("{}: \"{time}\" was not taken as the deadline", task.reference);
                self.warnings.push(Warning::new(WarningCode::DueNotUnderstood, line, message));
            }
        }
    }

    fn target(&mut self, reference: String, place: &Place<'_>, text: &str, span: Span) {
        let found = percentages(text);
        if found.len() > 1 {
            let message = format!("target {reference} names {} values; the first was taken", found.len());
            self.warnings.push(Warning::new(WarningCode::SeveralValues, span.line_start, message));
        }
        let of_plan = self.out.document.period.to.map(|day| day.year());
        let year = year_of_goal(text).or_else(|| year_of_heading(place.group_title)).or(of_plan);
        let period = year.map(|y| y.to_string()).unwrap_or_default();
        let (quantity, unit) = match found.into_iter().next() {
            Some(share) => (Some(share), "%".to_owned()),
            None => match counted(text) {
                Some((count, unit)) => (Some(count), unit),
                None => (None, String::new()),
            },
        };
        let values: Vec<TargetValue> =
            quantity.map(|quantity| quantity.into_value(period)).into_iter().collect();
        let tracking = given_to(text).map(|units| split_units(units, span.line_start, self.warnings));
        let tracking = tracking.unwrap_or_default();
        self.out.targets.push(Target {
            reference,
            group: place.reference.clone(),
            group_title: place.group_title.to_owned(),
            text: text.to_owned(),
            unit,
            values,
            tracking,
            source: span,
        });
    }

    fn warn(&mut self, code: WarningCode, node: &Node, message: impl Into<String>) {
        self.warnings.push(Warning::new(code, node.span().line_start, message));
    }
}

/// Who answers for a goal: "… đạt 85%, giao Công an xã".
fn given_to(text: &str) -> Option<&str> {
    let folded = Folded::new(text);
    let at = folded.find_words("giao", 0)? + "giao".len();
    let start = at + folded.ascii().get(at..)?.len() - folded.ascii().get(at..)?.trim_start().len();
    head_at(folded.ascii(), start)?;
    let end =
        folded.ascii().get(start..)?.find(['.', ';', '(']).map_or(folded.len(), |length| start + length);
    folded.is_upper(start).then(|| folded.slice(start, end))
}

/// Whom a letter is written to: the words after "Kính gửi:", or the list below them.
fn addressees(lines: &[Line], warnings: &mut Vec<Warning>) -> Vec<String> {
    let at = lines.iter().position(|line| Folded::new(&line.text).starts_with_words("kinh gui"));
    let Some(at) = at else { return Vec::new() };
    let named = lines[at].text.split_once(':').map_or("", |(_, names)| names.trim());
    let listed = lines[at + 1..].iter().map_while(|line| line.text.strip_prefix("- "));
    let names: Vec<&str> = [named].into_iter().chain(listed).filter(|name| !name.is_empty()).collect();
    split_units(&names.join("; "), lines[at].number, warnings)
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

/// The agency that a sentence inside a text charges: "… Giao Công an xã chủ trì, phối hợp …".
fn charged(text: &str) -> Option<String> {
    let sentences = text.split(['.', ';', '\n']).map(str::trim);
    let charge = sentences.map(Folded::new).find(|sentence| sentence.starts_with_words("giao"))?;
    leading_agency(&charge).map(|(agency, _)| agency.to_owned())
}

/// Whether an item is nothing but the heading of a part, in capitals.
fn is_heading(node: &Node) -> bool {
    let capitals = node.title().chars().all(|c| !c.is_lowercase());
    node.marker.rank() <= 1 && node.children.is_empty() && node.paragraphs.len() == 1 && capitals
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

/// The year a heading sets for the targets below it, or a sentence for itself: 2030 in "Mục tiêu đến năm 2030" and
/// in "Giai đoạn 2026 - 2030".
fn year_of_heading(title: &str) -> Option<i32> {
    if Folded::new(title).starts_with_words("giai doan") {
        return find_period(title).to.map(|day| day.year());
    }
    let folded = Folded::new(title);
    let at = folded.find_words("nam", 0)? + "nam".len();
    let digits: String =
        folded.ascii().get(at..)?.trim_start().chars().take_while(char::is_ascii_digit).collect();
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
    !percentages(text).is_empty() || counted(text).is_some()
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

/// What headings of parts begin with that tell of the time before, folded.
const ACCOUNTS: [&str; 11] = [
    "ket qua",
    "danh gia",
    "tinh hinh",
    "thuc trang",
    "hien trang",
    "ton tai",
    "han che",
    "kho khan",
    "nguyen nhan",
    "bai hoc",
    "su can thiet",
];

fn section_of(node: &Node, above: Section, take_organisation: bool) -> Section {
    let folded = Folded::new(node.title());
    if folded.len() > 160 {
        return above;
    }
    let is_top = node.marker.rank() <= 1;
    if !is_top {
        // Below the top only a bare heading changes the subject.
        let bare = folded.len() < 45;
        return match above {
            _ if bare && (folded.starts_with_words("muc tieu") || folded.starts_with_words("chi tieu")) => {
                Section::Targets
            }
            Section::Targets if bare && folded.has_any(&["yeu cau", "muc dich"]) => Section::Purpose,
            other => other,
        };
    }
    let is_part = node.marker.rank() == 0;
    let looks_back = ACCOUNTS.iter().any(|words| folded.starts_with_words(words))
        && !folded.has_any(&["nhiem vu", "giai phap", "muc tieu", "chi tieu", "phuong huong"]);
    if looks_back || (above == Section::Account && !is_part) {
        return Section::Account;
    }
    let organisation = if take_organisation { Section::Tasks } else { Section::Organisation };
    if folded.has_any(&["to chuc thuc hien"]) {
        organisation
    } else if folded.has_any(&["nhiem vu", "giai phap", "noi dung", "trong tam", "cong viec"]) {
        Section::Tasks
    } else if folded.has_any(&["muc tieu", "chi tieu"]) {
        Section::Targets
    } else if folded.has_any(&[
        "muc dich",
        "yeu cau",
        "quan diem",
        "pham vi",
        "nguyen tac",
        "can cu",
        "doi tuong",
    ]) {
        Section::Purpose
    } else if folded.has_any(&["kinh phi", "nguon luc", "trach nhiem", "bao cao", "du toan"]) {
        organisation
    } else {
        Section::Tasks
    }
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

/// Whether a paragraph introduces a list of targets.
fn announces_targets(text: &str) -> bool {
    let folded = Folded::new(text);
    text.trim_end().ends_with(':') && folded.has_any(&["chi tieu", "muc tieu"])
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

//! A task out of an item of running text: its words, what its labels say, and what its sentences name.

use super::{Place, Reader, is_closing, rest_is_empty};
use crate::agency::{coordinating_in, leading_agency, split_units};
use crate::compiled::{Due, DueKind, Span, Task, Warning, WarningCode};
use crate::due::{find_due, parse_due, time_named};
use crate::fields::{Field, labelled, parted};
use crate::folded::Folded;
use crate::item::referred;
use crate::outline::Node;
use crate::value::percentages;

impl Reader<'_> {
    pub(super) fn task(&mut self, node: &Node, place: &Place<'_>) {
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
        let about = topic(&folded).map_or(first.as_str(), |end| folded.slice(end, folded.len()));
        let about = Folded::new(about);
        let subject =
            leading_agency(&about).filter(|(_, end)| !rest_is_empty(&about, *end)).map(|(name, _)| name);
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
}

/// Where the words end that say what a conclusion is about: "Về kinh phí: Sở Tài chính thẩm định …".
fn topic(folded: &Folded<'_>) -> Option<usize> {
    const LONGEST: usize = 80;
    let colon = folded.ascii().find(':').filter(|at| folded.starts_with_words("ve") && *at <= LONGEST)?;
    Some(folded.skip_blanks(colon + 1))
}

/// The agency that a sentence inside a text charges: "… Giao Công an xã chủ trì, phối hợp …".
fn charged(text: &str) -> Option<String> {
    let sentences = text.split(['.', ';', '\n']).map(str::trim);
    let charge = sentences.map(Folded::new).find(|sentence| sentence.starts_with_words("giao"))?;
    leading_agency(&charge).map(|(agency, _)| agency.to_owned())
}

/// Whether a paragraph introduces a list of targets.
pub(super) fn announces_targets(text: &str) -> bool {
    let folded = Folded::new(text);
    text.trim_end().ends_with(':') && folded.has_any(&["chi tieu", "muc tieu"])
}

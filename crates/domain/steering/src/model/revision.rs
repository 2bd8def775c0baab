//! What a later version of a plan does to the work on the earlier one: which items go on, and what changes of a task in
//! somebody's hands.

use crate::model::assignment::{Assignment, Due, State};
use crate::model::compiled_difference::partners;
use crate::model::compiled_plan::Content;
use crate::model::plan::Task;
use crate::model::rhythm::Rhythm;
use chrono::{NaiveDate, TimeDelta};
use d06_plan::DueKind;

/// The longest time between two occurrences, and some days.
const A_YEAR: TimeDelta = TimeDelta::days(400);

/// What becomes of an item of an earlier version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is this item of the later version.
    GoesOn(usize),
    /// This item of the later version is already the continuation of another; they become one.
    Joins(usize),
    /// The later version has it no more.
    Ends,
}

/// The fates of the items of some earlier versions, by version and item. Of two that are one with the same later item,
/// that of the earlier list goes on.
pub fn fates(before: &[Vec<Content>], after: &[Content]) -> Vec<Vec<Fate>> {
    let mut taken = vec![false; after.len()];
    let mut all = Vec::with_capacity(before.len());
    for items in before {
        let fate = |partner: Option<usize>| match partner {
            None => Fate::Ends,
            Some(at) if std::mem::replace(&mut taken[at], true) => Fate::Joins(at),
            Some(at) => Fate::GoesOn(at),
        };
        all.push(partners(items, after).into_iter().map(fate).collect());
    }
    all
}

/// The deadline that a plan gives a task, and the state in which the work on it begins.
pub(crate) fn due_of(task: &Task) -> (Due, State) {
    let rhythm = (task.due.kind == DueKind::Recurring).then(|| Rhythm::of_words(&task.due.raw)).flatten();
    let waits = task.due.kind == DueKind::Conditional;
    let state = match (&rhythm, waits) {
        (Some(_), _) => State::Recurring,
        (None, true) => State::Waiting,
        (None, false) => State::NotStarted,
    };
    let due = Due {
        kind: task.due.kind,
        on: task.due.to.filter(|_| rhythm.is_none() && !waits),
        first_on: None,
        condition: waits.then(|| task.due.raw.clone()),
        condition_met_on: None,
        rhythm,
    };
    (due, state)
}

/// The code of the unit that leads a task, the first that is known.
pub(crate) fn lead_of(task: &Task) -> Option<String> {
    task.lead.iter().find_map(|unit| unit.code.clone())
}

/// A coming occurrence of a recurring task after its plan was revised: on the day of the new rhythm, or not at all.
/// One that somebody has begun stays as it is.
pub(crate) fn occurrence_revised(one: &Assignment, rhythm: Option<&Rhythm>, today: NaiveDate) -> Assignment {
    let coming = one.due.on.is_some_and(|day| day >= today);
    if one.state != State::NotStarted || !coming {
        return one.clone();
    }
    let until = today.checked_add_signed(A_YEAR).unwrap_or(today);
    let days = rhythm.map(|rhythm| rhythm.occurrences(today, until)).unwrap_or_default();
    match days.into_iter().find(|day| day.period == one.occurrence) {
        Some(day) => Assignment { due: Due { on: Some(day.due_on), ..one.due.clone() }, ..one.clone() },
        None => Assignment { state: State::Cancelled, ..one.clone() },
    }
}

/// An assignment after its plan was revised. What the plan changes is changed; what people decided beside the plan
/// stays. Work that has ended stays as it ended, unless the task now recurs.
pub(crate) fn revised(one: &Assignment, before: &Task, after: &Task) -> Assignment {
    let mut next = Assignment { position: after.place.position, ..one.clone() };
    let (due, begins) = due_of(after);
    let ended = matches!(one.state, State::Done | State::Cancelled);
    let standing = one.occurrence.is_empty();
    if ended && !(standing && begins == State::Recurring && one.state == State::Done) {
        return next;
    }
    if lead_of(before) != lead_of(after) {
        next.unit = lead_of(after);
        // The official was named by the unit that led before.
        next.person = None;
    }
    if one.product == before.product {
        next.product.clone_from(&after.product);
    }
    if standing && due_of(before) != due_of(after) {
        let worked_on = matches!(one.state, State::InProgress | State::Submitted);
        let first_on =
            one.due.first_on.or(one.due.on.filter(|_| due.on != one.due.on && due.rhythm.is_none()));
        next.due = Due { first_on, ..due };
        if !worked_on || begins == State::Recurring {
            next.state = begins;
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assignment::{AssignmentId, Person};
    use crate::model::plan::{Place, PlanId, TaskDue, TaskId};
    use crate::model::unit_name::NamedUnit;
    use d06_plan::{Source, compile};
    use uuid::Uuid;

    fn task(lead: &str, due: &str) -> Task {
        let text = format!("STT\tNhiệm vụ\tChủ trì\tThời gian\n1\tLàm sạch dữ liệu\t{lead}\t{due}\n");
        let read = compile(&Source::from_text(&text).unwrap()).tasks.remove(0);
        let unit = NamedUnit { name: lead.to_owned(), code: Some(lead.to_owned()) };
        Task {
            id: TaskId(Uuid::nil()),
            place: Place {
                position: 0,
                reference: read.reference,
                group: String::new(),
                group_title: String::new(),
                line_start: 2,
                line_end: 2,
            },
            text: read.text,
            lead: vec![unit],
            coordinating: Vec::new(),
            due: TaskDue { raw: read.due.raw, kind: read.due.kind, to: read.due.to },
            product: read.product,
        }
    }

    fn given(task: &Task, state: State) -> Assignment {
        Assignment {
            id: AssignmentId(task.id.0),
            task: task.id,
            plan: PlanId(Uuid::nil()),
            occurrence: String::new(),
            position: 0,
            unit: lead_of(task),
            person: Some(Person { number: "030191000201".to_owned(), name: "Vũ Thị Lan".to_owned() }),
            monitor: None,
            authority: None,
            due: due_of(task).0,
            product: task.product.clone(),
            quantity: None,
            measure: None,
            state,
            submitted_on: None,
            done_on: None,
            version: 3,
        }
    }

    #[test]
    fn what_the_plan_changes_is_changed_and_nothing_else() {
        let (before, later) = (task("Công an xã", "Tháng 5/2026"), task("Công an xã", "Tháng 6/2026"));
        let one = given(&before, State::InProgress);
        let next = revised(&one, &before, &later);
        assert_eq!(next.due.on.unwrap().to_string(), "2026-06-30");
        assert_eq!(next.due.first_on, one.due.on, "the deadline before it was moved is remembered");
        assert_eq!((next.state, &next.person), (State::InProgress, &one.person));

        let other = task("Trạm Y tế xã", "Tháng 5/2026");
        let next = revised(&one, &before, &other);
        assert_eq!((next.unit.as_deref(), next.person), (Some("Trạm Y tế xã"), None));
        assert_eq!(next.due, one.due);

        let mut extended = one.clone();
        extended.due.on = "2026-09-30".parse().ok();
        assert_eq!(revised(&extended, &before, &other).due, extended.due, "an extension given by hand stays");
    }

    #[test]
    fn what_has_ended_stays_ended_unless_it_recurs() {
        let (before, later) = (task("Công an xã", "Tháng 5/2026"), task("Công an xã", "Tháng 6/2026"));
        let done = given(&before, State::Done);
        assert_eq!(revised(&done, &before, &later), done);
        let often = task("Công an xã", "Định kỳ trước ngày 15 hằng tháng");
        let next = revised(&done, &before, &often);
        assert_eq!(next.state, State::Recurring);
        assert!(next.due.rhythm.is_some());
    }

    #[test]
    fn of_two_that_become_one_the_first_goes_on() {
        let item = |words: &str, number: u32| {
            let text = format!("STT\tNhiệm vụ\tChủ trì\n{number}\t{words}\tCông an xã\n");
            let read = compile(&Source::from_text(&text).unwrap());
            Content::Task(read.tasks.into_iter().next().unwrap())
        };
        let (clean, book) = ("Làm sạch dữ liệu hộ tịch toàn xã", "Cập nhật sổ sức khỏe điện tử");
        let before = [vec![item(clean, 1), item(book, 2)], vec![item(clean, 4)]];
        let found = fates(&before, &[item("Lắp đặt trạm công dân số", 1), item(clean, 2)]);
        assert_eq!(found, [vec![Fate::GoesOn(1), Fate::Ends], vec![Fate::Joins(1)]]);
    }
}

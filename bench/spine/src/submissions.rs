//! Drafts prepared as fast as it goes, then submitted by a timetable.

use crate::Failure;
use crate::citizen::{self, Citizen, Draft, Steps};
use crate::connection::Connection;
use crate::program::Program;
use crate::timetable::{self, Call, Outcome};
use d06_synth::{AS_OF, Population, Size};
use std::cell::{Cell, RefCell};
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::time::Instant;
use tokio::task::LocalSet;

/// People who file at the same time while drafts are prepared.
const AT_ONCE: usize = 16;

/// The seed of the demonstration's people.
const SEED: u64 = 10_816;

/// Signs citizens in and fills a draft of each, until there are `wanted`.
pub(crate) async fn prepare(
    program: &Program,
    wanted: usize,
) -> Result<(Vec<Citizen>, Vec<Draft>, Steps), Failure> {
    let people = Population::generate(SEED, Size::People(program.people()));
    let adults: Vec<String> = people
        .living()
        .filter(|person| person.card.is_some() && (20..90).contains(&person.age_in_year(AS_OF)))
        .map(|person| person.number.as_str().to_owned())
        .collect();
    drop(people);
    let port = program.port();
    let next = Rc::new(Cell::new(0_usize));
    let kept = Rc::new(RefCell::new((Vec::new(), Vec::new(), Steps::default())));
    let failure = Rc::new(RefCell::new(None));
    let adults = Rc::new(adults);
    let local = LocalSet::new();
    for _ in 0..AT_ONCE {
        let (next, kept, failure, adults) = (next.clone(), kept.clone(), failure.clone(), adults.clone());
        local.spawn_local(async move {
            let mut connection = Connection::new(port, Ipv4Addr::LOCALHOST);
            while kept.borrow().1.len() < wanted && failure.borrow().is_none() {
                let index = next.replace(next.get() + 1);
                let Some(number) = adults.get(index) else { return };
                if let Err(error) = one(port, number, index, &mut connection, &kept).await {
                    *failure.borrow_mut() = Some(error);
                }
            }
        });
    }
    local.await;
    if let Some(error) = failure.take() {
        return Err(error);
    }
    let (citizens, mut drafts, steps) = kept.take();
    drafts.truncate(wanted);
    if drafts.len() < wanted {
        return Err(format!("only {} drafts could be prepared", drafts.len()).into());
    }
    Ok((citizens, drafts, steps))
}

async fn one(
    port: u16,
    number: &str,
    index: usize,
    connection: &mut Connection,
    kept: &RefCell<(Vec<Citizen>, Vec<Draft>, Steps)>,
) -> Result<(), Failure> {
    let at = Instant::now();
    let citizen = citizen::sign_in(port, number, index).await?;
    let mut steps = Steps::default();
    steps.sign_in.add(at.elapsed());
    let draft = citizen::prepare(connection, &citizen, port, &mut steps).await?;
    let (citizens, drafts, all) = &mut *kept.borrow_mut();
    citizens.push(citizen);
    drafts.extend(draft);
    all.sign_in.extend(steps.sign_in);
    all.open.extend(steps.open);
    all.form.extend(steps.form);
    all.save.extend(steps.save);
    all.review.extend(steps.review);
    Ok(())
}

/// Submits the drafts at `rate` a second. Good is an answer that leads to the new dossier.
pub(crate) async fn run(program: &Program, drafts: Vec<Draft>, rate: u32) -> Result<Outcome, Failure> {
    let calls = drafts
        .into_iter()
        .map(|draft| Call { path: draft.path, cookies: draft.citizen.cookies, form: Some(draft.form) })
        .collect();
    timetable::run(program.port(), calls, rate, |answer| {
        answer.status.is_redirection()
            && answer.location.as_deref().is_some_and(|to| to.contains("/dossiers/"))
    })
    .await
}

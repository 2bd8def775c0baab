//! An open load: requests leave by a timetable, whether earlier ones have been answered or not.

use crate::Failure;
use crate::connection::{Answer, Connection};
use crate::latency::Latencies;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;

/// Connections at most; a server that keeps up needs few of them.
const CONNECTIONS: usize = 128;

/// One request.
pub(crate) struct Call {
    pub(crate) path: String,
    pub(crate) cookies: String,
    /// The form to post; `None` reads.
    pub(crate) form: Option<String>,
}

/// How a load went.
pub(crate) struct Outcome {
    pub(crate) rate: u32,
    pub(crate) seconds: f64,
    pub(crate) good: Latencies,
    pub(crate) bad: usize,
    pub(crate) first_bad: Option<String>,
}

impl Outcome {
    #[allow(clippy::cast_precision_loss)]
    /// Good answers a second.
    pub(crate) fn reached(&self) -> f64 {
        self.good.len() as f64 / self.seconds
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}/s of {} asked, {} bad; {}", self.reached(), self.rate, self.bad, self.good)
    }
}

/// Sends the calls at `rate` a second and judges each answer with `good`.
pub(crate) async fn run(
    port: u16,
    calls: Vec<Call>,
    rate: u32,
    good: fn(&Answer) -> bool,
) -> Result<Outcome, Failure> {
    let calls = Rc::new(RefCell::new(calls.into_iter().enumerate()));
    let outcome = Rc::new(RefCell::new((Latencies::default(), 0_usize, None)));
    let last = Rc::new(Cell::new(Instant::now()));
    let start = Instant::now() + Duration::from_millis(50);
    let local = LocalSet::new();
    for _ in 0..CONNECTIONS {
        let (calls, outcome, last) = (calls.clone(), outcome.clone(), last.clone());
        local.spawn_local(async move {
            let mut connection = Connection::new(port, Ipv4Addr::LOCALHOST);
            loop {
                let Some((index, call)) = calls.borrow_mut().next() else { return };
                let due = start + Duration::from_secs(1) * u32::try_from(index).unwrap_or(u32::MAX) / rate;
                tokio::time::sleep_until(due.into()).await;
                let answer = match call.form {
                    Some(form) => connection.post(&call.path, &call.cookies, form).await,
                    None => connection.get(&call.path, &call.cookies).await,
                };
                let (latencies, bad, first_bad) = &mut *outcome.borrow_mut();
                last.set(Instant::now());
                match answer {
                    Ok(answer) if good(&answer) => latencies.add(due.elapsed()),
                    Ok(answer) => {
                        *bad += 1;
                        first_bad.get_or_insert_with(|| {
                            let page = String::from_utf8_lossy(&answer.body);
                            format!(
                                "{} {}: {}",
                                call.path,
                                answer.status,
                                page.chars().take(400).collect::<String>()
                            )
                        });
                    }
                    Err(failure) => {
                        *bad += 1;
                        first_bad.get_or_insert_with(|| format!("{}: {failure}", call.path));
                    }
                }
            }
        });
    }
    local.await;
    let seconds = last.get().duration_since(start).as_secs_f64();
    let (good, bad, first_bad) = outcome.take();
    Ok(Outcome { rate, seconds, good, bad, first_bad })
}

//! Signed-in pages, read by a timetable.

use crate::Failure;
use crate::citizen::Citizen;
use crate::program::Program;
use crate::timetable::{self, Call, Outcome};

/// What citizens look at, each as often as the others.
const PAGES: [&str; 6] = ["/", "/dossiers", "/access", "/cabinet", "/procedures?q=ket+hon", "/corrections"];

/// Reads pages at `rate` a second for `seconds`.
pub(crate) async fn run(
    program: &Program,
    citizens: &[Citizen],
    rate: u32,
    seconds: u32,
) -> Result<Outcome, Failure> {
    let calls = citizens
        .iter()
        .cycle()
        .zip(PAGES.iter().cycle())
        .take((rate * seconds) as usize)
        .map(|(citizen, page)| Call {
            path: (*page).to_owned(),
            cookies: citizen.cookies.clone(),
            form: None,
        })
        .collect();
    timetable::run(program.port(), calls, rate, |answer| answer.status.is_success()).await
}

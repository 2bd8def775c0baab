//! Withdrawal, refusal, apology: what is done, and the letter the person gets.

use crate::office::{approve, examine, receive};
use crate::scene::{Scene, migrations};
use chrono::NaiveDate;
use d06_authz::act;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::id::DossierId;
use d06_kernel::port::document::LetterForm;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_procedures::model::clock::{DeadlineClock, DeadlineRules, DueCause};
use d06_procedures::model::dossier::DossierState;
use d06_procedures::ops::decide_dossier::{self, DecideDossier};
use d06_procedures::ops::load::Shown;
use d06_procedures::ops::reappoint_dossier::{self, ReappointDossier};
use d06_procedures::ops::record_payment::{self, RecordPayment};
use d06_procedures::ops::refuse_reception::{self, RefuseReception};
use d06_procedures::ops::withdraw_dossier::{self, Wish, WithdrawDossier};
use d06_procedures::ops::{print_letter, reckon_deadlines};
use d06_procedures::store::dossier::Decision;
use d06_procedures::store::letter::{self, Letter};
use d06_procedures::store::payment;
use std::sync::Arc;

async fn letters(scene: &Scene, id: DossierId) -> Vec<Letter> {
    letter::list(&scene.deps.db.read().await.unwrap(), id).await.unwrap()
}

async fn withdraw(scene: &Scene, cx: &Cx, id: DossierId) -> Result<i64, Problem> {
    let permit = scene.permit::<act::WithdrawDossier>(cx, id).await?;
    let command = WithdrawDossier { dossier: id, reason: "Không còn nhu cầu".to_owned() };
    withdraw_dossier::run(cx, &scene.deps, Wish::Own(permit), command).await
}

async fn withdraw_at_counter(scene: &Scene, cx: &Cx, id: DossierId, card: &str) -> Result<i64, Problem> {
    let permit = scene.permit::<act::ReceiveDossier>(cx, id).await?;
    let Shown { version, .. } = scene.shown(id).await;
    let wish = Wish::AtCounter { permit, version, person: card.parse().unwrap() };
    let command = WithdrawDossier { dossier: id, reason: String::new() };
    withdraw_dossier::run(cx, &scene.deps, wish, command).await
}

async fn reappoint(scene: &Scene, cx: &Cx, id: DossierId, day: NaiveDate) -> Result<i64, Problem> {
    let permit = scene.permit::<act::ReappointDossier>(cx, id).await?;
    let reason = "Chờ xác minh nơi cư trú trước đây".to_owned();
    let command = ReappointDossier { shown: scene.shown(id).await, day, reason };
    reappoint_dossier::run(cx, &scene.deps, permit, command).await
}

/// The `nth` working day after a day.
fn working_day_after(scene: &Scene, day: NaiveDate, nth: usize) -> NaiveDate {
    let calendar = scene.deps.clock.calendar();
    day.iter_days().skip(1).filter(|day| calendar.is_working_day(*day)).nth(nth - 1).unwrap()
}

#[tokio::test]
async fn a_person_withdraws_until_it_is_decided() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        assert!(withdraw(&scene, &scene.stranger(), id).await.is_err());
        assert!(withdraw(&scene, &scene.specialist(), id).await.is_err());
        withdraw(&scene, &scene.citizen(), id).await.unwrap();
        withdraw(&scene, &scene.citizen(), id).await.unwrap();
        let dossier = scene.dossier(id).await;
        assert!(dossier.is_withdrawn() && dossier.step_unit.is_none());
        let written = letters(&scene, id).await;
        assert_eq!(written.iter().map(|l| l.form).collect::<Vec<_>>(), [LetterForm::Stop]);
        assert_eq!(written[0].words.reason, "Không còn nhu cầu");

        let decided = scene.filed().await;
        receive(&scene, decided).await;
        examine(&scene, decided).await;
        approve(&scene, decided).await;
        let refused = withdraw(&scene, &scene.citizen(), decided).await.unwrap_err();
        assert_eq!(refused.code, "dossier.decided-already");
    })
    .await;
}

#[tokio::test]
async fn at_the_counter_only_the_applicants_card_withdraws() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        let applicant = scene.dossier(id).await.applicant;
        let stranger = scene.stranger().principal().unwrap().number;
        let officer = scene.receiver();
        let refused = withdraw_at_counter(&scene, &officer, id, stranger.as_str()).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "person");
        assert_eq!(refused.fields[0].code, "counter.not-the-applicant");
        assert!(withdraw_at_counter(&scene, &scene.specialist(), id, applicant.as_str()).await.is_err());
        assert!(!scene.dossier(id).await.is_withdrawn());

        withdraw_at_counter(&scene, &officer, id, applicant.as_str()).await.unwrap();
        assert!(scene.dossier(id).await.is_withdrawn());
        let written = letters(&scene, id).await;
        assert_eq!(written.iter().map(|l| l.form).collect::<Vec<_>>(), [LetterForm::Stop]);
        assert_eq!(written[0].official, Some(officer.principal().unwrap().name.clone()));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_at_the_counter_or_by_the_leader_is_told_with_its_reason() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        let cx = scene.receiver();
        let refuse = async |reason: &str| {
            let permit = scene.permit(&cx, id).await.unwrap();
            let command = RefuseReception { shown: scene.shown(id).await, reason: reason.to_owned() };
            refuse_reception::run(&cx, &scene.deps, permit, command).await
        };
        assert_eq!(refuse(" ").await.unwrap_err().fields[0].code, "field.required");
        refuse("Không thuộc thẩm quyền của xã").await.unwrap();
        assert_eq!(scene.dossier(id).await.state, DossierState::NotAccepted);
        assert_eq!(refuse("Lần nữa").await.unwrap_err().code, "dossier.not-your-step");
        let written = letters(&scene, id).await;
        assert_eq!((written.len(), written[0].form), (1, LetterForm::Refusal));
        assert_eq!(written[0].official.as_deref(), Some("Nguyễn Văn Nam"));

        let other = scene.filed().await;
        receive(&scene, other).await;
        examine(&scene, other).await;
        let leader = scene.leader();
        let permit = scene.permit(&leader, other).await.unwrap();
        let (decision, reason) = (Decision::Refused, "Không đủ điều kiện".to_owned());
        let command = DecideDossier { shown: scene.shown(other).await, decision, reason };
        decide_dossier::run(&leader, &scene.deps, permit, command).await.unwrap();
        assert_eq!(letters(&scene, other).await[0].form, LetterForm::Refusal);
    })
    .await;
}

#[tokio::test]
async fn an_appointment_is_moved_once_with_an_apology() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        let due_was = scene.dossier(id).await.due_at;
        let leader = scene.leader();
        let today = local_date(scene.t.cx.now());
        let day = working_day_after(&scene, local_date(due_was), 2);
        let sunday = today.iter_days().find(|d| d.format("%u").to_string() == "7").unwrap();
        let code = |problem: Problem| problem.fields.first().map_or(problem.code, |f| f.code);
        assert!(reappoint(&scene, &scene.receiver(), id, day).await.is_err(), "not the counter's to do");
        assert_eq!(code(reappoint(&scene, &leader, id, sunday).await.unwrap_err()), "reappoint.day-off");
        let far = today + chrono::Duration::days(400);
        assert_eq!(code(reappoint(&scene, &leader, id, far).await.unwrap_err()), "reappoint.too-far");
        assert_eq!(code(reappoint(&scene, &leader, id, today).await.unwrap_err()), "clock.not-later");

        reappoint(&scene, &leader, id, day).await.unwrap();
        let dossier = scene.dossier(id).await;
        assert_eq!(local_date(dossier.due_at), day);
        assert!(dossier.step_due_at.unwrap() <= dossier.due_at);
        assert_eq!(dossier.clock.judged_by(), dossier.due_at, "it was made in time");
        let later = working_day_after(&scene, day, 1);
        let again = reappoint(&scene, &leader, id, later).await.unwrap_err();
        assert_eq!(again.code, "clock.second-reappointment");

        let written = letters(&scene, id).await;
        let cx = scene.citizen();
        for _ in 0..2 {
            let permit = scene.permit(&cx, id).await.unwrap();
            print_letter::run(&cx, &scene.deps, permit, id, written[0].id).await.unwrap();
        }
        let printed = scene.printer.letters.lock().unwrap();
        assert_eq!(printed.len(), 1, "laid out once, then kept");
        assert_eq!((printed[0].due_was, printed[0].due_at), (Some(due_was), Some(dossier.due_at)));
    })
    .await;
}

#[tokio::test]
async fn an_apology_that_comes_too_late_does_not_make_it_on_time() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        let due_was = scene.dossier(id).await.due_at;
        scene.t.clock.advance(chrono::Duration::days(30));
        let day = working_day_after(&scene, local_date(scene.t.cx.now()), 3);
        reappoint(&scene, &scene.leader(), id, day).await.unwrap();
        let dossier = scene.dossier(id).await;
        assert!(dossier.clock.reappointment().unwrap().late);
        assert_eq!(dossier.clock.judged_by(), due_was);
    })
    .await;
}

#[tokio::test]
async fn due_times_are_reckoned_anew_when_a_day_off_is_announced() {
    d06_testkit::both(migrations, |t| async move {
        let mut scene = Scene::open(t);
        let id = scene.filed().await;
        assert_eq!(reckon_deadlines::run(&scene.t.cx, &scene.deps).await.unwrap(), 0, "nothing changed");
        let due_was = scene.dossier(id).await.due_at;
        let days = include_str!("../../../../../data/calendar/days_off.csv");
        let announced =
            format!("{days}{},swap_off,Nghỉ hoán đổi,Công văn thử nghiệm,F\n", local_date(due_was));
        let hours = include_str!("../../../../../data/calendar/hours.toml");
        let calendar = WorkingCalendar::parse(&announced, hours).unwrap();
        scene.deps.clock = Arc::new(DeadlineClock::new(calendar, DeadlineRules::shipped().unwrap()));
        assert_eq!(reckon_deadlines::run(&scene.t.cx, &scene.deps).await.unwrap(), 1);
        assert_eq!(reckon_deadlines::run(&scene.t.cx, &scene.deps).await.unwrap(), 0);
        let dossier = scene.dossier(id).await;
        assert!(dossier.due_at > due_was);
        let causes: Vec<_> = dossier.clock.history().iter().map(|change| change.cause).collect();
        assert_eq!(causes, [DueCause::Received, DueCause::CalendarChanged]);
    })
    .await;
}

#[tokio::test]
async fn a_fee_is_recorded_once_with_its_receipt() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let free = scene.filed().await;
        let cx = scene.receiver();
        let pay = async |id, receipt: &str| {
            let permit = scene.permit(&cx, id).await.unwrap();
            let command = RecordPayment { shown: scene.shown(id).await, receipt: receipt.to_owned() };
            record_payment::run(&cx, &scene.deps, permit, command).await
        };
        assert_eq!(pay(free, "1").await.unwrap_err().code, "payment.nothing-due");
        let id = crate::marriage::filed(&scene, "2").await;
        assert_eq!(pay(id, " ").await.unwrap_err().fields[0].code, "field.required");
        pay(id, "AB/24E 0001234").await.unwrap();
        assert_eq!(pay(id, "AB/24E 0001235").await.unwrap_err().code, "payment.recorded-already");
        let paid = payment::find(&scene.deps.db.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!((paid.amount, &*paid.receipt), (16_000, "AB/24E 0001234"));
    })
    .await;
}

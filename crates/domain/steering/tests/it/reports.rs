//! Reports: opened by rule, filled from records, sent, returned, accepted, summed, locked, reminded of.

use crate::obstacles;
use crate::scene::{COMMUNE, Scene, migrations};
use chrono::TimeDelta;
use d06_jobs::{Handler, Workers};
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::{from_local, local};
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::report::figure::Origin;
use d06_steering::model::report::item::{ReportId, State, Step};
use d06_steering::model::report::words::Words;
use d06_steering::ops::enter_figure::{self, EnterFigure};
use d06_steering::ops::report::ask::AskReport;
use d06_steering::ops::report::move_on::MoveOn;
use d06_steering::ops::report::remind::{RemindReports, Round};
use d06_steering::ops::report::save::SaveWords;
use d06_steering::ops::report::show::Shown;
use d06_steering::ops::report::{ask, desk, move_on, open, remind, save, send, show, show_figure};
use std::sync::Arc;

const NEIGHBOUR: &str = "H31.10813";

/// The standing office of Hà Bắc, of its neighbour, and of the city.
pub(crate) fn ha_bac(scene: &Scene) -> Cx {
    scene.acting(Role::StandingOffice, "H31.10816.02")
}

fn thanh_ha(scene: &Scene) -> Cx {
    scene.acting(Role::StandingOffice, "H31.10813.02")
}

fn city(scene: &Scene) -> Cx {
    scene.acting(Role::StandingOffice, "H31")
}

pub(crate) async fn monthly(scene: &Scene, cx: &Cx) -> Shown {
    let desk = desk::run(cx, &scene.deps).await.unwrap();
    let report = desk.own.iter().find(|report| report.period_key.starts_with("monthly")).unwrap();
    show::run(cx, &scene.deps, report.id).await.unwrap()
}

pub(crate) async fn send_it(scene: &Scene, cx: &Cx, shown: &Shown) -> Result<State, Problem> {
    let permit = desk::permit_to_write(cx, &scene.deps).unwrap();
    assert!(!permit.covers(shown.report.id), "the permit of a unit is not that of a report");
    let permit = scene.deps.authz.permit(cx, &resource(shown)).unwrap();
    scene.t.clock.advance(TimeDelta::minutes(1));
    send::run(cx, &scene.deps, permit, shown.report.id, shown.report.version).await
}

pub(crate) fn resource(shown: &Shown) -> d06_authz::Resource {
    d06_authz::Resource::new(d06_authz::Kind::Report, shown.report.id).in_unit(shown.report.unit.clone())
}

pub(crate) async fn decide(
    scene: &Scene,
    cx: &Cx,
    id: ReportId,
    step: Step,
    words: Option<&str>,
) -> Result<State, Problem> {
    let (report, permit) = remind::permit(cx, &scene.deps, id).await?;
    let comment = words.map(str::to_owned);
    scene.t.clock.advance(TimeDelta::minutes(1));
    let command = MoveOn { report: id, step, comment, version: report.version };
    Ok(move_on::run(cx, &scene.deps, permit, command).await?.state)
}

pub(crate) fn value(shown: &Shown, key: &str) -> Option<Ratio> {
    shown.content.figure(key).unwrap().value
}

fn ratio(numerator: i64, denominator: i64) -> Option<Ratio> {
    Some(Ratio { numerator, denominator })
}

#[tokio::test]
async fn a_report_opens_filled_and_its_numbers_move_until_it_is_sent() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("A", true, true);
        assert!(open::run(&scene.t.cx, &scene.deps).await.unwrap() >= 3, "city, two communes");
        assert_eq!(open::run(&scene.t.cx, &scene.deps).await.unwrap(), 0, "opened once");
        let cx = ha_bac(&scene);
        let shown = monthly(&scene, &cx).await;
        assert_eq!(shown.report.period_key, "monthly:2026-07");
        assert_eq!(local(shown.report.due_at).to_string(), "2026-07-15 00:00:00");
        assert_eq!(value(&shown, "dossiers.online"), ratio(1, 1));
        assert_eq!(value(&shown, "dossiers.filed"), ratio(1, 0));
        let goal = shown.content.figure("dossiers.online").unwrap().goal.clone().unwrap();
        assert_eq!((goal.reference.as_str(), goal.reached), ("I.5", Some(true)));
        scene.add("B", false, true);
        assert_eq!(value(&monthly(&scene, &cx).await, "dossiers.online"), ratio(1, 2));
        assert!(!shown.frozen);
    })
    .await;
}

#[tokio::test]
async fn words_are_kept_and_nobody_overwrites_another() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let shown = monthly(&scene, &cx).await;
        let permit = scene.deps.authz.permit(&cx, &resource(&shown)).unwrap();
        let words = Words([("next".to_owned(), "Làm sạch dữ liệu".to_owned())].into());
        let write = |words: Words, version| SaveWords { report: shown.report.id, words, version };
        let saved = save::run(&cx, &scene.deps, &permit, write(words.clone(), 1)).await.unwrap();
        assert_eq!((saved.version, saved.held_by.as_str()), (2, "Phạm Văn Hùng"));
        let late = save::run(&cx, &scene.deps, &permit, write(Words::default(), 1)).await.unwrap_err();
        assert_eq!((late.kind, late.code), (ProblemKind::Conflict, "report.changed-meanwhile"));
        assert_eq!(monthly(&scene, &cx).await.report.words, words);
    })
    .await;
}

#[tokio::test]
async fn it_goes_up_comes_back_goes_up_again_and_is_locked() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("A", true, true);
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let (cx, above) = (ha_bac(&scene), city(&scene));
        let shown = monthly(&scene, &cx).await;
        let id = shown.report.id;
        assert_eq!(send_it(&scene, &cx, &shown).await.unwrap(), State::Sent);
        let first = show::run(&above, &scene.deps, id).await.unwrap();
        assert_eq!((first.frozen, first.intact, first.may_receive), (true, Some(true), true));

        let silent = decide(&scene, &above, id, Step::Return, None).await.unwrap_err();
        assert_eq!(silent.fields[0].code, "field.required", "a return says what is to be mended");
        decide(&scene, &above, id, Step::Return, Some("Bổ sung nguyên nhân")).await.unwrap();
        scene.add("B", false, true);
        let again = show::run(&cx, &scene.deps, id).await.unwrap();
        assert_eq!(value(&again, "dossiers.online"), ratio(1, 2), "counted anew");
        assert_eq!(again.steps.last().unwrap().comment.as_deref(), Some("Bổ sung nguyên nhân"));
        assert_eq!(again.report.held_by, "Phạm Văn Hùng", "it is with who sent it");
        send_it(&scene, &cx, &again).await.unwrap();
        assert_eq!(decide(&scene, &above, id, Step::Accept, None).await.unwrap(), State::Accepted);
        assert_eq!(decide(&scene, &above, id, Step::Lock, None).await.unwrap(), State::Locked);
        let refused = decide(&scene, &above, id, Step::Return, Some("x")).await.unwrap_err();
        assert_eq!(refused.code, "report.not-now");
    })
    .await;
}

#[tokio::test]
async fn a_sent_figure_opens_to_what_it_was_counted_from_whatever_is_corrected_later() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("A", true, true);
        scene.add("B", false, true);
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let shown = monthly(&scene, &cx).await;
        send_it(&scene, &cx, &shown).await.unwrap();
        // A correction: the dossiers are other ones now.
        scene.dossiers.all.lock().unwrap().clear();
        scene.add("C", true, true);
        let opened = show_figure::run(&cx, &scene.deps, shown.report.id, "dossiers.online", 0).await.unwrap();
        assert_eq!(opened.figure.value, ratio(1, 2));
        let found: Vec<_> = opened.records.iter().map(|r| (r.label.as_str(), r.counted)).collect();
        assert_eq!(found, [("A", true), ("B", false)]);
        assert_eq!((opened.frozen, opened.intact), (true, Some(true)));
        assert_eq!(opened.today, ratio(1, 1), "and it says what it would be now");
    })
    .await;
}

#[tokio::test]
async fn tampering_with_a_kept_record_or_text_shows() {
    use d06_db::sea_orm::ConnectionTrait;
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("A", true, true);
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let shown = monthly(&scene, &cx).await;
        send_it(&scene, &cx, &shown).await.unwrap();
        let id = shown.report.id;
        let tx = scene.t.db.begin().await.unwrap();
        tx.execute_unprepared("UPDATE steering_report_record SET label = 'Z'").await.unwrap();
        tx.commit().await.unwrap();
        let opened = show_figure::run(&cx, &scene.deps, id, "dossiers.online", 0).await.unwrap();
        assert_eq!(opened.intact, Some(false));
        assert_eq!(show::run(&cx, &scene.deps, id).await.unwrap().intact, Some(true));
        let tx = scene.t.db.begin().await.unwrap();
        tx.execute_unprepared("UPDATE steering_report SET content = replace(content, 'monthly', 'yearly')")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(show::run(&cx, &scene.deps, id).await.unwrap().intact, Some(false));
    })
    .await;
}

#[tokio::test]
async fn the_city_sums_parts_and_locks_what_it_sums() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let above = city(&scene);
        let ask = AskReport {
            subject: "Hồ sơ trực tuyến".to_owned(),
            from: "2026-01-01".parse().unwrap(),
            to: "2026-06-15".parse().unwrap(),
            due_at: scene.t.cx.now() + TimeDelta::hours(2),
            units: Vec::new(),
        };
        let permit = desk::permit_to_write(&above, &scene.deps).unwrap();
        let (key, asked) = ask::run(&above, &scene.deps, permit, ask).await.unwrap();
        assert_eq!(asked, 2);
        // The source counts the same dossiers for every unit: 1 of 1 for the one, then 1 of 10 for the other.
        scene.add("A", true, true);
        let mut ids = Vec::new();
        for (cx, more) in [(ha_bac(&scene), 9), (thanh_ha(&scene), 0)] {
            let desk = desk::run(&cx, &scene.deps).await.unwrap();
            let report = desk.own.iter().find(|report| report.period_key == key).unwrap();
            let shown = show::run(&cx, &scene.deps, report.id).await.unwrap();
            send_it(&scene, &cx, &shown).await.unwrap();
            ids.push(report.id);
            for _ in 0..more {
                scene.add("late-comer", false, true);
            }
        }
        let own = desk::run(&above, &scene.deps).await.unwrap().own;
        let own = own.iter().find(|report| report.period_key == key).unwrap().id;
        decide(&scene, &above, ids[0], Step::Accept, None).await.unwrap();
        let half = show::run(&above, &scene.deps, own).await.unwrap();
        assert_eq!(value(&half, "dossiers.online"), ratio(1, 1));
        assert_eq!((half.content.included.len(), half.content.absent.len()), (1, 1));
        decide(&scene, &above, ids[1], Step::Accept, None).await.unwrap();
        let whole = show::run(&above, &scene.deps, own).await.unwrap();
        assert_eq!(
            value(&whole, "dossiers.online"),
            ratio(2, 11),
            "parts are summed: 18 %, not the mean of 100 and 10"
        );
        let figure = whole.content.figure("dossiers.online").unwrap();
        assert_eq!(figure.origin, Origin::Units { units: 2 });
        for key in ["tasks.on-time", "tasks.late", "tasks.in-progress", "tasks.overdue"] {
            let mut sum = 0;
            for id in &ids {
                let below = show::run(&above, &scene.deps, *id).await.unwrap();
                sum += value(&below, key).unwrap().numerator;
            }
            assert_eq!(value(&whole, key), ratio(sum, 0), "{key}: what a commune has is counted once");
        }
        assert!(
            value(&whole, "tasks.in-progress") != ratio(0, 0)
                || value(&whole, "tasks.overdue") != ratio(0, 0)
        );
        assert_eq!(send_it(&scene, &above, &whole).await.unwrap(), State::Locked);

        let opened = show_figure::run(&above, &scene.deps, own, "dossiers.online", 0).await.unwrap();
        let parts: Vec<_> = opened.parts.iter().map(|part| (part.report, part.value.denominator)).collect();
        assert_eq!(parts.len(), 2);
        assert!(parts.contains(&(ids[0], 1)) && parts.contains(&(ids[1], 10)));
        for id in &ids {
            let below = show::run(&above, &scene.deps, *id).await.unwrap().report;
            assert_eq!((below.state, below.included_in), (State::Locked, Some(own)));
        }
        let deep = show_figure::run(&above, &scene.deps, ids[0], "dossiers.online", 0).await.unwrap();
        assert_eq!(deep.records[0].href, "/work/dossiers/A", "down to the dossier");
    })
    .await;
}

#[tokio::test]
async fn a_sum_tells_what_is_overdue_and_stands_below() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let about = obstacles::task(&scene).await;
        obstacles::raise(&scene, &scene.standing_office(), about, COMMUNE).await.unwrap();
        scene.t.clock.advance(TimeDelta::days(29));
        let (cx, above) = (ha_bac(&scene), city(&scene));
        let own = monthly(&scene, &cx).await;
        assert!(!own.content.overdue.is_empty());
        assert_eq!(own.content.obstacles.len(), 1);
        assert_eq!((own.content.overdue_below(), own.content.obstacles_below()), (0, 0), "it lists them all");

        send_it(&scene, &cx, &own).await.unwrap();
        decide(&scene, &above, own.report.id, Step::Accept, None).await.unwrap();
        assert!(open::run(&scene.t.cx, &scene.deps).await.unwrap() >= 1, "the city's report of the month");
        let desk = desk::run(&above, &scene.deps).await.unwrap();
        let sum = desk.own.iter().find(|report| report.period_key == own.report.period_key).unwrap();
        let sum = show::run(&above, &scene.deps, sum.id).await.unwrap().content;
        assert!(sum.overdue.is_empty() && sum.obstacles.is_empty(), "the city has none of its own");
        assert_eq!(sum.overdue_below(), own.content.overdue.len() as u64);
        assert_eq!(sum.obstacles_below(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_unit_sees_its_own_reports_and_those_below_and_no_others() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let shown = monthly(&scene, &ha_bac(&scene)).await;
        let id = shown.report.id;
        let neighbour = show::run(&thanh_ha(&scene), &scene.deps, id).await.unwrap_err();
        assert_eq!(neighbour.kind, ProblemKind::NotFound);
        let clerk = scene.acting(Role::OneStopOfficer, COMMUNE);
        assert_eq!(show::run(&clerk, &scene.deps, id).await.unwrap_err().kind, ProblemKind::NotFound);
        let chairman = show::run(&scene.chairman(), &scene.deps, id).await.unwrap();
        assert!(!chairman.may_write && !chairman.may_receive, "the chairman reads");
        let above = show::run(&city(&scene), &scene.deps, id).await.unwrap();
        assert!(!above.may_write && above.may_receive, "the city does not write for the commune");
        let own = decide(&scene, &ha_bac(&scene), id, Step::Accept, None).await.unwrap_err();
        assert_eq!(own.kind, ProblemKind::Forbidden, "nobody accepts their own report");
    })
    .await;
}

#[tokio::test]
async fn who_owes_is_reminded_once_a_stage_and_who_sent_is_not() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let shown = monthly(&scene, &cx).await;
        send_it(&scene, &cx, &shown).await.unwrap();
        let round = Round { period_key: shown.report.period_key.clone(), superior: Some("H31".to_owned()) };
        let job = RemindReports { round, stage: "7".to_owned() };
        assert_eq!(remind::run(&scene.t.cx, &scene.deps, &job).await.unwrap(), 1, "the neighbour alone");
        assert_eq!(remind::run(&scene.t.cx, &scene.deps, &job).await.unwrap(), 0, "once");
        let late = desk::run(&thanh_ha(&scene), &scene.deps).await.unwrap();
        assert_eq!(late.unit, NEIGHBOUR);
        assert_eq!(late.reminders.len(), 1);
        assert_eq!(desk::run(&cx, &scene.deps).await.unwrap().reminders.len(), 0);
        let above = city(&scene);
        let (report, permit) = remind::permit(&above, &scene.deps, late.reminders[0].report).await.unwrap();
        remind::by_hand(&above, &scene.deps, permit, report.id).await.unwrap();
        assert_eq!(desk::run(&thanh_ha(&scene), &scene.deps).await.unwrap().reminders.len(), 2);
        let (_, permit) = remind::permit(&above, &scene.deps, shown.report.id).await.unwrap();
        let sent = remind::by_hand(&above, &scene.deps, permit, shown.report.id).await.unwrap_err();
        assert_eq!(sent.code, "report.not-owed");
    })
    .await;
}

#[tokio::test]
async fn reminders_come_on_the_days_of_the_rule_and_when_time_is_up() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = thanh_ha(&scene);
        let id = monthly(&scene, &cx).await.report.id;
        let reminder: Arc<dyn Handler> = Arc::new(remind::Reminder::new(scene.deps.clone()));
        let workers = Workers::new(scene.t.db.clone(), scene.t.cx.clone(), vec![reminder]);
        // Due before 15 July, so the last day is the 14th.
        for (moment, stages) in [
            ("2026-07-07T07:59:00", &[][..]),
            ("2026-07-07T08:00:00", &["7"]),
            ("2026-07-11T07:59:00", &["7"]),
            ("2026-07-11T08:00:00", &["7", "3"]),
            ("2026-07-13T08:00:00", &["7", "3", "1"]),
            ("2026-07-14T23:59:00", &["7", "3", "1"]),
            ("2026-07-15T00:00:00", &["7", "3", "1", "overdue"]),
        ] {
            scene.t.clock.advance(from_local(moment.parse().unwrap()) - scene.t.cx.now());
            workers.run_due().await;
            let mut reminders = desk::run(&cx, &scene.deps).await.unwrap().reminders;
            reminders.sort_by_key(|one| one.at);
            let of_it = reminders.iter().filter(|one| one.report == id);
            assert_eq!(of_it.map(|one| one.stage.as_str()).collect::<Vec<_>>(), stages, "{moment}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_units_entered_stands_in_the_report_and_in_the_sum() {
    d06_testkit::both(migrations, |t| async move {
        t.clock.advance(TimeDelta::days(-5));
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        let (target, unit) = (scene.target("III.3").await, "H31.10816.02");
        for (month, numerator) in [("2026-04", 650), ("2026-05", 700)] {
            let month = month.parse().unwrap();
            let slot = enter_figure::load(&scene.deps, target.id, unit, month).await.unwrap();
            let permit = slot.permit(&police, &scene.deps).unwrap();
            let entered =
                EnterFigure { revision: 0, numerator, denominator: Some(1_000), note: None, evidence: None };
            enter_figure::run(&police, &scene.deps, permit, (target.id, unit, month), entered).await.unwrap();
        }
        // On 10 June both the communes' and the city's report of the half-year are open.
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let shown = of_half_year(&scene, &cx).await;
        let figure = shown.content.figures.iter().find(|one| one.name == target.text).unwrap().clone();
        assert_eq!(figure.value, ratio(700, 1_000), "the latest month of what is a state");
        assert_eq!(figure.origin, Origin::Entered { until: "2026-05".into(), units: 1 });
        assert_eq!(figure.goal.unwrap().reached, Some(false));
        let opened = show_figure::run(&cx, &scene.deps, shown.report.id, &figure.key, 0).await.unwrap();
        let counted: Vec<bool> = opened.records.iter().map(|record| record.counted).collect();
        assert_eq!(counted, [false, true]);
        assert!(opened.records[1].href.ends_with("/H31.10816.02/2026-05"), "{}", opened.records[1].href);

        send_it(&scene, &cx, &shown).await.unwrap();
        let above = city(&scene);
        decide(&scene, &above, shown.report.id, Step::Accept, None).await.unwrap();
        let sum = of_half_year(&scene, &above).await;
        let figure = sum.content.figure(&figure.key).unwrap();
        assert_eq!((figure.value, figure.name.as_str()), (ratio(700, 1_000), target.text.as_str()));
    })
    .await;
}

async fn of_half_year(scene: &Scene, cx: &Cx) -> Shown {
    let desk = desk::run(cx, &scene.deps).await.unwrap();
    let report = desk.own.iter().find(|report| report.period_key.starts_with("half-year")).unwrap();
    show::run(cx, &scene.deps, report.id).await.unwrap()
}

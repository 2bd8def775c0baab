//! Measures the city: 3,321 units × 60 figures × 12 months on PostgreSQL. How long one month takes to be summed up, and
//! the chairman's page to be read. Run by `cargo xtask bench steering`; prints Markdown.
//!
//! usage: d06-bench-reports URL, of an empty PostgreSQL database

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot be made fails")]

use async_trait::async_trait;
use d06_authz::Authz;
use d06_db::Db;
use d06_db::sea_orm::ConnectionTrait;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::unit::{Official, OfficialDirectory, RoleHolder, Unit, UnitDirectory};
use d06_kernel::{Actor, Cx, Principal, Problem, Role, RoleInUnit};
use d06_steering::model::report::item::ReportId;
use d06_steering::ops::import_plan::{self, NewPlan};
use d06_steering::ops::list_work::{self, WorkFilter};
use d06_steering::ops::report::show;
use d06_steering::ops::show_chairman;
use d06_steering::{Deps, Measures};
use std::sync::Arc;
use std::time::{Duration, Instant};

const UNITS: usize = 3_321;
const FIGURES: usize = 60;
const MONTHS: usize = 12;
const TASKS: usize = 3_000;
const CITY: &str = "H31";
/// The city's report of the last month.
const SUMMARY: &str = "0197705e-7b00-7000-8000-000000000001";

struct City;

#[async_trait]
impl UnitDirectory for City {
    async fn get(&self, _: &Cx, code: &str) -> Result<Unit, Problem> {
        let kind = if code == CITY { "city" } else { "people-committee" };
        Ok(Unit { code: code.into(), name: code.into(), parent: None, commune: None, kind: kind.into() })
    }

    async fn subtree(&self, cx: &Cx, code: &str) -> Result<Vec<Unit>, Problem> {
        Ok(vec![self.get(cx, code).await?])
    }
}

#[async_trait]
impl OfficialDirectory for City {
    async fn official(&self, _: &Cx, _: &PersonalNumber, _: &str) -> Result<Option<Official>, Problem> {
        Ok(None)
    }

    async fn holders(&self, _: &Cx, _: &str) -> Result<Vec<RoleHolder>, Problem> {
        Ok(Vec::new())
    }
}

#[tokio::main]
async fn main() {
    #[allow(clippy::disallowed_methods, reason = "the program's argument")]
    let url = std::env::args().nth(1).unwrap();
    let migrations = [
        d06_audit::migrations(),
        d06_jobs::migrations(),
        d06_events::migrations(),
        d06_files::migrations(),
        d06_mail::migrations(),
        d06_steering::migrations(),
    ];
    Db::migrate(&url, migrations.into_iter().flatten().collect()).await.unwrap();
    let db = Db::open(&url).await.unwrap();
    let folder = std::env::temp_dir().join("dean06-measure-reports");
    let deps = Deps {
        db: db.clone(),
        authz: Arc::new(Authz::new().unwrap()),
        bus: Bus::new(Vec::new()),
        files: Files::local(&folder, &[7; 32]).unwrap(),
        measures: Measures::default(),
        units: Arc::new(City),
        officials: Arc::new(City),
        calendar: Arc::new(WorkingCalendar::national().unwrap()),
        mail: d06_mail::Mail::default(),
        base_url: "http://127.0.0.1:8600".to_owned(),
        commune: CITY.to_owned(),
    };
    let cx = Cx::of_machine();
    let cx = cx.acting_as(Actor::Person(Principal {
        account: cx.new_id(),
        number: "030076000205".parse().unwrap(),
        name: "Lê Văn Trung".to_owned(),
        level: 2,
        roles: vec![RoleInUnit { role: Role::Chairman, unit: CITY.to_owned() }],
        unit: Some(CITY.to_owned()),
    }));
    fill(&cx, &db).await;

    let id: ReportId = SUMMARY.parse().unwrap();
    let first = show::run(&cx, &deps, id).await.unwrap();
    let units = first.content.included.len();
    let sums = first.content.figures.iter().filter(|figure| figure.value.is_some()).count();
    let summed = times(5, || async { drop(show::run(&cx, &deps, id).await.unwrap()) }).await;
    let board = show_chairman::run(&cx, &deps).await.unwrap();
    let read = times(500, || async { drop(show_chairman::run(&cx, &deps).await.unwrap()) }).await;
    println!("## A city of {UNITS} units, {FIGURES} figures, {MONTHS} months, on PostgreSQL\n");
    println!("| what | median | p99 | wanted |\n|---|---|---|---|");
    println!(
        "| the city's report of one month, summed from {units} reports, {sums} figures with a value | {} ms | {} ms | < 2,000 ms |",
        summed.0.as_millis(),
        summed.1.as_millis()
    );
    let work = times(200, || task_list(&cx, &deps)).await;
    println!(
        "| what the list of {TASKS} tasks shows: first page, counts, read 200 times | {} ms | {} ms | – |",
        work.0.as_millis(),
        work.1.as_millis()
    );
    println!(
        "| what the chairman's page shows ({} targets measured, {} off course), read 500 times | {} ms | {} ms | < 100 ms |",
        board.measured,
        board.off_count,
        read.0.as_millis(),
        read.1.as_millis()
    );
}

/// What `/steering/tasks` reads.
async fn task_list(cx: &Cx, deps: &Deps) {
    let filter = WorkFilter::default();
    let work = list_work::open(cx, deps).await.unwrap();
    let (items, total) = work.list(cx, deps, &filter, (0, list_work::PAGE)).await.unwrap();
    assert_eq!((items.len() as u64, total), (list_work::PAGE, TASKS as u64));
    drop(work.counts(cx, deps, &filter).await.unwrap());
}

/// Rows of a year, made by the database itself.
async fn fill(cx: &Cx, db: &Db) {
    let lines: String = (1..=FIGURES).map(|at| format!("{at}\tTỷ lệ thứ {at}\t%\t>90\n")).collect();
    let tasks: String = (1..=TASKS)
        .map(|at| {
            format!("{at}\tNhiệm vụ thứ {at} của thành phố\tCông an thành phố\tTháng {}/2026\n", at % 12 + 1)
        })
        .collect();
    let targets = format!("TT\tMục tiêu\tĐVT\tNăm 2026\n{lines}");
    let text = format!("{targets}\nSTT\tNhiệm vụ\tChủ trì\tThời gian\n{tasks}");
    let new = NewPlan { key: "city".into(), unit: CITY.into(), title: Some("Kế hoạch".into()), text };
    let tx = db.begin().await.unwrap();
    import_plan::run(cx, &tx, new).await.unwrap();
    for statement in [
        "UPDATE steering_target SET measure = 'bench.' || position".to_owned(),
        format!(
            "INSERT INTO steering_reading (id, measure, unit, day, counted_from, numerator, denominator, taken_at)
             SELECT gen_random_uuid(), 'bench.' || m, '{CITY}', current_date - d, current_date - 300,
                    900 - 10 * (m % 20) - d, 1000, now()
             FROM generate_series(0, {FIGURES} - 1) m, generate_series(0, 364) d"
        ),
        format!(
            "INSERT INTO steering_report (id, period_key, cycle, period_from, period_to, due_at, unit, unit_name,
                    superior, state, held_by, words, sent_at, sent_by, hash, version)
             SELECT gen_random_uuid(), 'monthly:' || p, 'monthly', current_date - 31 * ({MONTHS} - p + 1),
                    current_date - 31 * ({MONTHS} - p), now() - interval '31 days' * ({MONTHS} - p), '{CITY}.' || u,
                    'Ủy ban nhân dân xã ' || u, '{CITY}',
                    CASE WHEN p < {MONTHS} THEN 'locked' WHEN u % 100 = 0 THEN 'draft' ELSE 'accepted' END,
                    '', '{{}}', now(), 'Nguyễn Văn A', repeat('a', 64), 1
             FROM generate_series(1, {MONTHS}) p, generate_series(1, {UNITS}) u"
        ),
        format!(
            "INSERT INTO steering_report_figure (id, report, key, kind, numerator, denominator)
             SELECT gen_random_uuid(), id, 'figure.' || f, 'ratio', 40 + f, 100
             FROM steering_report, generate_series(1, {FIGURES}) f"
        ),
        format!(
            "INSERT INTO steering_report (id, period_key, cycle, period_from, period_to, due_at, unit, unit_name,
                    state, held_by, words, version)
             VALUES ('{SUMMARY}', 'monthly:{MONTHS}', 'monthly', current_date - 31, current_date,
                     now() + interval '5 days', '{CITY}', 'Ủy ban nhân dân thành phố', 'draft', '', '{{}}', 1)"
        ),
    ] {
        tx.execute_unprepared(&statement).await.unwrap();
    }
    tx.commit().await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared("ANALYZE").await.unwrap();
    tx.commit().await.unwrap();
}

/// Median and 99th percentile.
async fn times<F: Future<Output = ()>>(count: usize, work: impl Fn() -> F) -> (Duration, Duration) {
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        let begun = Instant::now();
        work().await;
        all.push(begun.elapsed());
    }
    all.sort();
    (all[count / 2], all[(count * 99 / 100).min(count - 1)])
}

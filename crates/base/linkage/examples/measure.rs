//! Links a synthetic land register to a synthetic city and prints times, quality and calibration.
//!
//! `cargo run --release -p d06-linkage --example measure -- 100000 50000`

#![allow(clippy::print_stdout)]

use d06_linkage::{
    Column, Decision, Index, LinkError, Outcome, Progress, Role, Spec, Stage, Strings, Table, dedupe, link,
};
use d06_synth::register::{City, Land};
use rayon::prelude::*;
use std::collections::HashSet;
use std::time::Instant;

/// Seconds of processor time so far, on Linux.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split(' ').map(|field| field.parse().unwrap_or(0.0)).collect();
    (fields.get(13).unwrap_or(&0.0) + fields.get(14).unwrap_or(&0.0)) / 100.0
}

/// The most memory that was in use, in megabytes, on Linux.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Prints when each stage began.
struct Clock {
    began: Instant,
    stage: Option<Stage>,
}

impl Progress for Clock {
    fn report(&mut self, stage: Stage, done: u64, total: u64) {
        if self.stage != Some(stage) || stage == Stage::Train {
            let elapsed = self.began.elapsed().as_secs_f64();
            println!("{elapsed:8.3} s, processor {:8.2} s {stage:?} {done} of {total}", processor());
            self.stage = Some(stage);
        }
    }
}

fn column(texts: &[Vec<String>], place: usize) -> Column {
    texts.iter().map(|row| row[place].as_str()).collect()
}

type Rows = Vec<Vec<String>>;
/// Left rows, their people; right rows, their truth.
type Part = (Rows, Vec<u64>, Rows, Vec<HashSet<u64>>);

fn tables(people: usize, rows: usize) -> (Table, Table, Vec<HashSet<u64>>, Vec<u64>) {
    let city = City::new(11, people);
    let land = Land::new(&city, rows);
    let blocks: Vec<Part> = (0..city.blocks())
        .into_par_iter()
        .map(|index| {
            let block = city.block(index);
            let person = |resident: &d06_synth::register::Resident| {
                let birth = resident.birth.to_string();
                let sex = format!("{:?}", resident.sex);
                let old = resident.old_number().unwrap_or_default();
                let address = resident.address(&city);
                vec![resident.number.as_str().to_owned(), resident.name.clone(), birth, sex, old, address]
            };
            let left = block.residents.iter().map(person).collect();
            let ids = block.residents.iter().map(|resident| resident.id).collect();
            let entries = land.entries(&city, &block);
            let truth = entries.iter().map(|entry| entry.truth.iter().copied().collect()).collect();
            let right = entries
                .into_iter()
                .map(|e| vec![e.row.id, e.row.owner, e.row.birth, e.row.number, e.row.address])
                .collect();
            (left, ids, right, truth)
        })
        .collect();
    let (mut left, mut ids, mut right, mut truth) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for block in blocks {
        left.extend(block.0);
        ids.extend(block.1);
        right.extend(block.2);
        truth.extend(block.3);
    }
    let of = |rows: &Rows| -> Strings { rows.iter().map(|row| row[0].as_str()).collect() };
    let roles = [Role::IdNumber, Role::Name, Role::Birth, Role::Sex, Role::OldIdNumber, Role::Address];
    let columns = (0..roles.len()).map(|place| (roles[place], column(&left, place))).collect();
    let people = Table { ids: of(&left), columns };
    let roles = [Role::Name, Role::Birth, Role::IdNumber, Role::Address];
    let columns = (0..roles.len()).map(|place| (roles[place], column(&right, place + 1))).collect();
    let land = Table { ids: of(&right), columns };
    (people, land, truth, ids)
}

fn main() -> Result<(), LinkError> {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse::<usize>().ok());
    let (people, rows) = (numbers.next().unwrap_or(100_000), numbers.next().unwrap_or(50_000));
    let (left, right, truth, ids) = tables(people, rows);
    println!("{} people, {} rows, {} threads", left.len(), right.len(), rayon::current_num_threads());
    let began = Instant::now();
    let mut clock = Clock { began, stage: None };
    let spec = Spec::default();
    let outcome = link(&spec, &left, &right, &[], &mut clock)?;
    println!(
        "{:8.3} s, processor {:8.2} s end; at most {} MB",
        began.elapsed().as_secs_f64(),
        processor(),
        memory()
    );
    report(&outcome, &truth, &ids);
    if std::env::args().any(|text| text == "errors") {
        errors(&outcome, &left, &right, &truth, &ids);
    }
    if std::env::args().any(|text| text == "find") {
        find(&spec, &left, &right)?;
    }
    if std::env::args().any(|text| text == "dedupe") {
        let spec = Spec::parse("task = \"dedupe\"")?;
        let mut clock = Clock { began: Instant::now(), stage: None };
        let outcome = dedupe(&spec, &right, &[], &mut clock)?;
        println!("{:8.3} s end; {} links", clock.began.elapsed().as_secs_f64(), outcome.links.len());
    }
    Ok(())
}

fn report(outcome: &Outcome, truth: &[HashSet<u64>], ids: &[u64]) {
    println!("{:#?}", outcome.blocking);
    println!("match rate {:.4}", outcome.match_rate);
    for comparison in &outcome.comparisons {
        println!("{:?}", comparison.kind);
        for level in comparison.levels.iter().skip(1) {
            println!("  {:24} m {:.5} u {:.8} {:+.1}", level.key, level.m, level.u, level.bits());
        }
    }
    let all: usize = truth.iter().map(HashSet::len).sum();
    let mut scored: Vec<(f32, bool)> = Vec::new();
    let (mut right, mut matches) = (0, 0);
    for link in &outcome.links {
        let same = truth[link.right as usize].contains(&ids[link.left as usize]);
        scored.push((link.probability, same));
        if link.decision == Decision::Match {
            matches += 1;
            right += usize::from(same);
        }
    }
    let f1 = |right: usize, matches: usize| 2.0 * right as f64 / (matches + all) as f64;
    println!(
        "default: precision {:.5} recall {:.5} F1 {:.5}",
        right as f64 / matches as f64,
        right as f64 / all as f64,
        f1(right, matches)
    );
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut best, mut at, mut found) = (0.0, 0.0, 0);
    for (place, (probability, same)) in scored.iter().enumerate() {
        found += usize::from(*same);
        if f1(found, place + 1) > best {
            (best, at) = (f1(found, place + 1), *probability);
        }
    }
    println!("best F1 {best:.5} at {at:.3}; recall of shown {:.5}", found as f64 / all as f64);
    let mut error = 0.0;
    for bin in 0..10 {
        let of_bin = |p: f32| ((p * 10.0) as usize).min(9) == bin;
        let there: Vec<&(f32, bool)> = scored.iter().filter(|(p, _)| of_bin(*p)).collect();
        let mean = there.iter().map(|(p, _)| f64::from(*p)).sum::<f64>() / there.len().max(1) as f64;
        let share = there.iter().filter(|(_, same)| *same).count() as f64 / there.len().max(1) as f64;
        error += (mean - share).abs() * there.len() as f64 / scored.len() as f64;
        println!("  {:7} predicted {mean:.4} true {share:.4}", there.len());
    }
    println!("calibration error {error:.5}");
}

/// Prints wrong and missed links.
fn errors(outcome: &Outcome, left: &Table, right: &Table, truth: &[HashSet<u64>], ids: &[u64]) {
    let show = |table: &Table, row: usize| {
        table.columns.iter().map(|(_, column)| column.get(row)).collect::<Vec<_>>().join(" | ")
    };
    let matched: HashSet<(u32, u64)> = outcome
        .links
        .iter()
        .filter(|link| link.decision == Decision::Match)
        .map(|link| (link.right, ids[link.left as usize]))
        .collect();
    let mut shown = 0;
    for (row, people) in truth.iter().enumerate().step_by(7) {
        let there: Vec<_> = outcome.links.iter().filter(|link| link.right as usize == row).collect();
        let wrong = there
            .iter()
            .any(|link| link.decision == Decision::Match && !people.contains(&ids[link.left as usize]));
        let missed = people.iter().any(|person| !matched.contains(&(row as u32, *person)));
        if !wrong && !missed {
            continue;
        }
        println!("\n{}", show(right, row));
        for person in people {
            let place = ids.iter().position(|id| id == person).unwrap_or(0);
            println!("  truth {}", show(left, place));
        }
        for link in there.iter().take(4) {
            println!(
                "  {} {:.3} {:.1} {:x} {}",
                link.person,
                link.probability,
                link.weight,
                link.pattern,
                show(left, link.left as usize)
            );
        }
        shown += 1;
        if shown > 60 {
            return;
        }
    }
}

fn find(spec: &Spec, left: &Table, right: &Table) -> Result<(), LinkError> {
    let mut clock = Clock { began: Instant::now(), stage: None };
    let mut index = Index::build(spec, left, &mut clock)?;
    index.train(right, &[], &mut clock)?;
    let mut times: Vec<f64> = (0..right.len().min(20_000))
        .map(|row| {
            let record = right.record(row);
            let began = Instant::now();
            let _ = index.find(&record);
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("one record: median {:.3} ms, p99 {:.3} ms, slowest {:.3} ms", at(0.5), at(0.99), at(1.0));
    Ok(())
}

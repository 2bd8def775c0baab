//! The commands that work on whole files.

use super::arguments::{DedupeArgs, IndexArgs, LinkArgs, LinkCommand};
use super::{init, one, sample, show, stop_flag, tell, use_threads};
use crate::error::RunError;
use crate::input::{Input, Parts, expand};
use crate::job::{self, Job, Sizes, Summary};
use crate::progress::Terminal;
use crate::words::Words;
use d06_linkage::Index;
use std::path::PathBuf;
use std::time::Instant;

pub(super) fn link(arguments: &LinkArgs, words: &Words) -> Result<(), RunError> {
    use_threads(arguments.common.threads.map(usize::from));
    match &arguments.command {
        Some(LinkCommand::Init(arguments)) => return init::init(arguments, words),
        Some(LinkCommand::Schema) => {
            show(crate::propose::SCHEMA);
            return Ok(());
        }
        Some(LinkCommand::Index(index)) => return make_index(index, arguments.common.quiet, words),
        Some(LinkCommand::One(one)) => return one::one(one, words),
        Some(LinkCommand::Sample(arguments)) => return sample::sample(arguments, words),
        None => {}
    }
    let began = Instant::now();
    let (left, right) = (expand(&arguments.left)?, expand(&arguments.right)?);
    let sides = (arguments.left.as_slice(), arguments.right.as_slice());
    let spec = init::spec(arguments.spec.as_ref(), sides, arguments.yes, words)?;
    let out = arguments.out.clone().unwrap_or_default();
    let job = Job {
        spec,
        left,
        right,
        out,
        report: arguments.report.clone(),
        clusters: arguments.clusters.clone(),
        sizes: Sizes::default(),
    };
    let mut terminal = Terminal::new(words, arguments.common.quiet, stop_flag(words.lang()));
    let summary = job::link(&job, words, &mut terminal)?;
    if !arguments.common.quiet {
        let read = [("left", words.number(summary.left_rows)), ("right", words.number(summary.right_rows))];
        say(words, "summary-read", &read);
        notes(words, &summary);
        let none = summary.right_rows.saturating_sub(summary.matched + summary.review);
        let counts = [
            ("matched", words.number(summary.matched)),
            ("review", words.number(summary.review)),
            ("none", words.number(none)),
        ];
        say(words, "summary-links", &counts);
        written(words, &job, &summary, began);
    }
    Ok(())
}

pub(super) fn dedupe(arguments: &DedupeArgs, words: &Words) -> Result<(), RunError> {
    use_threads(arguments.common.threads.map(usize::from));
    let began = Instant::now();
    let left = expand(&arguments.left)?;
    let spec = init::spec(arguments.spec.as_ref(), (&arguments.left, &[]), arguments.yes, words)?;
    let job = Job {
        spec,
        left,
        right: Vec::new(),
        out: arguments.out.clone(),
        report: arguments.report.clone(),
        clusters: arguments.clusters.clone(),
        sizes: Sizes::default(),
    };
    let mut terminal = Terminal::new(words, arguments.common.quiet, stop_flag(words.lang()));
    let summary = job::dedupe(&job, words, &mut terminal)?;
    if !arguments.common.quiet {
        say(words, "summary-read-one", &[("left", words.number(summary.left_rows))]);
        notes(words, &summary);
        let counts = [
            ("matched", words.number(summary.matched)),
            ("review", words.number(summary.review)),
            ("groups", words.number(summary.groups)),
        ];
        say(words, "summary-groups", &counts);
        written(words, &job, &summary, began);
    }
    Ok(())
}

fn make_index(arguments: &IndexArgs, quiet: bool, words: &Words) -> Result<(), RunError> {
    let spec = init::read_spec(&arguments.spec)?;
    let (left, right) = (expand(&arguments.left)?, expand(&arguments.right)?);
    let mut terminal = Terminal::new(words, quiet, stop_flag(words.lang()));
    terminal.stage("stage-read");
    let table = |files: &[PathBuf], input| Parts::new(&spec, files, input).all();
    let mut index = Index::build(&spec, &table(&left, Input::Left)?, &mut terminal)?;
    index.train(&table(&right, Input::Right)?, &[], &mut terminal)?;
    terminal.stage("stage-write");
    index.write(&arguments.out)?;
    terminal.finish();
    if !quiet {
        let rows = words.number(index.len() as u64);
        say(words, "summary-index", &[("rows", rows), ("path", arguments.out.display().to_string())]);
    }
    Ok(())
}

fn say(words: &Words, key: &str, values: &[(&str, String)]) {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    tell(&words.fill(key, &values));
}

fn notes(words: &Words, summary: &Summary) {
    if summary.resumed > 0 {
        say(words, "progress-resumed", &[("done", words.number(summary.resumed as u64))]);
    }
    if summary.recoded > 0 {
        say(words, "summary-recoded", &[("n", words.number(summary.recoded))]);
    }
    if summary.labels > 0 {
        say(words, "summary-labels", &[("n", words.number(summary.labels as u64))]);
    }
}

fn written(words: &Words, job: &Job, summary: &Summary, began: Instant) {
    let values = [
        ("rows", words.number(summary.links)),
        ("path", job.out.display().to_string()),
        ("time", words.time(began.elapsed().as_secs_f64())),
    ];
    say(words, "summary-written", &values);
    if let Some(report) = &job.report {
        say(words, "summary-report", &[("path", report.display().to_string())]);
    }
}

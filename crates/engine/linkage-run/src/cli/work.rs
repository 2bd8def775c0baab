//! The commands that work on whole files.

use super::arguments::{DedupeArgs, IndexArgs, LinkArgs, LinkCommand};
use super::{init, one, sample, show, stop_flag, tell, use_threads};
use crate::error::RunError;
use crate::input::{Input, Parts, expand};
use crate::job::{self, Job, Sizes};
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
        summary.told(&job, words, began.elapsed()).iter().for_each(|line| tell(line));
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
        summary.told(&job, words, began.elapsed()).iter().for_each(|line| tell(line));
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
        let (rows, path) = (words.number(index.len() as u64), arguments.out.display().to_string());
        tell(&words.fill("summary-index", &[("rows", &rows), ("path", &path)]));
    }
    Ok(())
}

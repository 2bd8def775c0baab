//! Jobs from files to files, and what goes wrong with them.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod faults;
mod forms;
mod killed;
mod lists;
mod report;

use d06_linkage::Spec;
use d06_linkage_run::{Job, RunError, Sizes, Summary, Terminal, Words};
use d06_synth::register::{City, Land};
use std::path::{Path, PathBuf};

const SPEC: &str = r#"
    [columns]
    id = { left = "person_id", right = "row_id" }
    name = { left = "name", right = "owner" }
    birth = "birth"
    id_number = "number"
    address = "address"
"#;

/// A population and a land register as CSV in a folder of their own.
struct Registers {
    folder: tempfile::TempDir,
}

impl Registers {
    fn new(people: usize, rows: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let city = City::new(3, people);
        let land = Land::new(&city, rows);
        let mut left = csv::Writer::from_path(folder.path().join("people.csv")).unwrap();
        let mut right = csv::Writer::from_path(folder.path().join("land.csv")).unwrap();
        left.write_record(["person_id", "name", "birth", "number", "address"]).unwrap();
        right.write_record(["row_id", "owner", "birth", "number", "address", "parcel"]).unwrap();
        for index in 0..city.blocks() {
            let block = city.block(index);
            for person in &block.residents {
                let id = format!("P{}", person.id);
                let (birth, number) = (person.birth.vietnamese(), person.number.as_str());
                left.write_record([&id, &person.name, &birth, number, &person.address(&city)]).unwrap();
            }
            for entry in land.entries(&city, &block) {
                let row = entry.row;
                right
                    .write_record([row.id, row.owner, row.birth, row.number, row.address, row.parcel])
                    .unwrap();
            }
        }
        left.flush().unwrap();
        right.flush().unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn job(&self, out: &str) -> Job {
        job(self.folder.path(), out)
    }

    /// What is in the folder, by name.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn job(folder: &Path, out: &str) -> Job {
    Job {
        spec: Spec::parse(SPEC).unwrap(),
        left: vec![folder.join("people.csv")],
        right: vec![folder.join("land.csv")],
        out: folder.join(out),
        report: None,
        clusters: None,
        sizes: Sizes { slice: 100, ..Sizes::default() },
    }
}

fn link(job: &Job) -> Result<Summary, RunError> {
    let words = Words::new(d06_linkage_run::Lang::Vi);
    d06_linkage_run::link(job, &words, &mut Terminal::new(&words, true, std::sync::Arc::default()))
}

//! Submissions and pages a second, on both databases.

use crate::bench::machine;
use crate::cluster::{Cluster, Kind};
use crate::front;
use crate::shell::{self, Outcome};
use std::path::Path;

/// Measures and records. Further arguments go to the load program (`--seconds 10`).
pub(crate) fn run(arguments: &[String]) -> Outcome {
    front::build()?;
    super::build()?;
    let machine = machine::describe();
    let folder = shell::target().join("bench/spine");
    let sqlite = measure(&folder.join("sqlite"), None, arguments)?;
    let cluster = Cluster::start(Kind::Bench)?;
    let url = cluster.fresh_database("dean06_bench")?;
    let postgres = measure(&folder.join("postgres"), Some(&url), arguments)?;
    let results = format!(
        "# The spine under load\n\nWritten by `cargo xtask bench spine`; what is measured and how is in \
         [README.md](README.md). Load program, platform, both stand-ins and PostgreSQL share the machine.\n\n\
         {machine}\n{sqlite}\n{postgres}"
    );
    std::fs::write(shell::root().join("bench/spine/results.md"), &results)
        .map_err(|error| error.to_string())?;
    println!("{results}");
    Ok(())
}

fn measure(data: &Path, database: Option<&str>, arguments: &[String]) -> Result<String, String> {
    if data.exists() {
        std::fs::remove_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let release = shell::target().join("release");
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let mut words =
        vec!["--binary".to_owned(), path(&release.join("dean06")), "--data".to_owned(), path(data)];
    words.extend(database.into_iter().flat_map(|url| ["--database".to_owned(), url.to_owned()]));
    words.extend_from_slice(arguments);
    let output = shell::output(&path(&release.join("d06-bench-spine")), words)?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

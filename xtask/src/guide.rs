//! The pictures of the guide to linkage, made from what the program really writes.

use crate::shell::{self, Outcome};
use std::path::Path;

/// Sections of the report, by their numbers, and the height that shows them.
const PICTURES: &[(&str, usize, u32)] = &[("overview", 1, 430), ("thresholds", 3, 940), ("example", 5, 640)];

/// Links the practice files and takes pictures of the report.
pub(crate) fn pictures() -> Outcome {
    let folder = shell::target().join("guide");
    let images = shell::root().join("docs/guide/img");
    std::fs::create_dir_all(&images).map_err(|error| error.to_string())?;
    shell::cargo(["build", "--package", "d06-linkage-run", "--example", "dean06-link"])?;
    let program = text(&shell::target().join("debug/examples/dean06-link"));
    let file = |name: &str| text(&folder.join(name));
    shell::run(&program, ["link", "sample", "--out", &text(&folder)])?;
    shell::run(
        &program,
        [
            "link",
            "--yes",
            "--left",
            &file("dan-cu.csv"),
            "--right",
            &file("so-dia-chinh.xlsx"),
            "--out",
            &file("ket-qua.xlsx"),
            "--report",
            &file("bao-cao.html"),
        ],
    )?;
    let report = std::fs::read_to_string(file("bao-cao.html")).map_err(|error| error.to_string())?;
    for (name, number, height) in PICTURES {
        let page = file("muc.html");
        std::fs::write(&page, section(&report, *number)).map_err(|error| error.to_string())?;
        let picture = text(&images.join(format!("linkage-{name}.png")));
        shell::run(
            "chromium",
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                &format!("--window-size=960,{height}"),
                &format!("--screenshot={picture}"),
                &format!("file://{page}"),
            ],
        )?;
    }
    Ok(())
}

/// One section of the report as a page of its own.
fn section(report: &str, number: usize) -> String {
    let mut parts = report.split("<section");
    let head = parts.next().unwrap_or_default().replace("</style>", "header, nav { display: none; }</style>");
    let body = parts.nth(number - 1).unwrap_or_default();
    format!("{head}<section{body}")
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

//! Writes the component gallery and its assets into a folder, to be looked at in a browser:
//! `cargo run -p d06-ui --example gallery -- target/gallery`.

use d06_kernel::{Cx, Locale};
use d06_ui::gallery::GalleryPage;
use d06_ui::page::Page;
use d06_ui::{Frame, Source, Ui};
use std::path::PathBuf;

const WORDS: &[(Locale, &str)] = &[
    (
        Locale::Vi,
        "problem-date-not-a-day = Ngày này không có trong lịch\nproblem-input-invalid = Dữ liệu chưa đúng",
    ),
    (
        Locale::En,
        "problem-date-not-a-day = This day does not exist\nproblem-input-invalid = The input is not right",
    ),
];

static NO_TEMPLATES: include_dir::Dir<'static> = include_dir::Dir::new("", &[]);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    std::fs::create_dir_all(folder.join("assets"))?;
    let ui = Ui::new(&[Source { name: "words", templates: &NO_TEMPLATES, locales: WORDS }])?;
    for file in ui.assets().files() {
        if let Some(asset) = ui.assets().get(file) {
            std::fs::write(folder.join("assets").join(file), asset.bytes)?;
        }
    }
    let page = GalleryPage::samples().remove(0);
    for (name, frame) in [
        ("official.html", Frame::official_sample(Locale::Vi)),
        ("anonymous.html", Frame::anonymous_sample(Locale::Vi)),
    ] {
        let html = ui.page(&Cx::of_machine(), &frame, &page).map_err(|problem| format!("{problem:?}"))?;
        // Opened from a folder and not from a server: addresses become relative.
        std::fs::write(folder.join(name), html.0.replace("\"/assets/", "\"assets/"))?;
    }
    Ok(())
}

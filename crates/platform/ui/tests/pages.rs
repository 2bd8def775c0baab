//! The layout and every component render in both languages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use d06_ui::gallery::GalleryPage;
use d06_ui::{Pages, Ui};

const PROBLEMS: &[(d06_kernel::Locale, &str)] = &[
    (
        d06_kernel::Locale::Vi,
        "problem-date-not-a-day = Ngày này không có trong lịch\nproblem-input-invalid = Chưa đúng",
    ),
    (
        d06_kernel::Locale::En,
        "problem-date-not-a-day = This day does not exist\nproblem-input-invalid = Not right",
    ),
];

static NO_TEMPLATES: include_dir::Dir<'static> = include_dir::Dir::new("", &[]);

fn ui() -> Ui {
    let words = d06_ui::Source { name: "words", templates: &NO_TEMPLATES, locales: PROBLEMS };
    Ui::new(&[words]).unwrap()
}

#[test]
fn every_component_renders() {
    assert_eq!(ui().check(&Pages::new().with::<GalleryPage>()), Vec::<String>::new());
}

#[test]
fn what_is_typed_is_never_markup() {
    use d06_kernel::Cx;
    use d06_ui::page::Page;
    use d06_ui::{FormView, Frame};
    let mut page = GalleryPage::samples().remove(0);
    page.form =
        FormView::new().with("full_name", "\"><script>alert(1)</script>").with("reason", "</textarea><b>");
    let frame = Frame::official_sample(d06_kernel::Locale::Vi);
    let html = ui().page(&Cx::of_machine(), &frame, &page).unwrap().0;
    assert!(!html.contains("<script>alert") && !html.contains("</textarea><b>"));
}

#[test]
fn an_undefined_variable_is_an_error() {
    #[derive(serde::Serialize)]
    struct Careless {}
    impl d06_ui::Page for Careless {
        const TEMPLATE: &'static str = "careless.html";
        fn samples() -> Vec<Self> {
            vec![Self {}]
        }
    }
    static CARELESS: include_dir::Dir<'static> = include_dir::Dir::new(
        "",
        &[include_dir::DirEntry::File(include_dir::File::new("careless.html", b"{{ missing }}"))],
    );
    let words = d06_ui::Source { name: "words", templates: &CARELESS, locales: PROBLEMS };
    let wrong = Ui::new(&[words]).unwrap().check(&Pages::new().with::<Careless>());
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

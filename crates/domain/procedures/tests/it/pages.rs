//! Every page in both languages.

use d06_ui::Ui;

#[test]
fn every_page_renders_in_both_languages() {
    let ui = Ui::new(&[d06_http::source(), d06_procedures::source()]).unwrap();
    let wrong = ui.check(&d06_procedures::pages::list());
    // The first line names the page and the fault; the rest is the values of the page.
    let wrong: Vec<&str> = wrong.iter().filter_map(|fault| fault.lines().next()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Every page in both languages.

use d06_ui::Ui;

#[test]
fn every_page_renders_in_both_languages() {
    let ui = Ui::new(&[d06_http::source(), d06_steering::source()]).unwrap();
    assert_eq!(ui.check(&d06_steering::pages()), Vec::<String>::new());
}

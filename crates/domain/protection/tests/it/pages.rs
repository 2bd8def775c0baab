//! Every page renders with every sample, in both languages.

use d06_ui::Ui;

#[test]
fn every_page_renders_in_both_languages() {
    let ui = Ui::new(&[d06_http::source(), d06_protection::source()]).unwrap();
    assert_eq!(ui.check(&d06_protection::samples()), Vec::<String>::new());
}

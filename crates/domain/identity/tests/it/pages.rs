//! Every page renders with every sample, in both languages.

use d06_ui::Ui;

#[test]
fn every_page_renders_in_both_languages() {
    let ui = Ui::new(&[d06_http::source(), d06_identity::source()]).unwrap();
    assert_eq!(ui.check(&d06_identity::samples()), Vec::<String>::new());
}

//! The check every crate with pages runs in its tests.

use crate::frame::Frame;
use crate::page::Pages;
use crate::texts::LOCALES;
use crate::ui::Ui;
use std::collections::BTreeSet;

impl Ui {
    /// Renders every sample of every page in both languages, for somebody not signed in and for an official,
    /// and returns all that is wrong: what does not render, what shows an id twice or a control without a
    /// name, texts that are missing or take other arguments in one language. Nothing wrong is an empty list.
    pub fn check(&self, pages: &Pages) -> Vec<String> {
        let mut wrong = self.texts.differences();
        wrong.extend(self.unknown_texts());
        for page in &pages.0 {
            if page.samples.is_empty() {
                wrong.push(format!("{}: has no sample", page.template));
            }
            for (index, sample) in page.samples.iter().enumerate() {
                let name = format!("{} sample {index}", page.template);
                if sample.get_attr("frame").is_ok_and(|field| !field.is_undefined()) {
                    wrong.push(format!("{name}: `frame` is taken"));
                }
                for locale in LOCALES {
                    for frame in [Frame::anonymous_sample(locale), Frame::official_sample(locale)] {
                        match self.try_render(locale, page.template, &frame, sample.clone()) {
                            Ok(html) => wrong.extend(
                                duplicate_ids(&html)
                                    .into_iter()
                                    .map(|id| format!("{name} ({}): id {id} appears twice", locale.tag())),
                            ),
                            Err(error) => wrong.push(format!("{name} ({}): {error:#}", locale.tag())),
                        }
                    }
                }
            }
        }
        wrong.extend(self.texts.missing().into_iter().map(|id| format!("text {id}")));
        wrong.sort();
        wrong.dedup();
        wrong
    }

    /// Message ids written in templates (`t("…")`) that have no text.
    fn unknown_texts(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (name, template) in self.environment(d06_kernel::Locale::Vi).templates() {
            for id in ids_in(template.source()) {
                for locale in LOCALES {
                    if !self.texts.has(locale, id) {
                        wrong.push(format!("{name}: text {id} is missing in {}", locale.tag()));
                    }
                }
            }
        }
        wrong
    }
}

/// The literal message ids in a template. `t("state-" ~ state)` is not literal; samples cover it.
fn ids_in(source: &str) -> impl Iterator<Item = &str> {
    source.match_indices("t(\"").filter_map(|(at, start)| {
        let before = source[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let rest = &source[at + start.len()..];
        let (id, after) = rest.split_once('"')?;
        after.trim_start().starts_with([',', ')']).then_some(id)
    })
}

fn duplicate_ids(html: &str) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    html.split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(id, _)| id))
        .filter(|id| !seen.insert(*id))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_ids_are_found() {
        let source = r#"{{ t("a-b") }} {{ t("c", n=1) }} {{ t("state-" ~ s) }} {{ start("x") }}"#;
        assert_eq!(ids_in(source).collect::<Vec<_>>(), ["a-b", "c"]);
    }

    #[test]
    fn duplicate_ids_are_found() {
        assert_eq!(duplicate_ids(r#"<p id="a"><p id="b"><p id="a">"#), BTreeSet::from(["a"]));
    }
}

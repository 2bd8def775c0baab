//! The page: sections, facts, tables, figures.

use crate::words::Words;

const STYLE: &str = include_str!("report.css");

/// A text safe between tags and in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A page that grows section by section.
pub(super) struct Page {
    lang: &'static str,
    title: String,
    contents: Vec<String>,
    body: String,
}

impl Page {
    pub(super) fn new(words: &Words, title: &str) -> Self {
        Self { lang: words.lang().code(), title: title.to_owned(), contents: Vec::new(), body: String::new() }
    }

    /// Begins a section.
    pub(super) fn section(&mut self, title: &str) {
        if !self.contents.is_empty() {
            self.body.push_str("</section>\n");
        }
        self.contents.push(title.to_owned());
        let number = self.contents.len();
        let title = escape(title);
        self.body.push_str(&format!(
            "<section aria-labelledby=\"s{number}\">\n<h2 id=\"s{number}\">{title}</h2>\n"
        ));
    }

    pub(super) fn heading(&mut self, title: &str) {
        self.body.push_str(&format!("<h3>{}</h3>\n", escape(title)));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.body.push_str(&format!("<p>{}</p>\n", escape(text)));
    }

    /// Names with their values.
    pub(super) fn facts(&mut self, rows: &[(String, String)]) {
        self.body.push_str("<dl>\n");
        for (name, value) in rows {
            self.body.push_str(&format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(name), escape(value)));
        }
        self.body.push_str("</dl>\n");
    }

    /// A chart with the table of its numbers.
    pub(super) fn figure(&mut self, svg: &str, caption: &str, headers: &[String], rows: &[Vec<String>]) {
        // The caption of the table below serves both; who hears the page is told the title by the chart itself.
        self.body.push_str(&format!("<figure>\n{svg}\n</figure>\n"));
        self.table(caption, headers, rows);
    }

    /// A table; its first column names the rows. It scrolls by itself where the page is narrow.
    pub(super) fn table(&mut self, caption: &str, headers: &[String], rows: &[Vec<String>]) {
        let caption = escape(caption);
        self.body.push_str(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n\
             <caption>{caption}</caption>\n<thead><tr>"
        ));
        for header in headers {
            self.body.push_str(&format!("<th scope=\"col\">{}</th>", escape(header)));
        }
        self.body.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.body.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let cell = escape(cell);
                let tag = if place == 0 {
                    format!("<th scope=\"row\">{cell}</th>")
                } else {
                    format!("<td>{cell}</td>")
                };
                self.body.push_str(&tag);
            }
            self.body.push_str("</tr>\n");
        }
        self.body.push_str("</tbody></table></div>\n");
    }

    /// The whole page.
    pub(super) fn finish(self) -> String {
        let Self { lang, title, contents, body } = self;
        let title = escape(&title);
        let links = contents.iter().zip(1..);
        let links =
            links.map(|(text, number)| format!("<li><a href=\"#s{number}\">{}</a></li>", escape(text)));
        let links: String = links.collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1></header>\n\
             <nav aria-label=\"{title}\"><ol>{links}</ol></nav>\n<main>\n{body}</section>\n</main>\n</body>\n</html>\n"
        )
    }
}

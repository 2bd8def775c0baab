//! The report stands alone and says the same in both languages.

use super::Registers;
use d06_linkage_run::{Lang, Terminal, Words, link};

#[test]
fn a_report_needs_no_network_and_names_no_person() {
    let registers = Registers::new(400, 250);
    let people = std::fs::read_to_string(registers.path("people.csv")).unwrap();
    for lang in [Lang::Vi, Lang::En] {
        let words = Words::new(lang);
        let mut job = registers.job("links.csv");
        job.report = Some(registers.path("report.html"));
        link(&job, &words, &mut Terminal::new(&words, true, std::sync::Arc::default())).unwrap();
        let html = std::fs::read_to_string(registers.path("report.html")).unwrap();
        assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"));
        assert!(!html.contains("report-") && !html.contains("{ $"), "a text is missing");
        assert!(html.matches("<svg role=\"img\"").count() >= 3);
        assert_eq!(html.matches("<section").count(), html.matches("</section>").count());
        // A table with every chart.
        assert!(html.matches("<table").count() >= html.matches("<figure").count());
        for line in people.lines().skip(1).take(50) {
            let name = line.split(',').nth(1).unwrap();
            assert!(!html.contains(name), "{name} stands in the report");
        }
    }
}

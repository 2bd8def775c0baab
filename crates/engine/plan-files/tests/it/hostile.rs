//! Files that are damaged or meant to harm: an answer, quickly, within bounded memory, and never a panic.

use crate::office::{archive, word};
use d06_plan_files::{ReadError, read};
use proptest::prelude::*;
use std::io::Write;

const PDF: &[u8] = include_bytes!("../data/plan.pdf");

fn docx() -> Vec<u8> {
    let row = "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Làm sạch dữ liệu</w:t></w:r>\
               </w:p></w:tc></w:tr>";
    word(&format!("<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p><w:tbl>{}</w:tbl>", row.repeat(20)), &[])
}

#[test]
fn bombs_are_refused() {
    let blanks = " ".repeat(60 * 1024 * 1024);
    let bomb = word(&blanks, &[]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(read(&bomb).err(), Some(ReadError::Explodes));

    let deep = format!("{}{}", "<w:p>".repeat(5_000), "</w:p>".repeat(5_000));
    assert_eq!(read(&word(&deep, &[])).err(), Some(ReadError::Explodes));

    let many: Vec<(String, String)> = (0..5_000).map(|i| (format!("word/{i}.xml"), String::new())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(read(&archive(&many)).err(), Some(ReadError::Explodes));
}

#[test]
fn entities_do_not_expand_and_no_file_is_opened() {
    let document = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">\
        <!ENTITY f SYSTEM \"file:///etc/passwd\">]><w:document><w:body><w:p><w:r><w:t>Kế hoạch &b; &f; &amp;</w:t></w:r>\
        </w:p></w:body></w:document>";
    let bytes = archive(&[("[Content_Types].xml", ""), ("word/document.xml", document)]);
    let text = read(&bytes).unwrap().lines[0].text.clone();
    assert!(text.starts_with("Kế hoạch") && text.ends_with('&') && text.len() < 40, "{text}");
}

#[test]
fn names_that_lead_astray_change_nothing() {
    let bytes =
        word("<w:p><w:r><w:t>A</w:t></w:r></w:p>", &[("../../../tmp/dean06-astray", "x"), ("/etc/x", "y")]);
    assert!(read(&bytes).is_ok());
    assert!(!std::path::Path::new("/tmp/dean06-astray").exists());
}

#[test]
fn a_pdf_stream_that_unpacks_to_gigabytes_is_refused() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        packer.write_all(&zeros).unwrap();
    }
    let stream = packer.finish().unwrap();
    let mut bytes = b"%PDF-1.4\n1 0 obj <</Filter/FlateDecode>> stream\n".to_vec();
    bytes.extend(stream);
    bytes.extend(b"\nendstream endobj\n%%EOF");
    assert_eq!(read(&bytes).err(), Some(ReadError::Explodes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn damaged_files_are_answered(
        which in 0..2_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        keep in any::<bool>(),
    ) {
        let mut bytes = if which == 0 { docx() } else { PDF.to_vec() };
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !keep {
            let at = cut.index(bytes.len());
            bytes.truncate(at);
        }
        if let Ok(source) = read(&bytes) {
            d06_plan::compile(&source);
        }
    }

    #[test]
    fn any_markup_in_a_word_document_is_answered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r>", "</w:r>",
            "<w:t>chữ</w:t>", "<w:tcPr>", "</w:tcPr>", "<w:gridSpan w:val=\"99999999\"/>", "<w:vMerge/>",
            "<w:pPr>", "</w:pPr>", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>", "<w:del>", "</w:del>", "&#x0;", "&lt;",
            "<w:trPr><w:gridBefore w:val=\"4000000000\"/></w:trPr>", "<![CDATA[x]]>", "<w:footnoteReference/>",
        ]), 0..60)
    ) {
        if let Ok(source) = read(&word(&parts.concat(), &[])) {
            d06_plan::compile(&source);
        }
    }
}

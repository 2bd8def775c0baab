//! Word and Excel files part by part: what their formats can say and a plan relies on.

use d06_plan::{Merged, Role, SourceLine};
use d06_plan_files::{ReadError, read};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub(crate) fn word(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)];
    parts.extend(others);
    archive(&parts)
}

fn lines(bytes: &[u8]) -> Vec<SourceLine> {
    let mut lines = read(bytes).unwrap().lines;
    lines.retain(|line| line.cells.is_some() || !line.text.is_empty());
    lines
}

fn texts(bytes: &[u8]) -> Vec<String> {
    lines(bytes).into_iter().map(|line| line.text).collect()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn tracked_changes_are_taken_as_accepted() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">Trước </w:t></w:r>\
        <w:del><w:r><w:delText>30/6</w:delText><w:t>30/6</w:t></w:r></w:del>\
        <w:ins><w:r><w:t>30/9</w:t></w:r></w:ins><w:r><w:t>/2026</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Công an </w:t></w:r></w:p>\
        <w:p><w:r><w:t>xã</w:t></w:r></w:p><w:moveFrom><w:p><w:r><w:t>đi</w:t></w:r></w:p></w:moveFrom>";
    assert_eq!(texts(&word(body, &[])), ["Trước 30/9/2026", "Công an xã"]);
}

#[test]
fn automatic_numbers_are_written_out() {
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"4\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.%3.\"/></w:lvl>\
        <w:lvl w:ilvl=\"3\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>";
    let at = |level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body =
        [at(0, "A"), at(1, "B"), at(2, "C"), at(2, "D"), at(1, "E"), at(3, "F"), at(0, "G"), at(1, "H")];
    let found = texts(&word(&body.concat(), &[("word/numbering.xml", numbering)]));
    assert_eq!(found, ["I. A", "1. B", "1.1. C", "1.2. D", "2. E", "- F", "II. G", "1. H"]);
}

#[test]
fn merged_cells_keep_their_places() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "TT"),
        cell("<w:gridSpan w:val=\"2\"/>", "Mục tiêu"),
        cell("", "1"),
        cell("<w:vMerge w:val=\"restart\"/>", "80"),
        cell("", "100"),
        cell("", "2"),
        cell("<w:vMerge/>", ""),
        cell("", "90"),
    );
    let rows = lines(&word(&body, &[]));
    let shape: Vec<Vec<(String, Merged)>> = rows
        .into_iter()
        .map(|row| row.cells.unwrap().into_iter().map(|c| (c.text, c.merged)).collect())
        .collect();
    assert_eq!(shape[0][2], (String::new(), Merged::Left));
    assert_eq!(shape[2][1], (String::new(), Merged::Above));
    assert_eq!(shape[2][2], ("90".to_owned(), Merged::No));
}

#[test]
fn footnotes_follow_their_paragraph_and_are_marked() {
    let body = "<w:p><w:r><w:t>Văn bản</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\">\
        <w:p><w:r><w:t>Luật Căn cước</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let found = lines(&word(body, &[("word/footnotes.xml", notes)]));
    assert_eq!((found[1].text.as_str(), found[1].role), ("Luật Căn cước", Role::Footnote));
}

#[test]
fn fonts_of_tcvn3_are_read_run_by_run() {
    let body = "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTimeH\"/></w:rPr><w:t>KÕ ho¹ch</w:t></w:r>\
        <w:r><w:t xml:space=\"preserve\"> xã Hà Bắc</w:t></w:r></w:p>";
    assert_eq!(texts(&word(body, &[])), ["KẾ HOẠCH xã Hà Bắc"]);
}

#[test]
fn the_head_of_an_official_document_is_no_table() {
    let cell = |a: &str, b: &str| format!("<w:tc>{}{}</w:tc>", p(a), p(b));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>{}",
        cell("UBND XÃ HÀ BẮC", "Số: 12/KH-UBND"),
        cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Bắc, ngày 05 tháng 6 năm 2026"),
        p("KẾ HOẠCH")
    );
    let plan = d06_plan::compile(&read(&word(&body, &[])).unwrap());
    assert_eq!(plan.document.issuer.as_deref(), Some("UBND XÃ HÀ BẮC"));
    assert_eq!(plan.document.number.as_deref(), Some("12/KH-UBND"));
    assert_eq!(plan.document.date.as_deref(), Some("2026-06-05"));
}

#[test]
fn numbers_of_a_sheet_are_read_as_shown() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs>\
        <xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>0.8</v></c>\
        <c r=\"C1\" s=\"2\"><v>45930</v></c><c r=\"D1\" t=\"inlineStr\"><is><t>Công an xã</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A2:D2\"/></mergeCells></worksheet>";
    let bytes = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"KH\"/><sheet name=\"Danh mục\" state=\"hidden\"/></sheets></workbook>",
        ),
        ("xl/sharedStrings.xml", "<sst><si><t>1</t></si><si><r><t>NHÓM </t></r><r><t>A</t></r></si></sst>"),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let found = lines(&bytes);
    let row: Vec<String> = found[0].cells.clone().unwrap().into_iter().map(|c| c.text).collect();
    assert_eq!(row, ["1", "80%", "30/09/2025", "Công an xã"]);
    assert_eq!(found[1].cells.as_ref().unwrap()[0].text, "NHÓM A");
    assert_eq!(found[1].cells.as_ref().unwrap()[3].merged, Merged::Left);
    assert_eq!((found[2].role, found[2].text.as_str()), (Role::LeftOut, "Danh mục"));
}

#[test]
fn a_document_of_pictures_says_so() {
    let body = "<w:p><w:r><w:drawing/></w:r></w:p>";
    assert_eq!(read(&word(body, &[])).err(), Some(ReadError::Picture));
}

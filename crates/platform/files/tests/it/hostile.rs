//! Each harmful file gets its own refusal.

use crate::sample::{archive, docx, jpeg, pdf, png};
use d06_files::{Caution, Limits, Media, inspect};
use std::io::Write;

fn refusal(content: &[u8]) -> &'static str {
    inspect(content, &Limits::default()).unwrap_err().code
}

#[test]
fn ordinary_files_are_known_by_their_content() {
    let kind = |content: &[u8]| inspect(content, &Limits::default()).unwrap().media;
    assert_eq!(kind(&pdf("")), Media::Pdf);
    assert_eq!(kind(&png(100, 100)), Media::Png);
    assert_eq!(kind(&jpeg()), Media::Jpeg);
    assert_eq!(kind(&docx(&[])), Media::Docx);
    assert_eq!(kind(&archive(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b"")])), Media::Xlsx);
}

#[test]
fn empty_and_too_large() {
    assert_eq!(refusal(b""), "file.empty");
    let limits = Limits { size: 10, ..Limits::default() };
    assert_eq!(inspect(&pdf(""), &limits).unwrap_err().code, "file.too-large");
}

#[test]
fn forbidden_kinds() {
    for content in [
        b"MZ\x90\0\x03\0\0\0".to_vec(),
        b"\x7fELF\x02\x01\x01".to_vec(),
        b"#!/bin/sh\nrm -rf /".to_vec(),
        b"<html><script>alert(1)</script></html>".to_vec(),
        b"just words".to_vec(),
        b"GIF89a\x01\0\x01\0".to_vec(),
        b"{\\rtf1 }".to_vec(),
        archive(&[("readme.txt", b"a plain zip")]),
        docx(&[("word/vbaProject.bin", b"macro")]),
        docx(&[("xl/workbook.xml", b"both")]),
    ] {
        assert_eq!(refusal(&content), "file.kind-forbidden", "{:?}", String::from_utf8_lossy(&content));
    }
}

#[test]
fn cut_off_files() {
    let whole = pdf("");
    assert_eq!(refusal(&whole[..whole.len() - 20]), "file.damaged");
    let whole = png(10, 10);
    assert_eq!(refusal(&whole[..whole.len() - 5]), "file.damaged");
    let whole = jpeg();
    assert_eq!(refusal(&whole[..whole.len() - 2]), "file.damaged");
    let whole = docx(&[]);
    assert_eq!(refusal(&whole[..whole.len() - 30]), "file.damaged");
}

#[test]
fn pictures_of_a_billion_pixels() {
    assert_eq!(refusal(&png(40_000, 40_000)), "file.picture-too-large");
    assert_eq!(refusal(&png(0, 10)), "file.damaged");
}

#[test]
fn archives_that_explode() {
    let zeros = vec![0; 4 * 1024 * 1024];
    assert_eq!(refusal(&docx(&[("word/media/bomb", &zeros)])), "file.archive-explodes");

    let names: Vec<String> = (0..3000).map(|n| format!("word/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(refusal(&docx(&many)), "file.archive-explodes");
}

#[test]
fn archives_with_paths_out_of_themselves() {
    for name in
        ["../../etc/cron.d/x", "/etc/passwd", "word\\..\\x.xml", "word/a\0b.xml", "word/\u{202E}x.xml"]
    {
        assert_eq!(refusal(&docx(&[(name, b"x")])), "file.name-invalid", "{name:?}");
    }
}

#[test]
fn a_pdf_that_acts() {
    for (extra, caution) in [
        ("/OpenAction<</S/JavaScript/JS(app.alert(1))>>", Caution::Script),
        ("/OpenAction<</S/J#61vaScript/J#53(x)>>", Caution::Script),
        ("/OpenAction<</S/Launch/F(cmd.exe)>>", Caution::Launch),
        ("/Names<</EmbeddedFiles 5 0 R>>", Caution::Attachment),
    ] {
        assert_eq!(refusal(&pdf(extra)), "file.active-content", "{extra}");
        let lenient = Limits { refuse_cautions: false, ..Limits::default() };
        assert_eq!(inspect(&pdf(extra), &lenient).unwrap().cautions, [caution], "{extra}");
    }
    assert_eq!(refusal(&pdf("/Encrypt 9 0 R")), "file.locked");
}

#[test]
fn a_pdf_that_hides_its_script_in_a_packed_object() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(b"7 0 <</S/JavaScript/JS(app.alert(1))>>").unwrap();
    let packed = packer.finish().unwrap();
    let mut content =
        b"%PDF-1.7\n4 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\r\n".to_vec();
    content.extend(&packed);
    content.extend(b"\r\nendstream\nendobj\nstartxref\n0\n%%EOF");
    assert_eq!(refusal(&content), "file.active-content");
}

proptest::proptest! {
    #[test]
    fn no_content_makes_the_inspector_fall(
        head in proptest::sample::select(vec![&b"%PDF-1.7\n"[..], b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF"]),
        rest in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
    ) {
        let content = [head, &rest[..], b"startxref\n%%EOF"].concat();
        let _ = inspect(&content, &Limits::default());
    }
}

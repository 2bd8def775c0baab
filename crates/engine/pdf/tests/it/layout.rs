//! The pages: complete text, embedded fonts, repeatable bytes, no injection.

use crate::outside::{file, run};
use crate::sample;
use d06_kernel::port::document::LetterForm;
use d06_pdf::{letter, receipt, result};
use unicode_normalization::is_nfc;

fn text(pdf: &[u8]) -> String {
    let (_folder, path) = file(pdf);
    let (good, text) = run("pdftotext", &["-layout", &path, "-"]);
    assert!(good, "{text}");
    assert!(is_nfc(&text), "the text comes out composed");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_receipt_says_everything() {
    let laid = receipt(&sample::receipt()).unwrap();
    let text = text(&laid.pdf);
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ HÀ BẮC",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "H31.10816-260615-0001",
        "Nguyễn Thị Quỳnh Như",
        "031195001234",
        "09 giờ 05 phút, ngày 15 tháng 6 năm 2026",
        "09 giờ 05 phút, ngày 18 tháng 6 năm 2026",
        "15.000 đồng",
        "Trích lục ghi chú ly hôn",
        "Phạm Văn Đức",
    ] {
        assert!(text.contains(words), "{words} is missing in: {text}");
    }
    let (_folder, path) = file(&laid.pdf);
    let (_, info) = run("pdfinfo", &[&path]);
    assert!(info.contains("Pages:           1\n"), "{info}");
}

#[test]
fn the_results_say_everything() {
    let confirmation = text(&result(&sample::confirmation()).unwrap().pdf);
    for words in
        ["GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "15/UBND-XNTTHN", "Chưa đăng ký kết hôn với ai", "Nơi nhận:"]
    {
        assert!(confirmation.contains(words), "{words} is missing in: {confirmation}");
    }
    assert!(confirmation.contains("Hà Bắc, ngày 09 tháng 6 năm 2026"), "{confirmation}");
    assert!(text(&result(&sample::certificate()).unwrap().pdf).contains("GIẤY CHỨNG NHẬN KẾT HÔN"));
    assert!(
        text(&result(&sample::decision()).unwrap().pdf)
            .contains("Điều 2. Quyết định có hiệu lực từ ngày ký.")
    );
}

#[test]
fn every_font_is_embedded_with_its_characters_named() {
    for pdf in [receipt(&sample::receipt()).unwrap().pdf, result(&sample::decision()).unwrap().pdf] {
        let (_folder, path) = file(&pdf);
        let (_, fonts) = run("pdffonts", &[&path]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(rows.len() >= 2, "{fonts}");
        for row in rows {
            let columns: Vec<&str> = row.split_whitespace().rev().collect();
            // … emb sub uni object generation, read from the right.
            assert!(row.contains("Tinos") && columns[2..5] == ["yes", "yes", "yes"], "{fonts}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(receipt(&sample::receipt()).unwrap(), receipt(&sample::receipt()).unwrap());
    assert_eq!(result(&sample::confirmation()).unwrap(), result(&sample::confirmation()).unwrap());
}

#[test]
fn what_people_type_is_never_markup() {
    let hostile =
        "#read(\"/etc/passwd\") #{1+1} *đậm* _x_ $x^2$ <signature> @a \\ [b] // c /* d */ #image(\"x\") `e`";
    let mut data = sample::receipt();
    data.applicant = hostile.to_owned();
    data.papers[0].name = hostile.to_owned();
    data.papers[0].waived = Some(hostile.to_owned());
    let shown = text(&receipt(&data).unwrap().pdf);
    assert!(shown.contains("#read(\"/etc/passwd\") #{1+1} *đậm* _x_ $x^2$ <signature>"), "{shown}");
    let mut data = sample::confirmation();
    data.sections[0].lines[0].value = hostile.to_owned();
    data.bases[0] = hostile.to_owned();
    data.recipients[0] = hostile.to_owned();
    data.signatory.name = hostile.to_owned();
    data.about = Some(hostile.to_owned());
    assert!(text(&result(&data).unwrap().pdf).contains("#image(\"x\") `e`"));
}

#[test]
fn long_texts_run_on_to_a_second_page_with_its_number() {
    let mut data = sample::receipt();
    let one = data.papers[0].clone();
    data.papers.extend(std::iter::repeat_n(one, 40));
    let laid = receipt(&data).unwrap();
    let (_folder, path) = file(&laid.pdf);
    let (_, info) = run("pdfinfo", &[&path]);
    assert!(!info.contains("Pages:           1\n"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
}

#[test]
fn the_letters_say_everything() {
    for (form, title, words) in [
        (LetterForm::Supplement, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Trích lục ghi chú ly hôn"),
        (LetterForm::Refusal, "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Lý do từ chối"),
        (LetterForm::Apology, "GIA HẠN THỜI GIAN GIẢI QUYẾT", "17 giờ 00 phút, ngày 25 tháng 6 năm 2026"),
        (LetterForm::Stop, "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "15 giờ 20 phút, ngày 17 tháng 6 năm 2026"),
    ] {
        let text = text(&letter(&sample::letter(form)).unwrap().pdf);
        let number = format!("Mẫu số {}", form.number());
        for expected in
            [title, words, &number, "H31.10816-260615-0001", "Nguyễn Thị Quỳnh Như", "#số và <ngày>"]
        {
            assert!(text.contains(expected), "{expected} is missing in: {text}");
        }
    }
}

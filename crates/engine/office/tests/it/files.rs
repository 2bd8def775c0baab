//! What other programs read in our files.

use crate::outside::{libreoffice, python, run};
use crate::sample::{paper, sheet};

#[test]
fn an_official_can_go_on_editing_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.docx");
    std::fs::write(&file, d06_office::docx(&paper()).unwrap()).unwrap();
    let read = python("docx", &file);
    for line in [
        "Heading 1|I. CÔNG TÁC CHỈ ĐẠO",
        "Heading 2|1. Nhóm dịch vụ công",
        "Normal|Dòng thứ nhất <b>không phải</b> & \"dấu\"",
        "Normal|Dòng thứ hai",
        "Normal|Kính gửi: Ủy ban nhân dân thành phố Hải Phòng",
        "table|Hồ sơ nộp trực tuyến|66,67 % (2/3)",
        // A4 with the margins of the decree: 20, 20, 30, 18 millimetres.
        "page|210x297|20 20 30 18",
        "font|Times New Roman|13.0",
    ] {
        assert!(read.lines().any(|found| found == line), "{line:?} in {read}");
    }
}

#[test]
fn libreoffice_opens_the_document_as_it_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.docx");
    std::fs::write(&file, d06_office::docx(&paper()).unwrap()).unwrap();
    let pdf = libreoffice(&file, "pdf");
    let text = run("pdftotext", &["-layout", &pdf.to_string_lossy(), "-"]);
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN XÃ HÀ BẮC",
        "TM. ỦY BAN NHÂN DÂN",
        "Nơi nhận:",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let about = run("pdfinfo", &[&pdf.to_string_lossy()]);
    assert!(about.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 1")), "{about}");
}

#[test]
fn the_appendix_computes_its_totals() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("figures.xlsx");
    std::fs::write(&file, d06_office::xlsx(&[sheet()]).unwrap()).unwrap();
    let read = python("xlsx", &file);
    for line in ["Phụ lục 2!C6|=SUM(C4:C5)", "Phụ lục 2!E6|=IF(D6=0,\"\",C6/D6)", "Phụ lục 2!B4|text"]
    {
        assert!(read.lines().any(|found| found == line), "{line:?} in {read}");
    }
    // Separator, quote, UTF-8, from the first line; text is quoted only where it must be.
    let csv =
        std::fs::read_to_string(libreoffice(&file, "csv:Text - txt - csv (StarCalc):44,34,76,1")).unwrap();
    let total = csv.lines().find(|line| line.contains("Tổng")).unwrap().replace('"', "");
    assert_eq!(total, ",Tổng,2,11,18.18%", "a share of sums, and not the mean of 100 % and 10 %");
}

#[test]
fn a_sheet_that_cannot_be_named_is_refused() {
    let long = d06_office::Sheet { name: "x".repeat(32), ..sheet() };
    assert!(d06_office::xlsx(&[long]).is_err());
}

//! Plain text in the encodings of offices.

use d06_plan::compile;
use d06_plan_files::{FileKind, ReadError, kind, read};

const PLAN: &str = "KẾ HOẠCH\nTriển khai Đề án 06 năm 2026 trên địa bàn xã Hà Bắc\n\nII. NHIỆM VỤ\n\
                    1. Làm sạch dữ liệu hộ tịch, bảo đảm đúng, đủ, sạch, sống.\n\
                    - Cơ quan chủ trì: Sở Tư pháp.\n- Thời gian: Quý III/2026.\n";

/// The text in TCVN3, made with the table of the C library's iconv (TCVN5712-1), not with ours.
const PLAN_IN_TCVN3: &[u8] = include_bytes!("../data/plan.tcvn3.txt");

fn lead(bytes: &[u8]) -> Vec<String> {
    compile(&read(bytes).unwrap()).tasks.remove(0).lead
}

#[test]
fn utf8_and_utf16_in_every_dress() {
    let units =
        |be: bool| PLAN.encode_utf16().flat_map(move |u| if be { u.to_be_bytes() } else { u.to_le_bytes() });
    let little: Vec<u8> = units(false).collect();
    let big: Vec<u8> = units(true).collect();
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    for bytes in [
        PLAN.as_bytes().to_vec(),
        marked(b"\xef\xbb\xbf", PLAN.as_bytes()),
        marked(b"\xff\xfe", &little),
        marked(b"\xfe\xff", &big),
        little,
        big,
    ] {
        assert_eq!(kind(&bytes), Ok(FileKind::Text));
        assert_eq!(lead(&bytes), ["Sở Tư pháp"]);
    }
}

#[test]
fn tcvn3_as_old_machines_have_it() {
    let plan = compile(&read(PLAN_IN_TCVN3).unwrap());
    assert_eq!(plan.tasks[0].lead, ["Sở Tư pháp"]);
    assert!(plan.tasks[0].text.starts_with("Làm sạch dữ liệu hộ tịch"));
    assert_eq!(plan.tasks[0].due.to.unwrap().to_string(), "2026-09-30");
}

#[test]
fn what_cannot_be_read_is_named() {
    let cases: [(&[u8], ReadError); 9] = [
        (b"", ReadError::Empty),
        (b" \r\n\t ", ReadError::Empty),
        (b"\x89PNG\r\n\x1a\n", ReadError::Picture),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ReadError::OldOffice),
        (b"{\\rtf1 text}", ReadError::OtherOffice),
        (b"PK\x03\x04 cut off", ReadError::DamagedOffice),
        (b"%PDF-1.7 cut off", ReadError::DamagedPdf),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", ReadError::UnknownKind),
        (b"caf\xe9 et cr\xe8me", ReadError::Encoding),
    ];
    for (bytes, error) in cases {
        assert_eq!(read(bytes).err(), Some(error), "{bytes:?}");
    }
    for error in ReadError::ALL {
        assert!(!error.in_vietnamese().is_empty() && error.code().starts_with("plan.file-"));
    }
}

//! Data of the kind that people have.

use chrono::NaiveDate;
use d06_kernel::Cx;
use d06_kernel::cx::Randomness;
use d06_kernel::port::document::{LetterData, LetterForm, ReceiptData, ReceiptPaper};
use d06_kernel::time::SetClock;
use d06_kernel::time::from_local;
use d06_pdf::sign::{Identity, SigningKeys, SoftwareKeys, beside, seal, sign_as};
use d06_pdf::{Line, ResultData, Section, Shape, Signatory, result};
use std::sync::Arc;

pub(crate) fn civil(day: u32, hour: u32, minute: u32) -> chrono::NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

fn paper(name: &str, files: u32, waived: Option<&str>) -> ReceiptPaper {
    ReceiptPaper { name: name.to_owned(), files, waived: waived.map(str::to_owned) }
}

pub(crate) fn receipt() -> ReceiptData {
    ReceiptData {
        committee: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
        unit: "Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned(),
        unit_code: "H31.10816.01".to_owned(),
        place: "Hà Bắc".to_owned(),
        code: "H31.10816-260615-0001".to_owned(),
        lookup_url: "http://127.0.0.1:8600/lookup/Zk3mXr9QvT2bL7".to_owned(),
        applicant: "Nguyễn Thị Quỳnh Như".to_owned(),
        number: "031195001234".parse().unwrap(),
        address: Some("Thôn Hạ, xã Hà Bắc, thành phố Hải Phòng".to_owned()),
        phone: Some("0912 345 678".to_owned()),
        procedure_code: "1.004873".to_owned(),
        procedure: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
        papers: vec![
            paper(
                "Căn cước công dân",
                0,
                Some("Cơ sở dữ liệu quốc gia về dân cư; Điều 9 Nghị định 118/2025/NĐ-CP; ngày 15/6/2026"),
            ),
            paper(
                "Giấy tờ chứng minh nơi cư trú",
                0,
                Some("Cơ sở dữ liệu quốc gia về dân cư; ngày 15/6/2026"),
            ),
            paper("Trích lục ghi chú ly hôn", 2, None),
        ],
        received_at: from_local(civil(15, 9, 5)),
        due_at: from_local(civil(18, 9, 5)),
        time_allowed: "03 ngày làm việc".to_owned(),
        hand_out: "Bản điện tử trong Kho dữ liệu điện tử của cá nhân".to_owned(),
        fee: 15_000,
        officer: Some("Phạm Văn Đức".to_owned()),
    }
}

fn line(label: &str, value: &str) -> Line {
    Line { label: label.to_owned(), value: value.to_owned() }
}

pub(crate) fn confirmation() -> ResultData {
    ResultData {
        shape: Shape::Confirmation,
        parent: None,
        agency: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
        number: "15/UBND-XNTTHN".to_owned(),
        place: "Hà Bắc".to_owned(),
        issued_at: civil(9, 10, 30),
        title: "Giấy xác nhận tình trạng hôn nhân".to_owned(),
        about: None,
        bases: vec![
            "Căn cứ Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015 của Chính phủ;".to_owned(),
            "Xét đề nghị của bà Nguyễn Thị Quỳnh Như, mã hồ sơ H31.10816-260615-0001,".to_owned(),
        ],
        opening: Some("XÁC NHẬN:".to_owned()),
        sections: vec![Section {
            heading: None,
            lines: vec![
                line("Họ, chữ đệm, tên", "Nguyễn Thị Quỳnh Như"),
                line("Ngày, tháng, năm sinh", "07/03/1995"),
                line("Giới tính", "Nữ"),
                line("Dân tộc", "Kinh"),
                line("Quốc tịch", "Việt Nam"),
                line("Nơi cư trú", "Thôn Hạ, xã Hà Bắc, thành phố Hải Phòng"),
                line("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"),
                line("Giấy này được sử dụng để", "Đăng ký kết hôn với ông Trần Văn Nam"),
            ],
        }],
        closing: vec!["Giấy này có giá trị đến hết ngày 09 tháng 12 năm 2026.".to_owned()],
        signatory: Signatory {
            authority: vec!["KT. CHỦ TỊCH".to_owned(), "PHÓ CHỦ TỊCH".to_owned()],
            name: "Trần Thị Mai Hương".to_owned(),
        },
        recipients: vec!["Bà Nguyễn Thị Quỳnh Như;".to_owned(), "Lưu: VT, hồ sơ.".to_owned()],
        lookup_url: Some("http://127.0.0.1:8600/lookup/Zk3mXr9QvT2bL7".to_owned()),
    }
}

pub(crate) fn certificate() -> ResultData {
    let side = |heading: &str, name: &str| Section {
        heading: Some(heading.to_owned()),
        lines: vec![
            line("Họ, chữ đệm, tên", name),
            line("Ngày, tháng, năm sinh", "07/03/1995"),
            line("Dân tộc", "Kinh"),
            line("Quốc tịch", "Việt Nam"),
            line("Nơi cư trú", "Thôn Hạ, xã Hà Bắc, thành phố Hải Phòng"),
        ],
    };
    ResultData {
        shape: Shape::Couple,
        number: "27/2026".to_owned(),
        title: "Giấy chứng nhận kết hôn".to_owned(),
        bases: Vec::new(),
        opening: None,
        sections: vec![side("Vợ", "Nguyễn Thị Quỳnh Như"), side("Chồng", "Trần Văn Nam")],
        closing: vec!["Đăng ký tại Ủy ban nhân dân xã Hà Bắc, ngày 09 tháng 6 năm 2026.".to_owned()],
        ..confirmation()
    }
}

pub(crate) fn decision() -> ResultData {
    ResultData {
        shape: Shape::Decision,
        number: "102/QĐ-UBND".to_owned(),
        title: "Quyết định".to_owned(),
        about: Some("Về việc chấm dứt việc chăm sóc thay thế".to_owned()),
        opening: Some("QUYẾT ĐỊNH:".to_owned()),
        sections: vec![
            Section {
                heading: Some("Chấm dứt việc chăm sóc thay thế:".to_owned()),
                lines: vec![line("Họ, tên trẻ em", "Lê Gia Bảo"), line("Lý do", "Trẻ em trở về gia đình")],
            },
            Section {
                heading: Some("Quyết định có hiệu lực từ ngày ký.".to_owned()), lines: Vec::new()
            },
        ],
        ..confirmation()
    }
}

/// A context on the day of the samples.
pub(crate) fn cx() -> Cx {
    let clock = SetClock::at(from_local(civil(9, 10, 30)));
    Cx::system("test", Arc::new(clock), Randomness::seeded([5; 32]))
}

pub(crate) fn person() -> Identity {
    Identity {
        name: "Trần Thị Mai Hương".to_owned(), organisation: "Ủy ban nhân dân xã Hà Bắc".to_owned()
    }
}

pub(crate) fn agency() -> Identity {
    Identity {
        name: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
        organisation: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
    }
}

/// The confirmation, signed by the person and sealed by the agency.
pub(crate) async fn signed(keys: &SoftwareKeys) -> Vec<u8> {
    let cx = cx();
    let laid = result(&confirmation()).unwrap();
    let place = laid.signature.unwrap();
    let signer = keys.of_person(&cx, &"031175004321".parse().unwrap(), &person()).await.unwrap();
    let signed = sign_as(&cx, laid.pdf, &person(), place, &*signer).await.unwrap();
    let signer = keys.of_agency(&cx, "H31.10816", &agency()).await.unwrap();
    seal(&cx, signed, &agency(), "Thành phố Hải Phòng", beside(place), &*signer).await.unwrap()
}

pub(crate) fn letter(form: LetterForm) -> LetterData {
    let apology = form == LetterForm::Apology;
    let receipt = receipt();
    LetterData {
        form,
        committee: receipt.committee,
        unit: receipt.unit,
        unit_code: receipt.unit_code,
        place: receipt.place,
        code: receipt.code,
        lookup_url: receipt.lookup_url,
        applicant: receipt.applicant,
        number: receipt.number,
        address: receipt.address,
        phone: receipt.phone,
        procedure_code: receipt.procedure_code,
        procedure: receipt.procedure,
        filed_at: receipt.received_at,
        written_at: from_local(civil(17, 15, 20)),
        subject: (form == LetterForm::Supplement).then(|| "Trích lục ghi chú ly hôn".to_owned()),
        reason: "Ảnh chụp bị mờ, không đọc được #số và <ngày> cấp".to_owned(),
        due_was: apology.then_some(receipt.due_at),
        due_at: apology.then(|| from_local(civil(25, 17, 0))),
        official: (form != LetterForm::Stop).then(|| "Phạm Văn Đức".to_owned()),
    }
}

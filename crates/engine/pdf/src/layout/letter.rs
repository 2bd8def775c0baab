//! Forms 02 to 05: letters to the person while a dossier is handled (Circular 03/2025/TT-VPCP, Appendix I).

use super::world::typeset;
use super::{Laid, hour_and_day, qr, vietnamese_date};
use crate::problem::LayoutError;
use crate::sign::SEAL_SIZE;
use d06_kernel::port::document::{LetterData, LetterForm};
use d06_kernel::time::local;
use serde_json::json;

/// Lays out a letter.
///
/// # Errors
/// A defect of the template.
pub fn letter(data: &LetterData) -> Result<Laid, LayoutError> {
    let written = local(data.written_at);
    let words = words(data);
    let view = json!({
        "committee": data.committee,
        "unit": data.unit,
        "place": data.place,
        "code": data.code,
        "date": vietnamese_date(written),
        "form": data.form.number(),
        "title": words.title,
        "applicant": data.applicant,
        "number": data.number.as_str(),
        "address": data.address,
        "phone": data.phone,
        "procedure": data.procedure,
        "procedure-code": data.procedure_code,
        "filed": hour_and_day(data.filed_at),
        "opening": words.opening,
        "facts": words.facts,
        "closing": words.closing,
        "signer": words.signer,
        "official": data.official,
        "lookup": data.lookup_url,
        "qr": qr::runs(&data.lookup_url),
    });
    let typeset = typeset("letter.typ", &view)?;
    let pdf = typeset.pdf(&format!("{} {}", data.form.number(), data.code), written)?;
    Ok(Laid { pdf, signature: typeset.place("seal", SEAL_SIZE, SEAL_SIZE) })
}

/// What differs from form to form.
struct Words {
    title: &'static str,
    opening: String,
    /// Label and value.
    facts: Vec<(&'static str, String)>,
    closing: Vec<String>,
    signer: &'static str,
}

fn words(data: &LetterData) -> Words {
    match data.form {
        LetterForm::Supplement => Words {
            title: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            opening: "Sau khi kiểm tra, hồ sơ còn thiếu hoặc chưa đúng. Đề nghị Ông/Bà bổ sung, hoàn thiện:"
                .to_owned(),
            facts: vec![
                ("Nội dung cần bổ sung, hoàn thiện", data.subject.clone().unwrap_or_default()),
                ("Lý do", data.reason.clone()),
            ],
            closing: vec![
                "Thời gian giải quyết tạm dừng từ lúc lập phiếu này và tiếp tục tính khi hồ sơ được bổ sung. \
                 Mỗi hồ sơ chỉ bị yêu cầu bổ sung một lần."
                    .to_owned(),
                format!("Nếu có vướng mắc, Ông/Bà liên hệ {} để được hướng dẫn.", data.unit),
            ],
            signer: "NGƯỜI HƯỚNG DẪN",
        },
        LetterForm::Refusal => Words {
            title: "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
            opening: "Sau khi xem xét, hồ sơ không đủ điều kiện tiếp nhận, giải quyết:".to_owned(),
            facts: vec![("Lý do từ chối", data.reason.clone())],
            closing: vec![
                "Ông/Bà có quyền nộp lại hồ sơ khi đủ điều kiện, hoặc khiếu nại theo quy định của pháp luật \
                 nếu không đồng ý với việc từ chối."
                    .to_owned(),
            ],
            signer: "NGƯỜI TỪ CHỐI HỒ SƠ",
        },
        LetterForm::Apology => Words {
            title: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            opening:
                "Hồ sơ của Ông/Bà chưa thể có kết quả đúng hẹn. Chúng tôi xin lỗi Ông/Bà vì sự chậm trễ này."
                    .to_owned(),
            facts: vec![
                ("Thời gian hẹn trả kết quả trước đây", data.due_was.map(hour_and_day).unwrap_or_default()),
                ("Lý do chưa giải quyết xong", data.reason.clone()),
                ("Thời gian hẹn trả kết quả mới", data.due_at.map(hour_and_day).unwrap_or_default()),
            ],
            closing: vec![
                "Hồ sơ chỉ được hẹn lại một lần. Rất mong Ông/Bà thông cảm và nhận kết quả theo hẹn mới."
                    .to_owned(),
            ],
            signer: "NGƯỜI CÓ THẨM QUYỀN",
        },
        LetterForm::Stop => Words {
            title: "Thông báo dừng giải quyết hồ sơ",
            opening:
                "Ông/Bà đã yêu cầu dừng giải quyết hồ sơ khi chưa có kết quả. Cơ quan tiếp nhận thông báo \
                      dừng giải quyết hồ sơ kể từ thời điểm này."
                    .to_owned(),
            facts: vec![("Thời điểm dừng", hour_and_day(data.written_at)), ("Lý do", data.reason.clone())],
            closing: vec!["Ông/Bà có thể nộp hồ sơ mới bất cứ lúc nào.".to_owned()],
            signer: "CƠ QUAN TIẾP NHẬN",
        },
    }
}

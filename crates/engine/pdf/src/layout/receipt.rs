//! Form 01: receipt of a dossier with the appointment for its result (Circular 03/2025/TT-VPCP, Appendix I).

use super::world::typeset;
use super::{Laid, hour_and_day, qr, vietnamese_date};
use crate::problem::LayoutError;
use crate::sign::SEAL_SIZE;
use d06_kernel::port::document::ReceiptData;
use d06_kernel::time::local;
use serde_json::json;

/// Lays out the receipt.
///
/// # Errors
/// A defect of the template.
pub fn receipt(data: &ReceiptData) -> Result<Laid, LayoutError> {
    let received = local(data.received_at);
    let papers: Vec<_> =
        data.papers.iter().map(|p| json!({ "name": p.name, "files": p.files, "waived": p.waived })).collect();
    let view = json!({
        "committee": data.committee,
        "unit": data.unit,
        "place": data.place,
        "code": data.code,
        "date": vietnamese_date(received),
        "applicant": data.applicant,
        "number": data.number.as_str(),
        "address": data.address,
        "phone": data.phone,
        "procedure": data.procedure,
        "procedure-code": data.procedure_code,
        "papers": papers,
        "received": hour_and_day(data.received_at),
        "due": hour_and_day(data.due_at),
        "time-allowed": data.time_allowed,
        "hand-out": data.hand_out,
        "fee": dong(data.fee),
        "officer": data.officer,
        "lookup": data.lookup_url,
        "qr": qr::runs(&data.lookup_url),
    });
    let typeset = typeset("receipt.typ", &view)?;
    let pdf = typeset.pdf(&data.code, received)?;
    Ok(Laid { pdf, signature: typeset.place("seal", SEAL_SIZE, SEAL_SIZE) })
}

/// Whole đồng with dots between thousands; free of charge in words.
fn dong(amount: i64) -> String {
    if amount == 0 {
        return "Không thu phí, lệ phí".to_owned();
    }
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{out} đồng")
}

#[cfg(test)]
mod tests {
    use super::dong;

    #[test]
    fn money_has_dots() {
        assert_eq!(dong(0), "Không thu phí, lệ phí");
        assert_eq!(dong(8_000), "8.000 đồng");
        assert_eq!(dong(1_250_000), "1.250.000 đồng");
        assert_eq!(dong(100), "100 đồng");
    }
}

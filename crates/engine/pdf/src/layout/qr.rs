//! The QR code of a look-up address, as a vector.

use qrcodegen::{QrCode, QrCodeEcc};
use serde_json::{Value, json};

/// The side and the dark runs of a QR code: `{"side": n, "runs": [[x, y, length], …]}`; `null` for a text too long for
/// any code.
pub(super) fn runs(text: &str) -> Value {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return Value::Null };
    let mut runs = Vec::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|at| code.get_module(*at, y)).count();
            let step = i32::try_from(length).unwrap_or(0);
            if step > 0 {
                runs.push(json!([x, y, step]));
            }
            x += step + 1;
        }
    }
    json!({ "side": code.size(), "runs": runs })
}

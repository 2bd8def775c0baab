//! Pictures: whole, and not larger than a scanner makes them.

use super::damaged;
use crate::limits::Limits;
use d06_kernel::Problem;

/// The last chunk of every PNG: length 0, type `IEND`, its checksum (PNG, 3rd edition, §11.2.5).
const PNG_END: &[u8] = b"\0\0\0\0IEND\xAE\x42\x60\x82";

/// A PNG begins with its header chunk and ends with `IEND`.
pub(super) fn check_png(content: &[u8], limits: &Limits) -> Result<(), Problem> {
    let word = |at: usize| content.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    let header = content.get(12..16) == Some(b"IHDR".as_slice());
    let (Some(width), Some(height), true, true) = (word(16), word(20), header, content.ends_with(PNG_END))
    else {
        return Err(damaged());
    };
    check_pixels(width.into(), height.into(), limits)
}

/// A JPEG has a frame header before its data and ends with `FF D9`, perhaps followed by padding (ITU-T T.81 B.1).
pub(super) fn check_jpeg(content: &[u8], limits: &Limits) -> Result<(), Problem> {
    let end = content.iter().rposition(|byte| *byte != 0).unwrap_or(0);
    if content.get(end.saturating_sub(1)..=end) != Some(&[0xFF, 0xD9]) {
        return Err(damaged());
    }
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = content.get(at..at + 4) {
        // SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC).
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let Some(&[h1, h2, w1, w2]) = content.get(at + 5..at + 9) else { return Err(damaged()) };
            return check_pixels(
                u16::from_be_bytes([w1, w2]).into(),
                u16::from_be_bytes([h1, h2]).into(),
                limits,
            );
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    Err(damaged())
}

fn check_pixels(width: u64, height: u64, limits: &Limits) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    if width.saturating_mul(height) > limits.pixels {
        return Err(Problem::invalid("file.picture-too-large").with("limit", limits.pixels));
    }
    Ok(())
}

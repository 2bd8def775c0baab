//! Packed streams are measured before anything is unpacked into memory: a few bytes may unpack to gigabytes.

use crate::error::ReadError;
use crate::limits;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Refuses a file whose streams unpack to more than a document can have.
pub(crate) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut left = limits::STREAMS;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = &rest[at + b"stream".len()..];
        let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if is_zlib(body) {
            measure(body, &mut left, 0)?;
        }
    }
    Ok(())
}

/// Unpacks into a small window only; what comes out may be packed again.
fn measure(packed: &[u8], left: &mut u64, depth: usize) -> Result<(), ReadError> {
    let mut inflated = ZlibDecoder::new(packed);
    let mut window = vec![0_u8; 64 * 1024];
    let mut again: Option<Vec<u8>> = None;
    // A stream that ends in rubbish still counts as far as it went.
    while let Ok(count @ 1..) = inflated.read(&mut window) {
        *left = left.checked_sub(count as u64).ok_or(ReadError::Explodes)?;
        match &mut again {
            Some(whole) => whole.extend_from_slice(&window[..count]),
            None if inflated.total_out() == count as u64 && is_zlib(&window[..count]) => {
                again = Some(window[..count].to_vec());
            }
            None => {}
        }
    }
    match again {
        Some(_) if depth >= 3 => Err(ReadError::Explodes),
        Some(whole) => measure(&whole, left, depth + 1),
        None => Ok(()),
    }
}

/// Whether bytes begin like a zlib stream (RFC 1950).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [method, flags, ..]
        if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

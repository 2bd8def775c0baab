//! PDF: whole, and quiet. The look is for names, in the plain objects and in the packed ones (object streams), and
//! errs on the side of care: a name inside a text counts too.

use super::{Caution, damaged};
use d06_kernel::Problem;
use std::io::Read;

/// Where the end mark must stand: within the last 1,024 bytes (ISO 32000-1 Annex H.3).
const END_WINDOW: usize = 1024;

/// Most bytes unpacked out of object streams.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;

/// The names that make a PDF act, and what they mean (ISO 32000-1 §12.6.4, §7.11.4, §13.6).
const NAMES: [(&[u8], Caution); 6] = [
    (b"JavaScript", Caution::Script),
    (b"JS", Caution::Script),
    (b"Launch", Caution::Launch),
    (b"EmbeddedFile", Caution::Attachment),
    (b"EmbeddedFiles", Caution::Attachment),
    (b"RichMedia", Caution::Attachment),
];

/// Checks that the file is whole and lists reasons for care.
pub(super) fn look(content: &[u8]) -> Result<Vec<Caution>, Problem> {
    let tail = &content[content.len().saturating_sub(END_WINDOW)..];
    if !content.starts_with(b"%PDF-") || !holds(tail, b"%%EOF") || !holds(tail, b"startxref") {
        return Err(damaged());
    }
    let mut cautions = Vec::new();
    note_names(content, &mut cautions);
    if names(content).any(|name| name == b"Encrypt") {
        cautions.push(Caution::Locked);
    }
    let mut left = MOST_UNPACKED;
    for packed in object_streams(content) {
        let mut plain = Vec::new();
        let mut inflated = zip_inflate(packed).take(left);
        // A stream that ends in rubbish still gives what came before.
        let _ = inflated.read_to_end(&mut plain);
        left = left.saturating_sub(plain.len() as u64);
        note_names(&plain, &mut cautions);
    }
    if left == 0 {
        return Err(Problem::invalid("file.archive-explodes"));
    }
    Ok(cautions)
}

fn note_names(content: &[u8], cautions: &mut Vec<Caution>) {
    for name in names(content) {
        for (active, caution) in NAMES {
            if name == active && !cautions.contains(&caution) {
                cautions.push(caution);
            }
        }
    }
}

/// Every name of the content, with `#xx` undone, so that `/J#53` is `JS` (ISO 32000-1 §7.3.5).
fn names(content: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    content.split(|byte| *byte == b'/').skip(1).map(|rest| {
        let ends = |b: &u8| b.is_ascii_whitespace() || *b == 0 || b"()<>[]{}/%".contains(b);
        let raw = &rest[..rest.iter().take(64).position(ends).unwrap_or(rest.len().min(64))];
        unescape(raw)
    })
}

fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let coded = raw.get(at + 1..at + 3).filter(|_| raw[at] == b'#');
        let byte =
            coded.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match byte {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(raw[at]);
                at += 1;
            }
        }
    }
    out
}

/// The packed bytes of each object stream (ISO 32000-1 §7.5.7).
fn object_streams(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    let key: &[u8] = b"/ObjStm";
    content.windows(key.len()).enumerate().filter(move |(_, window)| *window == key).filter_map(|(at, _)| {
        let rest = &content[at..];
        let begin = find(rest, b"stream")? + b"stream".len();
        let body = rest[begin..].strip_prefix(b"\r\n").or_else(|| rest[begin..].strip_prefix(b"\n"))?;
        Some(&body[..find(body, b"endstream").unwrap_or(body.len())])
    })
}

fn zip_inflate(packed: &[u8]) -> impl Read + '_ {
    flate2::read::ZlibDecoder::new(packed)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    find(haystack, needle).is_some()
}

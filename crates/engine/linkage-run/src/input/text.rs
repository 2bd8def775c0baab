//! Encodings of text files: UTF-8 with or without a mark, UTF-16, and what offices typed before Unicode.

use std::io::{BufRead, BufReader, Read};

const BUFFER: usize = 1 << 18;

/// The text without the mark that tells UTF-8.
pub(super) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// Whether bytes are no text: control characters that no program writes into one, and no mark of UTF-16.
pub(super) fn is_binary(start: &[u8]) -> bool {
    let is_wide = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    !is_wide && start.iter().any(|byte| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f))
}

/// A stream of UTF-8 as far as a byte order mark tells. Without one the bytes stay as they are: [`field`] decides for
/// every field.
pub(super) fn unicode(input: Box<dyn Read + Send>) -> std::io::Result<Box<dyn Read + Send>> {
    let mut input = BufReader::with_capacity(BUFFER, input);
    let start = input.fill_buf()?;
    match start {
        [0xef, 0xbb, 0xbf, ..] => {
            input.consume(3);
            Ok(Box::new(input))
        }
        [0xff, 0xfe, ..] => {
            input.consume(2);
            Ok(Box::new(Utf16::new(input, u16::from_le_bytes)))
        }
        [0xfe, 0xff, ..] => {
            input.consume(2);
            Ok(Box::new(Utf16::new(input, u16::from_be_bytes)))
        }
        _ => Ok(Box::new(input)),
    }
}

/// UTF-16 read as UTF-8. Half characters become U+FFFD.
struct Utf16<R> {
    input: R,
    order: fn([u8; 2]) -> u16,
    ready: Vec<u8>,
    taken: usize,
    /// A byte or a high surrogate that waits for its other half.
    odd: Option<u8>,
    high: Option<u16>,
}

impl<R: BufRead> Utf16<R> {
    fn new(input: R, order: fn([u8; 2]) -> u16) -> Self {
        Self { input, order, ready: Vec::new(), taken: 0, odd: None, high: None }
    }

    fn refill(&mut self) -> std::io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        let bytes = self.input.fill_buf()?;
        let read = bytes.len();
        let mut units = Vec::with_capacity(read / 2 + 2);
        units.extend(self.high.take());
        let mut bytes = self.odd.take().into_iter().chain(bytes.iter().copied());
        while let Some(first) = bytes.next() {
            match bytes.next() {
                Some(second) => units.push((self.order)([first, second])),
                None => self.odd = Some(first),
            }
        }
        self.input.consume(read);
        if read > 0 && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.high = units.pop();
        }
        let mut buffer = [0; 4];
        for unit in char::decode_utf16(units) {
            let c = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.ready.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
        if read > 0 && self.ready.is_empty() { self.refill() } else { Ok(()) }
    }
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.ready.len() {
            self.refill()?;
        }
        let count = buffer.len().min(self.ready.len() - self.taken);
        buffer[..count].copy_from_slice(&self.ready[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

/// The text of a field. Bytes that are not UTF-8 are shown as Windows-1252 shows them, which is how TCVN3 and VNI texts
/// reach the normaliser; it recovers the letters.
pub(super) fn field(bytes: &[u8], recoded: &mut u64) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            *recoded += 1;
            bytes.iter().map(|byte| windows_1252(*byte)).collect()
        }
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unicode(Box::new(std::io::Cursor::new(bytes.to_vec()))).unwrap().read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn marks_are_understood_and_dropped() {
        assert_eq!(read(b"\xef\xbb\xbfa,b"), b"a,b");
        assert_eq!(read(b"a,b"), b"a,b");
        let text = "Họ tên\tNăm 𠀀\n";
        for (mark, order) in
            [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
        {
            let mut bytes = mark.to_vec();
            bytes.extend(text.encode_utf16().flat_map(order));
            assert_eq!(read(&bytes), text.as_bytes());
        }
    }

    #[test]
    fn half_a_character_at_the_end_is_no_trouble() {
        assert_eq!(read(&[0xff, 0xfe, b'a', 0, b'b']), b"a");
        assert_eq!(read(&[0xff, 0xfe, 0x00, 0xd8]), "\u{fffd}".as_bytes());
    }

    #[test]
    fn other_bytes_are_shown_as_windows_1252() {
        let mut recoded = 0;
        assert_eq!(field("Nguyễn".as_bytes(), &mut recoded), "Nguyễn");
        // TCVN3: `Nguyễn` has the byte D4.
        assert_eq!(field(b"Nguy\xd4n", &mut recoded), "NguyÔn");
        assert_eq!(recoded, 1);
    }
}

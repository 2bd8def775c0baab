//! Text that was read in the wrong encoding.
//!
//! Before Unicode, Vietnamese was written with fonts that showed Vietnamese letters in the places of Western
//! ones. Files of that time, and much that was copied out of them, hold the Western letters: `NguyÔn V¨n
//! Hïng` (TCVN 5712:1993, the "ABC" fonts of the North), `Nguyeãn Vaên Huøng` (VNI, the South), bytes of
//! Windows-1258. And UTF-8 that was read as Windows-1252 looks like `Nguyá»…n VÄƒn HÃ¹ng`.
//!
//! Which one it was is not recorded anywhere, and the letters alone do not tell (every letter of `Vaên` is a
//! Vietnamese one), so each reading is tried and the one whose syllables Vietnamese has is taken; see
//! [`super::clean`]. Text that is sound as it stands is never touched. A value of one or two letters can be
//! right in two readings (`Vò` is a word, and `Vũ` in TCVN3): then it stays, and [`Encoding::guess`], asked
//! about the whole column, knows better.

use super::text::settle;

/// How a text was stored before it was read as Western text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// Nothing is wrong with it.
    Sound,
    /// UTF-8, once or several times over.
    Utf8,
    /// TCVN 5712:1993 VN3, the fonts `.VnTime` and their like ("ABC").
    Tcvn3,
    /// VNI-Windows: a Western letter for each mark, after its vowel.
    Vni,
    /// Windows-1258: marks of tone as characters of their own.
    Windows1258,
}

/// The encodings that are tried.
const TRIED: [Encoding; 4] = [Encoding::Utf8, Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258];

/// TCVN3 from byte 0xA1 on; a space stands for bytes that it leaves free.
const TCVN3: &str =
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// VNI: the character after a vowel, and the combining marks it stands for.
const VNI_MARKS: [(char, &str); 18] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
    ('ñ', ""),
];
/// VNI: characters that are letters by themselves.
const VNI_LETTERS: [(char, char); 7] =
    [('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// Windows-1258 where it differs from Windows-1252.
const WINDOWS_1258: [(char, char); 12] = [
    ('Ã', 'Ă'),
    ('ã', 'ă'),
    ('Õ', 'Ơ'),
    ('õ', 'ơ'),
    ('Ý', 'Ư'),
    ('ý', 'ư'),
    ('Ð', 'Đ'),
    ('ð', 'đ'),
    ('Ì', '\u{300}'),
    ('Ò', '\u{309}'),
    ('ì', '\u{301}'),
    ('ò', '\u{323}'),
];

/// Windows-1252 from 0x80 to 0x9F; undefined bytes pass as themselves (WHATWG Encoding Standard).
const HIGH_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Encoding {
    /// The encoding of a column, by how many of its values become sound in each. Sound text wins a draw.
    ///
    /// ```
    /// use d06_linkage::normal::Encoding;
    /// assert_eq!(Encoding::guess(["Vò ThÞ Lª", "Vò An", "TrÇn H¶i"]), Encoding::Tcvn3);
    /// assert_eq!(Encoding::guess(["Vò", "Trần Hải"]), Encoding::Sound);
    /// ```
    pub fn guess<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut oddities = [0_u64; TRIED.len() + 1];
        for value in values.into_iter().filter(|value| !value.is_ascii()) {
            let direct = u64::from(settle(value).oddities);
            let read = TRIED.map(|encoding| {
                // A value that cannot have been stored so speaks against it with all its letters.
                encoding.read(value).map_or(direct + 3, |text| u64::from(settle(&text).oddities))
            });
            for (sum, add) in oddities.iter_mut().zip(std::iter::once(direct).chain(read)) {
                *sum += add;
            }
        }
        let candidates = std::iter::once(Self::Sound).chain(TRIED);
        candidates.zip(oddities).min_by_key(|(_, odd)| *odd).map_or(Self::Sound, |(encoding, _)| encoding)
    }

    /// The text as it was meant; `None` if it cannot have been stored so.
    pub fn read(self, text: &str) -> Option<String> {
        match self {
            Self::Sound => Some(text.to_owned()),
            Self::Utf8 => {
                let repaired = d06_kernel::text::repair(text);
                repaired.damage.contains(&d06_kernel::text::Damage::Mojibake).then_some(repaired.text)
            }
            Self::Tcvn3 => text.chars().map(tcvn3).collect(),
            Self::Vni => vni(text),
            Self::Windows1258 => text.chars().map(|c| byte_of(c).map(|_| windows_1258(c))).collect(),
        }
    }
}

/// Every other reading of a text.
pub(super) fn readings(text: &str) -> impl Iterator<Item = String> {
    TRIED.into_iter().filter_map(move |encoding| encoding.read(text))
}

/// The character of a byte in Windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    usize::from(byte)
        .checked_sub(0x80)
        .and_then(|index| HIGH_1252.get(index))
        .copied()
        .unwrap_or(char::from(byte))
}

/// The byte that Windows-1252 or Latin-1 shows as this character.
fn byte_of(c: char) -> Option<u8> {
    let high = || HIGH_1252.iter().position(|high| *high == c).map(|index| 0x80 + index);
    u8::try_from(u32::from(c)).ok().or_else(|| u8::try_from(high()?).ok())
}

fn tcvn3(c: char) -> Option<char> {
    let byte = byte_of(c)?;
    let letter = usize::from(byte).checked_sub(0xA1).and_then(|index| TCVN3.chars().nth(index));
    Some(letter.filter(|letter| *letter != ' ').unwrap_or(c))
}

fn windows_1258(c: char) -> char {
    match c {
        'Þ' => '\u{303}',
        _ => WINDOWS_1258.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to),
    }
}

fn vni(text: &str) -> Option<String> {
    let mut read = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for capital in text.chars() {
        byte_of(capital)?;
        let c = capital.to_lowercase().next().unwrap_or(capital);
        let follows = matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ô' | 'ö');
        let mark = VNI_MARKS.iter().find(|(from, marks)| *from == c && !marks.is_empty());
        match (mark, VNI_LETTERS.iter().find(|(from, _)| *from == c)) {
            (Some((_, marks)), _) if follows => read.push_str(marks),
            (_, Some((_, letter))) => read.push(*letter),
            _ => read.push(c),
        }
        before = c;
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::*;
    use proptest::prelude::*;

    const PEOPLE: [(&str, &str, &str); 8] = [
        ("nguyễn văn hùng", "NguyÔn V¨n Hïng", "Nguyeãn Vaên Huøng"),
        ("trần thị lựu", "TrÇn ThÞ Lùu", "Traàn Thò Löïu"),
        ("đỗ đình được", "§ç §×nh §\u{ad}îc", "Ñoã Ñình Ñöôïc"),
        ("phạm thị phượng", "Ph¹m ThÞ Ph\u{ad}îng", "Phaïm Thò Phöôïng"),
        ("lê thị bưởi", "Lª ThÞ B\u{ad}ëi", "Leâ Thò Böôûi"),
        ("bùi thị thủy", "Bïi ThÞ Thñy", "Buøi Thò Thuûy"),
        ("vũ xuân khỏe", "Vò Xu©n Kháe", "Vuõ Xuaân Khoûe"),
        ("hoàng ngọc ẩn", "Hoµng Ngäc Èn", "Hoaøng Ngoïc Aån"),
    ];

    #[test]
    fn tcvn3_and_vni() {
        assert_eq!(TCVN3.chars().count(), 0xFE - 0xA1 + 1);
        for (name, abc, southern) in PEOPLE {
            assert_eq!(clean(abc).text, name, "{abc}");
            assert_eq!(clean(southern).text, name, "{southern}");
            assert_eq!(clean(&southern.to_uppercase()).text, name, "{southern}");
            assert_eq!(clean(name).text, name);
        }
    }

    #[test]
    fn utf8_and_windows_1258() {
        assert_eq!(clean("Ä\u{90}á»— Thá»‹ Háº±ng").text, "đỗ thị hằng");
        assert_eq!(clean("Nguyá»\u{85}n").text, "nguyễn");
        assert_eq!(clean("NguyêÞn Thiò Hôòng").text, "nguyễn thị hộng");
    }

    #[test]
    fn sound_text_is_left_alone() {
        for sound in ["Lò Văn Ón", "André", "Niê", "Y Bkrông", "Vò", "Đèo Văn Ín", "Hồ Ý", "José Ángel"]
        {
            assert_eq!(clean(sound), settle(sound), "{sound}");
        }
    }

    #[test]
    fn a_column_tells_what_a_value_cannot() {
        let abc: Vec<&str> = PEOPLE.iter().map(|(_, abc, _)| *abc).collect();
        let vni: Vec<&str> = PEOPLE.iter().map(|(_, _, vni)| *vni).collect();
        let sound: Vec<&str> = PEOPLE.iter().map(|(name, _, _)| *name).collect();
        assert_eq!(Encoding::guess(abc), Encoding::Tcvn3);
        assert_eq!(Encoding::guess(vni), Encoding::Vni);
        assert_eq!(Encoding::guess(sound), Encoding::Sound);
        assert_eq!(Encoding::guess([]), Encoding::Sound);
        assert_eq!(Encoding::Tcvn3.read("Vò").as_deref(), Some("Vũ"));
    }

    /// The TCVN3 text of a name, as Western letters.
    fn store_tcvn3(name: &str) -> String {
        let place = |c: char| TCVN3.chars().position(|letter| letter == c && c != ' ');
        name.chars().map(|c| place(c).map_or(c, |at| char::from(0xA1 + u8::try_from(at).unwrap()))).collect()
    }

    proptest! {
        #[test]
        fn names_survive_tcvn3(
            name in "(nguyễn|trần|phạm|đặng|bùi|vũ)( (văn|thị|đình|ngọc|hữu)){1,2} (hùng|lệ|thắng|dũng|nhị|ổn)",
        ) {
            prop_assert_eq!(clean(&store_tcvn3(&name)).text, settle(&name).text);
        }
    }
}

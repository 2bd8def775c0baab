//! Names of agencies and units: where a name begins, and how a list of them is parted.

use crate::compiled::{Warning, WarningCode};
use crate::folded::Folded;

/// Words that names of agencies begin with, folded.
const HEADS: [&str; 66] = [
    "so",
    "bo",
    "cong an",
    "uy ban nhan dan",
    "uy ban",
    "ubnd",
    "ub mttq",
    "hdnd",
    "hoi dong nhan dan",
    "van phong",
    "trung tam",
    "phong",
    "ban",
    "chi cuc",
    "chi nhanh",
    "cuc",
    "tong cuc",
    "thue",
    "co quan thue",
    "kho bac",
    "bao hiem",
    "ngan hang",
    "toa an",
    "vien",
    "vien kiem sat",
    "thanh tra",
    "bo phan",
    "tram y te",
    "truong",
    "dai",
    "bao",
    "buu dien",
    "vnpt",
    "viettel",
    "mobifone",
    "mat tran to quoc",
    "doan thanh nien",
    "hoi",
    "lien doan",
    "dang uy",
    "thanh uy",
    "tinh uy",
    "huyen uy",
    "to cong tac",
    "to cong nghe so",
    "to da06",
    "to de an",
    "cong chuc",
    "thu truong",
    "chu tich",
    "lanh dao",
    "giam doc",
    "can bo",
    "cac",
    "co quan",
    "don vi",
    "doanh nghiep",
    "hop tac xa",
    "tong cong ty",
    "cong ty",
    "tu phap",
    "to chuc",
    "cang hang khong",
    "benh vien",
    "van hoa",
    "dia phuong",
];

/// Words after which a head belongs to the same name: "Văn phòng UBND xã", "thuộc Sở Y tế".
const JOINERS: [&str; 22] = [
    "cua", "thuoc", "phong", "chuc", "tai", "voi", "qua", "hdnd", "truc", "cac", "-", "nganh", "mon", "va",
    "khu", "can", "bo", "truong", "cung", "cho", "doc", "tich",
];

/// Words that begin what an agency is to do, after its name.
const VERBS: [&str; 78] = [
    "phoi hop",
    "chu tri",
    "tiep tuc",
    "to chuc",
    "chi dao",
    "trien khai",
    "thuc hien",
    "tham muu",
    "ra soat",
    "xay dung ke hoach",
    "day manh",
    "huong dan",
    "nghien cuu",
    "co trach nhiem",
    "theo doi",
    "khan truong",
    "lam dau moi",
    "tang cuong",
    "cung cap",
    "chu dong",
    "bao dam",
    "dam bao",
    "quan triet",
    "de xuat",
    "hoan thanh",
    "uu tien",
    "tong hop",
    "bao cao",
    "duy tri",
    "trinh",
    "thuong xuyen",
    "xay dung va",
    "tuyen truyen",
    "bo tri",
    "can cu",
    "ban hanh",
    "xay dung",
    "tham dinh",
    "cap nhat",
    "thuc day",
    "don doc",
    "lam sach",
    "so hoa",
    "ket noi",
    "nang cap",
    "tap huan",
    "van dong",
    "hoan thien",
    "kich hoat",
    "cai dat",
    "khao sat",
    "kien nghi",
    "khac phuc",
    "xu ly",
    "giai quyet",
    "kiem tra",
    "giam sat",
    "thong ke",
    "thu thap",
    "dong bo",
    "chuan hoa",
    "chuan bi",
    "xac minh",
    "chia se",
    "tich hop",
    "mo rong",
    "phan dau",
    "bo sung",
    "phan cong",
    "phat dong",
    "thiet lap",
    "nhan rong",
    "thong bao",
    "cong khai",
    "danh gia",
    "so ket",
    "tong ket",
    "van hanh",
];

/// Whether an agency's name begins at this position of a folded text; gives the length of the head.
pub(crate) fn head_at(ascii: &str, at: usize) -> Option<usize> {
    let rest = ascii.get(at..)?;
    let before = at.checked_sub(1).and_then(|i| ascii.as_bytes().get(i));
    if before.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    HEADS
        .iter()
        .filter(|head| rest.starts_with(**head))
        .filter(|head| rest.as_bytes().get(head.len()).is_none_or(|b| !b.is_ascii_alphanumeric()))
        .map(|head| head.len())
        .max()
}

/// Whether the words before a position carry a name on, so that a head there is part of it.
pub(crate) fn joined_to_before(ascii: &str, at: usize) -> bool {
    let before = ascii.get(..at.min(ascii.len())).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    JOINERS.contains(&word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
}

/// Words that begin names of agencies but also plain sentences ("Tổ chức các lớp đào tạo").
const WEAK_HEADS: [&str; 8] =
    ["to chuc", "don vi", "co quan", "doanh nghiep", "hop tac xa", "can bo", "bao", "hoi"];

/// Parts a list of units: "Công an xã và các phòng, UBND xã" gives three. A name with commas or "và" inside
/// ("Sở Lao động, Thương binh và Xã hội") stays whole.
pub fn split_units(text: &str, line: u32, warnings: &mut Vec<Warning>) -> Vec<String> {
    let folded = Folded::new(text);
    let ascii = folded.ascii();
    let mut cuts = vec![0];
    let mut depth = 0_i32;
    for (at, byte) in ascii.bytes().enumerate() {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        if depth > 0 {
            continue;
        }
        // A new paragraph of a cell begins a unit, or carries a long name on.
        let paragraph = byte == b'\n' && {
            let next = ascii.get(at + 1..).unwrap_or_default();
            next.starts_with(['-', '+']) || head_at(ascii, at + 1).is_some() && folded.is_upper(at + 1)
        };
        if byte == b';' || paragraph {
            cuts.push(at + 1);
        } else if at > 0 && begins_unit(&folded, at) {
            if !ascii.get(..at).unwrap_or_default().trim_end().ends_with([',', ';'])
                && !follows_and(ascii, at)
            {
                let message = format!("\"{text}\": two units without a mark between them");
                warnings.push(Warning::new(WarningCode::UnitsGlued, line, message));
            }
            cuts.push(at);
        }
    }
    cuts.push(folded.len());
    let parts = cuts.windows(2).map(|pair| tidy(folded.slice(pair[0], pair[1])));
    let mut units: Vec<String> = Vec::new();
    for unit in parts.filter(|unit| !unit.is_empty()) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// The agency a text begins with ("Giao Sở Y tế phối hợp với …" gives "Sở Y tế") and where its name ends.
pub(crate) fn leading_agency<'a>(folded: &Folded<'a>) -> Option<(&'a str, usize)> {
    let ascii = folded.ascii();
    let skipped = ["giao cho ", "giao ", "de nghi ", "yeu cau ", "phan cong "]
        .iter()
        .find(|opening| ascii.starts_with(**opening))
        .map_or(0, |opening| opening.len());
    let head = head_at(ascii, skipped)?;
    if is_count(folded, skipped) {
        return None;
    }
    if skipped == 0 && WEAK_HEADS.contains(&ascii.get(..head)?) {
        return None;
    }
    let colon = ascii.find(':').unwrap_or(ascii.len());
    let verb = VERBS.iter().filter_map(|verb| first_verb(folded, verb, skipped)).min().unwrap_or(ascii.len());
    let end = colon.min(verb);
    let name = folded.slice(skipped, end).trim_end_matches([',', ':', '.', ';']);
    (!name.is_empty() && name.chars().count() < 200).then_some((name, end))
}

/// Whether the word here is "số", a number, which reads like "sở" without its marks.
fn is_count(folded: &Folded<'_>, at: usize) -> bool {
    folded.slice(at, folded.len()).to_lowercase().starts_with("số ")
}

/// Where a verb first stands that is not part of a name ("các tổ chức" is no verb).
fn first_verb(folded: &Folded<'_>, verb: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = folded.find_words(verb, at) {
        let before = folded.ascii().get(..found).unwrap_or_default().trim_end();
        let noun = before.ends_with(" cac")
            || before.ends_with("cac") && before.len() == 3
            || (verb == "huong dan" && before.ends_with("don vi"));
        let part_of_name = noun || folded.is_upper(found);
        if found > from && !part_of_name {
            return Some(found);
        }
        at = found + 1;
    }
    None
}

/// The units named after "phối hợp với" in a sentence.
pub(crate) fn coordinating_in(text: &str, line: u32, warnings: &mut Vec<Warning>) -> Vec<String> {
    let folded = Folded::new(text);
    let named = ["phoi hop voi", "phoi hop cung"]
        .iter()
        .find_map(|words| Some((folded.find_words(words, 0)? + words.len(), false)))
        .or_else(|| Some((folded.find_words("phoi hop", 0)? + "phoi hop".len(), true)));
    let Some((at, bare)) = named else { return Vec::new() };
    let start = folded.skip_blanks(at);
    // "phối hợp số 62" names no body: without "với" only a name with a capital counts.
    if head_at(folded.ascii(), start).is_none() || bare && !folded.is_upper(start) {
        return Vec::new();
    }
    let stop = folded.ascii()[start..].find(['.', ';', ':', '(']).map_or(folded.len(), |i| start + i);
    let verb = VERBS.iter().filter_map(|verb| first_verb(&folded, verb, start)).min().unwrap_or(stop);
    let purpose = ["de", "trong", "nham", "khi"].iter().filter_map(|w| folded.find_words(w, start)).min();
    let end = stop.min(verb).min(purpose.unwrap_or(stop));
    split_units(folded.slice(start, end).trim_end_matches(','), line, warnings)
}

/// Whether a unit begins here inside a list.
fn begins_unit(folded: &Folded<'_>, at: usize) -> bool {
    let ascii = folded.ascii();
    if head_at(ascii, at).is_none() || is_count(folded, at) {
        return false;
    }
    let before = ascii.get(..at).unwrap_or_default().trim_end();
    // One office serves both: "Văn phòng HĐND và UBND xã".
    let council = ["hdnd va", "hdnd,", "hoi dong nhan dan va"].iter().any(|words| before.ends_with(words));
    let committee = ["ubnd", "uy ban nhan dan"].iter().any(|words| ascii[at..].starts_with(words));
    if council && committee && before.contains("van phong") {
        return false;
    }
    let listed = before.ends_with([',', ';', '\n']) || follows_and(ascii, at);
    if listed {
        let agency_of_another = follows_and(ascii, at) && ascii[at..].starts_with("don vi ");
        return folded.is_upper(at) || ascii[at..].starts_with("cac ") || agency_of_another;
    }
    // A name that follows on without any mark: only a well-known beginning counts.
    let strong = ["cong an", "ubnd", "uy ban nhan dan", "so "];
    folded.is_upper(at)
        && strong.iter().any(|head| ascii[at..].starts_with(head))
        && !joined_to_before(ascii, at)
        && before.len() > 3
}

/// Whether the word before is "và" and not the last part of a longer name.
fn follows_and(ascii: &str, at: usize) -> bool {
    ascii.get(..at).unwrap_or_default().trim_end().ends_with(" va")
}

/// A name without the marks and words around it.
fn tidy(name: &str) -> String {
    let name = name.trim().trim_start_matches("và ").trim();
    let name = name.strip_suffix(" và").unwrap_or(name);
    let name = &name.replace('\n', " ");
    name.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '-' | '+') || c.is_whitespace())
        .trim_end_matches('.')
        .trim_end_matches(['…', ','])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        split_units(text, 1, &mut Vec::new())
    }

    #[test]
    fn lists_are_parted_and_names_stay_whole() {
        assert_eq!(units("Công an xã và các phòng, UBND xã"), ["Công an xã", "các phòng", "UBND xã"]);
        assert_eq!(
            units("Sở Lao động, Thương binh và Xã hội, Bảo hiểm xã hội."),
            ["Sở Lao động, Thương binh và Xã hội", "Bảo hiểm xã hội"]
        );
        assert_eq!(units("Các sở, ban, ngành, địa phương."), ["Các sở, ban, ngành, địa phương"]);
        assert_eq!(
            units("Trung tâm hành chính công (Văn phòng UBND xã); Công an xã"),
            ["Trung tâm hành chính công (Văn phòng UBND xã)", "Công an xã"]
        );
        assert_eq!(units("Sở Khoa học và Công nghệ"), ["Sở Khoa học và Công nghệ"]);
        assert_eq!(units("Văn phòng HĐND UBND xã"), ["Văn phòng HĐND UBND xã"]);
    }

    #[test]
    fn glued_names_are_parted_and_told() {
        let mut warnings = Vec::new();
        let units = split_units("Các cơ sở giáo dục trên địa bàn Công an xã", 4, &mut warnings);
        assert_eq!(units, ["Các cơ sở giáo dục trên địa bàn", "Công an xã"]);
        assert_eq!(warnings[0].code, WarningCode::UnitsGlued);
    }

    #[test]
    fn the_agency_of_a_directive() {
        let agency = |text: &str| leading_agency(&Folded::new(text)).map(|(name, _)| name.to_owned());
        assert_eq!(agency("Giao Sở Y tế phối hợp với Công an").as_deref(), Some("Sở Y tế"));
        assert_eq!(agency("Giao Công an thành phố:").as_deref(), Some("Công an thành phố"));
        assert_eq!(
            agency("Giao Cục Thuế thành phố tổ chức khai thác").as_deref(),
            Some("Cục Thuế thành phố")
        );
        assert_eq!(agency("Nâng cao chất lượng"), None);
    }

    #[test]
    fn who_takes_part() {
        let found = |text: &str| coordinating_in(text, 1, &mut Vec::new());
        assert_eq!(
            found("Chủ trì, phối hợp với Công an thành phố và các đơn vị có liên quan tiếp tục rà soát"),
            ["Công an thành phố", "các đơn vị có liên quan"]
        );
        assert!(found("phối hợp chặt chẽ").is_empty());
    }
}

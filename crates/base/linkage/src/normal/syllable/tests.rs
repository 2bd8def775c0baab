use super::*;
use proptest::prelude::*;

fn syllable(word: &str) -> Syllable {
    let mut syllable = Syllable::new();
    for c in word.chars() {
        assert!(syllable.push(Letter::of(c).unwrap()));
    }
    syllable
}

fn settled(word: &str) -> String {
    let mut syllable = syllable(word);
    syllable.settle();
    syllable.letters().iter().map(|letter| letter.char()).collect()
}

#[test]
fn one_spelling_for_each_syllable() {
    for (from, to) in [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("Thuỷ", "thủy"),
        ("hòang", "hoàng"),
        ("hoàng", "hoàng"),
        ("khoẻ", "khỏe"),
        ("quý", "quí"),
        ("quí", "quí"),
        ("qúy", "quí"),
        ("quà", "quà"),
        ("lý", "lí"),
        ("mỹ", "mĩ"),
        ("kỳ", "kì"),
        ("vy", "vi"),
        ("ý", "ý"),
        ("yến", "yến"),
        ("huỳnh", "huỳnh"),
        ("hùynh", "huỳnh"),
        ("nguỹên", "nguyễn"),
        ("gìa", "già"),
        ("gì", "gì"),
        ("giếng", "giếng"),
        ("ngoài", "ngoài"),
        ("hươù", "hườu"),
        ("thúy", "thúy"),
        ("tây", "tây"),
        ("bkrông", "bkrông"),
        ("nguyễnvăn", "nguyễnvăn"),
    ] {
        assert_eq!(settled(from), to, "{from}");
    }
}

#[test]
fn what_exists() {
    for word in [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "huỳnh",
        "hoàng",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "đoàn",
        "trịnh",
        "quách",
        "giáp",
        "ngạc",
        "nghiêm",
        "khổng",
        "khúc",
        "thượng",
        "tuyết",
        "loan",
        "oanh",
        "uyên",
        "khuê",
        "quỳnh",
        "quyền",
        "quốc",
        "gì",
        "giềng",
        "nghĩa",
        "thị",
        "văn",
        "thuý",
        "yến",
        "ý",
        "huệ",
        "luyến",
        "xuyến",
        "thoả",
        "khoẻ",
        "sỹ",
        "mỵ",
    ] {
        assert!(syllable(word).exists(), "{word}");
    }
    for word in ["vaên", "nguyeãn", "céng", "huøng", "niê", "ếo", "bát"] {
        assert_eq!(syllable_exists(word), word == "bát", "{word}");
    }
    assert!(!syllable("bàt").exists(), "a stopped syllable has no falling tone");
}

fn syllable_exists(word: &str) -> bool {
    let mut syllable = Syllable::new();
    word.chars().all(|c| Letter::of(c).is_some_and(|letter| syllable.push(letter))) && syllable.exists()
}

proptest! {
    #[test]
    fn settling_twice_is_settling_once(word in "[a-zđàảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]{1,8}") {
        let once = settled(&word);
        prop_assert_eq!(settled(&once), once);
    }
}

use super::super::{Normaliser, clean};
use super::Kin::{Child, CoHolder, Mother, Named, Representative, Spouse};
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static NORMALISER: LazyLock<Normaliser> = LazyLock::new(Normaliser::new);

fn people(raw: &str) -> Vec<(Kin, String)> {
    NORMALISER.people(raw).into_iter().map(|person| (person.kin, person.name.text)).collect()
}

fn check(raw: &str, expected: &[(Kin, &str)]) {
    let found = people(raw);
    let found: Vec<(Kin, &str)> = found.iter().map(|(kin, name)| (*kin, name.as_str())).collect();
    assert_eq!(found, expected, "{raw}");
}

#[test]
fn one_person_however_written() {
    for raw in [
        "Nguyễn Thị Hoà",
        "NGUYỄN THỊ HÒA",
        "Bà Nguyễn Thị Hòa",
        "bà: Nguyễn Thị Hòa",
        "Ông (bà): Nguyễn Thị Hòa",
        "Ông/Bà Nguyễn Thị Hòa",
        "Hộ bà Nguyễn Thị Hoà",
        "Hộ gia đình bà Nguyễn Thị Hoà",
        "Hộ GĐ bà Nguyễn Thị Hoà",
        "Nguyễn Thị Hòa (Tư)",
        "Nguyễn Thị Hòa (đã chết)",
        "Nguyễn Thị Hòa - sinh năm 1960",
        "Nguyễn Thị Hòa, địa chỉ: thôn Đông, xã Hà Bắc",
        "Nguyễn Thị Hòa, CMND số 012345678",
        "NguyễnThịHòa",
        "Nguyễn  Thị\tHoà.",
        "Hòa, Nguyễn Thị",
        "Hòa Thị Nguyễn",
        "Thị Hòa Nguyễn",
        "Nguy?n Thị Hòa",
        "Nguy\u{fffd}\u{fffd}n Thị Hòa",
        "Bµ NguyÔn ThÞ Hoµ",
    ] {
        check(raw, &[(Named, "nguyễn thị hòa")]);
    }
    for raw in ["BA NGUYEN THI HOA", "ho ba nguyen thi hoa"] {
        check(raw, &[(Named, "nguyen thi hoa")]);
    }
}

#[test]
fn names_that_look_like_words_of_the_table_stay() {
    for name in [
        "ông ích khiêm",
        "nguyễn thị lan anh",
        "phạm thị cùng",
        "trần văn con",
        "nguyễn sinh sắc",
        "lê văn sinh",
        "hồ văn anh",
        "võ văn hộ",
        "và a lử",
        "nguyễn văn và",
        "y bkrông",
        "anh",
        "nguyễn thị em",
        "đỗ thị cô",
    ] {
        check(name, &[(Named, name)]);
    }
}

#[test]
fn several_people_in_one_cell() {
    let both = [(Named, "nguyễn văn an"), (CoHolder, "trần thị bình")];
    for raw in [
        "Ông Nguyễn Văn An và bà Trần Thị Bình",
        "Ông Nguyễn Văn An bà Trần Thị Bình",
        "Nguyễn Văn An - Trần Thị Bình",
        "Nguyễn Văn An-Trần Thị Bình",
        "Nguyễn Văn An, Trần Thị Bình",
        "Nguyễn Văn An; Trần Thị Bình",
        "Nguyễn Văn An & Trần Thị Bình",
        "Nguyễn Văn An\nTrần Thị Bình",
        "Ông Nguyễn Văn An, sinh năm 1960, bà Trần Thị Bình, sinh năm 1962",
        "Nguyễn Văn An (1960), Trần Thị Bình (1962)",
        "Hộ ông Nguyễn Văn An cùng bà Trần Thị Bình",
        "vợ chồng ông Nguyễn Văn An, bà Trần Thị Bình",
    ] {
        check(raw, &both);
    }
    let married = [(Named, "nguyễn văn an"), (Spouse, "trần thị bình")];
    for raw in [
        "Hộ ông Nguyễn Văn An (vợ: Trần Thị Bình)",
        "Ông Nguyễn Văn An và vợ là bà Trần Thị Bình",
        "Nguyễn Văn An cùng vợ Trần Thị Bình",
        "Nguyễn Văn An, vợ là Trần Thị Bình, thường trú tại thôn Đông, xã Hà Bắc",
        "Nguyễn Văn An vợ Trần Thị Bình",
    ] {
        check(raw, &married);
    }
    check("Trần Thị Bình, con là Nguyễn Văn An", &[(Named, "trần thị bình"), (Child, "nguyễn văn an")]);
    check("Nguyễn Văn An; mẹ: Trần Thị Bình", &[(Named, "nguyễn văn an"), (Mother, "trần thị bình")]);
    check(
        "Hộ bà Trần Thị Bình (đại diện: ông Nguyễn Văn An)",
        &[(Named, "trần thị bình"), (Representative, "nguyễn văn an")],
    );
    check(
        "Nguyễn Văn An, Trần Thị Bình, Nguyễn Văn Cường",
        &[(Named, "nguyễn văn an"), (CoHolder, "trần thị bình"), (CoHolder, "nguyễn văn cường")],
    );
}

#[test]
fn what_stands_behind_a_name_is_kept_with_it() {
    let found =
        NORMALISER.people("Ông Lê Văn Cảnh (sinh năm 1955, CCCD 030055001234) - bà Vũ Thị Dịu (1958)");
    let told: Vec<(u16, &str, Option<Sex>)> =
        found.iter().map(|p| (p.birth_year, p.number.as_str(), p.name.sex)).collect();
    assert_eq!(told, [(1955, "030055001234", Some(Sex::Male)), (1958, "", Some(Sex::Female))]);
    assert_eq!(NORMALISER.people("Ông (bà) Lê Văn Cảnh")[0].name.sex, None);
}

#[test]
fn organisations_and_nothing_are_nobody() {
    for raw in ["", "   ", "---", "123", "Công ty TNHH Hoà Bình", "UBND xã Hà Bắc", "?", "."] {
        check(raw, &[]);
    }
}

#[test]
fn abbreviations_are_marked() {
    for (raw, text, abbreviated) in [
        ("Ng. V. An", "ng v an", 0b011),
        ("Ng.V.A", "ng v a", 0b111),
        ("Nguyễn V Hùng", "nguyễn v hùng", 0b010),
        ("Trg Thị Hg", "trường thị hoàng", 0),
        ("Y Bkrông", "y bkrông", 0),
        ("H'Hen Niê", "h hen niê", 0),
        ("Nguyễn Đ. Hùng", "nguyễn đ hùng", 0b010),
        ("Th. Lan", "th lan", 0b01),
    ] {
        let found = NORMALISER.people(raw);
        assert_eq!((found[0].name.text.as_str(), found[0].name.abbreviated), (text, abbreviated), "{raw}");
    }
}

#[test]
fn the_short_way_and_the_long_way_agree() {
    for raw in ["Nguyễn Văn Hùng", "TRAN THI MAI", "Lê Quốc Tuấn", "Phạm Thị Thuỳ Dương", "Đỗ Mười"]
    {
        let clean = clean(raw);
        assert!(is_plain_name(&NORMALISER.words, &clean), "{raw}");
        assert_eq!(read(&NORMALISER.words, clean.clone()), read_words(&NORMALISER.words, &clean));
    }
    for raw in ["Ông Nguyễn Văn Hùng", "Nguyễn Văn A", "Ng Văn Hùng", "Nguyễn Thị Anh", "Hùng", "Vàng A Lử"]
    {
        assert!(!is_plain_name(&NORMALISER.words, &clean(raw)), "{raw}");
    }
}

proptest! {
    #[test]
    fn a_normal_form_is_its_own_normal_form(raw in any::<String>()) {
        for person in NORMALISER.people(&raw) {
            let name = person.name;
            prop_assert_eq!(name.text.split(' ').count(), name.folded.split(' ').count());
            prop_assert!(!name.text.is_empty());
        }
    }

    #[test]
    fn names_are_their_own_normal_form(
        name in "(nguyễn|trần|lê|đỗ)( (văn|thị|đình|hữu|ngọc)){0,2} (an|bình|hòa|thủy|anh|mai|lan|hùng|sơn)",
    ) {
        let found = NORMALISER.names(&name);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].text, &name);
        prop_assert_eq!(NORMALISER.names(&found[0].text), found);
    }

    #[test]
    fn words_of_the_table_in_any_order_do_no_harm(
        raw in "((ông|bà|hộ|và|vợ|là|sinh|năm|1960|nguyễn|văn|thị|an|\\(|\\)|,|-|\\.|/|\\?)[ ]?){0,14}",
    ) {
        NORMALISER.people(&raw);
    }
}

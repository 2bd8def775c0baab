use super::super::Normaliser;
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static NORMALISER: LazyLock<Normaliser> = LazyLock::new(Normaliser::new);

#[test]
fn one_house_however_written() {
    for raw in [
        "Số 3, ngách 5, ngõ 12, đường Lê Lợi, phường Hà Đông, Hà Nội",
        "số nhà 3 ngách 5 ngõ 12 đường Lê Lợi, phường Hà Đông, thành phố Hà Nội",
        "12/5/3 Lê Lợi, phường Hà Đông, Hà Nội",
        "12/5/3 đường Lê Lợi - P. Hà Đông - TP Hà Nội",
        "So 3 ngach 5 ngo 12 duong Le Loi, phuong Ha Dong, Ha Noi",
        "SN 3 ngách 5 ngõ 12 phố Lê Lợi, P.Hà Đông, TP. Hà Nội, Việt Nam",
    ] {
        let address = NORMALISER.address(raw, "");
        assert_eq!((address.house.as_str(), address.street.as_str()), ("12/5/3", "le loi"), "{raw}");
        assert_eq!((address.commune_name.as_str(), address.province), ("ha dong", 1), "{raw}");
        assert_eq!(address.communes.len(), 1, "{raw}");
    }
}

#[test]
fn villages_of_before_and_of_today() {
    for (raw, commune) in [
        ("Thôn Đông, xã Tân Việt, huyện Thanh Hà, tỉnh Hải Dương", ""),
        ("Thôn Đông, Tân Việt, Thanh Hà, Hải Dương", ""),
        ("thôn Đông, xã Hà Bắc, thành phố Hải Phòng", ""),
        ("Thôn Đông - Xã Hà Bắc - Hải Phòng", ""),
        ("thon Dong, xa Ha Bac, Hai Phong", ""),
        ("Thôn Đông", "Xã Hà Bắc, Hải Phòng"),
        ("Thôn Đông, Hải Phòng", "Hà Bắc"),
        ("Thôn Đông", "10825"),
        ("Đông", "Hà Bắc, Hải Phòng"),
    ] {
        let address = NORMALISER.address(raw, commune);
        assert_eq!(address.hamlet, "dong", "{raw} | {commune}");
        assert_eq!((address.communes.as_slice(), address.province), (&[10_816][..], 31), "{raw} | {commune}");
    }
    let split = NORMALISER.address("Thôn Hạ, xã Hồng Lạc, huyện Thanh Hà, Hải Dương", "");
    assert_eq!(split.communes, [10_660, 10_816]);
    let namesake = NORMALISER.address("Thôn Đông", "Hà Bắc");
    assert_eq!(namesake.communes, [10_816, 15_274], "one of today, one that was in Thanh Hóa");
}

#[test]
fn towns_and_numbers() {
    for (raw, house, street, hamlet, commune, province) in [
        ("45/2A Nguyễn Trãi, P5, Q.3, TP.HCM", "45/2a", "nguyen trai", "", "5", 79),
        ("Hẻm 12/5 Trần Phú, phường 5, quận 3, TPHCM", "12/5", "tran phu", "", "5", 79),
        ("Tổ 5, khu phố 3, phường An Bình", "", "", "3", "an binh", 0),
        ("20A Lê Lợi", "20a", "le loi", "", "", 0),
        ("xã Dương Quang", "", "", "", "duong quang", 0),
        ("duong To Hien Thanh", "", "to hien thanh", "", "", 0),
        ("TDP số 3, P. Ái Quốc, TP. Hải Dương", "", "", "3", "ai quoc", 31),
        ("phường Hà Đông quận Hà Đông Hà Nội", "", "", "", "ha dong", 1),
    ] {
        let found = NORMALISER.address(raw, "");
        assert_eq!(
            (found.house.as_str(), found.street.as_str(), found.hamlet.as_str(), found.commune_name.as_str()),
            (house, street, hamlet, commune),
            "{raw}"
        );
        if province > 0 {
            assert_eq!(found.province, province, "{raw}");
        }
    }
    assert_eq!(NORMALISER.address("", ""), Address::default());
}

#[test]
fn communes_are_found_by_their_full_address() {
    let places = d06_kernel::place::Places::national().unwrap();
    for commune in places.communes().iter().step_by(3) {
        let address = NORMALISER.address(&format!("thôn 1, {}, {}", commune.name, commune.province), "");
        assert!(address.communes.contains(&commune.code.parse().unwrap()), "{} {address:?}", commune.name);
    }
    for old in places.old_communes().iter().step_by(7) {
        let raw = format!("thôn 1, {}, {}, {}", old.name, old.district, old.province);
        let address = NORMALISER.address(&raw, "");
        let targets: Vec<u32> = match places.convert(&old.code).unwrap() {
            d06_kernel::place::Conversion::Whole(commune) => vec![commune.code.parse().unwrap()],
            d06_kernel::place::Conversion::Split(split) => {
                split.candidates().iter().map(|commune| commune.code.parse().unwrap()).collect()
            }
        };
        assert!(targets.iter().all(|target| address.communes.contains(target)), "{raw} {address:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(raw in any::<String>(), commune in any::<String>()) {
        NORMALISER.address(&raw, &commune);
    }

    #[test]
    fn words_of_the_table_in_any_order_do_no_harm(
        raw in "((số|ngõ|12/5|3|thôn|đông|xã|hà bắc|p|p\\.|q1|tp|hải phòng|,|-|huyện|thanh hà|/)[ ]?){0,12}",
    ) {
        NORMALISER.address(&raw, "");
    }
}

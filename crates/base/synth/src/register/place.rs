//! Where somebody lives, and the ways in which offices have written that down.

use crate::gazetteer::Gazetteer;
use rand::{Rng, RngExt};

/// Hamlets of every commune.
const HAMLETS: u8 = 16;
/// Names of hamlets in the country; a commune takes sixteen in a row from some place on.
const VILLAGES: [&str; 40] = [
    "Đông",
    "Đoài",
    "Trung",
    "Thượng",
    "Hạ",
    "Tân Tiến",
    "Đồng Tâm",
    "Phú Xuân",
    "An Lạc",
    "Vĩnh Khê",
    "Kim Sơn",
    "Đại Lộc",
    "Lương Xá",
    "Tiên Cầu",
    "Phương Khê",
    "Hòa Bình",
    "Quyết Tiến",
    "Trà Phương",
    "Cẩm La",
    "Ngọc Động",
    "Minh Khai",
    "Nam Tử",
    "Bắc Hà",
    "Xuân Đài",
    "Thái Lai",
    "Cổ Am",
    "Kiến Phong",
    "Hạ Đồng",
    "An Tràng",
    "Du Lễ",
    "Tân Lập",
    "Phúc Lộc",
    "Kha Lâm",
    "Đồng Quy",
    "Mỹ Lang",
    "Vân Tra",
    "Cách Thượng",
    "Lai Thị",
    "Bình Kiều",
    "Đình Vũ",
];
/// Streets of wards.
const STREETS: [&str; 24] = [
    "Trần Phú",
    "Lê Lợi",
    "Nguyễn Trãi",
    "Quang Trung",
    "Hai Bà Trưng",
    "Lạch Tray",
    "Tô Hiệu",
    "Cát Cụt",
    "Điện Biên Phủ",
    "Trần Nguyên Hãn",
    "Tôn Đức Thắng",
    "Nguyễn Văn Linh",
    "Đà Nẵng",
    "Lê Hồng Phong",
    "Hoàng Văn Thụ",
    "Phan Bội Châu",
    "Ngô Quyền",
    "Chu Văn An",
    "Máy Tơ",
    "Trường Chinh",
    "Văn Cao",
    "Nguyễn Lương Bằng",
    "Bạch Đằng",
    "Hoàng Quốc Việt",
];

/// Where a household lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    /// Index of the commune in [`Gazetteer::communes`].
    pub(super) commune: u16,
    pub(super) hamlet: u8,
    pub(super) house: u16,
    /// Alley (ngõ) and branch (ngách) in wards; 0 for none.
    pub(super) alley: u16,
    pub(super) branch: u16,
}

impl Home {
    pub(super) fn draw<R: Rng>(rng: &mut R, places: &Gazetteer, commune: usize) -> Self {
        let in_alley = places.communes()[commune].name.starts_with("Phường") && rng.random_bool(0.7);
        let alley = if in_alley { rng.random_range(1..320) } else { 0 };
        Self {
            commune: u16::try_from(commune).unwrap_or(0),
            hamlet: rng.random_range(0..HAMLETS),
            house: rng.random_range(1..if in_alley { 60 } else { 400 }),
            alley,
            branch: if in_alley && rng.random_bool(0.3) { rng.random_range(1..50) } else { 0 },
        }
    }

    /// As the population database has it, in the communes since 2025-07-01.
    pub(super) fn official(self, places: &Gazetteer) -> String {
        let commune = &places.communes()[usize::from(self.commune)];
        let detail = self.detail(places, Style::Full);
        format!("{detail}, {}, {}", lower_first(&commune.name), lower_first(&commune.province))
    }

    /// As an office wrote it: mostly in old communes, in its own manner of writing alleys and units, and not always
    /// to the house.
    pub(super) fn written<R: Rng>(self, rng: &mut R, places: &Gazetteer, care: f64) -> String {
        let style = match rng.random_range(0..10) {
            0..4 => Style::Full,
            4..7 => Style::Slashes,
            _ => Style::Short,
        };
        let mut parts = Vec::with_capacity(4);
        if rng.random_bool(0.8) {
            parts.push(self.detail(places, style));
        } else {
            parts.push(self.hamlet(places));
        }
        let units = if rng.random_bool(0.8) { self.old_units(places) } else { self.new_units(places) };
        let whole = units.len();
        // The province goes without saying in an office of that province, the district sometimes too.
        let kept = if rng.random_bool(0.3 * care) { whole.saturating_sub(1) } else { whole };
        let kept = if whole == 3 && rng.random_bool(0.1 * care) { 1 } else { kept };
        let brief = style == Style::Short || rng.random_bool(0.3);
        parts.extend(
            units
                .into_iter()
                .take(kept)
                .map(|unit| if brief { abbreviated(&unit) } else { lower_first(&unit) }),
        );
        parts.join(if rng.random_bool(0.1) { " - " } else { ", " })
    }

    fn detail(self, places: &Gazetteer, style: Style) -> String {
        let Self { house, alley, branch, .. } = self;
        if !self.is_urban(places) {
            let hamlet = self.hamlet(places);
            return match style {
                Style::Full => format!("Số {house}, {hamlet}"),
                Style::Slashes => hamlet,
                Style::Short => format!("SN {house} {}", hamlet.replacen("Thôn ", "thôn ", 1)),
            };
        }
        let street = STREETS[(usize::from(self.commune) * 5 + usize::from(self.hamlet)) % STREETS.len()];
        match (style, alley, branch) {
            (Style::Full, 0, _) => format!("Số {house} đường {street}"),
            (Style::Full, _, 0) => format!("Số {house} ngõ {alley} đường {street}"),
            (Style::Full, ..) => format!("Số {house} ngách {branch} ngõ {alley} đường {street}"),
            (_, 0, _) => format!("{house} {street}"),
            (Style::Slashes, _, 0) => format!("{alley}/{house} {street}"),
            (Style::Slashes, ..) => format!("{alley}/{branch}/{house} {street}"),
            (Style::Short, _, 0) => format!("SN {house}, ngõ {alley} {street}"),
            (Style::Short, ..) => format!("SN {house}/{branch} ngõ {alley} {street}"),
        }
    }

    fn is_urban(self, places: &Gazetteer) -> bool {
        places.communes()[usize::from(self.commune)].name.starts_with("Phường")
    }

    fn hamlet(self, places: &Gazetteer) -> String {
        if self.is_urban(places) {
            return format!("Tổ dân phố số {}", self.hamlet + 1);
        }
        let first = usize::from(self.commune) * 7;
        format!("Thôn {}", VILLAGES[(first + usize::from(self.hamlet)) % VILLAGES.len()])
    }

    /// Commune, district and province before 2025-07-01.
    fn old_units(self, places: &Gazetteer) -> Vec<String> {
        let old = &places.old_communes()[places.old_commune_of(self.commune.into(), self.hamlet.into())];
        vec![old.name.clone(), old.district.clone(), old.province.clone()]
    }

    fn new_units(self, places: &Gazetteer) -> Vec<String> {
        let new = &places.communes()[usize::from(self.commune)];
        vec![new.name.clone(), new.province.clone()]
    }
}

/// How a house is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `Số 3 ngách 5 ngõ 12 đường Trần Phú`.
    Full,
    /// `12/5/3 Trần Phú`.
    Slashes,
    /// `SN 3/5 ngõ 12 Trần Phú`.
    Short,
}

/// `Xã Hà Bắc` as it stands inside an address.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `Thành phố Hải Phòng` as clerks write it: `TP Hải Phòng`.
fn abbreviated(name: &str) -> String {
    const SHORT: [(&str, &str); 7] = [
        ("Thành phố ", "TP "),
        ("Thị trấn ", "TT. "),
        ("Thị xã ", "TX. "),
        ("Phường ", "P. "),
        ("Quận ", "Q. "),
        ("Huyện ", "H. "),
        ("Tỉnh ", "T. "),
    ];
    SHORT
        .iter()
        .find_map(|(long, short)| name.strip_prefix(long).map(|rest| format!("{short}{rest}")))
        .unwrap_or_else(|| name.replacen("Xã ", "X. ", 1))
}

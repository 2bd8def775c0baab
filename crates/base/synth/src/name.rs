//! Vietnamese names by sex and generation.

use d06_kernel::person::Sex;
use rand::{Rng, RngExt};

/// Surnames with their weight in the Red River delta, per thousand.
const SURNAMES: [(&str, u32); 24] = [
    ("Nguyễn", 360),
    ("Phạm", 105),
    ("Trần", 90),
    ("Vũ", 85),
    ("Lê", 80),
    ("Bùi", 42),
    ("Đỗ", 40),
    ("Hoàng", 36),
    ("Đặng", 28),
    ("Ngô", 20),
    ("Đào", 18),
    ("Lương", 14),
    ("Đinh", 13),
    ("Phan", 12),
    ("Dương", 11),
    ("Mạc", 9),
    ("Tăng", 8),
    ("Trịnh", 7),
    ("Cao", 6),
    ("Đoàn", 5),
    ("Hà", 4),
    ("Quách", 3),
    ("Tiêu", 2),
    ("Khúc", 2),
];

/// Given names of one sex and generation: middle names (an empty one for none) and last names.
struct Fashion {
    middles: &'static [&'static str],
    lasts: &'static [&'static str],
}

const MEN_OLD: Fashion = Fashion {
    middles: &["Văn", "Văn", "Văn", "Văn", "Văn", "Văn", "Đình", "Xuân", "Đức", "Hữu", "Bá", "Công"],
    lasts: &[
        "Bảy", "Tám", "Khải", "Thành", "Lợi", "Tỵ", "Thìn", "Sửu", "Dần", "Hợi", "Mão", "Tiến", "Bình",
        "Chiến", "Thắng", "Hòa", "Lập", "Nghĩa", "Cường", "Hùng", "Sơn", "Hải", "Toàn", "Quyết", "Đoàn",
        "Kết", "Vinh", "Quang", "Tuyên", "Phong",
    ],
};
const MEN_MIDDLE: Fashion = Fashion {
    middles: &[
        "Văn", "Văn", "Văn", "Văn", "Đức", "Xuân", "Mạnh", "Quang", "Minh", "Ngọc", "Hữu", "Công", "Đình",
    ],
    lasts: &[
        "Nam", "Hùng", "Dũng", "Cường", "Tuấn", "Thắng", "Hải", "Sơn", "Long", "Hiếu", "Trung", "Kiên",
        "Tùng", "Toàn", "Thành", "Đạt", "Mạnh", "Quân", "Phương", "Duy", "Hưng", "Giang", "Thủy", "Tú",
        "Huy", "Linh", "Thế", "Bằng", "Điệp", "Quyền",
    ],
};
const MEN_YOUNG: Fashion = Fashion {
    middles: &[
        "Minh", "Gia", "Quang", "Đức", "Hải", "Tuấn", "Anh", "Văn", "Bảo", "Nhật", "Duy", "Hoàng", "Thành",
        "Trung",
    ],
    lasts: &[
        "Huy", "Bảo", "Khôi", "Khang", "Đăng", "Minh", "Phúc", "Quân", "Long", "Anh", "Kiệt", "Thiên",
        "Hưng", "Nam", "Lâm", "Phong", "Tùng", "Dương", "Vũ", "Sơn", "Kiên", "Đạt", "Nguyên", "Việt",
    ],
};
const WOMEN_OLD: Fashion = Fashion {
    middles: &["Thị"],
    lasts: &[
        "Sen", "Nhài", "Mận", "Đào", "Bưởi", "Nụ", "Lụa", "Thơm", "Tý", "Sửu", "Gái", "Mùi", "Nhung", "Hợi",
        "Tươi", "Chanh", "Thoa", "Xuyến", "Chắt", "Hiền", "Nga", "Lan", "Huệ", "Liên", "Hòa", "Bình", "Vân",
        "Ngát", "Khuyên", "Mến",
    ],
};
const WOMEN_MIDDLE: Fashion = Fashion {
    middles: &[
        "Thị", "Thị", "Thị", "Thị", "Thị", "Thị", "Thu", "Thúy", "Ngọc", "Thanh", "Minh", "Bích", "Kim",
    ],
    lasts: &[
        "Mai", "Lan", "Hoa", "Hương", "Hằng", "Hà", "Thủy", "Nga", "Huyền", "Trang", "Linh", "Dung", "Hạnh",
        "Yến", "Phương", "Thảo", "Loan", "Oanh", "Nhung", "Liên", "Hiền", "Vân", "Tuyết", "Thu", "Hải",
        "Ngân", "Quyên", "Chi", "Luyến", "Duyên",
    ],
};
const WOMEN_YOUNG: Fashion = Fashion {
    middles: &[
        "Thị", "Thị", "Ngọc", "Khánh", "Bảo", "Minh", "Phương", "Hà", "Thùy", "Thu", "Mai", "Quỳnh", "Diệu",
        "Thanh",
    ],
    lasts: &[
        "Anh", "Linh", "Chi", "Ngọc", "Hân", "Vy", "Trang", "Nhi", "Thảo", "My", "Hà", "Châu", "Diệp", "An",
        "Ngân", "Mai", "Phương", "Huyền", "Trâm", "Uyên", "Giang", "Thư", "Yến", "Quỳnh",
    ],
};

/// The last year of birth of the old and of the middle generation.
const LAST_OLD_YEAR: i32 = 1965;
const LAST_MIDDLE_YEAR: i32 = 1997;

/// A surname.
pub(crate) fn surname<R: Rng>(rng: &mut R) -> &'static str {
    let total: u32 = SURNAMES.iter().map(|(_, weight)| weight).sum();
    let mut left = rng.random_range(0..total);
    for (name, weight) in SURNAMES {
        if left < weight {
            return name;
        }
        left -= weight;
    }
    SURNAMES[0].0
}

/// A full name for somebody of a surname, sex and year of birth.
pub(crate) fn full_name<R: Rng>(rng: &mut R, surname: &str, sex: Sex, birth_year: i32) -> String {
    let fashion = match (sex, birth_year) {
        (Sex::Male, ..=LAST_OLD_YEAR) => &MEN_OLD,
        (Sex::Male, ..=LAST_MIDDLE_YEAR) => &MEN_MIDDLE,
        (Sex::Male, _) => &MEN_YOUNG,
        (Sex::Female, ..=LAST_OLD_YEAR) => &WOMEN_OLD,
        (Sex::Female, ..=LAST_MIDDLE_YEAR) => &WOMEN_MIDDLE,
        (Sex::Female, _) => &WOMEN_YOUNG,
    };
    let middle = one_of(rng, fashion.middles);
    let mut last = one_of(rng, fashion.lasts);
    while last == middle {
        last = one_of(rng, fashion.lasts);
    }
    let mut name = String::with_capacity(surname.len() + middle.len() + last.len() + 2);
    name.push_str(surname);
    name.push(' ');
    name.push_str(middle);
    name.push(' ');
    name.push_str(last);
    name
}

/// One of a list that is not empty.
pub(crate) fn one_of<R: Rng, T: Copy>(rng: &mut R, list: &[T]) -> T {
    list[rng.random_range(0..list.len())]
}

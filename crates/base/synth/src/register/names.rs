//! Names with the skew of real registers: a few very common ones and a long tail.

use d06_kernel::person::Sex;
use rand::{Rng, RngExt};

/// Surnames with their weight, per ten thousand; the head as in the Red River delta, then the tail.
const SURNAMES: &[(&str, u32)] = &[
    ("Nguyễn", 3_500),
    ("Phạm", 1_000),
    ("Trần", 980),
    ("Vũ", 800),
    ("Lê", 780),
    ("Bùi", 400),
    ("Đỗ", 390),
    ("Hoàng", 360),
    ("Đặng", 260),
    ("Ngô", 190),
    ("Đào", 170),
    ("Lương", 130),
    ("Đinh", 125),
    ("Phan", 120),
    ("Dương", 110),
    ("Mạc", 80),
    ("Trịnh", 75),
    ("Tăng", 60),
    ("Cao", 55),
    ("Đoàn", 50),
    ("Hà", 42),
    ("Trương", 40),
    ("Lưu", 34),
    ("Hồ", 30),
    ("Tạ", 28),
    ("Lại", 24),
    ("Chu", 22),
    ("Quách", 18),
    ("Nghiêm", 16),
    ("Tô", 15),
    ("Mai", 15),
    ("Vương", 12),
    ("Lã", 10),
    ("Phùng", 10),
    ("Tiêu", 8),
    ("Khúc", 8),
    ("Thân", 6),
    ("Bạch", 5),
    ("Đồng", 5),
    ("Hứa", 4),
    ("Kiều", 4),
    ("Ninh", 4),
    ("Đàm", 4),
    ("Giang", 3),
    ("Từ", 3),
    ("Vi", 2),
    ("Âu", 1),
    ("Khuất", 1),
];

/// Given names of one sex and generation, the most common first; a name's weight falls with its rank.
struct Fashion {
    /// Middle names with their weight.
    middles: &'static [(&'static str, u32)],
    /// How often there is a second middle name, per hundred.
    second: u32,
    seconds: &'static [&'static str],
    lasts: &'static str,
}

const MEN_OLD: Fashion = Fashion {
    middles: &[
        ("Văn", 620),
        ("Đình", 60),
        ("Xuân", 60),
        ("Đức", 50),
        ("Hữu", 40),
        ("Bá", 30),
        ("Công", 30),
        ("Quang", 25),
        ("Ngọc", 25),
        ("Trọng", 20),
        ("Viết", 15),
        ("Duy", 12),
        ("Thế", 10),
        ("", 20),
    ],
    second: 2,
    seconds: &["Ngọc", "Quang", "Xuân"],
    lasts: "Hùng Thắng Bình Thành Sơn Tiến Hải Minh Cường Hòa Vinh Chiến Quang Lợi Nghĩa Toàn Tâm Lâm Khải Bảy \
            Tám Thìn Tỵ Dần Mão Sửu Hợi Lập Quyết Kết Tuyên Phong Đoàn Thịnh Tuyến Ngọc Mạnh Hồng Phúc Đức Thanh \
            Luyện Chính Doanh Dương Khanh Khoa Huấn Hoạt Nhượng Đông Bắc Nam Tây Xuân Thu Hạ Lực Lượng Chung Thuận \
            Hợp Tác Phấn Khởi Vịnh Vượng Oanh Thỏa Sáu Ba Tư Năm Chín Mười Kiểm Toán Thưởng Phạt Độ Lượt Huyên Nhật \
            Quỳnh Rạng Đạo Nhân Lễ Trí Tín Cẩn Cảnh Biên Cương",
};
const MEN_MIDDLE: Fashion = Fashion {
    middles: &[
        ("Văn", 430),
        ("Đức", 90),
        ("Xuân", 60),
        ("Mạnh", 55),
        ("Quang", 55),
        ("Minh", 45),
        ("Ngọc", 45),
        ("Hữu", 35),
        ("Công", 35),
        ("Đình", 30),
        ("Thanh", 25),
        ("Duy", 22),
        ("Việt", 18),
        ("Thế", 18),
        ("Anh", 15),
        ("Trọng", 15),
        ("Tiến", 14),
        ("Huy", 12),
        ("Quốc", 12),
        ("Trung", 12),
        ("Hoàng", 12),
    ],
    second: 6,
    seconds: &["Ngọc", "Anh", "Đức", "Minh", "Hồng", "Thành"],
    lasts: "Hùng Dũng Tuấn Cường Nam Thắng Hải Sơn Long Hiếu Trung Kiên Tùng Thành Toàn Đạt Mạnh Quân Hưng Duy Huy \
            Tú Giang Phương Linh Thủy Thế Bằng Điệp Quyền Minh Đức Quang Khánh Hiệp Trường Tiến Bình Công Lâm Việt \
            Phúc Hoàng Chung Dương Vinh Hà Hào Thịnh Phong Vũ An Tân Đông Khoa Lực Hậu Hoàn Quyết Chiến Thanh \
            Nghĩa Nhân Tâm Tài Lộc Thuận Hòa Khải Luân Ninh Biên Ngọc Sáng Tuyên Trọng Văn Xuân Thái Học Bắc Oai \
            Huỳnh Thiện Mừng Vượng Thưởng Định Đăng Phú Quý Cảnh Chính Đoàn Lương Hạnh Bách Đại Khiêm",
};
const MEN_YOUNG: Fashion = Fashion {
    middles: &[
        ("Minh", 130),
        ("Gia", 110),
        ("Đức", 90),
        ("Quang", 70),
        ("Văn", 70),
        ("Hải", 50),
        ("Tuấn", 50),
        ("Anh", 45),
        ("Bảo", 45),
        ("Nhật", 40),
        ("Duy", 40),
        ("Hoàng", 40),
        ("Thành", 35),
        ("Trung", 30),
        ("Việt", 25),
        ("Tiến", 25),
        ("Đăng", 20),
        ("Thế", 15),
        ("Mạnh", 15),
        ("Xuân", 10),
        ("Phúc", 10),
    ],
    second: 22,
    seconds: &["Anh", "Minh", "Bảo", "Gia", "Hoàng", "Đức", "Nhật", "Tuấn", "Khánh", "Thiên"],
    lasts: "Huy Bảo Khôi Khang Minh Anh Phúc Long Quân Đăng Nam Hưng Kiệt Phong Tùng Dương Lâm Vũ Sơn Kiên Đạt \
            Nguyên Việt Thiên Thành Tuấn Duy Hiếu Đức An Khánh Hải Trung Bách Khoa Quang Tú Nhật Thịnh Vinh Hoàng \
            Hùng Mạnh Tiến Trí Dũng Bình Lộc Phát Tài Thái Trường Khải Luân Nghĩa Nhân Quý Cường Toàn Thắng Đại \
            Hào Giang Linh Sang Tâm Văn Vương Ân Bin Chí Danh Hậu Huân Kỳ Lập Lợi Mẫn Ngọc Phú Quốc Tín Triết Tường",
};
const WOMEN_OLD: Fashion = Fashion {
    middles: &[("Thị", 940), ("Kim", 12), ("Ngọc", 10), ("Thu", 8), ("Minh", 8), ("Bích", 6), ("", 16)],
    second: 6,
    seconds: &["Kim", "Ngọc", "Thanh", "Bích", "Minh", "Thu", "Hồng"],
    lasts: "Hoa Lan Hương Bình Nga Hòa Sen Mai Liên Hiền Thơm Đào Mận Nhung Vân Tươi Huệ Xuân Loan Nhài Lụa Nụ Gái \
            Tý Sửu Mùi Hợi Chanh Bưởi Thoa Xuyến Chắt Ngát Khuyên Mến Yến Oanh Phượng Hồng Thúy Hằng Cúc Tuyết Dung \
            Thanh Minh Lý Thảo Nguyệt Quý Duyên Tâm Chung Lành Hạnh Phúc Chiến Thắng Hải Kim Vui Mừng Sáu Bảy Tám \
            Chín Mười Ngọc Bé Út Thêu Dệt Thìn Tỵ Ngọ Dậu Tuất Dần Mão Na Nhạn Én Sáo Quế Hồi Tơ Vóc Ngà Ngoan Nết",
};
const WOMEN_MIDDLE: Fashion = Fashion {
    middles: &[
        ("Thị", 620),
        ("Thu", 70),
        ("Thúy", 45),
        ("Ngọc", 40),
        ("Thanh", 40),
        ("Minh", 25),
        ("Bích", 25),
        ("Kim", 22),
        ("Hồng", 20),
        ("Phương", 18),
        ("Mai", 14),
        ("Lan", 12),
        ("Diệu", 10),
        ("Hải", 10),
    ],
    second: 22,
    seconds: &["Thu", "Thanh", "Hồng", "Thúy", "Ngọc", "Bích", "Kim", "Minh", "Phương", "Mai", "Lan", "Hải"],
    lasts: "Hương Huyền Hà Hằng Trang Mai Lan Hoa Thủy Linh Nga Dung Hạnh Yến Phương Thảo Loan Oanh Nhung Liên Hiền \
            Vân Tuyết Thu Hải Ngân Quyên Chi Luyến Duyên Thúy Hồng Hường Anh Ngọc Giang Bình Minh Nguyệt Thơm Hòa \
            Xuân Phượng Trà My Lý Tâm Thương Thắm Tươi Vui Huệ Sen Mến Hậu Thoa Bích Cúc Dịu Điệp Gấm Hiên Khánh \
            Lương Miền Nhàn Ninh Nhâm Ly Quế Sim Tình Thanh Thùy Tú Uyên Vinh Xoan Ánh Chinh Cẩm Đào Hợp Lụa Na",
};
const WOMEN_YOUNG: Fashion = Fashion {
    middles: &[
        ("Thị", 190),
        ("Ngọc", 110),
        ("Khánh", 70),
        ("Bảo", 70),
        ("Minh", 65),
        ("Phương", 60),
        ("Hà", 55),
        ("Thùy", 45),
        ("Thu", 45),
        ("Mai", 40),
        ("Quỳnh", 40),
        ("Diệu", 35),
        ("Thanh", 30),
        ("Tường", 15),
        ("Linh", 15),
        ("Gia", 15),
        ("An", 12),
        ("Yến", 12),
        ("Trà", 10),
        ("Kim", 10),
    ],
    second: 34,
    seconds: &[
        "Ngọc", "Minh", "Thu", "Bảo", "Khánh", "Phương", "Hà", "Quỳnh", "Thùy", "Mai", "Diệu", "Thanh",
    ],
    lasts: "Anh Linh Chi Trang Ngọc Vy Hân Nhi Thảo My Hà Châu Phương Diệp An Ngân Mai Huyền Trâm Uyên Giang Thư \
            Yến Quỳnh Hương Ly Nhung Dung Hằng Thủy Lan Nga Vân Oanh Hoa Hiền Khuê Lam Minh Nguyên Như Tâm Thanh \
            Thương Trà Tuệ Ánh Bích Băng Cầm Dương Đan Hạnh Hồng Hường Khanh Kim Loan Mi Ngà Nguyệt Phượng Quyên \
            Sa San Tiên Trinh Trúc Tú Tuyết Vi Xuân Yên Duyên Hạ Thùy Thúy Mỹ Nhã Đào Lê Liên Hoài",
};

/// The last year of birth of the old and of the middle generation.
const LAST_OLD_YEAR: i32 = 1962;
const LAST_MIDDLE_YEAR: i32 = 1998;

/// The lists, with their cumulated weights.
pub(super) struct Names {
    surnames: Weighted,
    fashions: [Given; 6],
}

struct Given {
    middles: Weighted,
    second: u32,
    seconds: &'static [&'static str],
    lasts: Weighted,
}

struct Weighted {
    words: Vec<&'static str>,
    /// Weights summed up to each word.
    sums: Vec<u32>,
}

impl Weighted {
    fn new(pairs: impl Iterator<Item = (&'static str, u32)>) -> Self {
        let mut total = 0;
        let (words, sums) = pairs
            .map(|(word, weight)| {
                total += weight;
                (word, total)
            })
            .unzip();
        Self { words, sums }
    }

    fn draw<R: Rng>(&self, rng: &mut R) -> &'static str {
        let Some(total) = self.sums.last() else { return "" };
        let ticket = rng.random_range(0..*total);
        self.words[self.sums.partition_point(|sum| *sum <= ticket)]
    }
}

impl Names {
    pub(super) fn new() -> Self {
        let given = |fashion: &'static Fashion| Given {
            middles: Weighted::new(fashion.middles.iter().copied()),
            second: fashion.second,
            seconds: fashion.seconds,
            // Zipf's law, flattened at the head as name statistics are.
            lasts: Weighted::new(
                fashion
                    .lasts
                    .split(' ')
                    .filter(|n| !n.is_empty())
                    .zip(8u32..)
                    .map(|(n, rank)| (n, 80_000 / rank)),
            ),
        };
        Self {
            surnames: Weighted::new(SURNAMES.iter().copied()),
            fashions: [&MEN_OLD, &MEN_MIDDLE, &MEN_YOUNG, &WOMEN_OLD, &WOMEN_MIDDLE, &WOMEN_YOUNG].map(given),
        }
    }

    pub(super) fn surname<R: Rng>(&self, rng: &mut R) -> &'static str {
        self.surnames.draw(rng)
    }

    /// Middle names and last name for somebody of a sex and year of birth.
    pub(super) fn given<R: Rng>(&self, rng: &mut R, sex: Sex, birth_year: i32) -> String {
        let generation = usize::from(birth_year > LAST_OLD_YEAR) + usize::from(birth_year > LAST_MIDDLE_YEAR);
        let fashion = &self.fashions[if sex == Sex::Male { generation } else { generation + 3 }];
        let middle = fashion.middles.draw(rng);
        let mut last = fashion.lasts.draw(rng);
        while last == middle {
            last = fashion.lasts.draw(rng);
        }
        let mut name = String::with_capacity(24);
        let second = if rng.random_range(0..100) < fashion.second {
            fashion.seconds[rng.random_range(0..fashion.seconds.len())]
        } else {
            ""
        };
        for part in [middle, if second == middle || second == last { "" } else { second }] {
            if !part.is_empty() {
                name.push_str(part);
                name.push(' ');
            }
        }
        name.push_str(last);
        name
    }

    /// A full name.
    pub(super) fn full<R: Rng>(&self, rng: &mut R, surname: &str, sex: Sex, birth_year: i32) -> String {
        format!("{surname} {}", self.given(rng, sex, birth_year))
    }
}

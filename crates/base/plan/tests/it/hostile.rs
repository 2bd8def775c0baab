//! Input that is damaged, huge or hostile: an answer, quickly, and never a panic.

use d06_plan::{Source, compile};
use proptest::prelude::*;

const PLANS: [&str; 5] = ["ha-bac-2026", "hoang-kim-2025", "hai-phong-2025", "ha-noi-2025", "hai-phong-2024"];

fn text(plan: &str) -> String {
    std::fs::read_to_string(format!("tests/plans/{plan}.txt")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_compiles(text in "[\\PC\\t\\n]{1,400}") {
        if let Ok(source) = Source::from_text(&text) {
            compile(&source);
        }
    }

    #[test]
    fn words_of_the_genre_in_any_order_compile(
        parts in prop::collection::vec(prop::sample::select(vec![
            "TT", "I", "II. ", "1. ", "(1) ", "- ", "+ ", "a) ", "\t", "\n", "\n\n", " ", "Nội dung",
            "Đơn vị chủ trì",
            "phối hợp", "Thời gian", "Năm 2026", "Quý I/2026", "30/02/2026", "Công an xã", "và",
            ";", ",", ":", "100%",
            ">50", "<sup>1</sup>", "<b>", "như trên", "(05 nhiệm vụ)", "Giao ", "Nơi nhận:", "PHỤ LỤC",
            "999999999999",
            "TỔ CHỨC THỰC HIỆN", "Thường xuyên", "từ", "đến", "§", "ế", "e\u{302}\u{301}",
            "Điều 2. ", "Nhiệm vụ 3: ", "Kính gửi: ", "PHẦN THỨ HAI", "KẾT QUẢ", "MỤC TIÊU", "NHIỆM VỤ", "KẾ HOẠCH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Hà Nội, ngày 5 tháng 3", "Số: /KH", "Q3/2026", "Q.",
            "năm học 2026-", "6 tháng đầu năm", "25-30%", "trở lên", "giao ", "Đến năm 2027, ", "\u{f0b7} ", "kể từ",
            "Về kinh phí: ", "so với năm 2025", "; đến năm 2030 đạt ", "Hải Phòng, ngày 5 tháng 3 năm 2026",
            "|", "Cả năm", "như mục 1", "Đơn vị", "Trên đây là",
        ]), 1..80)
    ) {
        if let Ok(source) = Source::from_text(&parts.concat()) {
            compile(&source);
        }
    }

    #[test]
    fn damaged_plans_compile(
        plan in 0..PLANS.len(),
        cut in 0usize..40_000,
        length in 0usize..3_000,
        swap in any::<bool>(),
    ) {
        let mut letters: Vec<char> = text(PLANS[plan]).chars().collect();
        let from = cut.min(letters.len());
        let to = (from + length).min(letters.len());
        if swap { letters[from..to].reverse() } else { letters.drain(from..to); }
        let damaged: String = letters.into_iter().collect();
        if let Ok(source) = Source::from_text(&damaged) {
            compile(&source);
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "it measures the machine")]
fn a_plan_of_150_pages_compiles_in_linear_time() {
    for plan in PLANS {
        // The longest of the five has about 14 pages.
        let long = text(plan).repeat(12);
        let started = std::time::Instant::now();
        compile(&Source::from_text(&long).unwrap());
        let taken = started.elapsed();
        // A tenth of it with optimisation; other work may run beside the tests.
        assert!(taken.as_secs_f64() < 30.0, "{plan}: {taken:?} without optimisation");
    }
}

#[test]
fn nothing_grows_out_of_hand() {
    let hostile = [
        "(".repeat(100_000),
        "1. ".repeat(50_000),
        "- a\n".repeat(50_000),
        "TT Nội dung Đơn vị chủ trì Thời gian\n1. A\n".to_owned() + &"Công an\n\n".repeat(20_000),
        "100% ".repeat(30_000),
        "Công an xã, ".repeat(15_000),
        "tháng ".repeat(30_000),
        "STT\tNhiệm vụ\tChủ trì\n".repeat(5_000),
    ];
    for text in hostile {
        let started = std::time::Instant::now();
        compile(&Source::from_text(&text).unwrap());
        assert!(started.elapsed().as_secs() < 20, "{}…", text.chars().take(30).collect::<String>());
    }
}

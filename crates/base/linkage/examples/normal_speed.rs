//! How long one value takes to be brought to its normal form: `cargo run --release --example normal_speed`.

#![allow(clippy::print_stdout, reason = "a program that measures this machine")]

use d06_linkage::normal::Normaliser;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 20_000;

fn main() {
    let start = now();
    let normaliser = Normaliser::new();
    normaliser.address("xã Hà Bắc, Hải Phòng", "");
    println!("tables and places read in {:.1} ms", (now() - start).as_secs_f64() * 1e3);
    let names = ["Nguyễn Thị Hoà", "NGUYEN VAN HUNG", "Trần Quốc Tuấn", "Lê Thị Mỹ Duyên", "Phạm Văn Đông"];
    measure("name", &names, |raw| normaliser.names(raw).len());
    let hard = [
        "Hộ ông Nguyễn Văn An và vợ là bà Trần Thị Bình",
        "NguyÔn V¨n Hïng",
        "Nguyeãn Vaên Huøng",
        "Ng. V. A",
    ];
    measure("name, joint or damaged", &hard, |raw| normaliser.names(raw).len());
    let dates = ["07/03/1985", "1985", "1985-03-07", "31113", "03/1985"];
    measure("date", &dates, |raw| usize::from(normaliser.birth(raw).is_some()));
    let numbers = ["030198000101", "142345671", "30198000101", "030 198 000 101"];
    measure("number", &numbers, |raw| usize::from(normaliser.id_number(raw).is_some()));
    let phones = ["0365123456", "+84 365 123 456", "01665123456"];
    measure("telephone", &phones, |raw| usize::from(normaliser.phone(raw).is_some()));
    let addresses = [
        "Thôn Đông, xã Tân Việt, huyện Thanh Hà, tỉnh Hải Dương",
        "12/5/3 Lê Lợi, phường Hà Đông, Hà Nội",
        "Số 3, ngách 5, ngõ 12, đường Lê Lợi, phường Hà Đông, Hà Nội",
    ];
    measure("address", &addresses, |raw| normaliser.address(raw, "").communes.len());
}

fn measure(what: &str, values: &[&str], read: impl Fn(&str) -> usize) {
    let start = now();
    for _ in 0..ROUNDS {
        for value in values {
            black_box(read(black_box(value)));
        }
    }
    let each = (now() - start).as_secs_f64() / (ROUNDS * values.len()) as f64;
    println!("{what}: {:.2} µs", each * 1e6);
}

/// Time that this thread has worked, where the kernel tells it (other programs on the machine do not count);
/// otherwise the time of day.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split(' ').next().and_then(|first| first.parse().ok()));
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

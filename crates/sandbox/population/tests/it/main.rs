//! The stand-in over real HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use d06_kernel::Cx;
use d06_sandbox_population::{Database, Key, serve};
use d06_synth::{Population, Size, demo};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, StatusCode};
use sha2::Sha256;
use std::sync::Arc;

struct Server {
    origin: String,
    http: Client,
}

impl Server {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let people = Arc::new(Population::generate(1, Size::People(50)));
        let ended =
            Key { id: "old".into(), secret: "old".into(), expires: Some(chrono::DateTime::UNIX_EPOCH) };
        let database = Database::new(people, vec![Key::demo(), ended], Cx::of_machine());
        tokio::spawn(serve(listener, database, std::future::pending()));
        Self { origin, http: Client::new() }
    }

    async fn ask(&self, key: (&str, &str), body: &str) -> (StatusCode, String) {
        let time = Cx::of_machine().now().timestamp().to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.1.as_bytes()).unwrap();
        mac.update(format!("{time}\n{body}").as_bytes());
        let request = self.http.post(format!("{}/dancu/TraCuuThongTinCongDan", self.origin));
        let request = request.header("x-khoa", key.0).header("x-thoidiem", time);
        let request = request.header("x-chuky", hex::encode(mac.finalize().into_bytes()));
        let response = request.body(body.to_owned()).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }
}

const DEMO: (&str, &str) = ("dean06", "dean06-population-secret");

fn query(number: &str, groups: &[&str]) -> String {
    let groups: String = groups.iter().map(|group| format!("<NhomThongTin>{group}</NhomThongTin>")).collect();
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:b=\"http://dancuquocgia.bca\">\
         <s:Header><b:MaYeuCau>7</b:MaYeuCau><b:MaDonVi>H31.10816.01</b:MaDonVi><b:MaCanBo>1</b:MaCanBo>\
         <b:MaThamChieu>1.004873</b:MaThamChieu><b:MucDich>test</b:MucDich></s:Header><s:Body>\
         <TraCuuThongTinCongDan xmlns=\"http://www.mic.gov.vn/dancu/1.0\"><SoDinhDanh>{number}</SoDinhDanh>\
         {groups}</TraCuuThongTinCongDan></s:Body></s:Envelope>"
    )
}

#[tokio::test]
async fn only_the_groups_asked_for_are_answered() {
    let server = Server::start().await;
    let (status, body) = server.ask(DEMO, &query(demo::MAI, &["HoVaTen", "TinhTrangHonNhan"])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("<HoVaTen><Ho>Nguyễn</Ho><ChuDem>Thị</ChuDem><Ten>Mai</Ten></HoVaTen>"), "{body}");
    assert!(body.contains("<TinhTrangHonNhan>1</TinhTrangHonNhan>") && !body.contains("NgayThangNamSinh"));
}

#[tokio::test]
async fn a_birth_may_be_a_year_and_a_person_unknown() {
    let server = Server::start().await;
    let (_, body) = server.ask(DEMO, &query(demo::SEN, &["NgayThangNamSinh"])).await;
    assert!(body.contains("<NgayThangNamSinh><Nam>1942</Nam></NgayThangNamSinh>"), "{body}");
    let (_, body) = server.ask(DEMO, &query(demo::QUAN, &["HoVaTen"])).await;
    assert!(body.contains("KHONG_TIM_THAY_CONG_DAN") && !body.contains("<CongDan>"), "{body}");
}

#[tokio::test]
async fn a_query_says_who_asks_and_why() {
    let server = Server::start().await;
    for (part, code) in
        [("MaCanBo", "THIEU_MA_CAN_BO"), ("MaThamChieu", "THIEU_MA_HO_SO"), ("MaDonVi", "THIEU_MA_DON_VI")]
    {
        let body = query(demo::MAI, &["HoVaTen"]).replace(&format!("b:{part}>"), &format!("b:Khac{part}>"));
        let (status, answer) = server.ask(DEMO, &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(answer.contains(code), "{answer}");
    }
    assert!(server.ask(DEMO, &query(demo::MAI, &[])).await.1.contains("THIEU_NHOM_THONG_TIN"));
}

#[tokio::test]
async fn a_wrong_or_ended_key_gets_nothing() {
    let server = Server::start().await;
    let body = query(demo::MAI, &["HoVaTen"]);
    for (key, code) in
        [(("dean06", "wrong"), "CHU_KY"), (("old", "old"), "KHOA_HET_HAN"), (("x", "x"), "CHU_KY")]
    {
        let (status, answer) = server.ask(key, &body).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(answer.contains(code) && !answer.contains("Mai"), "{answer}");
    }
}

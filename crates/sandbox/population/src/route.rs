//! The addresses: the query service, and the control path for faults.

use crate::answer;
use crate::database::Database;
use crate::fault::{Fault, FaultMode};
use crate::key::{self, Key, Refused, SIGNATURE_HEADER};
use crate::request::{self, Query};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use std::net::SocketAddr;
use std::time::Duration;

/// The faults that change an answer.
const ANSWER_FAULTS: [FaultMode; 6] = [
    FaultMode::WrongPerson,
    FaultMode::WrongRequest,
    FaultMode::Malformed,
    FaultMode::BadSignature,
    FaultMode::TooMuch,
    FaultMode::WrongBirthDate,
];

/// The largest request, in bytes.
const LARGEST: usize = 64 * 1024;

pub(crate) fn router(database: Database) -> Router {
    let control = Router::new()
        .route("/_fault", get(show_fault).post(play_fault).delete(clear_fault))
        .layer(from_fn(only_loopback));
    Router::new()
        .route("/dancu/TraCuuThongTinCongDan", post(query))
        .layer(DefaultBodyLimit::max(LARGEST))
        .merge(control)
        .with_state(database)
}

async fn query(State(database): State<Database>, headers: HeaderMap, body: Bytes) -> Response {
    match database.hit(&[FaultMode::Down, FaultMode::Slow, FaultMode::ExpiredKey]) {
        Some(fault) if fault.mode == FaultMode::Down => {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        Some(fault) if fault.mode == FaultMode::ExpiredKey => return refuse("KHOA_HET_HAN"),
        Some(fault) => tokio::time::sleep(Duration::from_millis(fault.ms)).await,
        None => {}
    }
    let (key, signature) = match key::check(database.keys(), &headers, &body, database.cx().now()) {
        Ok(caller) => caller,
        Err(Refused::Signature) => return refuse("CHU_KY_KHONG_HOP_LE"),
        Err(Refused::Expired) => return refuse("KHOA_HET_HAN"),
    };
    let text = std::str::from_utf8(&body).map_err(|_| "XML_KHONG_HOP_LE");
    match text.and_then(request::read) {
        Ok(query) => answer(&database, key, &signature, &query),
        Err(code) => {
            let body = answer::fault(code).unwrap_or_default();
            xml(StatusCode::BAD_REQUEST, key.sign(&signature, &body), body)
        }
    }
}

fn answer(database: &Database, key: &Key, request_signature: &str, query: &Query) -> Response {
    let fault = database.hit(&ANSWER_FAULTS).map_or(FaultMode::None, |fault| fault.mode);
    let subject = match fault {
        FaultMode::WrongPerson => database.somebody_else(query.subject).unwrap_or(query.subject),
        _ => query.subject,
    };
    let record = match fault {
        FaultMode::TooMuch => database.find_all(&subject),
        _ => database.find(&subject, &query.fields),
    };
    let request = if fault == FaultMode::WrongRequest { "another-request" } else { &query.id };
    let written = answer::collection(database, request, record.as_ref().map(|record| (subject, record)));
    let Ok(mut body) = written else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match fault {
        FaultMode::Malformed => body.truncate(body.len() / 2),
        FaultMode::WrongBirthDate => body = with_impossible_birth(&body),
        _ => {}
    }
    let signature = match fault {
        FaultMode::BadSignature => "00".repeat(32),
        _ => key.sign(request_signature, &body),
    };
    xml(StatusCode::OK, signature, body)
}

/// Puts 30 February where the birth date is.
fn with_impossible_birth(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    match (text.find("<NgayThangNam>"), text.find("</NgayThangNam>")) {
        (Some(start), Some(end)) => {
            format!("{}<NgayThangNam>19850230{}", &text[..start], &text[end..]).into_bytes()
        }
        _ => body.to_vec(),
    }
}

fn refuse(code: &str) -> Response {
    xml(StatusCode::UNAUTHORIZED, String::new(), answer::fault(code).unwrap_or_default())
}

fn xml(status: StatusCode, signature: String, body: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/xml; charset=utf-8".to_owned()),
        (SIGNATURE_HEADER, signature),
    ];
    (status, headers, body).into_response()
}

/// Answers 404 to anyone who does not call from loopback.
async fn only_loopback(ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request, next: Next) -> Response {
    if peer.ip().is_loopback() { next.run(request).await } else { StatusCode::NOT_FOUND.into_response() }
}

async fn show_fault(State(database): State<Database>) -> Json<Fault> {
    Json(database.fault())
}

async fn play_fault(State(database): State<Database>, Json(fault): Json<Fault>) -> Response {
    match database.play(fault) {
        Ok(fault) => Json(fault).into_response(),
        Err(refused) => (StatusCode::UNPROCESSABLE_ENTITY, refused.to_string()).into_response(),
    }
}

async fn clear_fault(State(database): State<Database>) -> Response {
    play_fault(State(database), Json(Fault::default())).await
}

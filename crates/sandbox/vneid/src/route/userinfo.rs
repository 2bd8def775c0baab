//! The attributes of the person signed in, under the names the real system uses.

use super::oauth_error;
use crate::fault::FaultMode;
use crate::provider::Provider;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

const FAULTS: [FaultMode; 4] =
    [FaultMode::WrongSubject, FaultMode::WrongNumber, FaultMode::WrongBirthDate, FaultMode::NfdName];

pub(super) async fn show(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let now = provider.cx().now();
    let number = token.and_then(|token| provider.grants().token(token, now));
    let Some(account) = number.and_then(|number| provider.accounts().find(number)) else {
        return oauth_error(StatusCode::UNAUTHORIZED, "invalid_token", "unknown or expired");
    };
    let fault = provider.hit(&FAULTS).unwrap_or_default();
    let number = account.number.as_str();
    let issuer = &provider.settings().issuer;
    Json(json!({
        "sub": if fault == FaultMode::WrongSubject { "another-subject".to_owned() } else { account.subject() },
        "TechID": format!("SB-{}", account.subject()),
        "LoaiTaiKhoan": "1",
        "HoVaTen": if fault == FaultMode::NfdName { account.name.nfd().collect() } else { account.name.clone() },
        "SoDinhDanh": if fault == FaultMode::WrongNumber { &number[..11] } else { number },
        "NgayThangNamSinh":
            if fault == FaultMode::WrongBirthDate { "19850230".to_owned() } else { account.birth_claim() },
        "loginIdp": "BCA",
        "MucDoDinhDanh": account.level.to_string(),
        "userProfileUri": format!("{issuer}/userinfo"),
        "logoutUri": format!("{issuer}/logout"),
    }))
    .into_response()
}

//! The pages a person sees: plain HTML, no scripts, Vietnamese first, English on request.

use crate::provider::Provider;
use crate::route::AuthRequest;
use std::fmt::Write;

const STYLE: &str = "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:0 auto;padding:1rem;color:#111}\
    h1{font-size:1.6rem}fieldset{border:0;padding:0;margin:0 0 1.5rem}legend,label{font-weight:bold}\
    .row{margin:.6rem 0}button{font:inherit;padding:.6rem 1rem;min-height:2.75rem;border:2px solid #0b5d3b;\
    background:#0b5d3b;color:#fff;border-radius:.3rem;cursor:pointer}.row button{width:100%;text-align:left}\
    .row button span{display:block;font-size:.95rem}.plain{background:#fff;color:#0b5d3b}\
    input[type=text]{font:inherit;padding:.5rem;border:2px solid #111;width:14rem;max-width:90%}\
    :focus{outline:4px solid #ffbf47;outline-offset:2px}.error{border-left:5px solid #b10e1e;\
    padding-left:1rem;color:#b10e1e;font-weight:bold}.note{background:#f3f2f1;padding:.8rem 1rem}";

struct Words {
    tag: &'static str,
    other: &'static str,
    other_name: &'static str,
    title: &'static str,
    note: &'static str,
    choose: &'static str,
    by_number: &'static str,
    submit: &'static str,
    cancel: &'static str,
    unknown: &'static str,
}

const VIETNAMESE: Words = Words {
    tag: "vi",
    other: "en",
    other_name: "English",
    title: "Đăng nhập VNeID (bản giả lập)",
    note: "Đây là bản giả lập VNeID để thử nghiệm: mọi người và mọi dữ liệu đều là giả, không cần mật khẩu.",
    choose: "Chọn tài khoản",
    by_number: "Hoặc nhập số định danh cá nhân (12 chữ số)",
    submit: "Đăng nhập",
    cancel: "Hủy và quay lại",
    unknown: "Không có tài khoản nào mang số định danh này. Số định danh gồm 12 chữ số.",
};

const ENGLISH: Words = Words {
    tag: "en",
    other: "vi",
    other_name: "Tiếng Việt",
    title: "Sign in with VNeID (stand-in)",
    note: "This is a stand-in of VNeID for trials: all people and data are invented; no password is needed.",
    choose: "Choose an account",
    by_number: "Or type a personal number (12 digits)",
    submit: "Sign in",
    cancel: "Cancel and go back",
    unknown: "There is no account with this personal number. A personal number has 12 digits.",
};

/// The sign-in page; `unknown` is what was typed if no account has it.
pub(crate) fn sign_in(provider: &Provider, request: &AuthRequest, unknown: Option<&str>) -> String {
    let words = if request.ui_locales.starts_with("en") { ENGLISH } else { VIETNAMESE };
    let mut body = format!(
        "<p><a href=\"{}\" lang=\"{}\">{}</a></p>",
        link(request, words.other),
        words.other,
        words.other_name
    );
    let _ = write!(body, "<h1>{}</h1><p class=\"note\">{}</p>", words.title, words.note);
    if unknown.is_some() {
        let _ = write!(body, "<p class=\"error\" role=\"alert\" id=\"number-error\">{}</p>", words.unknown);
    }
    body.push_str("<form method=\"post\" action=\"/auth\">");
    hidden_fields(&mut body, request);
    let _ = write!(body, "<fieldset><legend>{}</legend>", words.choose);
    for account in provider.accounts().listed() {
        let (vietnamese, english) = account.listed_as.clone().unwrap_or_default();
        let role = if words.tag == "vi" { vietnamese } else { english };
        let _ = write!(
            body,
            "<div class=\"row\"><button name=\"account\" value=\"{}\">{}<span>{} · {}</span></button></div>",
            account.number.as_str(),
            escape(&account.name),
            escape(&role),
            account.number.as_str(),
        );
    }
    body.push_str("</fieldset></form><form method=\"post\" action=\"/auth\">");
    hidden_fields(&mut body, request);
    let described =
        if unknown.is_some() { " aria-invalid=\"true\" aria-describedby=\"number-error\"" } else { "" };
    let _ = write!(
        body,
        "<div class=\"row\"><label for=\"number\">{}</label></div><div class=\"row\"><input type=\"text\" \
         id=\"number\" name=\"number\" inputmode=\"numeric\" autocomplete=\"off\" value=\"{}\"{described}></div>\
         <p><button>{}</button> <button class=\"plain\" name=\"cancel\" value=\"1\">{}</button></p></form>",
        words.by_number,
        escape(unknown.unwrap_or_default()),
        words.submit,
        words.cancel,
    );
    document(words.tag, words.title, &body)
}

/// The page for a request whose client or return address is not registered.
pub(crate) fn untrusted(request: &AuthRequest) -> String {
    let english = request.ui_locales.starts_with("en");
    let (tag, title, text) = if english {
        ("en", "The application is not registered", "The client or its return address is unknown here.")
    } else {
        ("vi", "Ứng dụng chưa được đăng ký", "Không nhận ra ứng dụng hoặc địa chỉ quay về của ứng dụng.")
    };
    document(tag, title, &format!("<h1>{title}</h1><p>{text}</p>"))
}

/// The page after a sign-out without a return address.
pub(crate) fn signed_out() -> String {
    let title = "Đã đăng xuất";
    document("vi", title, &format!("<h1>{title}</h1><p lang=\"en\">You are signed out.</p>"))
}

fn document(tag: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    )
}

fn fields(request: &AuthRequest) -> Vec<(&'static str, &str)> {
    let mut fields = vec![
        ("response_type", request.response_type.as_str()),
        ("client_id", &request.client_id),
        ("redirect_uri", &request.redirect_uri),
        ("scope", &request.scope),
        ("state", &request.state),
        ("code_challenge", &request.code_challenge),
        ("code_challenge_method", &request.code_challenge_method),
    ];
    fields.extend(request.nonce.as_deref().map(|nonce| ("nonce", nonce)));
    fields
}

fn hidden_fields(body: &mut String, request: &AuthRequest) {
    for (name, value) in fields(request).into_iter().chain([("ui_locales", request.ui_locales.as_str())]) {
        let _ = write!(body, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value));
    }
}

/// This page in the other language.
fn link(request: &AuthRequest, locale: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields(request)).append_pair("ui_locales", locale);
    escape(&format!("/auth?{}", query.finish()))
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

//! What surrounds a page: who is signed in, where one can go, what must be said on every page.

use d06_kernel::Locale;
use serde::Serialize;

/// The surroundings of one page for one reader. Built by `d06-http` for each request.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The reader's language.
    pub locale: Locale,
    /// Path and query of the page, to come back to after a change of language.
    pub path: String,
    /// The nonce that lets this page's own inline script run (Content-Security-Policy).
    pub nonce: String,
    /// The token that forms of this session carry.
    pub csrf: String,
    /// Who is signed in.
    pub person: Option<FramePerson>,
    /// Where one can go.
    pub navigation: Vec<NavigationItem>,
    /// What happened just now, shown once.
    pub notices: Vec<Notice>,
    /// What does not work at the moment, if anything.
    pub outage: Option<String>,
    /// The request id, to be named to the support desk.
    pub request: String,
}

/// The signed-in person, as the header shows them.
#[derive(Clone, Debug, Serialize)]
pub struct FramePerson {
    /// The name.
    pub name: String,
    /// The unit they work in during this session; `None` for a citizen.
    pub unit: Option<String>,
}

/// One entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationItem {
    /// Message id of the words.
    pub text: &'static str,
    /// The address.
    pub href: &'static str,
    /// Whether the reader is there or below.
    pub current: bool,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// Something was done.
    Success,
    /// Something is worth knowing.
    Information,
}

/// Words shown once, after a redirect.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// How it is meant.
    pub kind: NoticeKind,
    /// The words.
    pub text: String,
}

impl Frame {
    /// The frame of somebody who is not signed in, as tests render it.
    pub fn anonymous_sample(locale: Locale) -> Self {
        Self {
            locale,
            path: "/procedures?q=khai+sinh".to_owned(),
            nonce: "bm9uY2U".to_owned(),
            csrf: "Y3NyZg".to_owned(),
            navigation: vec![
                NavigationItem { text: "nav-home", href: "/", current: false },
                NavigationItem { text: "nav-procedures", href: "/procedures", current: true },
            ],
            request: "0197705e-7b00-7000-8000-000000000000".to_owned(),
            ..Self::default()
        }
    }

    /// The frame of a signed-in official with everything in it, as tests render it.
    pub fn official_sample(locale: Locale) -> Self {
        Self {
            person: Some(FramePerson {
                name: "Nguyễn Thị Hường".to_owned(),
                unit: Some("Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned()),
            }),
            navigation: vec![
                NavigationItem { text: "nav-work", href: "/work", current: true },
                NavigationItem { text: "nav-procedures", href: "/procedures", current: false },
                NavigationItem { text: "nav-steering", href: "/steering/targets", current: false },
            ],
            notices: vec![Notice {
                kind: NoticeKind::Success, text: "Đã tiếp nhận hồ sơ.".to_owned()
            }],
            outage: Some("Cơ sở dữ liệu quốc gia về dân cư đang tạm gián đoạn.".to_owned()),
            ..Self::anonymous_sample(locale)
        }
    }
}

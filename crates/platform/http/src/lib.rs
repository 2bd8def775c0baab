#![doc = include_str!("../README.md")]

mod answer;
mod app;
mod cache;
mod csrf;
mod extract;
mod form;
mod home;
mod language;
mod layers;
mod limit;
mod meters;
mod module;
mod navigation;
mod next;
mod notice;
mod outage;
mod own;
mod platform;
mod problem;
mod route;
mod security;
mod session;
mod settings;
mod site;
mod visit;

pub use answer::ProblemPage;
pub use app::{App, serve};
pub use cache::CachePolicy;
pub use extract::{ClientAddress, Htmx, PageFrame, RequestCx};
pub use form::{Fields, Form, FromFields, Upload, UploadedFile};
pub use home::HomePage;
pub use limit::Limiter;
pub use module::Module;
pub use next::NextPath;
pub use notice::Flash;
pub use outage::Outages;
pub use own::source;
pub use platform::{Parts, Platform};
pub use problem::{AppProblem, status_of};
pub use route::{RouteInfo, RouteKind, Routes, Who};
pub use session::{
    KnownPrincipal, Lifetimes, PrincipalSource, SessionToken, Sessions, SetCookie, SignInCookies,
    cookie_value, migrations,
};
pub use settings::HttpSettings;

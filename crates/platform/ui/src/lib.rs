#![doc = include_str!("../README.md")]

mod arguments;
pub mod assets;
mod check;
mod escape;
pub mod form;
pub mod format;
pub mod frame;
mod functions;
pub mod gallery;
pub mod page;
pub mod texts;
mod ui;

pub use axum::response::Html;
pub use form::FormView;
pub use frame::{Frame, FramePerson, NavigationItem, Notice, NoticeKind};
pub use include_dir;
pub use page::{Page, Pages};
pub use ui::{Source, Ui, UiError};

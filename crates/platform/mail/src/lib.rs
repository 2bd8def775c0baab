#![doc = include_str!("../README.md")]

mod entity;
mod migration;
mod post;
mod send;
mod server;

pub use migration::migrations;
pub use post::{Mail, NewLetter, is_address};
pub use send::{LetterSender, SendLetter};
pub use server::{MailError, MailServer, Security};

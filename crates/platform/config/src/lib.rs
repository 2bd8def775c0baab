#![doc = include_str!("../README.md")]

mod load;
mod settings;

pub use load::{ConfigError, load, read_secret};
pub use settings::{Database, Log, Mail, MailSecurity, Population, Server, Settings, Storage, Vneid};

//! The settings with their defaults: those of a commune that tries the platform on one machine.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Every setting.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The web server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// Files and keys.
    pub storage: Storage,
    /// Sign-in with VNeID.
    pub vneid: Vneid,
    /// The national population database.
    pub population: Population,
    /// The mail server.
    pub mail: Mail,
    /// What is logged.
    pub log: Log,
}

/// The web server.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// How browsers reach the platform, without a slash at the end.
    pub public_url: String,
    /// Code of the People's Committee this installation serves (Decision 20/2020/QĐ-TTg Art. 4).
    pub unit: String,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8600)),
            public_url: "http://127.0.0.1:8600".into(),
            unit: "H31.10816".into(),
        }
    }
}

/// The database.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: "sqlite://data/dean06.db".into() }
    }
}

/// Files and keys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Storage {
    /// Folder of the encrypted files.
    pub folder: PathBuf,
    /// Folder of the keys.
    pub keys: PathBuf,
}

impl Default for Storage {
    fn default() -> Self {
        Self { folder: "data/files".into(), keys: "data/keys".into() }
    }
}

/// Sign-in with VNeID.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vneid {
    /// The issuer, as its discovery document names it.
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// File with our client secret.
    pub client_secret_file: PathBuf,
}

impl Default for Vneid {
    fn default() -> Self {
        Self {
            issuer: "http://127.0.0.1:8601".into(),
            client_id: "dean06".into(),
            client_secret_file: "data/keys/vneid-client-secret".into(),
        }
    }
}

/// The national population database.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Population {
    /// Address of the service, or of the exchange server before it.
    pub url: String,
    /// File with the key that signs our requests.
    pub key_file: PathBuf,
    /// Milliseconds to wait for an answer before the counter goes on without it.
    pub timeout_ms: u64,
}

impl Default for Population {
    fn default() -> Self {
        Self {
            url: "http://127.0.0.1:8602".into(),
            key_file: "data/keys/population-key".into(),
            timeout_ms: 2000,
        }
    }
}

/// The mail server that reminders go through.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Its name; empty if no e-mail is sent.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `tls`, `starttls`, or `none` for a relay on the same machine.
    pub security: MailSecurity,
    /// The account, if the server asks for one.
    pub user: String,
    /// File with the account's password.
    pub password_file: PathBuf,
    /// Who the letters come from.
    pub from: String,
    /// PEM file of an authority to trust beside those of the machine; empty for none.
    pub ca_file: PathBuf,
    /// Milliseconds to wait for one answer of the server.
    pub timeout_ms: u64,
}

/// How the line to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after `STARTTLS`.
    StartTls,
    /// None.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: MailSecurity::StartTls,
            user: String::new(),
            password_file: "data/keys/mail-password".into(),
            from: "dean06 <dean06@localhost.localdomain>".into(),
            ca_file: PathBuf::new(),
            timeout_ms: 120_000,
        }
    }
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// A `tracing` filter.
    pub filter: String,
    /// One JSON object a line instead of text.
    pub json: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".into(), json: false }
    }
}

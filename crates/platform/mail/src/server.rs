//! The mail server and how it is spoken to.

use lettre::address::Envelope;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;

/// How the line to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after `STARTTLS` (port 587); refused where the server does not offer it.
    StartTls,
    /// None: for a relay on the same machine.
    None,
}

/// A mail server.
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
}

/// The server cannot be used as configured, or did not take a letter.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The settings do not make a server.
    #[error("mail settings: {0}")]
    Settings(String),
    /// It may work later.
    #[error("mail server: {0}")]
    Later(String),
    /// It never will: the server refuses this letter or this address for good.
    #[error("mail server refuses: {0}")]
    Refused(String),
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailServer")
    }
}

impl MailServer {
    /// A server at `host`:`port`; `ca` is the PEM of an authority to trust beside those of the machine. `timeout` is
    /// the wait for a letter to be taken, from the connection to the server's last word.
    ///
    /// # Errors
    /// An authority that is none, or a sender that is no mailbox.
    pub fn new(
        host: &str,
        port: u16,
        security: Security,
        credentials: Option<(String, String)>,
        from: &str,
        ca: Option<&[u8]>,
        timeout: Duration,
    ) -> Result<Self, MailError> {
        let wrong = |error: &dyn std::fmt::Display| MailError::Settings(error.to_string());
        let mut tls = TlsParameters::builder(host.to_owned());
        if let Some(pem) = ca {
            tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(|e| wrong(&e))?);
        }
        let tls = match security {
            Security::None => Tls::None,
            Security::Tls => Tls::Wrapper(tls.build().map_err(|e| wrong(&e))?),
            Security::StartTls => Tls::Required(tls.build().map_err(|e| wrong(&e))?),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(timeout));
        if let Some((user, password)) = credentials {
            transport = transport.credentials(Credentials::new(user, password));
        }
        let from = from.parse::<Mailbox>().map_err(|e| wrong(&e))?;
        Ok(Self { transport: transport.build(), from, timeout })
    }

    /// Sends one letter, under an identity that is the same at every attempt.
    pub(crate) async fn send(
        &self,
        id: uuid::Uuid,
        at: chrono::DateTime<chrono::Utc>,
        to: &str,
        subject: &str,
        text: &str,
    ) -> Result<(), MailError> {
        let wrong = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to: Mailbox = to.parse().map_err(|e| wrong(&e))?;
        let domain = self.from.email.domain();
        let envelope =
            Envelope::new(Some(self.from.email.clone()), vec![to.email.clone()]).map_err(|e| wrong(&e))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .date(at.into())
            .message_id(Some(format!("<{id}@{domain}>")))
            .header(header::ContentType::TEXT_PLAIN)
            .body(text.to_owned())
            .map_err(|e| wrong(&e))?;
        // The transport's own timeout ends with the connection: a server that then falls silent would be waited for.
        let letter = message.formatted();
        let sent = tokio::time::timeout(self.timeout, self.transport.send_raw(&envelope, &letter));
        match sent.await.map_err(|_| MailError::Later("no answer in time".to_owned()))? {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused(error.to_string())),
            Err(error) => Err(MailError::Later(error.to_string())),
        }
    }
}

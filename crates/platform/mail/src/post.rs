//! Writing a letter, in the caller's transaction.

use crate::entity::{ActiveModel, Column, Entity};
use crate::send::SendLetter;
use crate::server::MailServer;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::{DbResultExt, Tx};
use d06_kernel::{Cx, Problem};
use lettre::Address;
use std::sync::Arc;

/// The letter box: takes letters if a server is configured. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Mail(Option<Arc<MailServer>>);

/// A letter to be sent.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// What it is about, once and for all; posted again with the same key, nothing happens.
    pub key: String,
    /// The mailbox of an office.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Mail {
    /// A letter box in front of a server.
    pub fn new(server: MailServer) -> Self {
        Self(Some(Arc::new(server)))
    }

    /// The server, if there is one.
    pub(crate) fn server(&self) -> Option<&MailServer> {
        self.0.as_deref()
    }

    /// Whether letters are sent at all.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Posts a letter in the caller's transaction, with the job that sends it; says whether it is new. Without a
    /// server nothing is written.
    ///
    /// # Errors
    /// `mail.address-wrong` for an address that is none; the database's.
    pub async fn post(&self, cx: &Cx, tx: &Tx, letter: NewLetter) -> Result<bool, Problem> {
        if !self.is_on() {
            return Ok(false);
        }
        if !is_address(&letter.to) {
            return Err(Problem::invalid("mail.address-wrong"));
        }
        let id: uuid::Uuid = cx.new_id();
        let row = ActiveModel {
            id: Set(id),
            key: Set(letter.key),
            recipient: Set(letter.to),
            subject: Set(one_line(&letter.subject)),
            body: Set(letter.text),
            posted_at: Set(cx.now()),
            sent_at: Set(None),
            refused: Set(None),
        };
        let again = OnConflict::column(Column::Key).do_nothing().to_owned();
        let added = Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.or_problem()?;
        if added == 0 {
            return Ok(false);
        }
        d06_jobs::enqueue(cx, tx, &SendLetter { letter: id }).await?;
        Ok(true)
    }
}

/// Whether a text is the address of a mailbox.
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok() && text.is_ascii()
}

/// A subject has no line ends: they would begin another header.
fn one_line(subject: &str) -> String {
    subject.split(char::is_control).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_subjects_cannot_smuggle_headers() {
        assert!(is_address("vanphong@habac.haiphong.gov.vn"));
        for wrong in ["", "habac", "a@b\r\nBcc: c@d", "a b@c.vn", "@c.vn", "vănphòng@habac.vn"] {
            assert!(!is_address(wrong), "{wrong:?}");
        }
        assert_eq!(one_line("Nhắc\r\nBcc: x@y"), "Nhắc  Bcc: x@y");
    }
}

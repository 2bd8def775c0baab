//! The job that sends a letter.

use crate::entity::{Column, Entity};
use crate::post::Mail;
use crate::server::MailError;
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{Db, DbResultExt};
use d06_jobs::{Handler, Job, JobError};
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sends a letter.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendLetter {
    /// The letter.
    pub letter: Uuid,
}

impl Job for SendLetter {
    const KIND: &'static str = "mail.send";
}

/// Does the job.
pub struct LetterSender {
    db: Db,
    mail: Mail,
}

impl LetterSender {
    /// Sends the letters of a database through a letter box.
    pub fn new(db: Db, mail: Mail) -> Self {
        Self { db, mail }
    }

    async fn settle(&self, cx: &Cx, letter: Uuid, refused: Option<String>) -> Result<(), Problem> {
        let tx = self.db.begin().await?;
        let column = if refused.is_some() { Column::Refused } else { Column::SentAt };
        let value = match refused {
            Some(words) => Expr::val(words),
            None => Expr::val(cx.now()),
        };
        let update = Entity::update_many().col_expr(column, value).filter(Column::Id.eq(letter));
        update.exec(&tx).await.or_problem()?;
        tx.commit().await
    }
}

#[async_trait::async_trait]
impl Handler for LetterSender {
    fn kind(&self) -> &'static str {
        SendLetter::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let job: SendLetter =
            serde_json::from_value(payload).map_err(|e| JobError::Dead(Problem::internal(e)))?;
        // Switched off after it was posted: it waits among the retried jobs for a server.
        let Some(server) = self.mail.server() else {
            return Err(JobError::Retry(Problem::unavailable("mail.no-server")));
        };
        let found = {
            let tx = self.db.read().await?;
            Entity::find_by_id(job.letter).one(&tx).await.or_problem()?
        };
        let Some(letter) = found.filter(|letter| letter.sent_at.is_none()) else { return Ok(()) };
        let sent =
            server.send(letter.id, letter.posted_at, &letter.recipient, &letter.subject, &letter.body).await;
        match sent {
            Ok(()) => Ok(self.settle(cx, letter.id, None).await?),
            Err(MailError::Later(words)) => {
                Err(JobError::Retry(Problem::unavailable("mail.server-unavailable").caused_by(words)))
            }
            Err(error) => {
                self.settle(cx, letter.id, Some(error.to_string())).await?;
                Err(JobError::Dead(Problem::invalid("mail.refused").caused_by(error)))
            }
        }
    }
}

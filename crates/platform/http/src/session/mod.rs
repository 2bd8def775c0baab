//! Sessions of signed-in people.
//!
//! The browser holds an opaque token in a cookie; the table holds its SHA-256 (OWASP session management). A
//! session ends after [`Lifetimes::idle`] without use and after [`Lifetimes::absolute`] in any case. Signing in,
//! changing the unit and signing out change the token, so that a planted one is worth nothing.
//!
//! The person's roles come from a [`PrincipalSource`] and are remembered in the row for [`Lifetimes::known`], so
//! that an ordinary request costs one indexed read; [`Sessions::forget`] makes a change of roles count at once.

pub(crate) mod cookie;
pub(crate) mod entity;
mod migration;
pub(crate) mod token;

pub use cookie::{SetCookie, get as cookie_value};
pub use migration::migrations;

use async_trait::async_trait;
use chrono::Duration;
use cookie::{SESSION, VISIT};
use d06_db::sea_orm::sea_query::Expr;
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{Db, DbResultExt, Tx};
use d06_kernel::id::AccountId;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Principal, Problem};
use entity::{ActiveModel, Column, Entity, Model};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use token::Token;

/// Who a session's account is at present; implemented by `identity`.
#[async_trait]
pub trait PrincipalSource: Send + Sync {
    /// The person of an account in a unit (`None`: as a citizen), with the roles in force now. `None` when the
    /// account is closed or holds no role in the unit any more: the session ends.
    async fn principal(
        &self,
        cx: &Cx,
        tx: &Tx,
        account: AccountId,
        unit: Option<&str>,
    ) -> Result<Option<KnownPrincipal>, Problem>;
}

/// A person and the name of the unit they work in, as pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownPrincipal {
    /// The person.
    pub principal: Principal,
    /// Name of the unit of the session, for officials.
    pub unit_name: Option<String>,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Without use.
    pub idle: Duration,
    /// In any case.
    pub absolute: Duration,
    /// How long roles are remembered before they are looked up anew; also how exactly use is recorded.
    pub known: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { idle: Duration::minutes(60), absolute: Duration::hours(12), known: Duration::seconds(60) }
    }
}

/// Opens, finds and ends sessions.
#[derive(Clone)]
pub struct Sessions {
    source: Arc<dyn PrincipalSource>,
    lifetimes: Lifetimes,
    secure: bool,
}

/// A session found.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) known: KnownPrincipal,
}

/// What the table says of a token.
enum Found {
    /// A session whose person is known freshly enough.
    Fresh(Session),
    /// A session whose person is to be looked up.
    Stale(Model),
    /// None, or one that has expired.
    Nothing,
}

impl Sessions {
    /// Sessions whose people come from `source`; `secure` where browsers reach the platform by https.
    pub fn new(source: Arc<dyn PrincipalSource>, lifetimes: Lifetimes, secure: bool) -> Self {
        Self { source, lifetimes, secure }
    }

    /// Opens a session; the cookie belongs into the response, after the transaction is committed.
    pub async fn sign_in(&self, cx: &Cx, tx: &Tx, principal: &Principal) -> Result<SignInCookies, Problem> {
        self.open(cx, tx, principal.account, principal.unit.clone()).await
    }

    /// Moves the session of `old` into another unit (`None`: to act as a citizen), under a new token.
    pub async fn change_unit(
        &self,
        cx: &Cx,
        tx: &Tx,
        old: &SessionToken,
        unit: Option<String>,
    ) -> Result<SignInCookies, Problem> {
        let account = cx.require_principal()?.account;
        self.end(tx, old).await?;
        self.open(cx, tx, account, unit).await
    }

    /// Ends a session.
    pub async fn sign_out(&self, tx: &Tx, session: &SessionToken) -> Result<SetCookie, Problem> {
        self.end(tx, session).await?;
        Ok(SetCookie::gone(SESSION, self.secure))
    }

    /// Ends every session of an account (lost device, closed account).
    pub async fn sign_out_everywhere(&self, tx: &Tx, account: AccountId) -> Result<(), Problem> {
        Entity::delete_many().filter(Column::Account.eq(account.0)).exec(tx).await.or_problem()?;
        Ok(())
    }

    /// Has the roles of an account looked up anew at its next request; called where roles change.
    pub async fn forget(&self, tx: &Tx, account: AccountId) -> Result<(), Problem> {
        Entity::update_many()
            .col_expr(Column::KnownAt, Expr::value(None::<Moment>))
            .filter(Column::Account.eq(account.0))
            .exec(tx)
            .await
            .or_problem()?;
        Ok(())
    }

    /// Removes sessions that have expired; for a schedule.
    pub async fn sweep(&self, cx: &Cx, tx: &Tx) -> Result<u64, Problem> {
        let unused = cx.now() - self.lifetimes.idle;
        let removed = Entity::delete_many().filter(Column::SeenAt.lt(unused)).exec(tx).await.or_problem()?;
        Ok(removed.rows_affected)
    }

    /// The session of a token, if it lives.
    pub(crate) async fn find(&self, cx: &Cx, db: &Db, token: &Token) -> Result<Option<Session>, Problem> {
        let hash = token.hash();
        let tx = db.read().await?;
        let row = Entity::find_by_id(hash).one(&tx).await.or_problem()?;
        drop(tx);
        match self.judge(cx, row) {
            Found::Fresh(session) => Ok(Some(session)),
            Found::Stale(row) => self.look_up(cx, db, row).await,
            Found::Nothing => Ok(None),
        }
    }

    fn judge(&self, cx: &Cx, row: Option<Model>) -> Found {
        let now = cx.now();
        let Some(row) = row else { return Found::Nothing };
        if now >= row.seen_at + self.lifetimes.idle || now >= row.created_at + self.lifetimes.absolute {
            return Found::Nothing;
        }
        let fresh = row.known_at.is_some_and(|at| now < at + self.lifetimes.known);
        let known = row.known.as_ref().filter(|_| fresh);
        match known.and_then(|known| KnownPrincipal::deserialize(known).ok()) {
            Some(known) => Found::Fresh(Session { known }),
            None => Found::Stale(row),
        }
    }

    /// Asks who the account is now, and records that the session is used.
    async fn look_up(&self, cx: &Cx, db: &Db, row: Model) -> Result<Option<Session>, Problem> {
        let tx = db.begin().await?;
        let account = AccountId(row.account);
        let known = self.source.principal(cx, &tx, account, row.unit.as_deref()).await?;
        let of_row = Column::TokenHash.eq(row.token_hash);
        match &known {
            Some(known) => {
                let json = serde_json::to_value(known).map_err(Problem::internal)?;
                Entity::update_many()
                    .col_expr(Column::Known, Expr::value(json))
                    .col_expr(Column::KnownAt, Expr::value(cx.now()))
                    .col_expr(Column::SeenAt, Expr::value(cx.now()))
                    .filter(of_row)
                    .exec(&tx)
                    .await
                    .or_problem()?;
            }
            None => {
                Entity::delete_many().filter(of_row).exec(&tx).await.or_problem()?;
            }
        }
        tx.commit().await?;
        Ok(known.map(|known| Session { known }))
    }

    async fn open(
        &self,
        cx: &Cx,
        tx: &Tx,
        account: AccountId,
        unit: Option<String>,
    ) -> Result<SignInCookies, Problem> {
        let token = Token::new(cx.randomness());
        let row = ActiveModel {
            token_hash: Set(token.hash()),
            account: Set(account.0),
            unit: Set(unit),
            known: Set(None),
            known_at: Set(None),
            created_at: Set(cx.now()),
            seen_at: Set(cx.now()),
        };
        Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
        Ok((SetCookie::session(&token, self.secure), SetCookie::gone(VISIT, self.secure)))
    }

    async fn end(&self, tx: &Tx, session: &SessionToken) -> Result<(), Problem> {
        Entity::delete_by_id(session.0.hash()).exec(tx).await.or_problem()?;
        Ok(())
    }
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sessions").field("lifetimes", &self.lifetimes).finish_non_exhaustive()
    }
}

/// The cookies that begin a session: the new token, and the end of the visitor's.
pub type SignInCookies = (SetCookie, SetCookie);

/// The token of the session a request belongs to: an extractor for handlers that end or move the session.
#[derive(Clone, Debug)]
pub struct SessionToken(pub(crate) Token);

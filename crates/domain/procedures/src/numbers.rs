//! Numbers for dossier codes, handed out so that no submission waits for the end of another.
//!
//! A number taken within the submission's transaction locks the agency's row until that transaction is on disk, so an
//! agency could file no more dossiers a second than the disk flushes one after the other. Here numbers are taken before
//! it, in a transaction of their own, as many as are wanted at that moment; one that did not become a dossier goes to
//! the next who asks. See docs/adr/0009-numbers-are-taken-beforehand.md.

use crate::model::DossierCode;
use crate::store::sequence;
use chrono::NaiveDate;
use d06_db::Db;
use d06_kernel::Problem;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An agency and a day.
type Series = (String, NaiveDate);

/// Hands out numbers. Cheap to clone; clones share what they hold.
#[derive(Clone, Debug, Default)]
pub struct Numbers(Arc<Desk>);

#[derive(Debug, Default)]
struct Desk {
    /// Taken from the database and not in use.
    spare: Mutex<BTreeMap<Series, BTreeSet<u32>>>,
    /// One goes to the database at a time, for all who wait.
    turn: tokio::sync::Mutex<()>,
    /// How many wait for a number or hold one.
    wanted: AtomicU32,
}

/// A number in hand. Dropped, it goes to the next who asks.
#[derive(Debug)]
pub struct Number {
    value: u32,
    series: Series,
    is_spent: bool,
    want: Want,
}

impl Numbers {
    /// The lowest number that is free for a dossier that `agency` receives on `day`, from 1.
    ///
    /// # Errors
    /// The database's.
    pub async fn take(&self, db: &Db, agency: &str, day: NaiveDate) -> Result<Number, Problem> {
        let series = (agency.to_owned(), day);
        let want = Want::of(&self.0);
        let value = match self.0.pick(&series) {
            Some(value) => value,
            None => self.0.fetch(db, &series).await?,
        };
        Ok(Number { value, series, is_spent: false, want })
    }
}

impl Desk {
    fn spare(&self) -> MutexGuard<'_, BTreeMap<Series, BTreeSet<u32>>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pick(&self, series: &Series) -> Option<u32> {
        self.spare().get_mut(series)?.pop_first()
    }

    async fn fetch(&self, db: &Db, series: &Series) -> Result<u32, Problem> {
        let _turn = self.turn.lock().await;
        if let Some(value) = self.pick(series) {
            return Ok(value);
        }
        let (agency, day) = series;
        let tx = db.begin().await?;
        let count = self.wanted.load(Ordering::Relaxed).max(1);
        let mut taken = sequence::advance(&tx, agency, *day, count).await?;
        tx.commit().await?;
        let value = *taken.start();
        let _own = taken.next();
        let mut spare = self.spare();
        spare.retain(|(_, kept), _| kept == day);
        spare.entry(series.clone()).or_default().extend(taken);
        Ok(value)
    }
}

impl Number {
    /// The code that it makes.
    ///
    /// # Errors
    /// The agency's code is none.
    pub fn code(&self) -> Result<DossierCode, Problem> {
        let (agency, day) = &self.series;
        DossierCode::generate(agency, *day, self.value, None).map_err(Problem::internal)
    }

    /// Says that it is used up. To be called before the commit: when a commit fails it is not known whether the
    /// dossier came to be.
    pub fn spend(mut self) {
        self.is_spent = true;
    }
}

impl Drop for Number {
    fn drop(&mut self) {
        if !self.is_spent {
            self.want.0.spare().entry(self.series.clone()).or_default().insert(self.value);
        }
    }
}

/// Counts as one who wants a number for as long as it lives.
#[derive(Debug)]
struct Want(Arc<Desk>);

impl Want {
    fn of(desk: &Arc<Desk>) -> Self {
        desk.wanted.fetch_add(1, Ordering::Relaxed);
        Self(desk.clone())
    }
}

impl Drop for Want {
    fn drop(&mut self) {
        self.0.wanted.fetch_sub(1, Ordering::Relaxed);
    }
}

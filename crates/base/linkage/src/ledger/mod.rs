//! Clusters that keep their identity, and a ledger of everything that made them.
//!
//! A linkage is never finished: registers change, stewards correct, better evidence comes. What was joined must
//! come apart again without a trace of the joining, and whoever stored the id of a cluster must find it next
//! year. So clusters are not stored as a result. They follow from an append-only ledger of statements:
//!
//! - [`Action::Link`]: two records are the same, with a probability, said by a run or a person;
//! - [`Action::Apart`]: two records are not the same, said by a person; it counts more than any chain of links;
//! - [`Action::Undo`]: an earlier statement no longer holds. Undoing an undo brings the statement back.
//!
//! **Clusters are a function of the statements in force, not of their order**: links are taken by falling
//! probability, and one that would join two records said to be apart is left out. So a record that comes today
//! gives the same clusters as a full run over everything ([`Ledger::run`]), and an undo gives the clusters as if
//! the statement had never been made.
//!
//! **Ids are stable**: when clusters change, each new one keeps the id of the old one that most of its records
//! come from; the older id wins a draw. Ids that end are never used again; [`Ledger::find`] leads from an ended
//! id to the clusters its records are in now.
//!
//! **Nothing is undone blindly**: [`Ledger::dependents`] lists the later statements about clusters that a
//! statement had a part in, for the steward who undoes it to look at.
//!
//! ```
//! use d06_linkage::ledger::{By, Ledger};
//!
//! let mut ledger = Ledger::default();
//! let steward = || By::Person("hanh".into());
//! let first = ledger.link("land/1", "people/7", 0.97, By::Run, 1)?;
//! ledger.link("tax/3", "people/7", 0.92, By::Run, 2)?;
//! assert_eq!(ledger.cluster_of("land/1"), ledger.cluster_of("tax/3"));
//! assert_eq!(ledger.dependents(first), [1], "the second link joined the cluster that the first one made");
//! ledger.undo(first, steward(), 3)?;
//! assert_ne!(ledger.cluster_of("land/1"), ledger.cluster_of("tax/3"));
//! # Ok::<(), d06_linkage::ledger::LedgerError>(())
//! ```

mod entry;
mod identity;
mod partition;
mod refresh;
#[cfg(test)]
mod tests;

pub use entry::{Action, By, ClusterId, Effect, Entry, LedgerError};

use std::collections::{BTreeSet, HashMap, HashSet};

/// The ledger, and the clusters that follow from it.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// Statements in force, by their place.
    in_force: Vec<bool>,
    records: Vec<String>,
    places: HashMap<String, u32>,
    /// Per record the links and the aparts in force that name it.
    links_of: Vec<Vec<usize>>,
    aparts_of: Vec<Vec<usize>>,
    /// Per record its cluster.
    cluster_of: Vec<ClusterId>,
    members: HashMap<ClusterId, BTreeSet<u32>>,
    /// Records of an ended cluster at its end.
    ended: HashMap<ClusterId, Vec<u32>>,
    next_cluster: u64,
}

impl Ledger {
    /// The ledger that these entries make, as they were read from storage. Only their statements count; effects
    /// are found anew and are the same.
    ///
    /// # Errors
    /// If a statement cannot follow the ones before it.
    pub fn replay(entries: impl IntoIterator<Item = Entry>) -> Result<Self, LedgerError> {
        let mut ledger = Self::default();
        for Entry { action, by, at, .. } in entries {
            ledger.append(action, by, at)?;
        }
        Ok(ledger)
    }

    /// Makes a record known; alone in its cluster until it is linked.
    pub fn add(&mut self, record: &str) -> ClusterId {
        let place = self.place(record);
        self.cluster_of.get(place as usize).copied().unwrap_or_default()
    }

    /// Says that two records are the same.
    ///
    /// # Errors
    /// If they are one record, the probability is none, or a person has said that they are apart.
    pub fn link(
        &mut self,
        one: &str,
        other: &str,
        probability: f32,
        by: By,
        at: i64,
    ) -> Result<usize, LedgerError> {
        self.append(Action::Link { one: one.into(), other: other.into(), probability }, by, at)
    }

    /// Says that two records are not the same.
    ///
    /// # Errors
    /// If they are one record.
    pub fn apart(&mut self, one: &str, other: &str, by: By, at: i64) -> Result<usize, LedgerError> {
        self.append(Action::Apart { one: one.into(), other: other.into() }, by, at)
    }

    /// Takes a statement back.
    ///
    /// # Errors
    /// If there is no such entry, or it does not hold any more.
    pub fn undo(&mut self, entry: usize, by: By, at: i64) -> Result<usize, LedgerError> {
        self.append(Action::Undo { entry }, by, at)
    }

    /// Brings the ledger to what a full run found: links that it did not find again are undone, new ones and
    /// those of another probability are added. What people said stays. Returns the entries that were added.
    ///
    /// # Errors
    /// If a link is of one record to itself, or its probability is none; nothing is changed then.
    pub fn run<'a>(
        &mut self,
        links: impl IntoIterator<Item = (&'a str, &'a str, f32)>,
        at: i64,
    ) -> Result<std::ops::Range<usize>, LedgerError> {
        let mut found: HashMap<(String, String), f32> = HashMap::new();
        for (one, other, probability) in links {
            entry::check(one, other, probability)?;
            let (one, other) = if one < other { (one, other) } else { (other, one) };
            found.insert((one.to_owned(), other.to_owned()), probability);
        }
        let start = self.entries.len();
        for place in 0..start {
            let Some(Entry { action: Action::Link { one, other, probability }, by: By::Run, .. }) =
                self.entries.get(place)
            else {
                continue;
            };
            if !self.holds(place) {
                continue;
            }
            let key = if one < other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) };
            if found.get(&key) == Some(probability) {
                found.remove(&key);
            } else {
                self.undo(place, By::Run, at)?;
            }
        }
        let mut new: Vec<((String, String), f32)> = found.into_iter().collect();
        new.sort_by(|(a, _), (b, _)| a.cmp(b));
        for ((one, other), probability) in new {
            self.link(&one, &other, probability, By::Run, at)?;
        }
        Ok(start..self.entries.len())
    }

    /// All entries, in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether the statement of an entry holds.
    pub fn holds(&self, entry: usize) -> bool {
        self.in_force.get(entry).copied().unwrap_or(false)
    }

    /// The cluster of a record that is known.
    pub fn cluster_of(&self, record: &str) -> Option<ClusterId> {
        self.places.get(record).and_then(|place| self.cluster_of.get(*place as usize)).copied()
    }

    /// The records of a cluster, in the order they became known.
    pub fn members(&self, cluster: ClusterId) -> impl Iterator<Item = &str> {
        let places = self.members.get(&cluster).into_iter().flatten();
        places.filter_map(|place| self.records.get(*place as usize)).map(String::as_str)
    }

    /// The clusters, each with how many records it has.
    pub fn clusters(&self) -> impl Iterator<Item = (ClusterId, usize)> {
        self.members.iter().map(|(cluster, members)| (*cluster, members.len()))
    }

    /// Where an id leads: to itself, or from an ended cluster to those that its records are in now.
    pub fn find(&self, cluster: ClusterId) -> Vec<ClusterId> {
        if self.members.contains_key(&cluster) {
            return vec![cluster];
        }
        let records = self.ended.get(&cluster).into_iter().flatten();
        let mut found: Vec<ClusterId> =
            records.filter_map(|place| self.cluster_of.get(*place as usize)).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Later entries in force about clusters that this entry had a part in, directly or through one another.
    pub fn dependents(&self, entry: usize) -> Vec<usize> {
        let Some(first) = self.entries.get(entry) else { return Vec::new() };
        let mut touched: HashSet<ClusterId> = first.effect.after.iter().copied().collect();
        let mut dependents = Vec::new();
        for (place, later) in self.entries.iter().enumerate().skip(entry + 1) {
            if self.holds(place) && later.effect.before.iter().any(|cluster| touched.contains(cluster)) {
                touched.extend(&later.effect.after);
                dependents.push(place);
            }
        }
        dependents
    }

    fn append(&mut self, action: Action, by: By, at: i64) -> Result<usize, LedgerError> {
        self.check(&action, &by)?;
        let place = self.entries.len();
        let ends = match &action {
            Action::Link { one, other, .. } | Action::Apart { one, other } => {
                [self.place(one), self.place(other)]
            }
            Action::Undo { .. } => [0, 0],
        };
        let undone = match action {
            Action::Undo { entry } => Some(entry),
            _ => None,
        };
        self.entries.push(Entry { action, by, at, effect: Effect::default() });
        self.in_force.push(true);
        let around = match undone {
            Some(entry) => self.take_back(entry),
            None => {
                self.attach(place);
                Some(ends)
            }
        };
        let effect = around.map(|ends| self.refresh(ends)).unwrap_or_default();
        if let Some(entry) = self.entries.get_mut(place) {
            entry.effect = effect;
        }
        Ok(place)
    }

    fn check(&self, action: &Action, by: &By) -> Result<(), LedgerError> {
        match action {
            Action::Link { one, other, probability } => {
                entry::check(one, other, *probability)?;
                match (by, self.apart_between(one, other)) {
                    (By::Person(_), Some(apart)) => Err(LedgerError::Contradiction(apart)),
                    _ => Ok(()),
                }
            }
            Action::Apart { one, other } => entry::check(one, other, 0.0),
            Action::Undo { entry } if *entry >= self.entries.len() => Err(LedgerError::UnknownEntry(*entry)),
            Action::Undo { entry } if !self.holds(*entry) => Err(LedgerError::NotInForce(*entry)),
            Action::Undo { .. } => Ok(()),
        }
    }

    /// Takes an entry out of force. If it is an undo, what it undid comes back, and so on down to a link or an
    /// apart, whose records are returned.
    fn take_back(&mut self, entry: usize) -> Option<[u32; 2]> {
        let (mut place, mut holds) = (entry, false);
        loop {
            *self.in_force.get_mut(place)? = holds;
            match self.entries.get(place)?.action {
                Action::Undo { entry } => {
                    (place, holds) = (entry, !holds);
                    continue;
                }
                _ if holds => self.attach(place),
                _ => self.detach(place),
            }
            return self.ends_of(place);
        }
    }

    /// Lists a link or an apart with its records.
    fn attach(&mut self, entry: usize) {
        for list in self.lists_of(entry).into_iter().flatten() {
            list.push(entry);
        }
    }

    fn detach(&mut self, entry: usize) {
        for list in self.lists_of(entry).into_iter().flatten() {
            list.retain(|other| *other != entry);
        }
    }

    fn lists_of(&mut self, entry: usize) -> Option<[&mut Vec<usize>; 2]> {
        let ends = self.ends_of(entry)?.map(|end| end as usize);
        let is_link = matches!(self.entries.get(entry)?.action, Action::Link { .. });
        let lists = if is_link { &mut self.links_of } else { &mut self.aparts_of };
        lists.get_disjoint_mut(ends).ok()
    }

    fn ends_of(&self, entry: usize) -> Option<[u32; 2]> {
        match &self.entries.get(entry)?.action {
            Action::Link { one, other, .. } | Action::Apart { one, other } => {
                Some([*self.places.get(one)?, *self.places.get(other)?])
            }
            Action::Undo { .. } => None,
        }
    }

    fn apart_between(&self, one: &str, other: &str) -> Option<usize> {
        let (one, other) = (*self.places.get(one)?, *self.places.get(other)?);
        let aparts = self.aparts_of.get(one as usize)?;
        aparts.iter().copied().find(|entry| self.ends_of(*entry).is_some_and(|ends| ends.contains(&other)))
    }

    fn place(&mut self, record: &str) -> u32 {
        if let Some(place) = self.places.get(record) {
            return *place;
        }
        let place = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        let cluster = ClusterId(self.next_cluster);
        self.next_cluster += 1;
        self.records.push(record.to_owned());
        self.places.insert(record.to_owned(), place);
        self.links_of.push(Vec::new());
        self.aparts_of.push(Vec::new());
        self.cluster_of.push(cluster);
        self.members.insert(cluster, BTreeSet::from([place]));
        place
    }
}

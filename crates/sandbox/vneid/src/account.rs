//! The accounts that can sign in.

use d06_kernel::person::{PartialDate, PersonalNumber};
use std::collections::BTreeMap;

/// A citizen's electronic identification account (tài khoản định danh điện tử, Decree 69/2024 Art. 7).
#[derive(Clone)]
pub struct Account {
    /// The personal number.
    pub number: PersonalNumber,
    /// Full name.
    pub name: String,
    /// Birth date, of which perhaps only the year is known.
    pub birth: PartialDate,
    /// Identification level: 1 or 2.
    pub level: u8,
    /// What the account is listed as on the sign-in page, in Vietnamese and English; `None` keeps it off the list.
    pub listed_as: Option<(String, String)>,
}

impl Account {
    /// `NgayThangNamSinh`: `YYYYMMDD`, or the year alone.
    pub(crate) fn birth_claim(&self) -> String {
        match self.birth {
            PartialDate::Day(day) => day.format("%Y%m%d").to_string(),
            PartialDate::Month(year, month) => format!("{year:04}{month:02}"),
            PartialDate::Year(year) => format!("{year:04}"),
        }
    }

    /// The stable subject of the account. It is not the personal number, as with the real system.
    pub(crate) fn subject(&self) -> String {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(format!("vneid-sandbox:{}", self.number.as_str()));
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// All accounts, by personal number.
#[derive(Clone, Default)]
pub struct Accounts {
    by_number: BTreeMap<PersonalNumber, Account>,
    listed: Vec<PersonalNumber>,
}

impl Accounts {
    /// The accounts, those with `listed_as` listed in the order given.
    pub fn new(accounts: impl IntoIterator<Item = Account>) -> Self {
        let mut all = Self::default();
        for account in accounts {
            if account.listed_as.is_some() {
                all.listed.push(account.number);
            }
            all.by_number.insert(account.number, account);
        }
        all
    }

    pub(crate) fn find(&self, number: PersonalNumber) -> Option<&Account> {
        self.by_number.get(&number)
    }

    pub(crate) fn listed(&self) -> impl Iterator<Item = &Account> {
        self.listed.iter().filter_map(|number| self.by_number.get(number))
    }
}

impl Accounts {
    /// The demo people, listed, and everyone of `population` who holds an identity card, reachable by number.
    pub fn of(population: &d06_synth::Population) -> Self {
        let demo = d06_synth::demo::people().into_iter().map(|person| Account {
            number: person.number,
            name: person.name.to_owned(),
            birth: person.birth,
            level: 2,
            listed_as: Some((person.about.to_owned(), person.about_en.to_owned())),
        });
        let mut accounts = Self::new(demo);
        for person in population.living().filter(|person| person.card.is_some()) {
            accounts.by_number.entry(person.number).or_insert_with(|| Account {
                number: person.number,
                name: person.name.clone(),
                birth: person.birth,
                level: 2,
                listed_as: None,
            });
        }
        accounts
    }
}

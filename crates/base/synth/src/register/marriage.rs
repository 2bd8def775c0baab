//! A register of marriages: two people in each row.

use super::city::{Block, City, Resident};
use super::clerk::{Care, Clerk, Manner};
use super::{Entry, share};
use d06_kernel::person::Sex;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Purpose of the randomness.
const PURPOSE: u64 = 2;

/// A row of the register of marriages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarriageRow {
    /// Number of the entry, unique in the register.
    pub id: String,
    /// The husband.
    pub husband: Party,
    /// The wife.
    pub wife: Party,
    /// Year of registration.
    pub year: i32,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Full name.
    pub name: String,
    /// Date or year of birth.
    pub birth: String,
    /// Personal number or old 9-digit number; empty before numbers were asked for.
    pub number: String,
    /// Residence at the time.
    pub address: String,
}

/// The register of a city.
pub struct Marriages {
    clerk: Clerk,
    rows: usize,
}

impl Marriages {
    /// So many rows, with the errors of [`Care::PAPER`]. A city too small for them has fewer.
    pub fn new(_city: &City, rows: usize) -> Self {
        Self { clerk: Clerk::new(Care::PAPER), rows }
    }

    /// The rows about couples of a block, with the truth: husband, wife.
    pub fn entries(&self, city: &City, block: &Block) -> Vec<Entry<MarriageRow>> {
        let mut rng = city.rng(PURPOSE, block.index);
        let range = share(self.rows, block.index, city.blocks());
        let husbands = block.residents.iter().filter(|r| r.sex == Sex::Male && r.spouse.is_some());
        let couples = husbands.filter_map(|husband| Some((husband, block.spouse(husband)?)));
        let mut couples: Vec<_> = couples.collect();
        let mut entries = Vec::with_capacity(range.len());
        for position in range {
            if couples.is_empty() {
                break;
            }
            let (husband, wife) = couples.swap_remove(rng.random_range(0..couples.len()));
            let manner = Manner::draw(&mut rng, self.clerk.care());
            let row = MarriageRow {
                id: format!("KH{position:08}"),
                husband: self.party(&mut rng, city, husband, manner),
                wife: self.party(&mut rng, city, wife, manner),
                year: (wife.birth_year() + rng.random_range(19..30)).min(2025),
            };
            entries.push(Entry { row, truth: vec![husband.id, wife.id] });
        }
        entries
    }

    fn party(&self, rng: &mut ChaCha8Rng, city: &City, person: &Resident, manner: Manner) -> Party {
        let number = match rng.random_range(0..10) {
            0..3 => person.old_number().map(|old| self.clerk.number(rng, &old)).unwrap_or_default(),
            3 => self.clerk.number(rng, person.number.as_str()),
            _ => String::new(),
        };
        let home = person.former_home.unwrap_or(person.home);
        Party {
            name: manner.set(&self.clerk.name_in(rng, &person.name, manner)),
            birth: self.clerk.date(rng, person.birth),
            number,
            address: manner.set(&home.written(rng, &city.places, 1.0)),
        }
    }
}

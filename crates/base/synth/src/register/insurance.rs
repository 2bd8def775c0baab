//! A register of the social insurance: kept on computers, with the father's or mother's name of children.

use super::city::{Block, City, Resident};
use super::clerk::{Care, Clerk, Manner};
use super::{Entry, share};
use d06_kernel::person::Sex;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Purpose of the randomness.
const PURPOSE: u64 = 3;

/// A row of the register of insured people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsuranceRow {
    /// Ten digits of the insurance number, unique in the register.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Date or year of birth.
    pub birth: String,
    /// `Nam` or `Nữ`.
    pub sex: String,
    /// Personal number, where it was reported.
    pub number: String,
    /// Address.
    pub address: String,
    /// Name of a parent, of children.
    pub guardian: String,
    /// Mobile number.
    pub phone: String,
}

/// The register of a city.
pub struct Insurance {
    clerk: Clerk,
    rows: usize,
}

impl Insurance {
    /// So many rows, with the errors of [`Care::OFFICE`].
    pub fn new(_city: &City, rows: usize) -> Self {
        Self { clerk: Clerk::new(Care::OFFICE), rows }
    }

    /// The rows about a block, with the truth. People insured here who live elsewhere are among them, and some
    /// people have two numbers.
    pub fn entries(&self, city: &City, block: &Block) -> Vec<Entry<InsuranceRow>> {
        let mut rng = city.rng(PURPOSE, block.index);
        let range = share(self.rows, block.index, city.blocks());
        let strangers = city.strangers(block.index, range.len() / 20 + 8);
        range
            .map(|position| {
                let is_stranger = rng.random_bool(0.04);
                let person = if is_stranger { &strangers } else { block }.adult(&mut rng, 0);
                let truth = if is_stranger { Vec::new() } else { vec![person.id] };
                Entry { row: self.row(&mut rng, city, position, person), truth }
            })
            .collect()
    }

    fn row(&self, rng: &mut ChaCha8Rng, city: &City, position: usize, person: &Resident) -> InsuranceRow {
        let clerk = &self.clerk;
        let manner = Manner::draw(rng, clerk.care());
        let number =
            if rng.random_bool(0.6) { clerk.number(rng, person.number.as_str()) } else { String::new() };
        let is_child = person.birth_year() > 2008;
        let guardian = person.mother.as_ref().or(person.father.as_ref()).filter(|_| is_child);
        // Before 2018 mobile numbers had eleven digits.
        let phone =
            person.phone.as_ref().filter(|_| rng.random_bool(0.6)).map(|phone| match phone.get(..3) {
                Some(prefix @ ("032" | "033" | "034" | "035" | "036")) if rng.random_bool(0.3) => {
                    format!("016{}{}", &prefix[2..], &phone[3..])
                }
                _ => phone.clone(),
            });
        InsuranceRow {
            id: format!("31{position:08}"),
            name: manner.set(&clerk.name_in(rng, &person.name, manner)),
            birth: clerk.date(rng, person.birth),
            sex: if person.sex == Sex::Male { "Nam" } else { "Nữ" }.to_owned(),
            number,
            address: manner.set(&person.home.written(rng, &city.places, 0.5)),
            guardian: guardian.map(|name| manner.set(name)).unwrap_or_default(),
            phone: phone.unwrap_or_default(),
        }
    }
}

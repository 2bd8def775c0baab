//! A list of beneficiaries put together from several offices, with people in it more than once: what is to be freed
//! of duplicates.

use super::city::{Block, City, Resident};
use super::clerk::{Care, Clerk, Manner};
use super::{Entry, share};
use d06_kernel::person::Sex;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Purpose of the randomness.
const PURPOSE: u64 = 4;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeneficiaryRow {
    /// Number of the row, unique in the list.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Date or year of birth.
    pub birth: String,
    /// `Nam` or `Nữ`.
    pub sex: String,
    /// Personal number or old 9-digit number, where there is one.
    pub number: String,
    /// Address.
    pub address: String,
    /// Mobile number.
    pub phone: String,
}

/// The list of a city.
pub struct Beneficiaries {
    clerk: Clerk,
    rows: usize,
}

impl Beneficiaries {
    /// So many rows, with the errors of [`Care::OFFICE`]; one in six repeats somebody who is listed already.
    pub fn new(_city: &City, rows: usize) -> Self {
        Self { clerk: Clerk::new(Care::OFFICE), rows }
    }

    /// The rows about a block; rows with the same truth are about the same person.
    pub fn entries(&self, city: &City, block: &Block) -> Vec<Entry<BeneficiaryRow>> {
        let mut rng = city.rng(PURPOSE, block.index);
        let range = share(self.rows, block.index, city.blocks());
        let mut fresh = (0..block.residents.len()).collect::<Vec<_>>();
        let mut listed: Vec<usize> = Vec::with_capacity(range.len());
        range
            .map(|position| {
                let repeats = fresh.is_empty() || (!listed.is_empty() && rng.random_bool(1.0 / 6.0));
                let place = if repeats {
                    listed[rng.random_range(0..listed.len())]
                } else {
                    let place = rng.random_range(0..fresh.len());
                    let place = fresh.swap_remove(place);
                    listed.push(place);
                    place
                };
                let person = &block.residents[place];
                Entry { row: self.row(&mut rng, city, position, person), truth: vec![person.id] }
            })
            .collect()
    }

    fn row(&self, rng: &mut ChaCha8Rng, city: &City, position: usize, person: &Resident) -> BeneficiaryRow {
        let clerk = &self.clerk;
        let manner = Manner::draw(rng, clerk.care());
        let number = match rng.random_range(0..10) {
            0..4 => clerk.number(rng, person.number.as_str()),
            4..6 => person.old_number().map(|old| clerk.number(rng, &old)).unwrap_or_default(),
            _ => String::new(),
        };
        let phone = person.phone.clone().filter(|_| rng.random_bool(0.5)).unwrap_or_default();
        BeneficiaryRow {
            id: format!("TH{position:08}"),
            name: manner.set(&clerk.name_in(rng, &person.name, manner)),
            birth: clerk.date(rng, person.birth),
            sex: if person.sex == Sex::Male { "Nam" } else { "Nữ" }.to_owned(),
            number,
            address: manner.set(&person.home.written(rng, &city.places, 0.6)),
            phone,
        }
    }
}

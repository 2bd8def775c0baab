//! A land register: who holds which parcel, as district offices typed it in from paper.

use super::city::{Block, City, Resident};
use super::clerk::{Care, Clerk, Manner};
use super::{Entry, share};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Purpose of the randomness.
const PURPOSE: u64 = 1;

/// A row of the land register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandRow {
    /// Number of the certificate, unique in the register.
    pub id: String,
    /// Who holds the parcel: one person, or two (`Ông Nguyễn Văn A và bà Trần Thị B`).
    pub owner: String,
    /// Date or year of birth; of two holders `1970; 1972`, or only the first's.
    pub birth: String,
    /// Personal number or old 9-digit number; of two holders parted by `; `; mostly empty.
    pub number: String,
    /// The holder's address when the certificate was issued.
    pub address: String,
    /// The parcel: number, sheet.
    pub parcel: String,
}

/// The register of a city.
pub struct Land {
    clerk: Clerk,
    rows: usize,
}

impl Land {
    /// So many rows, with the errors of [`Care::PAPER`].
    pub fn new(_city: &City, rows: usize) -> Self {
        Self { clerk: Clerk::new(Care::PAPER), rows }
    }

    /// The rows about the people of a block, with the truth.
    pub fn entries(&self, city: &City, block: &Block) -> Vec<Entry<LandRow>> {
        let mut rng = city.rng(PURPOSE, block.index);
        let range = share(self.rows, block.index, city.blocks());
        // Holders who live elsewhere, or died and left the parcel in their names.
        let strangers = city.strangers(block.index, range.len() / 16 + 8);
        range
            .map(|position| {
                let is_stranger = rng.random_bool(0.06);
                let people = if is_stranger { &strangers } else { block };
                let holder = people.adult(&mut rng, 27);
                let second = people.spouse(holder).filter(|_| rng.random_bool(0.35));
                let row = self.row(&mut rng, city, position, holder, second);
                let truth = std::iter::once(holder).chain(second).map(|holder| holder.id);
                Entry { row, truth: if is_stranger { Vec::new() } else { truth.collect() } }
            })
            .collect()
    }

    fn row(
        &self,
        rng: &mut ChaCha8Rng,
        city: &City,
        position: usize,
        holder: &Resident,
        second: Option<&Resident>,
    ) -> LandRow {
        let clerk = &self.clerk;
        let manner = Manner::draw(rng, clerk.care());
        let first_name = clerk.name_in(rng, &holder.name, manner);
        let first_name = with_title(rng, holder, &first_name);
        let first_birth = clerk.date(rng, holder.birth);
        let first_number = self.number(rng, holder);
        let (owner, birth, number) = match second {
            None => (first_name, first_birth, first_number),
            Some(second) => {
                let second_name = clerk.name_in(rng, &second.name, manner);
                let owner = joined(rng, holder, &first_name, &second_name);
                let birth = if rng.random_bool(0.8) {
                    pair(&first_birth, &clerk.date(rng, second.birth))
                } else {
                    first_birth
                };
                let number = pair(&first_number, &self.number(rng, second));
                (owner, birth, number)
            }
        };
        let home = holder.former_home.unwrap_or(holder.home);
        let address = if rng.random_bool(clerk.care().empty * 0.7) {
            String::new()
        } else {
            home.written(rng, &city.places, 1.0)
        };
        let (sheet, parcel, area) =
            (rng.random_range(1..90), rng.random_range(1..700), rng.random_range(30..900));
        LandRow {
            id: format!("QSD{position:08}"),
            owner: manner.set(&owner),
            birth,
            number,
            address: manner.set(&address),
            parcel: format!("Thửa {parcel}, tờ {sheet}, {area} m²"),
        }
    }

    fn number(&self, rng: &mut ChaCha8Rng, holder: &Resident) -> String {
        match rng.random_range(0..100) {
            0..30 => holder.old_number().map(|old| self.clerk.number(rng, &old)).unwrap_or_default(),
            30..40 => self.clerk.number(rng, holder.number.as_str()),
            _ => String::new(),
        }
    }
}

/// `; ` between what two holders have, nothing where neither has anything.
fn pair(first: &str, second: &str) -> String {
    match (first, second) {
        ("", "") => String::new(),
        _ => format!("{first}; {second}"),
    }
}

fn is_man(person: &Resident) -> bool {
    person.sex == d06_kernel::person::Sex::Male
}

fn with_title(rng: &mut ChaCha8Rng, holder: &Resident, name: &str) -> String {
    let man = is_man(holder);
    match rng.random_range(0..10) {
        0..4 => name.to_owned(),
        4..7 => format!("{} {name}", if man { "Ông" } else { "Bà" }),
        7 => format!("Hộ {} {name}", if man { "ông" } else { "bà" }),
        8 => format!("{} {name}", if man { "Ô." } else { "B." }),
        _ => format!("Hộ gia đình {name}"),
    }
}

/// Two holders in one field.
fn joined(rng: &mut ChaCha8Rng, holder: &Resident, first: &str, second: &str) -> String {
    let (title, kin) = if is_man(holder) { ("bà", "vợ") } else { ("ông", "chồng") };
    match rng.random_range(0..10) {
        0..4 => format!("{first} và {title} {second}"),
        4..6 => format!("{first}, {title} {second}"),
        6 => format!("{first} và {kin} là {second}"),
        7 => format!("{first} - {second}"),
        8 => format!("{first}; {second}"),
        _ => format!("{first} + {title} {second}"),
    }
}

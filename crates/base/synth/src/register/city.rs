//! A city of any size, block by block.

use super::names::Names;
use super::place::Home;
use crate::gazetteer::Gazetteer;
use crate::name::one_of;
use crate::population::AS_OF;
use chrono::{Datelike, Days, NaiveDate};
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// People of a block.
const BLOCK: usize = 10_000;
/// People of a commune: Hải Phòng has 4.66 million in 114.
const COMMUNE: usize = 41_000;
/// Streams of randomness from here on make people who live elsewhere.
const ELSEWHERE: u64 = 1 << 40;
/// The largest city; beyond, the serials of personal numbers would not suffice.
const MOST_PEOPLE: usize = 6_000_000;
/// How often twins are born.
const TWINS: f64 = 0.012;
/// Half of the twins who are not identical, who are two of three (Weinberg 1901).
const TWINS_OF_TWO_SEXES: f64 = 1.0 / 3.0;
/// Born before this year: had a 9-digit card once.
const FIRST_YEAR_WITHOUT_OLD_NUMBER: i32 = 2000;

/// Somebody of a [`City`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Position in the city, from 0; unique. It says nothing that a register could know.
    pub id: u64,
    /// Personal number, unique in the city.
    pub number: PersonalNumber,
    /// Former 9-digit number, as far as the population database knows it; unique.
    pub old_number: Option<u32>,
    /// Full name, surname first.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Date of birth; of some old people only the year.
    pub birth: PartialDate,
    /// Father's name.
    pub father: Option<String>,
    /// Mother's name.
    pub mother: Option<String>,
    /// Husband or wife, as position in the block.
    pub spouse: Option<usize>,
    /// Ten digits of a mobile number.
    pub phone: Option<String>,
    /// Where they live.
    pub(super) home: Home,
    /// Where they lived before, if they moved after the offices wrote them down.
    pub(super) former_home: Option<Home>,
}

impl Resident {
    /// Permanent residence as the population database has it.
    pub fn address(&self, city: &City) -> String {
        self.home.official(&city.places)
    }

    /// The former 9-digit number.
    pub fn old_number(&self) -> Option<String> {
        self.old_number.map(|number| format!("{number:09}"))
    }

    /// The year of birth.
    pub(super) fn birth_year(&self) -> i32 {
        self.birth.year()
    }
}

/// Some 10,000 people who live near each other.
#[derive(Clone, Debug)]
pub struct Block {
    /// Position in the city.
    pub index: usize,
    /// The people; members of a household stand together.
    pub residents: Vec<Resident>,
}

impl Block {
    /// A resident of at least this age, or the first one where a short search finds none.
    pub(super) fn adult(&self, rng: &mut ChaCha8Rng, age: i32) -> &Resident {
        const TRIES: usize = 200;
        (0..TRIES)
            .map(|_| &self.residents[rng.random_range(0..self.residents.len())])
            .find(|resident| AS_OF.year() - resident.birth_year() >= age)
            .unwrap_or(&self.residents[0])
    }

    /// The husband or wife of a resident.
    pub(super) fn spouse(&self, resident: &Resident) -> Option<&Resident> {
        self.residents.get(resident.spouse?)
    }
}

/// See the module documentation.
pub struct City {
    seed: u64,
    people: usize,
    pub(super) places: Gazetteer,
    pub(super) names: Names,
}

impl City {
    /// A city of so many people, from one to six million. The same seed and number always give the same people.
    pub fn new(seed: u64, people: usize) -> Self {
        Self {
            seed,
            people: people.clamp(1, MOST_PEOPLE),
            places: Gazetteer::hai_phong(),
            names: Names::new(),
        }
    }

    /// How many people live here.
    pub fn people(&self) -> usize {
        self.people
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.people.div_ceil(BLOCK)
    }

    /// A block, by its position.
    pub fn block(&self, index: usize) -> Block {
        let range = super::share(self.people, index, self.blocks());
        self.make(index, index as u64, range.len(), range.start as u64)
    }

    /// People who are not of the city, though like its people in everything.
    pub(super) fn strangers(&self, index: usize, people: usize) -> Block {
        let id = u64::MAX / 2 + (index as u64) * 1_000_000;
        self.make(index, ELSEWHERE + index as u64, people.max(1), id)
    }

    /// Randomness for one purpose and block.
    pub(super) fn rng(&self, purpose: u64, block: usize) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed ^ purpose.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        rng.set_stream(block as u64);
        rng
    }

    fn make(&self, index: usize, stream: u64, people: usize, first_id: u64) -> Block {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(stream);
        let communes = (self.people / COMMUNE).clamp(1, self.places.communes().len());
        let commune = (index * communes / self.blocks().max(1)).min(communes - 1);
        let mut settler = Settler {
            city: self,
            commune,
            slots: Slots {
                index,
                blocks: self.blocks(),
                is_elsewhere: stream >= ELSEWHERE,
                used: Vec::new(),
            },
            first_id,
            residents: Vec::with_capacity(people),
            rng,
        };
        while settler.residents.len() < people {
            settler.household();
        }
        settler.residents.truncate(people);
        for resident in &mut settler.residents {
            resident.spouse = resident.spouse.filter(|spouse| *spouse < people);
        }
        Block { index, residents: settler.residents }
    }
}

/// Which numbers a block may give, so that no two blocks give the same.
struct Slots {
    index: usize,
    blocks: usize,
    is_elsewhere: bool,
    used: Vec<u64>,
}

impl Slots {
    /// A personal number: province of birth registration, century and sex, year, and a serial of this block
    /// (Decree 137/2015 Art. 13).
    fn number(&mut self, rng: &mut ChaCha8Rng, province: &str, sex: Sex, birth_year: i32) -> PersonalNumber {
        let century = u64::try_from((birth_year / 100 - 19) * 2).unwrap_or(0) + u64::from(sex == Sex::Female);
        let year = u64::try_from(birth_year % 100).unwrap_or(0);
        let stem = province.parse::<u64>().unwrap_or(0) * 1_000 + century * 100 + year;
        // The people of the city take the even, those of elsewhere the odd serials.
        let lanes = self.blocks as u64 * 2;
        let lane = self.index as u64 * 2 + u64::from(self.is_elsewhere);
        loop {
            let serial = rng.random_range(0..(1_000_000 / lanes).max(1)) * lanes + lane;
            // A permutation of the serials, another for every stem, so that their digits say nothing.
            let number = stem * 1_000_000 + (serial * 387_421 + stem * 7_919) % 1_000_000;
            if let (Err(place), Ok(valid)) =
                (self.used.binary_search(&number), format!("{number:012}").parse())
            {
                self.used.insert(place, number);
                return valid;
            }
        }
    }

    /// A former 9-digit number, unique: its last seven digits run through a permutation of all there are.
    fn old_number(&self, province: &str, position: usize) -> Option<u32> {
        const PER_PROVINCE: usize = 10_000_000;
        let prefix = match (self.is_elsewhere, province) {
            (true, _) => 16,
            (_, "30") => 14,
            (_, "31") => 3,
            _ => 17,
        };
        let serial = (self.index * (BLOCK + 10) + position).wrapping_mul(7_654_321) % PER_PROVINCE;
        u32::try_from(prefix * PER_PROVINCE + serial).ok()
    }
}

/// Makes the households of a block.
struct Settler<'a> {
    city: &'a City,
    commune: usize,
    slots: Slots,
    first_id: u64,
    residents: Vec<Resident>,
    rng: ChaCha8Rng,
}

impl Settler<'_> {
    fn household(&mut self) {
        let home = Home::draw(&mut self.rng, &self.city.places, self.commune);
        let moved = self.rng.random_bool(0.1);
        let former = moved.then(|| {
            let communes = (self.city.people / COMMUNE).clamp(1, self.city.places.communes().len());
            let elsewhere = self.rng.random_range(0..communes);
            let commune = if self.rng.random_bool(0.6) { self.commune } else { elsewhere };
            Home::draw(&mut self.rng, &self.city.places, commune)
        });
        let homes = (home, former);
        let year = AS_OF.year() - self.rng.random_range(24..86);
        if self.rng.random_bool(0.12) {
            let sex = if self.rng.random_bool(0.6) { Sex::Female } else { Sex::Male };
            self.adult(homes, sex, year);
            return;
        }
        let husband = self.adult(homes, Sex::Male, year);
        let wife_year = (year + self.rng.random_range(-1..6)).min(AS_OF.year() - 20);
        let wife = self.adult(homes, Sex::Female, wife_year);
        self.residents[husband].spouse = Some(wife);
        self.residents[wife].spouse = Some(husband);
        self.children(homes, husband, wife);
        if self.rng.random_bool(0.2) && AS_OF.year() - year < 60 {
            let name = self.residents[husband].mother.clone();
            let mother = self.adult(homes, Sex::Female, year - 24);
            if let Some(name) = name {
                self.residents[mother].name = name;
            }
        }
    }

    fn children(&mut self, homes: (Home, Option<Home>), husband: usize, wife: usize) {
        let mut year = self.residents[wife].birth_year() + self.rng.random_range(20..30);
        let mut count = self.rng.random_range(0..4);
        while count > 0 && year <= AS_OF.year() {
            // Grown children mostly live elsewhere.
            let is_here = AS_OF.year() - year < 24 || self.rng.random_bool(0.35);
            if is_here {
                let sex = if self.rng.random_bool(0.52) { Sex::Male } else { Sex::Female };
                let parents = (self.residents[husband].name.clone(), self.residents[wife].name.clone());
                let surname = parents.0.split(' ').next().unwrap_or_default().to_owned();
                let birth = self.birth(year);
                self.add(homes, sex, birth, &surname, (Some(parents.0.clone()), Some(parents.1.clone())));
                if self.rng.random_bool(TWINS) {
                    let twin = match sex {
                        _ if !self.rng.random_bool(TWINS_OF_TWO_SEXES) => sex,
                        Sex::Male => Sex::Female,
                        Sex::Female => Sex::Male,
                    };
                    self.add(homes, twin, birth, &surname, (Some(parents.0), Some(parents.1)));
                }
            }
            year += self.rng.random_range(2..6);
            count -= 1;
        }
    }

    fn adult(&mut self, homes: (Home, Option<Home>), sex: Sex, year: i32) -> usize {
        let names = &self.city.names;
        let surname = names.surname(&mut self.rng);
        let father = names.full(&mut self.rng, surname, Sex::Male, year - 28);
        let mother_surname = names.surname(&mut self.rng);
        let mother = names.full(&mut self.rng, mother_surname, Sex::Female, year - 25);
        let birth = self.birth(year);
        self.add(homes, sex, birth, surname, (Some(father), Some(mother)))
    }

    fn birth(&mut self, year: i32) -> PartialDate {
        let year_only = match year {
            ..=1950 => 0.35,
            1951..=1962 => 0.12,
            _ => 0.002,
        };
        if self.rng.random_bool(year_only) {
            return PartialDate::Year(year);
        }
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(AS_OF);
        // The first of January stands for an unknown day more often than chance has it.
        if year < 1980 && self.rng.random_bool(0.06) {
            return PartialDate::Day(first);
        }
        let days = if year == AS_OF.year() { u64::from(AS_OF.ordinal0()) } else { 364 };
        PartialDate::Day(first + Days::new(self.rng.random_range(0..=days)))
    }

    fn add(
        &mut self,
        (home, former_home): (Home, Option<Home>),
        sex: Sex,
        birth: PartialDate,
        surname: &str,
        (father, mother): (Option<String>, Option<String>),
    ) -> usize {
        let rng = &mut self.rng;
        let position = self.residents.len();
        let year = birth.year();
        let province = {
            let places = &self.city.places;
            let here = places.old_commune_of(home.commune.into(), home.hamlet.into());
            let old =
                if rng.random_bool(0.88) { here } else { rng.random_range(0..places.old_communes().len()) };
            &places.old_communes()[old].province_code
        };
        let name = self.city.names.full(rng, surname, sex, year);
        let number = self.slots.number(rng, province, sex, year);
        let has_old = rng.random_bool(0.8) && year < FIRST_YEAR_WITHOUT_OLD_NUMBER;
        let old_number = if has_old { self.slots.old_number(province, position) } else { None };
        let has_phone = rng.random_bool(0.75) && AS_OF.year() - year > 14;
        let phone = has_phone.then(|| phone(rng));
        self.residents.push(Resident {
            id: self.first_id + position as u64,
            number,
            old_number,
            name,
            sex,
            birth,
            father: father.filter(|_| rng.random_bool(0.97)),
            mother,
            spouse: None,
            phone,
            home,
            former_home,
        });
        position
    }
}

/// A mobile number in the plan since 2018.
fn phone(rng: &mut ChaCha8Rng) -> String {
    const PREFIXES: [&str; 12] =
        ["032", "033", "034", "035", "036", "070", "077", "081", "084", "090", "091", "098"];
    format!("{}{:07}", one_of(rng, &PREFIXES), rng.random_range(0..10_000_000))
}

//! Who writes the registers, and how carefully.

use super::error::{encoding, naming, number, spelling, typing};
use d06_kernel::person::PartialDate;
use rand::{Rng, RngExt};
use unicode_normalization::UnicodeNormalization;

/// How often what goes wrong; shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Care {
    /// Names with an error that changes letters, order or words.
    pub name_errors: f64,
    /// Of those, with a second error.
    pub second_error: f64,
    /// Dates with an error.
    pub date_errors: f64,
    /// Dates of which only the year was written.
    pub year_only: f64,
    /// Numbers with an error.
    pub number_errors: f64,
    /// Fields left empty.
    pub empty: f64,
}

impl Care {
    /// Paper registers typed in by hand: errors in half of the names, more than half of the dates only years.
    pub const PAPER: Self = Self {
        name_errors: 0.5,
        second_error: 0.15,
        date_errors: 0.05,
        year_only: 0.55,
        number_errors: 0.06,
        empty: 0.06,
    };
    /// Registers kept on a computer: errors in one name of six, whole dates.
    pub const OFFICE: Self = Self {
        name_errors: 0.16,
        second_error: 0.08,
        date_errors: 0.03,
        year_only: 0.04,
        number_errors: 0.03,
        empty: 0.03,
    };
}

/// Writes names, dates and numbers with errors.
pub struct Clerk {
    care: Care,
}

/// The way in which the texts of one row are encoded and set; one for the row, as rows come from one office.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    Capitals,
    Small,
    Bare,
    BareCapitals,
    Decomposed,
    NewTones,
    Tcvn3,
    Vni,
    Mojibake,
}

impl Manner {
    pub(super) fn draw<R: Rng>(rng: &mut R, care: &Care) -> Self {
        // Lost marks and broken encodings count as errors of the name, the others only look different.
        let broken = rng.random_bool(care.name_errors * 0.3);
        match (broken, rng.random_range(0..100)) {
            (false, 0..50) => Self::Plain,
            (false, 50..80) => Self::Capitals,
            (false, 80..86) => Self::Decomposed,
            (false, 86..97) => Self::NewTones,
            (false, _) => Self::Small,
            (true, 0..38) => Self::Bare,
            (true, 38..60) => Self::BareCapitals,
            (true, 60..84) => Self::Tcvn3,
            (true, 84..93) => Self::Vni,
            (true, _) => Self::Mojibake,
        }
    }

    pub(super) fn is_broken(self) -> bool {
        matches!(self, Self::Bare | Self::BareCapitals | Self::Tcvn3 | Self::Vni | Self::Mojibake)
    }

    pub(super) fn set(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Capitals => text.to_uppercase(),
            Self::Small => text.to_lowercase(),
            Self::Bare => spelling::bare(text),
            Self::BareCapitals => spelling::bare(text).to_uppercase(),
            Self::Decomposed => text.nfd().collect(),
            Self::NewTones => spelling::new_tone_position(text),
            Self::Tcvn3 => encoding::tcvn3(text),
            Self::Vni => encoding::vni(text),
            Self::Mojibake => encoding::utf8_as_latin(text),
        }
    }
}

impl Clerk {
    /// Somebody who takes such care.
    pub fn new(care: Care) -> Self {
        Self { care }
    }

    pub(super) fn care(&self) -> &Care {
        &self.care
    }

    /// A name as this clerk writes it, in sound Unicode.
    pub fn name<R: Rng>(&self, rng: &mut R, name: &str) -> String {
        self.name_in(rng, name, Manner::Plain)
    }

    /// A name in the manner of a row: where the manner already breaks it, other errors are as rare as they are
    /// everywhere.
    pub(super) fn name_in<R: Rng>(&self, rng: &mut R, name: &str, manner: Manner) -> String {
        // Broken manners make three tenths of the errors; the rest of them is made here.
        let rate = self.care.name_errors * 0.7 / (1.0 - self.care.name_errors * 0.3);
        if !rng.random_bool(if manner.is_broken() { rate * 0.5 } else { rate }) {
            return name.to_owned();
        }
        let once = self.wrong(rng, name);
        if rng.random_bool(self.care.second_error) { self.wrong(rng, &once) } else { once }
    }

    fn wrong<R: Rng>(&self, rng: &mut R, name: &str) -> String {
        let changed = match rng.random_range(0..100) {
            0..16 => naming::abbreviate(rng, name),
            16..27 => naming::without_middle(name),
            27..34 => naming::swapped(rng, name),
            34..40 => naming::other_middle(rng, name),
            40..42 => naming::household_name(rng, name),
            42..58 => spelling::other_tone(rng, name),
            58..72 => spelling::regional(rng, name),
            72..75 => Some(typing::telex(name)),
            75..81 => typing::misread(rng, name),
            _ => typing::slip(rng, name),
        };
        changed.or_else(|| typing::slip(rng, name)).unwrap_or_else(|| name.to_owned())
    }

    /// A date of birth; empty where it was left out.
    pub fn date<R: Rng>(&self, rng: &mut R, date: PartialDate) -> String {
        if rng.random_bool(self.care.empty) {
            return String::new();
        }
        let date = if rng.random_bool(self.care.year_only) { PartialDate::Year(date.year()) } else { date };
        let date = if rng.random_bool(self.care.date_errors) { number::date(rng, date) } else { date };
        number::written(rng, date)
    }

    /// The digits of a number.
    pub fn number<R: Rng>(&self, rng: &mut R, digits: &str) -> String {
        if rng.random_bool(self.care.number_errors) {
            return number::digits(rng, digits).unwrap_or_else(|| digits.to_owned());
        }
        match rng.random_range(0..20) {
            0 => digits
                .as_bytes()
                .chunks(3)
                .filter_map(|c| std::str::from_utf8(c).ok())
                .collect::<Vec<_>>()
                .join(" "),
            _ => digits.to_owned(),
        }
    }
}

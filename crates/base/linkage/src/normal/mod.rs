//! From raw text to normal form.
//!
//! Registers that grew over forty years write the same person in many ways: fonts of before Unicode, titles,
//! joint owners in one cell, dates of which only the year is known, numbers that a spreadsheet took for
//! amounts, communes that exist no longer. Comparing begins with one form for each, so that the comparators
//! judge differences between people and not between typists.
//!
//! [`Normaliser`] is what the engine calls, once per distinct value: about a microsecond for text that is
//! already clean, no panic on any text, and bringing a value to its form twice changes nothing. Every rule
//! that is a list — titles, surnames, telephone prefixes, words for numbers, words in addresses — is a table
//! in `data/linkage/` that can be read and extended without knowing Rust.
//!
//! Nothing is guessed here. A value that cannot be read is absent; a commune that was split is a set; two
//! digits that may be exchanged stay as they were written, because a comparator can weigh what a normaliser
//! could only hide.

mod address;
mod address_text;
mod address_words;
mod alike;
mod date;
mod date_words;
mod gazetteer;
mod letter;
mod memo;
mod name;
mod number;
mod people;
mod phone;
mod recover;
mod syllable;
mod text;
mod words;

pub(crate) use alike::Alike;
pub use letter::{Letter, Tone};
pub(crate) use memo::Memo;
pub use people::Person;
pub use recover::Encoding;
pub use text::{Clean, clean, clean_bytes};
pub use words::Kin;

use crate::field::{Address, BirthDate, IdNumber, NameParts, Phone, Sex};
use address_words::AddressWords;
use d06_kernel::text::search_key;
use date_words::DateWords;
use gazetteer::Gazetteer;
use number::NumberWords;
use phone::Prefixes;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use words::Words;

/// Brings values to their normal form. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Normaliser {
    words: Arc<Words>,
    dates: Arc<DateWords>,
    numbers: Arc<NumberWords>,
    prefixes: Arc<Prefixes>,
    addresses: Arc<AddressWords>,
    /// Read with the first address: it takes as long as ten thousand names.
    gazetteer: OnceLock<Arc<Gazetteer>>,
}

impl Default for Normaliser {
    fn default() -> Self {
        Self::new()
    }
}

impl Normaliser {
    /// With the tables that are shipped.
    pub fn new() -> Self {
        Self {
            words: Arc::new(Words::shipped()),
            dates: Arc::new(DateWords::shipped()),
            numbers: Arc::new(NumberWords::shipped()),
            prefixes: Arc::new(Prefixes::shipped()),
            addresses: Arc::new(AddressWords::shipped()),
            gazetteer: OnceLock::new(),
        }
    }

    /// Reads the communes of the country now, which is else done with the first address.
    pub fn read_communes() {
        drop(Gazetteer::national());
    }

    /// The people a name names, in order: none, one or several (`ông A và bà B`).
    pub fn names(&self, raw: &str) -> Vec<NameParts> {
        self.people(raw).into_iter().map(|person| person.name).collect()
    }

    /// As [`Self::names`], with what each is to the first, and year of birth and number if they stand behind
    /// the name.
    ///
    /// ```
    /// use d06_linkage::normal::{Kin, Normaliser};
    /// let people = Normaliser::new().people("Hộ ông Đỗ Văn Hoà (1960) và vợ là bà Vũ Thị Mai");
    /// assert_eq!((people[0].name.text.as_str(), people[0].birth_year), ("đỗ văn hòa", 1960));
    /// assert_eq!((people[1].name.text.as_str(), people[1].kin), ("vũ thị mai", Kin::Spouse));
    /// ```
    pub fn people(&self, raw: &str) -> Vec<Person> {
        people::read(&self.words, clean(&separate(raw)))
    }

    /// As [`Self::names`], with words that were read before.
    pub(crate) fn names_with(&self, memo: &mut Memo, raw: &str) -> Vec<NameParts> {
        let people = people::read(&self.words, memo.clean(&separate(raw)));
        people.into_iter().map(|person| person.name).collect()
    }

    /// A word that can be part of a name of plain words: names of such words are no more than their words.
    pub(crate) fn plain_word(&self, raw: &str) -> Option<PlainWord> {
        let is_plain =
            raw.chars().all(|c| Letter::of(c).is_some()) && matches!(separate(raw), Cow::Borrowed(_));
        let Clean { text, folded, .. } =
            is_plain.then(|| text::settle(raw)).filter(|clean| clean.oddities == 0)?;
        let begins = people::begins_plain_name(&self.words, &text, &folded);
        let follows = people::follows_in_plain_name(&self.words, &text, &folded);
        Some(PlainWord { text, folded, begins, follows })
    }

    /// A date of birth as far as the text tells it.
    ///
    /// ```
    /// use d06_linkage::{field::BirthDate, normal::Normaliser};
    /// let normaliser = Normaliser::new();
    /// let day = BirthDate { year: 1985, month: 2, day: 3 };
    /// for raw in ["03/02/1985", "1985-02-03", "31081", "mồng ba tháng hai năm một chín tám lăm"] {
    ///     assert_eq!(normaliser.birth(raw), Some(day));
    /// }
    /// ```
    pub fn birth(&self, raw: &str) -> Option<BirthDate> {
        date::read(&self.dates, raw)
    }

    /// Sex.
    pub fn sex(&self, raw: &str) -> Option<Sex> {
        match search_key(raw).as_str() {
            "nam" | "male" | "m" | "1" => Some(Sex::Male),
            "nu" | "female" | "f" | "0" | "2" => Some(Sex::Female),
            _ => None,
        }
    }

    /// A number on an identity paper.
    pub fn id_number(&self, raw: &str) -> Option<IdNumber> {
        number::read(&self.numbers, raw)
    }

    /// An address. `commune` is the raw text of the commune column, or empty; it may be a code.
    pub fn address(&self, raw: &str, commune: &str) -> Address {
        address::read(&self.addresses, self.gazetteer(), clean, raw, commune)
    }

    /// As [`Self::address`], with words that were read before.
    pub(crate) fn address_with(&self, memo: &mut Memo, raw: &str, commune: &str) -> Address {
        address::read(&self.addresses, self.gazetteer(), |text: &str| memo.clean(text), raw, commune)
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(Gazetteer::national)
    }

    /// A telephone number.
    pub fn phone(&self, raw: &str) -> Option<Phone> {
        phone::read(&self.prefixes, raw)
    }

    /// Any other text, for comparison: lower case, no marks, single spaces, punctuation as spaces.
    pub fn text(&self, raw: &str) -> String {
        let folded = clean(raw).folded;
        let mut words = String::with_capacity(folded.len());
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        words
    }
}

/// A word of a name of plain words.
#[derive(Clone, Debug)]
pub(crate) struct PlainWord {
    /// With its marks.
    pub(crate) text: String,
    /// Without.
    pub(crate) folded: String,
    /// A name may begin with it.
    pub(crate) begins: bool,
    /// It may stand behind another word.
    pub(crate) follows: bool,
}

/// Puts a separator in place of a new line, and a space between words that grew together (`NguyễnVăn`).
fn separate(raw: &str) -> Cow<'_, str> {
    let grown = |(a, b): (char, char)| is_capital(b) && a.is_lowercase();
    let mut before = ' ';
    let needs_nothing = raw.chars().all(|c| {
        let fine = !matches!(c, '\n' | '\r' | '\t') && !grown((before, c));
        before = c;
        fine
    });
    if needs_nothing {
        return Cow::Borrowed(raw);
    }
    // A Western letter that stands for another one (`V¡N`) has no case to go by.
    let sound = raw.is_ascii() || clean(raw) == text::settle(raw);
    let mut separated = String::with_capacity(raw.len() + 4);
    let mut before = ' ';
    for c in raw.chars() {
        match c {
            '\n' | '\r' => separated.push_str(" ; "),
            '\t' => separated.push(' '),
            _ => {
                if sound && grown((before, c)) {
                    separated.push(' ');
                }
                separated.push(c);
            }
        }
        before = c;
    }
    Cow::Owned(separated)
}

/// Whether it is a capital of the Vietnamese alphabet.
fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || !c.is_ascii() && Letter::of(c).is_some_and(|letter| letter.char() != c)
}

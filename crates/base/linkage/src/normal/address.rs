//! Addresses: house and alley numbers, street, hamlet, commune.
//!
//! `Số 3, ngách 5, ngõ 12 đường Lê Lợi, phường Hà Đông, quận Hà Đông, Hà Nội` and `12/5/3 Lê Lợi, P. Hà Đông`
//! are one address. The words of the table ([`super::address_words`]) announce parts; what no word announces is
//! a number at the beginning (the house and its street), or a name, which is looked up from the right, where
//! the large units stand. The communes are those of today ([`super::gazetteer`]).

use super::address_text::{Name, Text, Word};
use super::address_words::{AddressWords, Level};
use super::gazetteer::{Asked, Found, Gazetteer, Province, unpadded};
use super::text::Clean;
use crate::field::Address;

/// Reads an address; `commune` is the text of a column of its own, perhaps a code, or empty.
pub(super) fn read(
    words: &AddressWords,
    gazetteer: &Gazetteer,
    mut clean: impl FnMut(&str) -> Clean,
    raw: &str,
    commune: &str,
) -> Address {
    let commune = commune.trim();
    let of_code =
        commune.parse::<u32>().ok().filter(|_| commune.len() <= 5).map(|code| gazetteer.by_code(code));
    let text = Text::new(&clean(raw));
    let column = Text::new(&clean(if of_code.is_some() { "" } else { commune }));
    let mut parts = Parts::default();
    parts.read(words, gazetteer, &text, false);
    if !column.words.is_empty() {
        let mut own = Parts::default();
        own.read(words, gazetteer, &column, true);
        parts.take_larger_units(own);
    }
    parts.finish(gazetteer, of_code)
}

/// The longest name of a unit has so many words.
const LONGEST_NAME: usize = 6;

/// The parts of an address, as they are found.
#[derive(Clone, Debug, Default)]
struct Parts<'a> {
    /// Numbers with their ranks.
    house: Vec<(u8, &'a str)>,
    street: Name<'a>,
    hamlet: Name<'a>,
    hamlet_rank: u8,
    commune: Name<'a>,
    kind: &'a str,
    district: Name<'a>,
    city: Name<'a>,
    province: Option<Province>,
    /// Names that no word announced, from the left.
    unnamed: Vec<Name<'a>>,
}

impl<'a> Parts<'a> {
    /// `is_column`: the text names the commune, so a name alone is one.
    fn read(&mut self, words: &'a AddressWords, gazetteer: &Gazetteer, text: &'a Text, is_column: bool) {
        let pairs: Vec<(&str, &str)> = text.pairs().collect();
        let (mut at, mut level, mut name, mut fresh) = (0, None, text.name(0, 0), false);
        while let (Some(word), Some((_, folded))) = (text.words.get(at), pairs.get(at).copied()) {
            if word.parted {
                self.close(&mut level, &mut name, words, gazetteer);
                fresh = false;
            }
            let rest = pairs.get(at..).unwrap_or_default();
            let phrase = words.at(rest, text.is_bare).filter(|phrase| {
                let next = text.words.get(at + phrase.len());
                let is_number = |(_, folded): &(&str, &str)| folded.starts_with(|c: char| c.is_ascii_digit());
                let before_number = pairs.get(at + phrase.len()).is_some_and(is_number);
                let is_word = !phrase.is_letter() || word.dotted || before_number;
                is_word
                    && (!fresh || phrase.len() > 1)
                    && next.is_some_and(|next| !next.parted || word.dotted)
            });
            if let Some(phrase) = phrase {
                self.close(&mut level, &mut name, words, gazetteer);
                at += phrase.len();
                let known = known_words(gazetteer, &phrase.level, text, at);
                name = text.name(at, at + known);
                (level, fresh) = (Some(&phrase.level), known == 0);
                at += known;
                continue;
            }
            if let Some((glued, number)) = words.glued(folded) {
                self.close(&mut level, &mut name, words, gazetteer);
                (level, fresh) = (Some(glued), false);
                name = text.name(at, at + 1).after(folded.len() - number.len());
                at += 1;
                continue;
            }
            let has_digit = folded.bytes().any(|byte| byte.is_ascii_digit());
            match level {
                Some(Level::House(rank)) if has_digit && name.is_empty() => {
                    self.house.push((*rank, folded));
                    level = Some(&Level::Silent);
                }
                None if has_digit && name.is_empty() && self.house.is_empty() && at == 0 => {
                    self.house.push((4, folded));
                    level = Some(&Level::Silent);
                }
                _ => name = name.and(text, at),
            }
            fresh = false;
            at += 1;
        }
        self.close(&mut level, &mut name, words, gazetteer);
        self.place_unnamed(words, gazetteer, is_column);
    }

    /// Ends a part. Behind a house number (`Silent` with words) stands the street.
    fn close(
        &mut self,
        level: &mut Option<&'a Level>,
        name: &mut Name<'a>,
        words: &AddressWords,
        gazetteer: &Gazetteer,
    ) {
        let mut name = std::mem::take(name);
        let level = level.take();
        if name.is_empty() {
            return;
        }
        if matches!(level, Some(Level::Commune(_) | Level::District | Level::City)) {
            self.cut_province(&mut name, words, gazetteer);
        }
        match level {
            Some(Level::House(_) | Level::Silent) if self.street.is_empty() => self.street = name,
            Some(Level::House(_) | Level::Silent) => self.unnamed.push(name),
            Some(Level::Street) => self.street = name,
            Some(Level::Hamlet(rank)) => {
                if self.hamlet.is_empty() || *rank < self.hamlet_rank {
                    (self.hamlet, self.hamlet_rank) = (name, *rank);
                }
            }
            Some(Level::Commune(kind)) => (self.commune, self.kind) = (name, kind),
            Some(Level::District) => self.district = name,
            Some(Level::City) => self.place_city(name, words, gazetteer),
            Some(Level::Province) => {
                self.province = province(words, gazetteer, name.folded()).or(self.province)
            }
            None => self.unnamed.push(name),
        }
    }

    /// `quận Hà Đông Hà Nội`: a province grown together with the unit before it. But `xã Nguyễn Huệ` is whole.
    fn cut_province(&mut self, name: &mut Name<'a>, words: &AddressWords, gazetteer: &Gazetteer) {
        let is_unit = |name: &str| gazetteer.has_commune(unpadded(name)) || gazetteer.has_district(name);
        if is_unit(name.folded()) {
            return;
        }
        for cut in 1..name.len().min(4) {
            let (head, tail) = name.split(name.len() - cut);
            if let (Some(found), true) = (province(words, gazetteer, tail.folded()), is_unit(head.folded())) {
                self.province = self.province.or(Some(found));
                *name = head;
                return;
            }
        }
    }

    /// A city at the end is a province, before another unit a district.
    fn place_city(&mut self, name: Name<'a>, words: &AddressWords, gazetteer: &Gazetteer) {
        match province(words, gazetteer, name.folded()) {
            Some(found) if found.is_of_today() || !gazetteer.has_district(name.folded()) => {
                self.province = Some(found)
            }
            _ => self.city = name,
        }
    }

    /// Names that no word announced, from the right: province, district, commune; what is left is a street
    /// behind a house number and a hamlet otherwise.
    fn place_unnamed(&mut self, words: &AddressWords, gazetteer: &Gazetteer, is_column: bool) {
        let mut unnamed = std::mem::take(&mut self.unnamed);
        let commune_is_left =
            |left: &[Name<'a>]| left.last().is_some_and(|name| gazetteer.has_commune(name.folded()));
        while let Some(name) = unnamed.pop() {
            let nothing_smaller = self.commune.is_empty() && self.district.is_empty();
            let only_name = is_column && unnamed.is_empty() && self.commune.is_empty();
            if let (None, false, Some(found)) =
                (self.province, only_name, province(words, gazetteer, name.folded()))
            {
                self.province = Some(found);
            } else if gazetteer.has_district(name.folded())
                && self.district.is_empty()
                && (commune_is_left(&unnamed) || !nothing_smaller || !gazetteer.has_commune(name.folded()))
            {
                self.district = name;
            } else if self.commune.is_empty() && (only_name || gazetteer.has_commune(name.folded())) {
                self.commune = name;
            } else if !self.house.is_empty() && self.street.is_empty() {
                self.street = name;
            } else if self.hamlet.is_empty() {
                self.hamlet = name;
            }
        }
    }

    /// What a column of its own says of commune, district and province counts more than the address.
    fn take_larger_units(&mut self, own: Self) {
        if !own.commune.is_empty() {
            if self.hamlet.is_empty()
                && self.street.is_empty()
                && self.commune.folded() != own.commune.folded()
            {
                // Without a word for it, a hamlet looked like a commune.
                self.hamlet = std::mem::take(&mut self.commune);
            }
            (self.commune, self.kind) = (own.commune, own.kind);
        }
        for (own, name) in [(own.district, &mut self.district), (own.city, &mut self.city)] {
            if !own.is_empty() {
                *name = own;
            }
        }
        self.province = own.province.or(self.province);
    }

    fn finish(mut self, gazetteer: &Gazetteer, of_code: Option<Found>) -> Address {
        self.house.sort_by_key(|(rank, _)| *rank);
        let house: Vec<&str> = self.house.iter().map(|(_, number)| *number).collect();
        let district = if self.district.is_empty() { &self.city } else { &self.district };
        let commune = unpadded(self.commune.folded());
        let asked = Asked {
            marked: unpadded(self.commune.text()),
            commune,
            kind: self.kind,
            district: district.folded(),
            province: self.province,
        };
        let found = of_code.unwrap_or_else(|| gazetteer.find(&asked));
        let hamlet = self.hamlet.folded();
        Address {
            house: house.join("/"),
            street: self.street.folded().to_owned(),
            hamlet: unpadded(hamlet.strip_prefix("so ").unwrap_or(hamlet)).to_owned(),
            communes: found.communes,
            commune_name: commune.to_owned(),
            province: self.province.map_or(found.province, |province| province.today),
        }
    }
}

fn province(words: &AddressWords, gazetteer: &Gazetteer, name: &str) -> Option<Province> {
    gazetteer.province(name).or_else(|| words.province(name).map(Province::of_today))
}

/// How many words from here are the longest name of a unit of the level: `xã Ba Cụm Bắc` is not a cụm.
fn known_words(gazetteer: &Gazetteer, level: &Level, text: &Text, at: usize) -> usize {
    let is_known: &dyn Fn(&str) -> bool = match level {
        Level::Commune(_) => &|name| gazetteer.has_commune(unpadded(name)),
        Level::District => &|name| gazetteer.has_district(name),
        Level::City => &|name| gazetteer.has_district(name) || gazetteer.province(name).is_some(),
        _ => return 0,
    };
    let parted = |word: &Word| word.parted;
    let rest = text.words.get(at + 1..).unwrap_or_default();
    let segment = rest.iter().position(parted).map_or(rest.len(), |end| end) + 1;
    let longest = segment.min(LONGEST_NAME).min(text.words.len().saturating_sub(at));
    (1..=longest).rev().find(|words| is_known(text.name(at, at + words).folded())).unwrap_or(0)
}

#[cfg(test)]
mod tests;

//! Reading the values of one chunk. What recurs in it is read once: words of names, forms of addresses. Words have
//! numbers of the chunk's own, which are exchanged for those of the table when chunks are taken in their order, so
//! that numbers do not depend on threads.

use super::address::AddressWords;
use super::name::{MOST_TOKENS, NameWords};
use crate::field::{NameParts, Sex};
use crate::lexicon::{Lexicon, Scribe};
use crate::normal::{Alike, Memo, Normaliser};
use crate::table::NEXT_PERSON;

/// One thread's reader of one chunk.
pub(super) struct Chunk<'n> {
    normaliser: &'n Normaliser,
    memo: Memo,
    /// The words of the chunk.
    own: Scribe<'static>,
    /// Words as they are written, and what each is in a plain name.
    written: Lexicon,
    plain: Vec<Plain>,
    alike: Alike,
    /// The forms of [`Alike`] as words.
    forms: Vec<AddressWords>,
    house: String,
}

/// A written word, as part of a plain name.
#[derive(Clone, Copy, Default)]
struct Plain {
    token: u32,
    begins: bool,
    follows: bool,
    /// Sex that it tells as a second token.
    sex: u32,
}

/// The people that a value names: name and sex of each.
pub(super) enum Named {
    Nobody,
    One((NameWords, u32)),
    Several(Vec<(NameWords, u32)>),
}

impl Named {
    pub(super) fn as_slice(&self) -> &[(NameWords, u32)] {
        match self {
            Self::Nobody => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }
}

impl<'n> Chunk<'n> {
    pub(super) fn new(normaliser: &'n Normaliser) -> Self {
        Self {
            normaliser,
            memo: Memo::default(),
            own: Scribe::new(),
            written: Lexicon::new(),
            plain: vec![Plain::default()],
            alike: Alike::default(),
            forms: Vec::new(),
            house: String::new(),
        }
    }

    /// The normaliser.
    pub(super) fn normaliser(&self) -> &'n Normaliser {
        self.normaliser
    }

    /// By number of the chunk, the number of a word in a table.
    pub(super) fn renumber(&self, scribe: &mut Scribe<'_>) -> Vec<u32> {
        self.own.own.strings().iter().map(|word| scribe.number(word)).collect()
    }

    /// The people a value names.
    pub(super) fn names(&mut self, raw: &str) -> Named {
        if let Some(plain) = self.plain_name(raw) {
            return Named::One(plain);
        }
        if raw.contains(NEXT_PERSON) {
            let first = |part| self.names(part).as_slice().first().copied().unwrap_or_default();
            return Named::Several(raw.split(NEXT_PERSON).map(first).collect());
        }
        let names = self.normaliser.names_with(&mut self.memo, raw);
        let mut words = |name: &NameParts| {
            (NameWords::new(name, &mut self.own), sex_word(name.sex.or_else(|| sex_of(name))))
        };
        match names.as_slice() {
            [] => Named::Nobody,
            [one] => Named::One(words(one)),
            several => Named::Several(several.iter().map(words).collect()),
        }
    }

    /// A name of words that mean nothing else: it is no more than its words.
    fn plain_name(&mut self, raw: &str) -> Option<(NameWords, u32)> {
        let mut tokens = [0; MOST_TOKENS];
        let (mut count, mut sex) = (0, 0);
        for word in words(raw) {
            let word = self.plain_word(word);
            if !(if count == 0 { word.begins } else { word.follows }) {
                return None;
            }
            *tokens.get_mut(count)? = word.token;
            if count == 1 {
                sex = word.sex;
            }
            count += 1;
        }
        (count > 0).then(|| (NameWords::plain(tokens, count), if count > 2 { sex } else { 0 }))
    }

    fn plain_word(&mut self, word: &str) -> Plain {
        let place = self.written.intern(word) as usize;
        if place == self.plain.len() {
            let plain = self.normaliser.plain_word(word).map(|word| Plain {
                token: NameWords::token(&word.folded, &word.text, &mut self.own),
                begins: word.begins,
                follows: word.follows,
                sex: sex_word(sex_of_second(&word.folded)),
            });
            self.plain.push(plain.unwrap_or_default());
        }
        self.plain.get(place).copied().unwrap_or_default()
    }

    /// A text of a column of the spec's own, word by word.
    pub(super) fn text(&mut self, raw: &str) -> NameWords {
        let text = self.normaliser.text(raw);
        let name = NameParts { folded: text.clone(), text, ..NameParts::default() };
        NameWords::new(&name, &mut self.own)
    }

    /// An address.
    pub(super) fn address(&mut self, raw: &str, commune: &str) -> AddressWords {
        let Self { normaliser, memo, own, alike, forms, house, .. } = self;
        let Some(place) = alike.read(normaliser, memo, raw, commune, house) else {
            return AddressWords::new(&normaliser.address_with(memo, raw, commune), own);
        };
        if let (true, Some(address)) = (place as usize == forms.len(), alike.address(place)) {
            forms.push(AddressWords::new(address, own));
        }
        forms.get(place as usize).copied().unwrap_or_default().with_house(house, own)
    }
}

/// What stands between spaces. Shorter words than a search for the next space pays for.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == b' ').unwrap_or(text.len());
        rest = text.get(end + 1..);
        text.get(..end)
    })
    .filter(|word| !word.is_empty())
}

/// The sex that a second token tells: Thị of women, Văn of men. Nearly always right, which is what the model measures.
fn sex_of(name: &NameParts) -> Option<Sex> {
    let mut tokens = name.folded.split(' ');
    let (_surname, second, _given) = (tokens.next()?, tokens.next()?, tokens.next()?);
    sex_of_second(second)
}

fn sex_of_second(token: &str) -> Option<Sex> {
    match token {
        "thi" => Some(Sex::Female),
        "van" => Some(Sex::Male),
        _ => None,
    }
}

/// A sex as a word; 0 if it is unknown.
pub(super) fn sex_word(sex: Option<Sex>) -> u32 {
    sex.map_or(0, |sex| sex as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of each person, and their sex.
    type Read = Vec<(Vec<String>, u32)>;

    /// A name read with the words of others, and alone.
    fn both(chunk: &mut Chunk<'_>, raw: &str) -> (Read, Read) {
        let read = chunk.names(raw);
        let spelt = |chunk: &Chunk<'_>, named: &[(NameWords, u32)]| {
            let strings = chunk.own.own.strings();
            let one = |(name, sex): &(NameWords, u32)| {
                let token = |token: &u32| {
                    format!("{} {}", strings.get(super::super::name::folded(*token)), token >> 24)
                };
                (name.tokens().iter().map(token).chain([name.0[7].to_string()]).collect(), *sex)
            };
            named.iter().map(one).collect::<Vec<_>>()
        };
        let mut alone = Chunk::new(chunk.normaliser);
        let names = alone.normaliser.names(raw);
        let words: Vec<(NameWords, u32)> = names
            .iter()
            .map(|name| (NameWords::new(name, &mut alone.own), sex_word(name.sex.or_else(|| sex_of(name)))))
            .collect();
        (spelt(chunk, read.as_slice()), spelt(&alone, &words))
    }

    #[test]
    fn plain_names_are_their_words() {
        let normaliser = Normaliser::new();
        let mut chunk = Chunk::new(&normaliser);
        for raw in
            ["Nguyễn Văn Hòa", "NGUYỄN THỊ HOÀ", " Trần  Thị Mai ", "Hồ", "Ông Lê Văn Tám", "Lê Văn Ông"]
        {
            let (read, alone) = both(&mut chunk, raw);
            assert_eq!(read, alone, "{raw}");
        }
        assert!(chunk.plain_name("Nguyễn Văn Hòa").is_some());
        assert!(chunk.plain_name("Ông Nguyễn Văn Hòa").is_none());
    }

    proptest! {
        #[test]
        fn words_of_others_change_nothing(
            names in proptest::collection::vec(
                "((Nguyễn|TRẦN|Lê|Hồ|ông|bà|và|Hộ|vợ|Thị|Văn|V\\.|Hoà|HÒA|Mai|A|Bình-|Hieàn|x1|nguyễnVăn)[ ,]){0,9}",
                1..6,
            ),
        ) {
            let normaliser = Normaliser::new();
            let mut chunk = Chunk::new(&normaliser);
            for raw in &names {
                let (read, alone) = both(&mut chunk, raw);
                prop_assert_eq!(read, alone, "{}", raw);
            }
        }

        #[test]
        fn any_text_is_read_the_same(names in proptest::collection::vec(any::<String>(), 1..4)) {
            let normaliser = Normaliser::new();
            let mut chunk = Chunk::new(&normaliser);
            for raw in &names {
                let (read, alone) = both(&mut chunk, raw);
                prop_assert_eq!(read, alone, "{}", raw);
            }
        }
    }
}

//! An address as eight words.

use crate::field::Address;
use crate::lexicon::Scribe;

/// Word of the whole house number.
pub(crate) const HOUSE: usize = 0;
/// Word of the first part of the house number.
pub(crate) const HOUSE_MAIN: usize = 1;
/// Word of the street.
pub(crate) const STREET: usize = 2;
/// Word of the hamlet.
pub(crate) const HAMLET: usize = 3;
const COMMUNE: usize = 4;
const COMMUNE_NAME: usize = 7;
const CODE_BITS: u32 = 20;

/// An address: numbers of its texts, up to three communes, province. 0 is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AddressWords(pub(crate) [u32; 8]);

impl AddressWords {
    /// From normal form.
    pub(crate) fn new(address: &Address, scribe: &mut Scribe<'_>) -> Self {
        let mut words = [0; 8];
        words[STREET] = scribe.number(&address.street);
        words[HAMLET] = scribe.number(&address.hamlet);
        for (place, code) in address.communes.iter().take(3).enumerate() {
            if let Some(word) = words.get_mut(COMMUNE + place) {
                *word = code & ((1 << CODE_BITS) - 1);
            }
        }
        words[6] |= u32::from(address.province) << CODE_BITS;
        words[COMMUNE_NAME] = scribe.number(&address.commune_name);
        Self(words).with_house(&address.house, scribe)
    }

    /// With another house number.
    pub(super) fn with_house(mut self, house: &str, scribe: &mut Scribe<'_>) -> Self {
        self.0[HOUSE] = scribe.number(house);
        self.0[HOUSE_MAIN] = scribe.number(house.split('/').next().unwrap_or_default());
        self
    }

    /// With other numbers for its texts.
    pub(super) fn renumbered(mut self, numbers: &[u32]) -> Self {
        for place in [HOUSE, HOUSE_MAIN, STREET, HAMLET, COMMUNE_NAME] {
            if let Some(word) = self.0.get_mut(place) {
                *word = numbers.get(*word as usize).copied().unwrap_or(0);
            }
        }
        self
    }

    /// Codes of the communes it may lie in.
    #[inline]
    pub(crate) fn communes(&self) -> impl Iterator<Item = u32> + '_ {
        let codes = [self.0[4], self.0[5], self.0[6] & ((1 << CODE_BITS) - 1)];
        codes.into_iter().filter(|code| *code != 0)
    }

    /// Code of the province; 0: unknown.
    #[inline]
    pub(crate) fn province(&self) -> u32 {
        self.0[6] >> CODE_BITS
    }

    /// Number of the commune's name; 0: unknown.
    #[inline]
    pub(crate) fn commune_name(&self) -> u32 {
        self.0[COMMUNE_NAME]
    }

    /// Whether nothing is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.0 == [0; 8]
    }
}

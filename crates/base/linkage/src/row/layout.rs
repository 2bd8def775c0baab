//! Which words a row has.

use crate::spec::{MAX_TEXTS, Role};
use serde::{Deserialize, Serialize};

/// One value of a row. A value of 0 is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Name,
    Birth,
    Sex,
    /// Two words.
    Number,
    /// Two words.
    OldNumber,
    Address,
    /// Two words.
    Phone,
    Father,
    Mother,
    Spouse,
    Household,
    Text(u8),
}

const FIXED: usize = 11;
const SLOTS: usize = FIXED + MAX_TEXTS;
const ABSENT: u8 = u8::MAX;

impl Slot {
    fn place(self) -> usize {
        match self {
            Self::Name => 0,
            Self::Birth => 1,
            Self::Sex => 2,
            Self::Number => 3,
            Self::OldNumber => 4,
            Self::Address => 5,
            Self::Phone => 6,
            Self::Father => 7,
            Self::Mother => 8,
            Self::Spouse => 9,
            Self::Household => 10,
            Self::Text(n) => FIXED + usize::from(n),
        }
    }

    fn width(self) -> u8 {
        match self {
            Self::Number | Self::OldNumber | Self::Phone => 2,
            _ => 1,
        }
    }

    fn of(role: Role) -> Self {
        match role {
            Role::Name => Self::Name,
            Role::Birth => Self::Birth,
            Role::Sex => Self::Sex,
            Role::IdNumber => Self::Number,
            Role::OldIdNumber => Self::OldNumber,
            Role::Address | Role::Commune => Self::Address,
            Role::Phone => Self::Phone,
            Role::Father => Self::Father,
            Role::Mother => Self::Mother,
            Role::Spouse => Self::Spouse,
            Role::Household => Self::Household,
            Role::Text(n) => Self::Text(n),
        }
    }
}

/// Where in a row each value stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    offsets: [u8; SLOTS],
    stride: u8,
}

impl Layout {
    /// A layout with the values of these roles. Names of one row may be each other's spouse, and tell the sex.
    pub(crate) fn of(roles: impl IntoIterator<Item = Role>, people: bool) -> Self {
        let mut layout = Self { offsets: [ABSENT; SLOTS], stride: 0 };
        for role in roles {
            layout.add(Slot::of(role));
            if people && role == Role::Name {
                layout.add(Slot::Sex);
                layout.add(Slot::Spouse);
            }
        }
        layout
    }

    fn add(&mut self, slot: Slot) {
        if let Some(offset) = self.offsets.get_mut(slot.place())
            && *offset == ABSENT
        {
            *offset = self.stride;
            self.stride += slot.width();
        }
    }

    pub(crate) fn has(&self, slot: Slot) -> bool {
        self.offset(slot).is_some()
    }

    pub(crate) fn stride(&self) -> usize {
        usize::from(self.stride)
    }

    fn offset(&self, slot: Slot) -> Option<usize> {
        self.offsets.get(slot.place()).filter(|offset| **offset != ABSENT).map(|offset| usize::from(*offset))
    }

    /// Sets a value of one word.
    pub(crate) fn set(&self, row: &mut [u32], slot: Slot, value: u32) {
        if let Some(word) = self.offset(slot).and_then(|offset| row.get_mut(offset)) {
            *word = value;
        }
    }

    /// Sets a value of two words.
    pub(crate) fn set_wide(&self, row: &mut [u32], slot: Slot, value: u64) {
        let words = self.offset(slot).and_then(|offset| row.get_mut(offset..offset + 2));
        if let Some([low, high]) = words {
            *low = value as u32;
            *high = (value >> 32) as u32;
        }
    }
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) words: &'a [u32],
    pub(crate) layout: &'a Layout,
}

impl Row<'_> {
    /// A value of one word; 0 if missing.
    #[inline]
    pub(crate) fn get(&self, slot: Slot) -> u32 {
        let offset = self.layout.offsets.get(slot.place()).copied().unwrap_or(ABSENT);
        self.words.get(usize::from(offset)).copied().unwrap_or(0)
    }

    /// A value of two words; 0 if missing.
    #[inline]
    pub(crate) fn wide(&self, slot: Slot) -> u64 {
        let offset = usize::from(self.layout.offsets.get(slot.place()).copied().unwrap_or(ABSENT));
        match self.words.get(offset..offset + 2) {
            Some([low, high]) => u64::from(*low) | u64::from(*high) << 32,
            _ => 0,
        }
    }
}

//! What goes wrong when names and numbers are written down. Each function makes one kind of error in a text that was
//! right, and gives `None` where the text offers no occasion for it.

pub(super) mod encoding;
pub(super) mod naming;
pub(super) mod number;
pub(super) mod spelling;
pub(super) mod typing;

use rand::{Rng, RngExt};

/// The positions of a text's letters that a test holds for; one of them is drawn.
fn occasion<R: Rng>(rng: &mut R, letters: &[char], test: impl Fn(usize, char) -> bool) -> Option<usize> {
    let places: Vec<usize> =
        letters.iter().enumerate().filter(|(i, c)| test(*i, **c)).map(|(i, _)| i).collect();
    (!places.is_empty()).then(|| places[rng.random_range(0..places.len())])
}

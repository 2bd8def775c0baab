//! Expectation–maximisation over the sample.

use super::sample::{Pair, Sample, Task, relatives};
use super::weights::{Shares, TWINS_OF_ONE_SEX, Weights, level};
use crate::compare::{BIRTH_EXACT, BIRTH_SWAPPED, Comparisons, LEVELS, is_whole_date, name_class};
use crate::outcome::EvidenceKind;
use crate::row::Slot;
use rayon::prelude::*;

/// Candidates of a person that rounds go over; the others have no share.
const KEPT: usize = 24;
/// In nats: a candidate so much less likely than the best has no share.
const BEHIND: f32 = 16.0;
/// A match is surely one from here.
const SURE: f64 = 0.9;
/// Whose match is surer than this is not looked at as nobody.
const DOUBT: f64 = 0.01;
/// A change of m below this ends the rounds.
const STILL: f64 = 1e-4;
/// Guesses count as so many pairs.
const GUESS: f64 = 10.0;
/// Rows of a dedupe whose households are looked at.
const FAMILIES: usize = 100_000;
/// Wrong numbers, phones, households per row that belong to some other row.
const STRAY: f64 = 0.005;
/// Pairs, or people with their pairs, that one thread counts at a time.
const PIECE: usize = 1 << 12;

/// A model, with the sample's pairs that have a share and their probabilities.
#[derive(Debug)]
pub(crate) struct Estimate {
    pub(crate) weights: Weights,
    /// Per person the pairs with their probability.
    pub(crate) pairs: Vec<Vec<(Pair, f64)>>,
}

/// Estimates the model. `known`: what labels say of pairs (person of the sample, left row).
pub(crate) fn estimate(
    task: &Task<'_>,
    sample: &Sample,
    comparisons: &Comparisons,
    rounds: u32,
    known: &[(u32, u32, bool)],
) -> Estimate {
    let mut weights = Weights::guess(comparisons.clone(), task.pairing.left.len(), !task.itself);
    strangers(&mut weights, sample);
    similar(&mut weights, sample);
    births(&mut weights, task, sample);
    let counts = count_others(&weights, &sample.namesakes, |_| 0.0);
    names(&mut weights, sample, &counts);
    weights.namesakes.clone_from(&weights.u);
    let mut pairs = likeliest(&weights, sample);
    add_known(task, sample, &mut pairs, known);
    expect(&weights, &mut pairs, known);
    let mut families = if task.itself { Families::of_rows(task) } else { Families::default() };
    for round in 0..rounds {
        if round >= 2 {
            if !task.itself {
                families = Families::of_matches(task, sample, &pairs);
            }
            kin(&mut weights, sample, &pairs, &families);
        }
        let change = maximise(&mut weights, &pairs);
        namesakes(&mut weights, sample, &pairs);
        expect(&weights, &mut pairs, known);
        if change < STILL && round > 8 {
            break;
        }
    }
    Estimate { weights, pairs }
}

/// u from random pairs.
fn strangers(weights: &mut Weights, sample: &Sample) {
    let counts = count(weights, &sample.strangers, |counts, pattern| add(counts, *pattern, 1.0));
    let per_row = STRAY / weights.rows;
    for (place, kind) in weights.comparisons.0.clone().iter().enumerate() {
        let levels = weights.levels(place);
        let (Some(counts), Some(u)) = (counts.get(place), weights.u.get_mut(place)) else { continue };
        let all = counts.iter().skip(1).sum::<f64>().max(1.0);
        for (code, (u, count)) in u.iter_mut().zip(counts).enumerate().take(levels).skip(1) {
            // What identifies agrees by chance only where somebody wrote another row's value.
            let identifies =
                matches!(kind, EvidenceKind::Number | EvidenceKind::Phone | EvidenceKind::Household);
            let least = if code == 1 && identifies { per_row } else { 0.3 / all };
            *u = (count / all).max(least);
        }
    }
}

/// How often strangers whose names resemble each other are of one sex, which a name tells.
fn similar(weights: &mut Weights, sample: &Sample) {
    let similar =
        sample.strangers.iter().filter_map(|pattern| Some((weights.sex_of_similar(*pattern)?, 1.0)));
    weights.similar_of_one_sex = of_one_sex(similar, 0.5);
}

/// u of equal and of swapped dates of birth, from the number of left rows of a date rather than from random pairs, which
/// meet them too seldom.
fn births(weights: &mut Weights, task: &Task<'_>, sample: &Sample) {
    let alike = task.rarity.alike;
    let Some(place) = weights.comparisons.place(EvidenceKind::Birth).filter(|_| alike.equal > 0.0) else {
        return;
    };
    let rights = task.pairing.right;
    let dates = sample.people.iter().map(|person| rights.row(*person as usize).get(Slot::Birth));
    let (whole, any) = dates
        .filter(|date| *date != 0)
        .fold((0.0, 0.0), |(whole, any), date| (whole + f64::from(u8::from(is_whole_date(date))), any + 1.0));
    let share = whole / f64::max(any, 1.0);
    let rows = weights.rows;
    for (level, alike) in [(BIRTH_EXACT, alike.equal), (BIRTH_SWAPPED, alike.swapped)] {
        if let Some(u) = weights.u.get_mut(place).and_then(|u| u.get_mut(usize::from(level))) {
            *u = (share * alike / rows).max(1e-9);
        }
    }
}

/// Namesakes are of one year more often than strangers, and never more seldom: where it looks so, pairs of one year were
/// taken for one person, and would be ever more. Within the year their days are as scattered.
fn births_of_namesakes(weights: &mut Weights) {
    let Some(place) = weights.comparisons.place(EvidenceKind::Birth) else { return };
    let Some(of_strangers) = weights.u.get(place) else { return };
    let of = |level: u8| of_strangers.get(usize::from(level)).copied().unwrap_or(0.0);
    let share = |level| (level, weights.scattered(level, &weights.namesakes).max(of(level)));
    for (level, share) in [BIRTH_EXACT, BIRTH_SWAPPED].map(share) {
        if let Some(of_level) = weights.namesakes.get_mut(place).and_then(|of| of.get_mut(usize::from(level)))
        {
            *of_level = share.min(0.5);
        }
    }
}

/// u of the levels of equal names, from the number of left rows of each sampled name rather than from random pairs,
/// which meet them too seldom. `counts` are those of the namesakes that are two people.
fn names(weights: &mut Weights, sample: &Sample, counts: &Shares) {
    let Some(place) = weights.comparisons.place(EvidenceKind::Name).filter(|_| !sample.namesakes.is_empty())
    else {
        return;
    };
    let counts = counts.get(place).copied().unwrap_or_default();
    let named = weights.rows * sample.people.len().max(1) as f64;
    let Some(u) = weights.u.get_mut(place) else { return };
    for (code, (u, count)) in u.iter_mut().zip(counts).enumerate().skip(1) {
        if name_class(code as u8) == 0 {
            *u = (count / named).max(0.1 / named);
        }
    }
    let (u, comparison) = (*u, place);
    if let Some(of_namesakes) = weights.namesakes.get_mut(comparison) {
        *of_namesakes = u;
    }
}

/// The candidates of each person that may have a share, by the guesses.
fn likeliest(weights: &Weights, sample: &Sample) -> Vec<Vec<(Pair, f64)>> {
    let score = weights.score();
    let keep = |pairs: &Vec<Pair>| {
        let mut kept: Vec<(f32, &Pair)> =
            pairs.iter().map(|pair| (score.weight(pair.pattern, pair.rarity), pair)).collect();
        kept.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.left.cmp(&other.1.left)));
        let best = kept.first().map_or(0.0, |(weight, _)| *weight);
        let kept = kept.into_iter().take(KEPT).take_while(|(weight, _)| *weight > best - BEHIND);
        kept.map(|(_, pair)| (*pair, 0.0)).collect()
    };
    sample.pairs.par_iter().map(keep).collect()
}

/// Labelled pairs that no key found.
fn add_known(task: &Task<'_>, sample: &Sample, pairs: &mut [Vec<(Pair, f64)>], known: &[(u32, u32, bool)]) {
    for (person, left, _) in known {
        let (Some(of_person), Some(right)) =
            (pairs.get_mut(*person as usize), sample.people.get(*person as usize))
        else {
            continue;
        };
        if !of_person.iter().any(|(pair, _)| pair.left == *left) {
            of_person.push((task.pair(*person, &task.subject(*right), *left, 0), 0.0));
        }
    }
}

/// Turns the odds of a person's candidates into probabilities: it is one of them or nobody. In a table with duplicates it
/// may be many, and those that are surely one take nothing from the others. The unlikely ones share what there is, also
/// there: without that bond many of them make each other likely.
fn share(candidates: &mut [(Pair, f64)], exclusive: bool) {
    let is_sure = |odds: f64| !exclusive && odds / (1.0 + odds) > SURE;
    let all: f64 = candidates.iter().map(|(_, odds)| *odds).filter(|odds| !is_sure(*odds)).sum();
    for (_, odds) in candidates {
        *odds /= 1.0 + if is_sure(*odds) { *odds } else { all };
    }
}

/// Probabilities of the pairs, given the weights.
fn expect(weights: &Weights, pairs: &mut [Vec<(Pair, f64)>], known: &[(u32, u32, bool)]) {
    let score = weights.score();
    pairs.par_iter_mut().with_min_len(PIECE).for_each(|of_person| {
        for (pair, odds) in of_person.iter_mut() {
            *odds = score.odds(score.weight(pair.pattern, pair.rarity));
        }
        share(of_person, weights.exclusive);
    });
    for (person, left, same) in known {
        let Some(of_person) = pairs.get_mut(*person as usize) else { continue };
        for (pair, probability) in of_person {
            if pair.left == *left {
                *probability = f64::from(u8::from(*same));
            } else if *same && weights.exclusive {
                *probability = 0.0;
            }
        }
    }
}

/// m and the match rate, given the probabilities. Returns the largest change of an m.
fn maximise(weights: &mut Weights, pairs: &[Vec<(Pair, f64)>]) -> f64 {
    let counts = count(weights, pairs, |counts, of_person| {
        of_person.iter().for_each(|(pair, probability)| add(counts, pair.pattern, *probability));
    });
    // Every pair is of some level in each comparison.
    let all: f64 = counts.first().map_or(0.0, |levels| levels.iter().sum());
    let guesses = Weights::guess(weights.comparisons.clone(), 1, true).m;
    let mut change: f64 = 0.0;
    for ((m, counts), guesses) in weights.m.iter_mut().zip(&counts).zip(&guesses) {
        let sum = counts.iter().skip(1).sum::<f64>() + GUESS;
        let expected: f64 = guesses.iter().skip(1).sum();
        for ((m, count), guess) in m.iter_mut().zip(counts).zip(guesses).skip(1) {
            let next = (count + GUESS * guess / expected) / sum;
            change = change.max((next - *m).abs());
            *m = next;
        }
    }
    let rate = all / pairs.len().max(1) as f64;
    weights.match_rate = if weights.exclusive { rate.clamp(0.001, 0.999) } else { rate.max(1e-6) };
    change
}

/// What namesakes that are different people share.
fn namesakes(weights: &mut Weights, sample: &Sample, pairs: &[Vec<(Pair, f64)>]) {
    let counts = count_others(weights, &sample.namesakes, same_person(weights, pairs));
    weights.namesakes = smooth(&counts, &weights.u, &levels(weights), sample.namesakes.len() as f64, 0.0);
    births_of_namesakes(weights);
    names(weights, sample, &counts);
}

/// Counts of pairs, each with the number of pairs that it stands for, that are two people; `same` is the share of a pair
/// that is one.
fn count_others(weights: &Weights, pairs: &[(Pair, f64)], same: impl Fn(&Pair) -> f64 + Sync) -> Shares {
    count(weights, pairs, |counts, (pair, stands_for)| {
        add(counts, pair.pattern, stands_for * (1.0 - same(pair)));
    })
}

/// The share of a pair that is one person. In a list with duplicates each pair is judged alone: a person's rows do not
/// take from each other what is true of all.
fn same_person<'a>(weights: &Weights, pairs: &'a [Vec<(Pair, f64)>]) -> impl Fn(&Pair) -> f64 + use<'a> {
    let (score, exclusive) = (weights.score(), weights.exclusive);
    move |pair| {
        if exclusive {
            let of_person = pairs.get(pair.person as usize).map_or(&[][..], Vec::as_slice);
            let found = of_person.iter().find(|(other, _)| other.left == pair.left);
            return found.map_or(0.0, |(_, probability)| *probability);
        }
        let odds = score.odds(score.weight(pair.pattern, pair.rarity));
        odds / (1.0 + odds)
    }
}

/// Pairs of people with others of their households.
#[derive(Default)]
struct Families {
    /// How many people.
    people: usize,
    /// Each with the number of pairs that it stands for.
    relatives: Vec<(Pair, f64)>,
}

impl Families {
    /// Rows of a dedupe with those beside them. Twins are one pair in a thousand, so many rows are looked at; most pairs
    /// are like many others, and one stands for all that weigh as much.
    fn of_rows(task: &Task<'_>) -> Self {
        let rows = task.pairing.right.len();
        let people: Vec<u32> = (0..rows as u32).step_by(rows.div_ceil(FAMILIES).max(1)).collect();
        let itself: Vec<(u32, u32)> = (0..).zip(people.iter().copied()).collect();
        let mut relatives = relatives(task, &people, &itself);
        let weighs = |pair: &Pair| (pair.pattern, pair.rarity.to_bits());
        relatives.par_sort_unstable_by_key(|pair| (weighs(pair), pair.person, pair.left));
        let alike = relatives.chunk_by(|one, other| weighs(one) == weighs(other));
        let one_of = |alike: &[Pair]| alike.first().map(|pair| (*pair, alike.len() as f64));
        Self { people: people.len(), relatives: alike.filter_map(one_of).collect() }
    }

    /// People of the sample with those beside their likeliest match.
    fn of_matches(task: &Task<'_>, sample: &Sample, pairs: &[Vec<(Pair, f64)>]) -> Self {
        let sure = pairs.iter().flatten().filter(|(_, probability)| *probability > SURE);
        let matches: Vec<(u32, u32)> = sure.map(|(pair, _)| (pair.person, pair.left)).collect();
        let relatives = relatives(task, &sample.people, &matches);
        Self { people: matches.len(), relatives: relatives.into_iter().map(|pair| (pair, 1.0)).collect() }
    }
}

/// What people of one household share.
fn kin(weights: &mut Weights, sample: &Sample, pairs: &[Vec<(Pair, f64)>], families: &Families) {
    let Families { people, relatives } = families;
    let same = same_person(weights, pairs);
    let counts = count_others(weights, relatives, &same);
    let met = relatives.iter().map(|(_, stands_for)| stands_for).sum();
    weights.relatives = smooth(&counts, &weights.u, &levels(weights), met, 0.5);
    let twins = relatives.iter().filter_map(|(pair, stands_for)| {
        Some((weights.sex_of_twins(pair.pattern)?, stands_for * (1.0 - same(pair))))
    });
    weights.twins_of_one_sex = of_one_sex(twins, TWINS_OF_ONE_SEX);
    let all: f64 = counts.first().map_or(0.0, |levels| levels.iter().sum());
    weights.relatives_per_row = all / (*people).max(1) as f64;
    if !weights.exclusive {
        scatter(weights);
    }
    weights.relatives_of_nobody = if weights.exclusive {
        let found = relatives.iter().filter(|(pair, _)| sample.candidate(pair.person, pair.left)).count();
        relatives_of_nobody(weights, sample, pairs, found as f64 / relatives.len().max(1) as f64)
    } else {
        weights.relatives_per_row
    };
}

/// The households of a dedupe are found by equal addresses, where they are not numbered: relatives whose address was
/// written in another way are not among them. It is with their addresses as with those of one person.
fn scatter(weights: &mut Weights) {
    const EXACT: usize = 1;
    const LEAST: f64 = 0.05;
    if weights.comparisons.place(EvidenceKind::Household).is_some() {
        return;
    }
    let Some(place) = weights.comparisons.place(EvidenceKind::Place) else { return };
    let (Some(of_relatives), Some(of_person)) = (weights.relatives.get_mut(place), weights.m.get(place))
    else {
        return;
    };
    of_relatives.clone_from(of_person);
    weights.relatives_per_row /= of_person.get(EXACT).copied().unwrap_or(1.0).max(LEAST);
}

/// How many left rows are relatives of a right person who is nobody of them: somebody who moved away has left a family
/// behind, a stranger has not. `found` is the share of relatives whom the keys find. Where few people are nobody, it is as
/// with the others.
fn relatives_of_nobody(weights: &Weights, sample: &Sample, pairs: &[Vec<(Pair, f64)>], found: f64) -> f64 {
    let score = weights.score();
    let of_person = |(candidates, of_person): (&Vec<Pair>, &Vec<(Pair, f64)>)| {
        let nobody = 1.0 - of_person.iter().map(|(_, probability)| probability).sum::<f64>();
        let relative = |pair: &Pair| score.likelihood(pair.pattern).relative(pair.rarity);
        let relatives = if nobody > DOUBT { candidates.iter().map(relative).sum() } else { 0.0 };
        (nobody * relatives, nobody)
    };
    let of_people: Vec<(f64, f64)> = sample.pairs.par_iter().zip(pairs).map(of_person).collect();
    let (relatives, nobody) = of_people.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (relatives + GUESS * found * weights.relatives_per_row) / ((nobody + GUESS) * found.max(0.01))
}

/// The share of pairs, each with its weight, that are of one sex; `guess` counts as a few of them.
fn of_one_sex(pairs: impl Iterator<Item = (bool, f64)>, guess: f64) -> f64 {
    let (one, all) = pairs.fold((GUESS * guess, GUESS), |(one, all), (equal, pair)| {
        (one + if equal { pair } else { 0.0 }, all + pair)
    });
    one / all
}

/// How many levels each comparison has, the missing value among them.
fn levels(weights: &Weights) -> Vec<usize> {
    (0..weights.comparisons.0.len()).map(|place| weights.levels(place)).collect()
}

fn zeros(weights: &Weights) -> Shares {
    vec![[0.0; LEVELS]; weights.comparisons.0.len()]
}

/// What `each` adds to the counts of levels, over all items: piece by piece, and the pieces in their order, so that the
/// sums are the same on any number of threads.
fn count<T: Sync>(weights: &Weights, items: &[T], each: impl Fn(&mut Shares, &T) + Sync) -> Shares {
    let of_piece = |piece: &[T]| {
        let mut counts = zeros(weights);
        piece.iter().for_each(|item| each(&mut counts, item));
        counts
    };
    let pieces: Vec<Shares> = items.par_chunks(PIECE).map(of_piece).collect();
    let mut all = zeros(weights);
    for piece in &pieces {
        for (all, count) in all.iter_mut().flatten().zip(piece.iter().flatten()) {
            *all += count;
        }
    }
    all
}

fn add(counts: &mut Shares, pattern: u64, share: f64) {
    for (place, counts) in counts.iter_mut().enumerate() {
        if let Some(count) = counts.get_mut(level(pattern, place)) {
            *count += share;
        }
    }
}

/// Shares of the levels of each comparison (so many as `levels` says) from counts of `pairs` pairs. A level is met at
/// least as often as among strangers, unless so many pairs say that it is not: what strangers would give is added, up to
/// a few pairs; `least` pairs in any case.
fn smooth(counts: &Shares, strangers: &Shares, levels: &[usize], pairs: f64, least: f64) -> Shares {
    const FEW: f64 = 2.0;
    let one = |((counts, strangers), levels): ((&[f64; LEVELS], &[f64; LEVELS]), &usize)| {
        let all = counts.iter().skip(1).sum::<f64>().max(1e-9);
        let mut shares = [0.0; LEVELS];
        for ((share, count), stranger) in shares.iter_mut().zip(counts).zip(strangers).take(*levels).skip(1) {
            *share = count / all * pairs + (stranger * pairs).clamp(least, FEW);
        }
        let sum: f64 = shares.iter().sum();
        shares.map(|share| share / sum)
    };
    counts.iter().zip(strangers).zip(levels).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(levels: &[f64]) -> Shares {
        let mut all = [0.0; LEVELS];
        for (share, level) in all.iter_mut().skip(1).zip(levels) {
            *share = *level;
        }
        vec![all]
    }

    #[test]
    fn a_level_that_was_never_met_is_as_rare_as_among_strangers_and_not_impossible() {
        let strangers = shares(&[1e-5, 0.01, 0.2, 0.78999]);
        // A million pairs, for which twenty thousand were drawn.
        let namesakes = smooth(&shares(&[0.0, 0.0, 4e5, 6e5]), &strangers, &[5], 20_000.0, 0.0);
        let near = |share: f64, wanted: f64| (share / wanted - 1.0).abs() < 0.01;
        assert!(near(namesakes[0][1], 1e-5), "expected a fifth of a time: {}", namesakes[0][1]);
        assert!(near(namesakes[0][2], 1e-4), "expected two hundred times: {}", namesakes[0][2]);
        assert!(near(namesakes[0][3], 0.4) && near(namesakes[0][4], 0.6));
        let relatives = smooth(&shares(&[0.0, 0.0, 400.0, 600.0]), &strangers, &[5], 1_000.0, 0.5);
        assert!(near(relatives[0][1], 5e-4), "there may be twins: {}", relatives[0][1]);
    }

    #[test]
    fn strangers_have_no_relatives_here_and_who_moved_away_has() {
        let mut weights = Weights::guess(Comparisons(vec![EvidenceKind::Place]), 1_000_000, true);
        (weights.u, weights.relatives) = (shares(&[1e-6, 0.5]), shares(&[0.9, 0.1]));
        (weights.relatives_per_row, weights.relatives_of_nobody) = (2.0, 2.0);
        let at_home = |person| Pair { person, left: 7, keys: 1, pattern: 1, rarity: 0.0 };
        let relatives = |candidates: &dyn Fn(u32) -> Vec<Pair>, people: u32| {
            let pairs: Vec<Vec<Pair>> = (0..people).map(candidates).collect();
            let nobody = vec![Vec::new(); pairs.len()];
            relatives_of_nobody(&weights, &Sample { pairs, ..Sample::default() }, &nobody, 0.5)
        };
        let left_three = relatives(&|person| vec![at_home(person); 3], 1_000);
        assert!((left_three - 4.0).abs() < 0.6, "half of them are found, and not all are sure: {left_three}");
        assert!(relatives(&|_| Vec::new(), 1_000) < 0.05, "strangers");
        assert!((relatives(&|_| Vec::new(), 0) - 2.0).abs() < 1e-9, "nobody to learn from");
    }

    #[test]
    fn relatives_are_also_where_the_address_is_written_in_another_way() {
        let of = |kinds: &[EvidenceKind]| {
            let mut weights = Weights::guess(Comparisons(kinds.to_vec()), 1_000, false);
            (weights.m[0], weights.relatives[0]) = (shares(&[0.4, 0.6])[0], shares(&[1.0, 0.0])[0]);
            weights.relatives_per_row = 1.2;
            scatter(&mut weights);
            (weights.relatives[0][2], weights.relatives_per_row)
        };
        let (elsewhere, per_row) = of(&[EvidenceKind::Place]);
        assert!((elsewhere - 0.6).abs() < 1e-9 && (per_row - 3.0).abs() < 1e-9);
        let numbered = of(&[EvidenceKind::Place, EvidenceKind::Household]);
        assert_eq!(numbered, (0.0, 1.2), "a number finds them wherever they are");
    }

    #[test]
    fn sure_rows_of_a_person_add_up_and_unlikely_ones_do_not() {
        let sum = |odds: &[f64], exclusive| {
            let pair = Pair { person: 0, left: 0, keys: 1, pattern: 0, rarity: 0.0 };
            let mut candidates: Vec<(Pair, f64)> = odds.iter().map(|odds| (pair, *odds)).collect();
            share(&mut candidates, exclusive);
            candidates.iter().map(|(_, probability)| probability).sum::<f64>()
        };
        let near = |one: f64, other: f64| (one - other).abs() < 1e-3;
        assert!(near(sum(&[1e4, 1e4, 1e4], false), 3.0));
        assert!(near(sum(&[1e4, 1e4, 1e4], true), 1.0));
        assert!(near(sum(&[0.2; 20], false), 0.8));
        assert!(near(sum(&[1e4, 0.25], false), 1.2), "a sure one takes nothing from it");
    }
}

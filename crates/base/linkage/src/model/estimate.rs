//! Expectation–maximisation over the sample.

use super::sample::{Pair, Sample, Task, relatives};
use super::weights::{Shares, Weights, level};
use crate::compare::{BIRTH_EXACT, Comparisons, LEVELS, is_whole_date, name_class, same_year};
use crate::outcome::EvidenceKind;
use crate::row::Slot;

/// Candidates of a person that rounds go over; the others have no share.
const KEPT: usize = 24;
/// In nats: a candidate so much less likely than the best has no share.
const BEHIND: f32 = 16.0;
/// A match is surely one from here.
const SURE: f64 = 0.9;
/// A change of m below this ends the rounds.
const STILL: f64 = 1e-4;
/// Guesses count as so many pairs.
const GUESS: f64 = 10.0;
/// Wrong numbers, phones, households per row that belong to some other row.
const STRAY: f64 = 0.005;

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
    births(&mut weights, task, sample);
    names(&mut weights, sample, &|_| 0.0);
    weights.namesakes.clone_from(&weights.u);
    let mut pairs = likeliest(&weights, sample);
    add_known(task, sample, &mut pairs, known);
    expect(&weights, &mut pairs, known);
    for round in 0..rounds {
        if round == 2 || round == 8 {
            kin(&mut weights, task, sample, &pairs);
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
    let mut counts = zeros(weights);
    for pattern in &sample.strangers {
        add(&mut counts, *pattern, 1.0);
    }
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

/// u of equal dates of birth, from the number of left rows of a date rather than from random pairs, which meet them too
/// seldom.
fn births(weights: &mut Weights, task: &Task<'_>, sample: &Sample) {
    let average = task.rarity.birth_average;
    let Some(place) = weights.comparisons.place(EvidenceKind::Birth).filter(|_| average > 0.0) else {
        return;
    };
    let rights = task.pairing.right;
    let dates = sample.people.iter().map(|person| rights.row(*person as usize).get(Slot::Birth));
    let (whole, any) = dates
        .filter(|date| *date != 0)
        .fold((0.0, 0.0), |(whole, any), date| (whole + f64::from(u8::from(is_whole_date(date))), any + 1.0));
    let share = whole / f64::max(any, 1.0);
    if let Some(u) = weights.u.get_mut(place).and_then(|u| u.get_mut(usize::from(BIRTH_EXACT))) {
        *u = (share * average / weights.rows).max(1e-9);
    }
}

/// Namesakes are of one year more often than strangers; within the year their days are as scattered.
fn births_of_namesakes(weights: &mut Weights) {
    let Some(place) = weights.comparisons.place(EvidenceKind::Birth) else { return };
    let (Some(u), Some(namesakes)) = (weights.u.get(place), weights.namesakes.get_mut(place)) else { return };
    let of_year = |shares: &[f64; LEVELS]| -> f64 {
        shares.iter().enumerate().filter(|(level, _)| same_year(*level)).map(|(_, share)| share).sum()
    };
    let exact = usize::from(BIRTH_EXACT);
    let more = of_year(namesakes) / of_year(u).max(1e-12);
    namesakes[exact] = (u[exact] * more).min(0.5);
}

/// u of the levels of equal names, from the number of left rows of each sampled name rather than from random pairs,
/// which meet them too seldom. `same` is the share of a namesake pair that is one person.
fn names(weights: &mut Weights, sample: &Sample, same: &dyn Fn(&Pair) -> f64) {
    let Some(place) = weights.comparisons.place(EvidenceKind::Name) else {
        return;
    };
    if sample.namesakes.is_empty() {
        return;
    }
    let mut counts = [0.0; LEVELS];
    let drawn = drawn(sample);
    for pair in &sample.namesakes {
        if let Some(count) = counts.get_mut(level(pair.pattern, place)) {
            *count += stands_for(sample, &drawn, pair) * (1.0 - same(pair));
        }
    }
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

/// How many namesakes of each person were drawn.
fn drawn(sample: &Sample) -> Vec<u32> {
    let mut drawn = vec![0_u32; sample.people.len()];
    for pair in &sample.namesakes {
        if let Some(drawn) = drawn.get_mut(pair.person as usize) {
            *drawn += 1;
        }
    }
    drawn
}

/// For how many pairs of namesakes a drawn one stands.
fn stands_for(sample: &Sample, drawn: &[u32], pair: &Pair) -> f64 {
    let at = pair.person as usize;
    let (all, drawn) = (sample.same_name.get(at).copied(), drawn.get(at).copied());
    f64::from(all.unwrap_or(0)) / f64::from(drawn.unwrap_or(0).max(1))
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
    sample.pairs.iter().map(keep).collect()
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

/// Probabilities of the pairs, given the weights.
fn expect(weights: &Weights, pairs: &mut [Vec<(Pair, f64)>], known: &[(u32, u32, bool)]) {
    let score = weights.score();
    for of_person in pairs.iter_mut() {
        let mut all = 0.0;
        for (pair, odds) in of_person.iter_mut() {
            *odds = score.odds(score.weight(pair.pattern, pair.rarity));
            all += *odds;
        }
        // Also in a dedupe: rows of one person are few, and without the bond many unlikely ones make each other likely.
        for (_, odds) in of_person.iter_mut() {
            *odds /= 1.0 + all;
        }
    }
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
    let mut counts = zeros(weights);
    let mut all = 0.0;
    for (pair, probability) in pairs.iter().flatten() {
        add(&mut counts, pair.pattern, *probability);
        all += *probability;
    }
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
    let probability = |pair: &Pair| {
        let of_person = pairs.get(pair.person as usize).map_or(&[][..], Vec::as_slice);
        of_person
            .iter()
            .find(|(other, _)| other.left == pair.left)
            .map_or(0.0, |(_, probability)| *probability)
    };
    let mut counts = zeros(weights);
    let drawn = drawn(sample);
    for pair in &sample.namesakes {
        add(&mut counts, pair.pattern, stands_for(sample, &drawn, pair) * (1.0 - probability(pair)));
    }
    weights.namesakes = smooth(&counts, &weights.u, 50.0);
    births_of_namesakes(weights);
    names(weights, sample, &probability);
}

/// What people of one household share.
fn kin(weights: &mut Weights, task: &Task<'_>, sample: &Sample, pairs: &[Vec<(Pair, f64)>]) {
    let sure = pairs.iter().flatten().filter(|(_, probability)| *probability > SURE);
    let matches: Vec<(u32, u32)> = sure.map(|(pair, _)| (pair.person, pair.left)).collect();
    let relatives = relatives(task, &sample.people, &matches);
    let mut counts = zeros(weights);
    for pair in &relatives {
        let of_person = pairs.get(pair.person as usize).map_or(&[][..], Vec::as_slice);
        let found = of_person.iter().find(|(other, _)| other.left == pair.left);
        add(&mut counts, pair.pattern, 1.0 - found.map_or(0.0, |(_, probability)| *probability));
    }
    weights.relatives = smooth(&counts, &weights.u, 5.0);
    weights.relatives_per_row = relatives.len() as f64 / matches.len().max(1) as f64;
}

fn zeros(weights: &Weights) -> Shares {
    vec![[0.0; LEVELS]; weights.comparisons.0.len()]
}

fn add(counts: &mut Shares, pattern: u64, share: f64) {
    for (place, counts) in counts.iter_mut().enumerate() {
        if let Some(count) = counts.get_mut(level(pattern, place)) {
            *count += share;
        }
    }
}

/// Shares from counts, to which `toward` adds as many pairs as `strength` says.
fn smooth(counts: &Shares, toward: &Shares, strength: f64) -> Shares {
    let one = |(counts, toward): (&[f64; LEVELS], &[f64; LEVELS])| {
        let sum = counts.iter().skip(1).sum::<f64>() + strength;
        let expected = toward.iter().skip(1).sum::<f64>().max(1e-9);
        let mut shares = [0.0; LEVELS];
        for ((share, count), toward) in shares.iter_mut().zip(counts).zip(toward).skip(1) {
            *share = (count + strength * toward / expected) / sum;
        }
        shares
    };
    counts.iter().zip(toward).map(one).collect()
}

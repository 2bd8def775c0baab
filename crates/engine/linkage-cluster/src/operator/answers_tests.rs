//! Answers come back as they were, in any order, and nothing but whole ones counts.

use super::*;
use proptest::prelude::*;

const ROWS: u64 = 100;
const LEFT: u32 = 1_000;

fn pieces(count: u64) -> Vec<Piece> {
    (0..count).map(|number| Piece { first: number * ROWS, rows: ROWS, ids: number }).collect()
}

prop_compose! {
    fn link_in(piece: u32)(
        left in 0..LEFT, row in 0..ROWS as u32, person in 0u8..4, decision in 0u8..3,
        numbers in prop::array::uniform4(any::<f32>().prop_filter("NaN is not equal to itself", |n| !n.is_nan())),
        pattern in any::<u64>(),
    ) -> Link {
        let [probability, weight, rarity, kin] = numbers;
        let (right, decision) = (piece * ROWS as u32 + row, decision_of(decision).unwrap());
        Link { left, right, person, decision, probability, weight, rarity, kin, pattern }
    }
}

fn answer() -> impl Strategy<Value = Vec<Vec<Link>>> {
    let links = |piece| prop::collection::vec(link_in(piece), 0..40);
    (links(0), links(1), links(2)).prop_map(|(one, two, three)| vec![one, two, three])
}

fn batches(piece: usize, links: &[Link]) -> Vec<RecordBatch> {
    let effort = Effort { pairs: 5, oversize: 1, cut: 2, keyless: 3 };
    Answer { piece: piece as u32, linked: Linked { links: links.to_vec(), effort } }.batches().unwrap()
}

fn link(left: u32, right: u32) -> Link {
    Link {
        left,
        right,
        person: 0,
        decision: Decision::NonMatch,
        probability: 0.5,
        weight: 1.0,
        rarity: 0.0,
        kin: 0.0,
        pattern: 3,
    }
}

proptest! {
    #[test]
    fn answers_in_any_order_give_the_links_in_the_order_of_the_register(
        found in answer(),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
    ) {
        let mut answers = Answers::new(pieces(3), LEFT as usize);
        for piece in order {
            for batch in batches(piece, &found[piece]) {
                answers.take(&batch).unwrap();
            }
        }
        prop_assert_eq!(answers.rows(), 3 * ROWS);
        let Linked { links, effort } = answers.finish().unwrap();
        prop_assert_eq!(links, found.concat());
        prop_assert_eq!(effort, Effort { pairs: 15, oversize: 3, cut: 6, keyless: 9 });
    }

    #[test]
    fn an_answer_without_one_of_its_batches_is_asked_for_again(found in answer()) {
        let mut answers = Answers::new(pieces(3), LEFT as usize);
        for (piece, links) in found.iter().enumerate() {
            for batch in batches(piece, links).iter().skip(usize::from(piece == 1)) {
                answers.take(batch).unwrap();
            }
        }
        prop_assert_eq!(answers.missing(), vec![(1, pieces(3)[1])]);
        answers.forget_partial();
        for batch in batches(1, &found[1]) {
            answers.take(&batch).unwrap();
        }
        prop_assert_eq!(answers.finish().unwrap().links, found.concat());
    }
}

#[test]
fn long_answers_are_cut_into_batches() {
    let links: Vec<Link> = (0..20_000).map(|right| link(1, right)).collect();
    let batches = batches(0, &links);
    assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [8_192, 8_192, 3_616, 1]);
    let mut answers = Answers::new(vec![Piece { first: 0, rows: 20_000, ids: 0 }], 2);
    batches.iter().for_each(|batch| answers.take(batch).unwrap());
    assert_eq!(answers.finish().unwrap().links, links);
}

#[test]
fn what_was_not_asked_for_is_refused() {
    let take = |answers: &mut Answers, piece: usize, links: &[Link]| {
        batches(piece, links).iter().try_for_each(|batch| answers.take(batch))
    };
    let mut answers = Answers::new(pieces(1), LEFT as usize);
    assert!(take(&mut answers, 1, &[]).is_err(), "a piece that is not one");
    take(&mut answers, 0, &[]).unwrap();
    assert!(take(&mut answers, 0, &[]).is_err(), "the same piece twice");
    let other = RecordBatch::new_empty(Arc::new(Schema::empty()));
    assert!(answers.take(&other).is_err(), "another table");

    let mut fresh = Answers::new(pieces(1), LEFT as usize);
    assert!(take(&mut fresh, 0, &[link(LEFT, 0)]).is_err(), "a left row that there is not");
    let mut fresh = Answers::new(pieces(1), LEFT as usize);
    assert!(take(&mut fresh, 0, &[link(0, ROWS as u32)]).is_err(), "another piece's row");
    assert!(Answers::new(pieces(1), 1).finish().is_err(), "nothing came");
}

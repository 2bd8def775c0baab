//! Work that is done in parallel and taken in order, without waiting for the slowest of a batch.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Pieces begun for each thread before the first of them is taken.
const AHEAD: usize = 3;

/// Does the pieces `0..count` on the threads of the pool and gives the results to `take` in order, on this thread, until
/// it fails. Pieces that were begun then are still done.
///
/// # Errors
/// Those of `take`.
pub fn in_order<T: Send, E>(
    count: usize,
    work: &(dyn Fn(usize) -> T + Sync),
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    if count <= 1 {
        return (0..count).try_for_each(|piece| take(work(piece)));
    }
    rayon::in_place_scope(|scope| {
        let begin = |piece: usize| {
            let (done, result) = channel();
            // Nobody waits for what is done after a failure.
            scope.spawn(move |_| drop(done.send(work(piece))));
            result
        };
        let ahead = rayon::current_num_threads() * AHEAD;
        let mut begun: VecDeque<Receiver<T>> = (0..ahead.min(count)).map(begin).collect();
        for next in ahead.. {
            let Some(result) = begun.pop_front().and_then(|result| wait(&result)) else { break };
            if next < count {
                begun.push_back(begin(next));
            }
            take(result)?;
        }
        Ok(())
    })
}

/// The result of a piece; `None` if its thread panicked, which the scope passes on. A thread of the pool works while it
/// waits: the piece may be its own to do.
fn wait<T>(piece: &Receiver<T>) -> Option<T> {
    loop {
        match piece.try_recv() {
            Ok(result) => return Some(result),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => match rayon::yield_now() {
                None => return piece.recv().ok(),
                Some(rayon::Yield::Executed) => {}
                Some(rayon::Yield::Idle) => std::thread::yield_now(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::in_order;

    fn taken(count: usize, threads: usize) -> Vec<usize> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut taken = Vec::new();
        // Every third piece takes long, so that later ones are done before it.
        let work = |piece: usize| {
            if piece.is_multiple_of(3) {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            piece * 2
        };
        let all = pool.install(|| {
            in_order(count, &work, |piece| {
                taken.push(piece);
                Ok::<(), ()>(())
            })
        });
        all.unwrap();
        taken
    }

    #[test]
    fn results_come_in_order_on_any_threads() {
        for threads in [1, 2, 5] {
            for count in [0, 1, 2, 40] {
                assert_eq!(taken(count, threads), (0..count).map(|piece| piece * 2).collect::<Vec<_>>());
            }
        }
        // Also from a thread that is not of the pool.
        let mut sum = 0;
        in_order(50, &|piece| piece, |piece| {
            sum += piece;
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(sum, 49 * 50 / 2);
    }

    #[test]
    fn it_ends_where_the_taker_fails() {
        let mut taken = 0;
        let ended = in_order(1000, &|piece| piece, |piece| {
            taken += 1;
            if piece == 5 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((ended, taken), (Err("enough"), 6));
    }
}

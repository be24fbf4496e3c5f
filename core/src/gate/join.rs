//! Several calls at a time.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// How many calls to a registry are under way at a time.
const AT_A_TIME: usize = 8;

/// A call that another thread can go on with.
pub(crate) type Call<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs all futures, a few at a time; the outputs stand in the order of the futures. Dropping it
/// drops them all.
///
/// It takes a list and not an iterator: the closures of one, kept over an await, would keep the
/// compiler from seeing that the gate can be spawned on another thread.
pub(crate) async fn join_all<T>(futures: Vec<Call<'_, T>>) -> Vec<T> {
    let mut waiting = futures.into_iter().enumerate();
    let mut running = Vec::new();
    let mut done: Vec<(usize, T)> = Vec::new();
    loop {
        running.extend(
            waiting
                .by_ref()
                .take(AT_A_TIME.saturating_sub(running.len())),
        );
        if running.is_empty() {
            break;
        }
        poll_fn(|context| {
            let before = done.len();
            running.retain_mut(|(index, future)| match future.as_mut().poll(context) {
                Poll::Ready(output) => {
                    done.push((*index, output));
                    false
                }
                Poll::Pending => true,
            });
            if done.len() > before {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, output)| output).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn outputs_stand_in_the_order_of_the_futures_and_a_few_run_at_a_time() {
        let start = tokio::time::Instant::now();
        let sleeps = (0..16_u64).map(|i| {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(100 - i)).await;
                i
            }) as Call<'_, u64>
        });
        assert_eq!(
            join_all(sleeps.collect()).await,
            (0..16).collect::<Vec<_>>()
        );
        let elapsed = start.elapsed().as_millis();
        assert!((150..250).contains(&elapsed), "{elapsed} ms");
    }
}

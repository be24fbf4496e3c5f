//! The events of one rollout as a stream.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Event;

/// The events of one rollout. It ends with the rollout; dropping it changes nothing.
#[derive(Debug)]
pub struct Events(UnboundedReceiver<Event>);

/// Feeds [`Events`].
pub(super) struct Sender(UnboundedSender<Event>);

impl Events {
    pub(super) fn channel() -> (Sender, Self) {
        let (sender, receiver) = unbounded_channel();
        (Sender(sender), Self(receiver))
    }

    /// The next event; `None` when the rollout has ended.
    pub async fn next(&mut self) -> Option<Event> {
        self.0.recv().await
    }
}

impl Sender {
    pub(super) fn send(&self, event: &Event) {
        // Nobody has to listen.
        drop(self.0.send(event.clone()));
    }
}

impl Stream for Events {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        self.0.poll_recv(context)
    }
}

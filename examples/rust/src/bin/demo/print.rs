//! How the demonstration is written to the terminal.

use tokio::time::Instant;

/// A clock of the story, from 0. It is turned, not waited for.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// One line of what happened, with the seconds of the story before it.
    pub(crate) fn tell(self, what: impl std::fmt::Display) {
        println!("  {:>6.1} s  {what}", self.0.elapsed().as_secs_f32());
    }
}

pub(crate) fn chapter(title: &str) {
    println!("\n{title}\n{}\n", "─".repeat(title.chars().count()));
}

pub(crate) fn row(name: &str, value: &str) {
    println!("  {name:<14}{value}");
}

pub(crate) fn block(text: impl std::fmt::Display) {
    let text = text.to_string();
    println!("  {}", text.trim_end().replace('\n', "\n  "));
}

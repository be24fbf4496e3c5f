//! Programs that must not compile: see `main.rs` beside this file.

//! Which version is in place when several deployers work on one service.
//!
//! Amazon ECS has no compare-and-swap: `UpdateService` takes no condition, no version of what it
//! changes and no client token, and of two calls the later one wins. A run that was started earlier,
//! for an older commit, and is late, puts the old code back. This module is what a deployer does
//! about that, as a pure state machine: [`Order`] says what to do [`Next`], a driver does it and
//! tells what it has [`Seen`]. A model checker runs this very code: `tests/model` tries every
//! schedule of two and three deployers with lost and late requests, reads that are behind, failures,
//! rollbacks and a crash, within small bounds.
//!
//! # The protocol
//!
//! 1. **Check before.** Read the service. What is in place is newer → `Superseded`, nothing is
//!    written. It is our revision already → follow it, nothing is written.
//! 2. **Write**, once.
//! 3. **Check after.** What did the write replace? Where the answer does not tell it, read the
//!    history until our deployment is in it, and take the one before. It was newer → **heal**: write
//!    that one back, and check after that write in the same way, and so on; then `Superseded`.
//! 4. **Follow** our deployment. Replaced by a newer version → `Superseded`. Replaced by an older one
//!    → whoever did that is between its write and its heal, so wait for being put back
//!    (a new deployment of our revision is then followed instead), for [`Bounds::patience`] reads; after
//!    that `Superseded`, by the older one. Completed → read once more: still in place → `InPlace`.
//!
//! *Lost answers.* A write whose answer was lost is never just repeated. After a time to settle the
//! history is read: a deployment of that revision that began after what was in place before is ours,
//! and step 3 goes on with it; if there is none, the write was not done, and step 1 (for a heal: the
//! question whether it is still needed) comes before the next try. [`Bounds::writes`] bounds the tries.
//!
//! *Intended rollbacks* ([`Intent::Rollback`](crate::rollout::Intent::Rollback)) skip the check before
//! and owe nothing for what they replace. Others do not undo them, except by a heal that they owe for
//! a write of their own: a deployer that replaced a newer version just before a rollback puts it back
//! over the rollback, whose deployer then says `Superseded`.
//!
//! *Failed* deployments do not count: they are neither a reason to give way nor put back. What ECS
//! itself does (a circuit breaker's rollback, replaced tasks) is not fought.
//!
//! *Targets that cannot be compared* (no version, another environment) are replaced without a second
//! look. The order begins anew after them.
//!
//! # Why it works
//!
//! The writes to one service form one sequence. Let M be the newest version in it, X the last write of
//! M, and suppose that X is not the last write of all. The one after X, Y, wrote something older, and
//! what it replaced is M. Its deployer either learns that and writes M again, which contradicts the
//! choice of X, or sees M (or one as new) in place again later on, which contradicts it too. So M is in
//! place at the end. It ends: each write of one deployer is newer than its write before or repeats one
//! that was not done, so a deployer writes at most [`Bounds::writes`] times for each version.
//!
//! # What is assumed
//!
//! - **A1** The answer of a write, where it names what was replaced, is true: that was in place when the
//!   write was done. A driver that is not certain passes `replaced: None`. What a later read shows of
//!   it is believed too, and healed.
//! - **A2** A read shows the history up to some moment: it may be behind, but without holes between the
//!   deployments that it shows.
//! - **A3** A request whose answer was lost takes effect before the time to settle is over, if ever, and
//!   a read after that time shows it. ECS documents no such time. The whole of it has to be waited for:
//!   a deployment of the same revision that is there earlier may be somebody else's (or the circuit
//!   breaker's), while our request still comes and replaces a newer version. The model finds that schedule.
//! - **A4** A write that was answered is seen within [`Bounds::reads`] reads. If not, the deployer goes on
//!   and says that it does not know ([`Order::in_doubt`]).
//! - Every deployer keeps to the protocol. One that does not (a console, another tool) is seen like an
//!   intended rollback, or like a newer version.
//!
//! # What cannot be prevented
//!
//! **A deployer that dies between its write and its heal leaves an older version in place.** Nothing
//! that runs on the deployer's side can prevent that without a compare-and-swap. Its traces stay in
//! the history: [`View::out_of_order`] finds them, and the next verified deployment, an audit that is
//! asked to and [`out_of_order`](crate::rollout::audit::out_of_order) say so. They
//! cannot heal by themselves, because an intended rollback leaves the same traces. The next deployment of
//! a version that is not older ends it. The same holds for a heal that ECS refuses
//! ([`Ending::Unhealed`], for instance because the revision was deregistered), which is never
//! silent.
//!
//! Until the heal is done, tasks of the older version are started. Serialise deployments in CI as
//! well (a concurrency group): this protocol is for when that fails.
//!
//! # How it is driven
//!
//! ```
//! use artifact_deploy::rollout::Intent;
//! use artifact_deploy::rollout::order::{Bounds, Ending, Entry, Next, Order, Seen, Target, View};
//!
//! // For ECS: `Revision` and `Begun`.
//! #[derive(Clone, PartialEq, Eq)]
//! struct Build(u32);
//! impl Target for Build {
//!     fn is_newer_than(&self, other: &Self) -> bool {
//!         self.0 > other.0
//!     }
//! }
//! let entry = |id: u32, build| Entry { id, target: Build(build), failed: false };
//!
//! let mut order = Order::begin(Build(5), Intent::Deploy, Bounds::default());
//! assert!(matches!(order.next(), Next::Read));
//! // Build 4 is in place: ours may be written.
//! let next = order.step(Seen::View(View::new([entry(1, 4)])));
//! assert!(matches!(next, Next::Write(Build(5))));
//! // But in between somebody wrote build 6, and we have just replaced that.
//! let next = order.step(Seen::Written { id: 3, replaced: Some(entry(2, 6)) });
//! assert!(matches!(next, Next::Write(Build(6))));
//! let next = order.step(Seen::Written { id: 4, replaced: Some(entry(3, 5)) });
//! assert!(matches!(next, Next::End(Ending::Superseded { by: Build(6) })));
//! assert!(order.healed() == Some(&Build(6)));
//! ```
//!
//! With [`ServiceControl`](crate::ports::ServiceControl):
//!
//! | [`Next`] | the driver | [`Seen`] |
//! |---|---|---|
//! | `Read` | `describe_services` | `View` of `deployments` ([`View::of`]) |
//! | `Write(target)` | `update_service` with the ARN, never with `force_new_deployment` | `Written` with [`Begun::of`] the `PRIMARY` of the answer; `replaced` is the latest other one there, if it is the one that the read before showed in place or began after that, else `None`. A retryable error that leaves it open (timeout, 5xx, connection) → `Lost`; `Throttled` was surely not done → ask again. Any other error → `Refused` |
//! | `ReadBack` | after the time to settle if so told: `list_service_deployments` joined with `deployments`, or `deployments` alone | `View` |
//! | `Follow(id)` | watch that deployment; poll | `View` of each poll, `Completed` of a poll that was begun after it ended well. When it fails, is rolled back, or the deadline comes: stop stepping, the outcome is known |
//! | `Wait` | sleep for the poll interval, then as `Read` | `View` |
//! | `End` | the outcome: `InPlace` → `Completed`; `Superseded`; `Failed` → as ECS says; `NotWritten` → the error of the request; `Unhealed` → `Failed`, naming the newer version | |
//!
//! A read that fails is repeated by the driver; the machine does not see it. In `ReadBack` and after a
//! write the driver should not stop at its deadline when a heal is owed (`Next::Write` of something that
//! is not ours): allow it a little longer, or say in the record that the order is unknown. All views
//! of one order name a deployment by the same id; one that the history alone shows has to be matched.

mod machine;
mod revision;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use machine::Order;
pub use revision::{Begun, Revision};
pub use view::{Entry, OutOfOrder, Target, View};
pub use words::{Bounds, Ending, Next, Seen};

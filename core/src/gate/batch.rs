//! Many images at once.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexSet;
use serde_json::json;
use tokio::time::Instant;

use super::join::join_all;
use super::refusal::entry;
use super::subject::needs_manifest;
use super::wait::before;
use super::{ImageEvidence, ImageQuery, Policy, Presence, VerifiedImage};
use crate::image::{ImageSelector, RepositoryAddress};
use crate::ports::{ImageRegistry, Lookup, LookupDepth};
use crate::{Error, ErrorKind, Result};

/// How many images one call asks for. Source: ECR `BatchGetImage`, `imageIds`: 1 to 100.
pub(super) const PER_CALL: usize = 100;

/// What one look-up said of one image; one error can stand for many.
pub(super) type Seen = Result<Presence, Error>;

/// Folds the outcomes of [`Gate::resolve_all`](super::Gate::resolve_all) into all or nothing.
///
/// # Errors
/// `BatchFailed`, when at least one was refused. The message names each of them; `details` is
/// `{"images": [{"image", "code", "message", "details"?}]}`.
pub fn require_all(
    queries: &[ImageQuery],
    outcomes: Vec<Result<VerifiedImage>>,
) -> Result<Vec<VerifiedImage>> {
    let asked = queries.len();
    let count = outcomes.len();
    let mut verified = Vec::with_capacity(count);
    let mut refused = Vec::new();
    for (index, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(image) => verified.push(image),
            Err(error) => refused.push((
                queries
                    .get(index)
                    .map_or_else(|| format!("number {index}"), ToString::to_string),
                error,
            )),
        }
    }
    if asked != count {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "{asked} images were asked for and {count} outcomes are given; pass those of the same batch"
            ),
        ));
    }
    if refused.is_empty() {
        return Ok(verified);
    }
    let names: Vec<String> = refused
        .iter()
        .map(|(image, error)| format!("{image} ({})", error.code()))
        .collect();
    let entries: Vec<_> = refused
        .iter()
        .map(|(image, error)| entry(image, error))
        .collect();
    Err(Error::new(
        ErrorKind::BatchFailed,
        format!(
            "{} of {count} images were refused: {}; nothing should be deployed until each passes",
            refused.len(),
            names.join(", ")
        ),
    )
    .with_details(json!({ "images": entries })))
}

/// Looks up the images of `queries`: in one call per repository and 100 images. What is asked for
/// twice is looked up once. The answers stand in the order of `queries`.
pub(super) async fn look_up(
    registry: &dyn ImageRegistry,
    policy: Policy,
    queries: &[&ImageQuery],
    deadline: Option<Instant>,
) -> Vec<Seen> {
    let mut groups: BTreeMap<Group<'_>, IndexSet<ImageSelector>> = BTreeMap::new();
    for query in queries {
        groups
            .entry(group_of(policy, query))
            .or_default()
            .insert(query.selector().clone());
    }
    let groups: Vec<(Group<'_>, Vec<ImageSelector>)> = groups
        .into_iter()
        .map(|(group, selectors)| (group, selectors.into_iter().collect()))
        .collect();
    let calls = groups
        .iter()
        .flat_map(|(group, selectors)| {
            selectors
                .chunks(PER_CALL)
                .map(move |chunk| Box::pin(call(registry, *group, chunk, deadline)) as _)
        })
        .collect();
    let seen: HashMap<(Group<'_>, ImageSelector), Seen> =
        join_all(calls).await.into_iter().flatten().collect();
    queries
        .iter()
        .map(|query| {
            seen.get(&(group_of(policy, query), query.selector().clone()))
                .cloned()
                .unwrap_or_else(|| Err(no_answer(query)))
        })
        .collect()
}

/// What one call can ask for: a repository, and whether the digest alone is enough.
type Group<'a> = (&'a RepositoryAddress, bool);

fn group_of(policy: Policy, query: &ImageQuery) -> Group<'_> {
    let digest_alone = policy.believes_unverified_manifest() && !needs_manifest(policy, query);
    (query.repository(), digest_alone)
}

async fn call<'a>(
    registry: &dyn ImageRegistry,
    group: Group<'a>,
    selectors: &[ImageSelector],
    deadline: Option<Instant>,
) -> Vec<((Group<'a>, ImageSelector), Seen)> {
    let (repository, digest_alone) = group;
    let depth = if digest_alone {
        LookupDepth::Digest
    } else {
        LookupDepth::Manifest
    };
    let answers = match before(deadline, registry.look_up(repository, selectors, depth)).await {
        Ok(answers) if answers.len() == selectors.len() => {
            answers.into_iter().map(seen).collect::<Vec<_>>()
        }
        Ok(answers) => {
            let error = Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "the registry gave {} answers for {} images of {repository}",
                    answers.len(),
                    selectors.len()
                ),
            );
            vec![Err(error); selectors.len()]
        }
        Err(error) => vec![Err(error); selectors.len()],
    };
    selectors
        .iter()
        .zip(answers)
        .map(|(selector, seen)| ((group, selector.clone()), seen))
        .collect()
}

fn seen(lookup: Lookup) -> Seen {
    match lookup {
        Lookup::Found(found) => Ok(Presence::Found(Box::new(ImageEvidence::of(found)))),
        Lookup::Missing { reason } => Ok(Presence::Missing { reason }),
        Lookup::Inactive { digest, state } => Ok(Presence::Inactive { digest, state }),
        Lookup::Failed(error) => Err(error),
    }
}

fn no_answer(query: &ImageQuery) -> Error {
    Error::new(
        ErrorKind::UnexpectedResponse,
        format!("the registry gave no answer for {query}"),
    )
}

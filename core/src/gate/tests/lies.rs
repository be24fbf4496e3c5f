//! A registry, or something in its place, that does not tell the truth.

use async_trait::async_trait;
use bytes::Bytes;

use super::*;
use crate::image::{Descriptor, ImageSelector, Repository, TagMutability};
use crate::ports::{BlobDepth, BlobState, FoundImage, ImageRegistry, Lookup, LookupDepth};

/// Answers as a sound registry does, but for the look-ups and the states of blobs.
struct Liar {
    truth: MemoryRegistry,
    look_up: fn(Vec<Lookup>) -> Vec<Lookup>,
    blob_states: fn(Vec<BlobState>) -> Vec<BlobState>,
}

impl Liar {
    fn about(image: &MemoryImage, look_up: fn(Vec<Lookup>) -> Vec<Lookup>) -> Self {
        Self {
            truth: registry_with(image).0,
            look_up,
            blob_states: |states| states,
        }
    }

    fn ask(&self, policy: Policy, query: &ImageQuery) -> crate::Result<VerifiedImage> {
        block_on(Gate::new(policy).resolve(self, query))
    }
}

#[async_trait]
impl ImageRegistry for Liar {
    async fn look_up(
        &self,
        repository: &RepositoryAddress,
        images: &[ImageSelector],
        depth: LookupDepth,
    ) -> crate::Result<Vec<Lookup>> {
        let answers = self.truth.look_up(repository, images, depth).await?;
        Ok((self.look_up)(answers))
    }

    async fn blob_states(
        &self,
        repository: &Repository,
        blobs: &[Descriptor],
        depth: BlobDepth,
    ) -> crate::Result<Vec<BlobState>> {
        let states = self.truth.blob_states(repository, blobs, depth).await?;
        Ok((self.blob_states)(states))
    }

    async fn read_blob(&self, repository: &Repository, blob: &Descriptor) -> crate::Result<Bytes> {
        self.truth.read_blob(repository, blob).await
    }

    async fn tag_mutability(&self, repository: &Repository) -> crate::Result<TagMutability> {
        self.truth.tag_mutability(repository).await
    }
}

fn change(answers: Vec<Lookup>, change: impl Fn(&mut FoundImage)) -> Vec<Lookup> {
    answers
        .into_iter()
        .map(|answer| match answer {
            Lookup::Found(mut found) => {
                change(&mut found);
                Lookup::Found(found)
            }
            other => other,
        })
        .collect()
}

#[test]
fn a_check_that_was_asked_for_is_never_passed_over_with_an_unread_manifest() {
    let liar = Liar::about(&single(), |answers| {
        change(answers, |found| found.manifest = None)
    });
    let believing = Policy::new().unverified_manifest(true);
    assert!(liar.ask(believing, &query()).is_ok());
    for (policy, query) in [
        (Policy::new(), query()),
        (
            believing,
            query().on_platform("linux/arm64".parse().unwrap()),
        ),
        (believing, query().from_commit(REVISION.parse().unwrap())),
        (believing, query().expecting_digest(Digest::of(b"y"))),
        (believing.content(ContentPolicy::Available), query()),
        (
            believing.tag_immutable(TagImmutablePolicy::Require),
            query(),
        ),
    ] {
        let refused = liar.ask(policy, &query);
        assert!(refused.is_err(), "{policy:?} {query:?}");
    }
}

#[test]
fn an_answer_for_something_else_than_was_asked_for_is_refused() {
    type Lie = fn(&mut FoundImage);
    let lies: [(&str, Lie); 3] = [
        ("another tag", |found| {
            found.tag = Some("other".parse().unwrap());
        }),
        ("another repository", |found| {
            let other = format!("{}/my/other", found.repository.host());
            found.repository = other.parse().unwrap();
        }),
        ("another digest", |found| found.digest = Digest::of(b"x")),
    ];
    for (what, lie) in lies {
        let mut answers = block_on(registry_with(&single()).0.look_up(
            query().repository(),
            &[query().selector().clone()],
            LookupDepth::Manifest,
        ))
        .unwrap();
        let Some(Lookup::Found(found)) = answers.first_mut() else {
            unreachable!("it was pushed");
        };
        lie(found);
        let evidence = Evidence::new(Presence::Found(Box::new(ImageEvidence::of(found.clone()))));
        let report = judge(&Policy::new(), &query(), &evidence);
        assert_eq!(report.verdict(), Verdict::Refused, "{what}");
        assert!(!report.can_change(), "{what}");
    }
}

#[test]
fn answers_of_a_batch_in_another_order_deploy_nothing() {
    let liar = Liar::about(&single(), |mut answers| {
        answers.reverse();
        answers
    });
    liar.truth
        .push("my/app", &["other"], &single().label("build", "2"))
        .unwrap();
    let queries = [query(), query_for("other")];
    let outcomes = block_on(Gate::new(Policy::new()).resolve_all(&liar, &queries));
    for outcome in outcomes {
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::UnexpectedResponse);
    }
}

#[test]
fn too_many_and_too_few_answers_are_no_answers() {
    let lies: [fn(Vec<Lookup>) -> Vec<Lookup>; 2] = [
        |_| Vec::new(),
        |mut answers| {
            answers.push(Lookup::Missing {
                reason: String::new(),
            });
            answers
        },
    ];
    for lie in lies {
        let error = Liar::about(&single(), lie)
            .ask(Policy::new(), &query())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    }
    let mut liar = Liar::about(&single(), |answers| answers);
    liar.blob_states = |_| Vec::new();
    let policy = Policy::new().content(ContentPolicy::Verified);
    assert_eq!(
        liar.ask(policy, &query()).unwrap_err().kind(),
        ErrorKind::UnexpectedResponse
    );
}

#[test]
fn what_a_registry_says_draws_on_no_terminal_and_in_no_comment() {
    let liar = Liar::about(&single(), |_| {
        vec![Lookup::Missing {
            reason: "\u{1b}[2J\r\n::set-output name=x::y\u{9b}31m | **@octocat** #1 \u{202e}"
                .into(),
        }]
    });
    let report = block_on(Gate::new(Policy::new()).inspect(&liar, &query())).unwrap();
    let error = liar.ask(Policy::new(), &query()).unwrap_err();
    for text in [report.to_text(), report.to_markdown(), error.to_string()] {
        assert!(
            text.chars()
                .all(|c| c == '\n' || crate::harmless::is_harmless(c)),
            "{text:?}"
        );
        assert!(!text.lines().any(|line| line.starts_with("::")), "{text:?}");
    }
    let markdown = report.to_markdown();
    for bad in ["**@", "@octocat", "#1", " | \\*"] {
        assert!(!markdown.contains(bad), "{bad}: {markdown}");
    }
}

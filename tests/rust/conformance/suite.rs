//! What every implementation of the port does alike.

use artifact_deploy::ErrorKind;
use artifact_deploy::gate::{ContentPolicy, Gate, ImageQuery, Policy};
use artifact_deploy::image::{Descriptor, Digest, ImageSelector, Manifest, Repository};
use artifact_deploy::ports::{BlobDepth, BlobState, FoundImage, Lookup, LookupDepth};

use crate::places::Place;

fn tag(tag: &str) -> ImageSelector {
    ImageSelector::Tag(tag.parse().unwrap())
}

fn found(lookup: Lookup) -> FoundImage {
    match lookup {
        Lookup::Found(found) => found,
        other => panic!("expected an image, got {other:?}"),
    }
}

async fn ask(place: &Place, images: &[ImageSelector]) -> Vec<Lookup> {
    let answers = place
        .registry
        .look_up(&place.app, images, LookupDepth::Manifest);
    answers.await.unwrap()
}

async fn one(place: &Place, image: ImageSelector) -> FoundImage {
    found(ask(place, &[image]).await.pop().unwrap())
}

/// The repository with its host, and the blobs of a single image: its configuration first.
async fn blobs(place: &Place, of: &str) -> (Repository, Vec<Descriptor>) {
    let found = one(place, tag(of)).await;
    let bytes = found.manifest.unwrap();
    let manifest = Manifest::parse(&bytes, found.media_type.as_deref()).unwrap();
    let Manifest::Image(image) = manifest else {
        panic!("{of} is an image");
    };
    let layers = image.layers().iter().cloned();
    let blobs = [image.config().clone()].into_iter().chain(layers).collect();
    (found.repository, blobs)
}

pub(crate) async fn an_image_is_found_by_tag_and_by_digest_with_bytes_that_hash_to_it(
    place: &Place,
) {
    let by_tag = one(place, tag("single")).await;
    assert_eq!(by_tag.digest, place.single);
    assert_eq!(Digest::of(by_tag.manifest.as_ref().unwrap()), place.single);
    assert_eq!(by_tag.tag.unwrap().as_str(), "single");
    assert_eq!(by_tag.repository.name(), place.app.name());

    let by_digest = one(place, ImageSelector::Digest(place.single.clone())).await;
    assert_eq!(by_digest.manifest, by_tag.manifest);
    assert_eq!(by_digest.media_type, by_tag.media_type);
    assert_eq!(by_digest.tag, None);
}

pub(crate) async fn a_tag_that_is_asked_for_with_a_digest_shows_where_it_leads_to(place: &Place) {
    for digest in [&place.single, &place.multi] {
        let image = ImageSelector::TagAndDigest("single".parse().unwrap(), digest.clone());
        assert_eq!(one(place, image).await.digest, place.single);
    }
}

pub(crate) async fn an_index_and_each_of_its_images_are_found(place: &Place) {
    let found = one(place, tag("multi")).await;
    assert_eq!(found.digest, place.multi);
    let bytes = found.manifest.unwrap();
    let Manifest::Index(index) = Manifest::parse(&bytes, found.media_type.as_deref()).unwrap()
    else {
        panic!("multi is an index");
    };
    assert_eq!(index.children().len(), 2);
    for child in index.children() {
        let image = one(place, ImageSelector::Digest(child.digest().clone())).await;
        assert_eq!(Digest::of(&image.manifest.unwrap()), *child.digest());
    }
}

pub(crate) async fn what_is_missing_is_missing_and_not_an_error(place: &Place) {
    let images = [tag("gone"), ImageSelector::Digest(Digest::of(b"gone"))];
    for answer in ask(place, &images).await {
        assert!(
            matches!(&answer, Lookup::Missing { reason } if !reason.is_empty()),
            "{answer:?}"
        );
    }
}

pub(crate) async fn a_repository_that_is_missing_has_no_images(place: &Place) {
    let images = [tag("single")];
    let answers = place
        .registry
        .look_up(&place.absent, &images, LookupDepth::Manifest);
    // The distribution protocol lets a registry say either.
    match answers.await {
        Ok(answers) => assert!(
            matches!(answers[..], [Lookup::Missing { .. }]),
            "{answers:?}"
        ),
        Err(error) => assert_eq!(error.kind(), ErrorKind::RepositoryNotFound),
    }
}

pub(crate) async fn answers_stand_in_the_order_of_the_questions(place: &Place) {
    let images = ["multi", "gone", "single", "multi"].map(tag);
    let digests: Vec<Option<Digest>> = ask(place, &images)
        .await
        .into_iter()
        .map(|answer| match answer {
            Lookup::Found(found) => Some(found.digest),
            _ => None,
        })
        .collect();
    let (single, multi) = (place.single.clone(), place.multi.clone());
    assert_eq!(
        digests,
        [Some(multi.clone()), None, Some(single), Some(multi)]
    );
}

pub(crate) async fn no_question_gets_no_answer(place: &Place) {
    assert!(ask(place, &[]).await.is_empty());
}

pub(crate) async fn the_digest_alone_is_the_same_digest(place: &Place) {
    let images = [tag("single"), tag("multi")];
    let answers = place
        .registry
        .look_up(&place.app, &images, LookupDepth::Digest);
    let digests: Vec<Digest> = answers
        .await
        .unwrap()
        .into_iter()
        .map(|answer| found(answer).digest)
        .collect();
    assert_eq!(digests, [place.single.clone(), place.multi.clone()]);
}

pub(crate) async fn blobs_are_available_or_missing(place: &Place) {
    let (repository, mut blobs) = blobs(place, "single").await;
    let missing = Descriptor {
        digest: Digest::of(b"gone"),
        ..blobs[0].clone()
    };
    blobs.insert(1, missing);
    let expected = [
        BlobState::Available,
        BlobState::Missing,
        BlobState::Available,
    ];
    for depth in [BlobDepth::Presence, BlobDepth::Bytes] {
        let states = place
            .registry
            .blob_states(&repository, &blobs, depth)
            .await
            .unwrap();
        assert_eq!(states, expected, "{depth:?}");
    }
}

pub(crate) async fn the_bytes_of_a_configuration_hash_to_its_digest(place: &Place) {
    let (repository, blobs) = blobs(place, "single").await;
    let bytes = place
        .registry
        .read_blob(&repository, &blobs[0])
        .await
        .unwrap();
    assert_eq!(Digest::of(&bytes), blobs[0].digest);
    assert_eq!(bytes.len() as u64, blobs[0].size);
}

pub(crate) async fn a_configuration_that_is_missing_is_incomplete_content(place: &Place) {
    let (repository, blobs) = blobs(place, "single").await;
    let missing = Descriptor {
        digest: Digest::of(b"gone"),
        ..blobs[0].clone()
    };
    let error = place
        .registry
        .read_blob(&repository, &missing)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ContentIncomplete);
}

pub(crate) async fn a_corrupt_blob_is_there_until_its_bytes_are_read(place: &Place) {
    let (repository, blobs) = blobs(place, "corrupt").await;
    let look = |depth| place.registry.blob_states(&repository, &blobs, depth);
    let there = [BlobState::Available, BlobState::Available];
    assert_eq!(look(BlobDepth::Presence).await.unwrap(), there);
    let read = [BlobState::Available, BlobState::Corrupt];
    assert_eq!(look(BlobDepth::Bytes).await.unwrap(), read);
}

pub(crate) async fn the_mutability_of_tags_is_told_or_unknown(place: &Place) {
    let repository = one(place, tag("single")).await.repository;
    let mutability = place.registry.tag_mutability(&repository).await.unwrap();
    let protected = mutability.protects(&"single".parse().unwrap());
    assert_ne!(protected, Some(true), "nobody said that tags are immutable");
}

pub(crate) async fn the_gate_pins_the_same_digest(place: &Place) {
    let gate = Gate::new(Policy::new().content(ContentPolicy::Verified));
    for (name, digest) in [("single", &place.single), ("multi", &place.multi)] {
        let query = ImageQuery::new(place.app.clone(), tag(name))
            .on_platform("linux/amd64".parse().unwrap());
        let image = gate.resolve(place.registry.as_ref(), &query).await.unwrap();
        assert_eq!(image.digest(), digest);
    }
    let query = ImageQuery::new(place.app.clone(), tag("corrupt"));
    let refusal = gate
        .resolve(place.registry.as_ref(), &query)
        .await
        .unwrap_err();
    assert_eq!(refusal.kind(), ErrorKind::ContentCorrupt);
}

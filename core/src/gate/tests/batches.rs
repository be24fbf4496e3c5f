use super::*;

fn registry_of(count: usize) -> (MemoryRegistry, Vec<ImageQuery>) {
    let registry = MemoryRegistry::new();
    let queries = (0..count).map(|i| {
        let tag = format!("v{i}");
        let image = single().label("number", i.to_string());
        registry.push("my/app", &[&tag], &image).unwrap();
        query_for(&tag)
    });
    let queries = queries.collect();
    (registry, queries)
}

async fn all(
    registry: &MemoryRegistry,
    queries: &[ImageQuery],
) -> Vec<crate::Result<VerifiedImage>> {
    Gate::new(Policy::new())
        .resolve_all(registry, queries)
        .await
}

#[tokio::test]
async fn one_call_is_made_per_hundred_images() {
    for (images, calls) in [(0, 0), (1, 1), (100, 1), (101, 2), (250, 3)] {
        let (registry, queries) = registry_of(images);
        let outcomes = all(&registry, &queries).await;
        let verified = require_all(&queries, outcomes).unwrap();
        for (query, image) in queries.iter().zip(&verified) {
            assert_eq!(query.selector().tag(), image.tag());
        }
        assert_eq!(verified.len(), images);
        assert_eq!(registry.calls().total(), calls, "{images} images");
    }
}

#[tokio::test]
async fn a_partial_failure_names_each_image_and_hides_none() {
    let (registry, mut queries) = registry_of(3);
    queries.insert(1, query_for("missing"));
    registry
        .inject(Fault::new(Operation::LookUp, FaultKind::Throttled).for_tag("v2".parse().unwrap()));
    let outcomes = all(&registry, &queries).await;
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok());
    let error = require_all(&queries, outcomes).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BatchFailed);
    for part in [
        "2 of 4",
        "my/app:missing (IMAGE_NOT_FOUND)",
        "my/app:v2 (THROTTLED)",
    ] {
        assert!(error.message().contains(part), "{part}: {error}");
    }
    let images = error.details().unwrap()["images"].as_array().unwrap();
    assert_eq!(images.len(), 2);
    assert_eq!(images[0]["details"]["report"]["verdict"], "refused");
}

#[tokio::test]
async fn duplicates_are_asked_for_once_and_answered_each() {
    let (registry, queries) = registry_of(1);
    let twice = [queries[0].clone(), queries[0].clone()];
    let outcomes = all(&registry, &twice).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(registry.calls().images, 1);
}

#[tokio::test]
async fn a_repository_that_fails_does_not_fail_the_others() {
    let (registry, mut queries) = registry_of(2);
    let elsewhere: RepositoryAddress = "no/such".parse().unwrap();
    queries.push(ImageQuery::by_tag(elsewhere.clone(), "a".parse().unwrap()));
    queries.push(ImageQuery::by_tag(elsewhere, "b".parse().unwrap()));
    let outcomes = all(&registry, &queries).await;
    assert!(outcomes[0].is_ok() && outcomes[1].is_ok());
    for outcome in &outcomes[2..] {
        let error = outcome.as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RepositoryNotFound);
    }
    assert_eq!(registry.calls().look_up, 2);
}

#[tokio::test(start_paused = true)]
async fn waiting_asks_again_only_for_what_is_missing() {
    let (registry, mut queries) = registry_of(3);
    let late = single().visible_after(Duration::from_secs(10));
    registry
        .push("my/app", &["late"], &late.label("late", "1"))
        .unwrap();
    queries.push(query_for("late"));
    let outcomes = Gate::new(Policy::new())
        .waiting(wait(60))
        .resolve_all(&registry, &queries)
        .await;
    require_all(&queries, outcomes).unwrap();
    let calls = registry.calls();
    assert!(calls.look_up > 1);
    assert_eq!(calls.images, 4 + calls.look_up - 1);
}

#[tokio::test(start_paused = true)]
async fn a_repository_that_hangs_does_not_take_the_answers_of_others_away() {
    let (registry, mut queries) = registry_of(1);
    registry.push("slow/app", &["a"], &single()).unwrap();
    let slow: RepositoryAddress = "slow/app".parse().unwrap();
    queries.push(ImageQuery::by_tag(slow, "a".parse().unwrap()));
    registry.inject(
        Fault::new(Operation::LookUp, FaultKind::Hang).in_repository("slow/app".parse().unwrap()),
    );
    let gate = Gate::new(Policy::new()).waiting(wait(10));
    let outcomes = gate.resolve_all(&registry, &queries).await;
    assert!(outcomes[0].is_ok());
    let error = outcomes[1].as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DeadlineExceeded);
}

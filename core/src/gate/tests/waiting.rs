use super::*;

#[tokio::test(start_paused = true)]
async fn want_4_a_push_that_is_still_on_its_way_is_waited_for() {
    let (registry, digest) = registry_with(&single().visible_after(Duration::from_secs(20)));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let gate = Gate::new(Policy::new())
        .waiting(wait(120))
        .on_progress(move |progress| told.lock().unwrap().push(progress.clone()));
    let start = tokio::time::Instant::now();
    let image = gate.resolve(&registry, &query()).await.unwrap();
    assert_eq!(image.digest(), &digest);
    let waited = start.elapsed().as_secs();
    assert!((20..55).contains(&waited), "{waited} s");
    let seen = seen.lock().unwrap();
    assert_eq!(
        u32::try_from(seen.len()).unwrap() + 1,
        registry.calls().look_up
    );
    for (index, progress) in seen.iter().enumerate() {
        assert_eq!(progress.attempt() as usize, index + 1);
        assert_eq!(progress.pending()[0].code(), "IMAGE_NOT_FOUND");
        assert!(progress.next_delay() < progress.remaining());
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_kept_and_the_last_refusal_is_told() {
    let registry = MemoryRegistry::new();
    registry.push("my/app", &["other"], &single()).unwrap();
    let start = tokio::time::Instant::now();
    let gate = Gate::new(Policy::new()).waiting(wait(30));
    let error = gate.resolve(&registry, &query()).await.unwrap_err();
    assert!(
        (25..=30).contains(&start.elapsed().as_secs()),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(error.kind(), ErrorKind::DeadlineExceeded);
    assert!(error.message().contains("IMAGE_NOT_FOUND"), "{error}");
    assert_eq!(error.details().unwrap()["last"]["code"], "IMAGE_NOT_FOUND");
    assert_eq!(error.details().unwrap()["report"]["verdict"], "refused");
}

#[tokio::test(start_paused = true)]
async fn an_image_that_comes_in_the_last_seconds_is_not_missed() {
    let late = single().visible_after(Duration::from_millis(59_500));
    let (registry, digest) = registry_with(&late);
    let gate = Gate::new(Policy::new()).waiting(wait(60));
    let image = gate.resolve(&registry, &query()).await.unwrap();
    assert_eq!(image.digest(), &digest);
    assert!(registry.calls().look_up < 20, "{:?}", registry.calls());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_is_cut_off_by_the_deadline() {
    for operation in [Operation::LookUp, Operation::BlobStates] {
        let (registry, _) = registry_with(&single());
        registry.inject(Fault::new(operation, FaultKind::Hang));
        let start = tokio::time::Instant::now();
        let gate = Gate::new(Policy::new().content(ContentPolicy::Available)).waiting(wait(30));
        let error = gate.resolve(&registry, &query()).await.unwrap_err();
        assert_eq!(start.elapsed().as_secs(), 30);
        assert_eq!(error.kind(), ErrorKind::DeadlineExceeded);
        assert!(error.message().contains("did not answer"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_change_ends_at_once() {
    let (registry, _) = registry_with(&single().damaged(Damage::ManifestCorrupt));
    let (other, _) = registry_with(&single());
    let expecting = query().expecting_digest(Digest::of(b"x"));
    let (archived, _) = registry_with(&single().in_state("ARCHIVED"));
    let (denied, _) = registry_with(&single());
    denied.inject(Fault::new(Operation::LookUp, FaultKind::AccessDenied));
    let (quota, _) = registry_with(&single());
    quota.inject(Fault::new(Operation::LookUp, FaultKind::QuotaExceeded));
    let cases = [
        (&registry, query(), ErrorKind::DigestMismatch),
        (&other, expecting, ErrorKind::UnexpectedDigest),
        (&archived, query(), ErrorKind::ImageNotActive),
        (&denied, query(), ErrorKind::AccessDenied),
        (&quota, query(), ErrorKind::QuotaExceeded),
        (
            &MemoryRegistry::new(),
            query(),
            ErrorKind::RepositoryNotFound,
        ),
    ];
    for (registry, query, kind) in cases {
        let start = tokio::time::Instant::now();
        let gate = Gate::new(Policy::new()).waiting(wait(600));
        let error = gate.resolve(registry, &query).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(start.elapsed(), Duration::ZERO, "{kind:?}");
        assert_eq!(registry.calls().look_up, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn want_22_throttling_and_failures_of_the_registry_are_waited_out() {
    for kind in [
        FaultKind::Throttled,
        FaultKind::Unavailable,
        FaultKind::Timeout,
    ] {
        let (registry, digest) = registry_with(&single());
        registry.inject(Fault::new(Operation::LookUp, kind).times(3));
        let gate = Gate::new(Policy::new()).waiting(wait(120));
        assert_eq!(
            gate.resolve(&registry, &query()).await.unwrap().digest(),
            &digest
        );
        assert_eq!(registry.calls().look_up, 4, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn content_that_is_still_missing_is_waited_for() {
    let (registry, _) = registry_with(&single());
    registry.inject(Fault::new(Operation::BlobStates, FaultKind::Missing).times(2));
    let gate = Gate::new(Policy::new().content(ContentPolicy::Available)).waiting(wait(60));
    gate.resolve(&registry, &query()).await.unwrap();
    assert_eq!(registry.calls().blob_states, 3);
}

#[tokio::test(start_paused = true)]
async fn one_final_failure_ends_the_wait_whatever_else_is_missing() {
    let (registry, _) = registry_with(&single().damaged(Damage::LayerMissing));
    let gate = Gate::new(Policy::new().content(ContentPolicy::Available)).waiting(wait(60));
    let query = query().on_platform("linux/s390x".parse().unwrap());
    let error = gate.resolve(&registry, &query).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PlatformMismatch);
    assert_eq!(registry.calls().look_up, 1);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_zero_asks_once_and_says_what_it_saw() {
    let (registry, _) = registry_with(&single());
    let gate = Gate::new(Policy::new()).waiting(wait(0));
    gate.resolve(&registry, &query()).await.unwrap();
    let error = gate
        .resolve(&registry, &query_for("none"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ImageNotFound);
}

#[tokio::test(start_paused = true)]
async fn a_final_failure_of_one_child_is_not_hidden_by_another_that_may_still_come() {
    let late = single().damaged(Damage::ManifestMissing);
    let amd64 = MemoryImage::new("linux/amd64").unwrap();
    let broken = amd64.damaged(Damage::ManifestCorrupt);
    let (registry, _) = registry_with(&MemoryImage::index([late, broken]));
    let gate = Gate::new(Policy::new().content(ContentPolicy::Available)).waiting(wait(60));
    let error = gate.resolve(&registry, &query()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ContentCorrupt);
    assert_eq!(registry.calls().look_up, 2);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_told_after_the_future_is_dropped_or_the_answer_is_given() {
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let gate = Gate::new(Policy::new())
        .waiting(wait(7200))
        .on_progress(move |_| *count.lock().unwrap() += 1);
    let (late, _) = registry_with(&single().visible_after(Duration::from_hours(1)));
    let query = query();
    let cut = tokio::time::timeout(Duration::from_secs(20), gate.resolve(&late, &query)).await;
    assert!(cut.is_err());
    let before = *told.lock().unwrap();
    assert!(before > 0);
    tokio::time::sleep(Duration::from_hours(2)).await;
    let (there, _) = registry_with(&single());
    gate.resolve(&there, &query).await.unwrap();
    assert_eq!(*told.lock().unwrap(), before);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_part_of_a_batch_is_asked_for_again_and_the_rest_is_not() {
    let registry = MemoryRegistry::new();
    let queries: Vec<ImageQuery> = (0..150)
        .map(|i| {
            let tag = format!("v{i}");
            registry.push("my/app", &[&tag], &single()).unwrap();
            query_for(&tag)
        })
        .collect();
    registry.inject(Fault::new(Operation::LookUp, FaultKind::Throttled).times(1));
    let gate = Gate::new(Policy::new()).waiting(wait(60));
    let outcomes = gate.resolve_all(&registry, &queries).await;
    require_all(&queries, outcomes).unwrap();
    // Two calls, and once more the one that was throttled.
    assert_eq!(registry.calls().look_up, 3);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_future_cancels_the_wait() {
    let (registry, _) = registry_with(&single().visible_after(Duration::from_hours(1)));
    let gate = Gate::new(Policy::new()).waiting(wait(7200));
    let query = query();
    let cut = tokio::time::timeout(Duration::from_secs(10), gate.resolve(&registry, &query)).await;
    assert!(cut.is_err());
    let calls = registry.calls();
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(registry.calls(), calls);
}

use super::*;
use crate::image::{ImageReference, ImageSelector};

#[test]
fn the_default_gate_makes_one_call_and_pins_the_digest() {
    let (registry, digest) = registry_with(&index());
    let image = pass(&registry, Policy::new(), &query());
    assert_eq!(registry.calls().total(), 1);
    assert_eq!(
        image.reference(),
        format!("123456789012.dkr.ecr.eu-central-1.amazonaws.com/my/app@{digest}")
    );
    assert_eq!(image.tag().unwrap().as_str(), TAG);
}

#[test]
fn want_4_nothing_passes_before_the_push() {
    let registry = MemoryRegistry::new();
    registry.push("my/app", &["other"], &single()).unwrap();
    let error = refuse(&registry, Policy::new(), &query());
    assert_eq!(error.kind(), ErrorKind::ImageNotFound);
    for part in ["my/app", TAG, "exists", "push it first"] {
        assert!(error.message().contains(part), "{part}: {error}");
    }
    let report = &error.details().unwrap()["report"];
    assert_eq!(report["verdict"], "refused");
    assert_eq!(report.get("reference"), None);
}

#[test]
fn want_5_a_tag_that_another_build_took_is_not_the_image_that_was_built() {
    let (registry, digest) = registry_with(&single());
    let theirs = registry
        .push("my/app", &[TAG], &single().label("build", "2"))
        .unwrap();
    let error = refuse(
        &registry,
        Policy::new(),
        &query().expecting_digest(digest.clone()),
    );
    assert_eq!(error.kind(), ErrorKind::UnexpectedDigest);
    assert!(error.message().contains(digest.as_str()), "{error}");
    assert!(error.message().contains(theirs.as_str()), "{error}");
}

#[test]
fn want_6_the_same_digest_is_published_already_and_another_is_a_conflict() {
    let (registry, digest) = registry_with(&single());
    let address = "my/app".parse().unwrap();
    let ask = |tag: &str, digest| {
        block_on(publication(
            &registry,
            &address,
            &tag.parse().unwrap(),
            digest,
        ))
    };
    assert_eq!(ask("new", Some(&digest)).unwrap(), Publication::Unpublished);
    let published = Publication::Published {
        digest: digest.clone(),
    };
    assert_eq!(ask(TAG, Some(&digest)).unwrap(), published);
    assert_eq!(ask(TAG, None).unwrap(), published);
    let error = ask(TAG, Some(&Digest::of(b"another"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    assert!(!error.is_retryable());
}

#[test]
fn want_10_a_child_digest_is_the_image_and_the_pin_is_what_was_verified() {
    let (registry, digest) = registry_with(&index());
    let child = pass(&registry, Policy::new(), &query()).children()[1].clone();
    let image = pass(
        &registry,
        Policy::new(),
        &query().expecting_digest(child.clone()),
    );
    assert_eq!(image.digest(), &digest);
    assert!(image.has_digest(&child) && image.has_digest(&digest));
}

#[test]
fn want_1_a_running_digest_is_the_gated_image_or_one_of_its_platforms_and_nothing_else() {
    let (registry, digest) = registry_with(&index());
    let image = pass(&registry, Policy::new(), &query());
    let old = registry
        .push("my/app", &["old"], &single().label("build", "1"))
        .unwrap();
    assert!(image.has_digest(&digest));
    assert!(image.children().iter().all(|child| image.has_digest(child)));
    assert!(!image.has_digest(&old));
    assert!(!image.has_digest(&Digest::of(b"attestation")));
}

#[test]
fn want_14_a_pinned_reference_reads_back_as_what_was_asked_for() {
    for host in ["localhost:5000", "registry.example"] {
        let registry = MemoryRegistry::with_host(host).unwrap();
        let digest = registry.push("my/app", &[TAG], &single()).unwrap();
        let both = ImageSelector::TagAndDigest(TAG.parse().unwrap(), digest.clone());
        let repository: RepositoryAddress = format!("{host}/my/app").parse().unwrap();
        let image = pass(&registry, Policy::new(), &ImageQuery::new(repository, both));
        let read: ImageReference = image.reference().parse().unwrap();
        assert!(read.is_pinned());
        assert_eq!(read.to_string(), format!("{host}/my/app@{digest}"));
    }
}

#[test]
fn want_24_tag_digest_and_repository_name_are_told_apart_from_the_registry() {
    let (registry, digest) = registry_with(&single());
    let image = pass(&registry, Policy::new(), &query());
    let account = "123456789012";
    assert_eq!(image.repository().name().as_str(), "my/app");
    assert_eq!(image.tag().unwrap().as_str(), TAG);
    assert_eq!(image.digest(), &digest);
    let json = serde_json::to_value(&image).unwrap();
    for member in ["tag", "digest"] {
        assert!(!json[member].as_str().unwrap().contains(account));
    }
}

#[test]
fn want_25_there_is_no_policy_without_the_checks_that_always_are_made() {
    let everything_off = serde_json::json!({"content": "off", "tagImmutable": "off",
        "unverifiedManifest": true});
    let policy = Policy::from_json(&everything_off).unwrap();
    for damage in [Damage::ManifestMissing, Damage::ManifestCorrupt] {
        let (registry, _) = registry_with(&single().damaged(damage));
        refuse(&registry, policy, &query());
    }
    let (registry, _) = registry_with(&single().in_state("ARCHIVED"));
    refuse(&registry, policy, &query());
}

#[test]
fn registry_trap_an_image_is_resolved_once_and_kept() {
    let (registry, digest) = registry_with(&single());
    let image = pass(&registry, Policy::new(), &query());
    registry
        .push("my/app", &[TAG], &single().label("build", "2"))
        .unwrap();
    assert_eq!(image.digest(), &digest);
    assert!(image.reference().ends_with(digest.as_str()));
    assert_eq!(registry.calls().total(), 1);
}

#[test]
fn registry_trap_a_reported_platform_that_the_task_does_not_run_is_not_the_image() {
    let (registry, _) = registry_with(&index());
    let children = pass(&registry, Policy::new(), &query()).children().to_vec();
    let expecting = |child: usize| {
        query()
            .expecting_digest(children[child].clone())
            .on_platform("linux/amd64".parse().unwrap())
    };
    pass(&registry, Policy::new(), &expecting(0));
    let error = refuse(&registry, Policy::new(), &expecting(1));
    assert_eq!(error.kind(), ErrorKind::UnexpectedDigest);
    assert!(error.message().contains("another platform"), "{error}");
}

#[test]
fn registry_trap_attestations_are_neither_platforms_nor_children() {
    let (registry, _) = registry_with(&index());
    let image = pass(
        &registry,
        Policy::strict().tag_immutable(TagImmutablePolicy::Off),
        &query(),
    );
    let platforms: Vec<String> = image.platforms().iter().map(ToString::to_string).collect();
    assert_eq!(platforms, ["linux/amd64", "linux/arm64"]);
    assert_eq!(image.children().len(), 2);
}

#[test]
fn registry_trap_the_digest_of_an_attestation_or_configuration_is_not_the_image() {
    let (registry, _) = registry_with(&single());
    let error = refuse(
        &registry,
        Policy::new(),
        &query().expecting_digest(Digest::of(b"config")),
    );
    assert_eq!(error.kind(), ErrorKind::UnexpectedDigest);
}

#[test]
fn each_damage_is_refused_with_its_own_code() {
    let all = Policy::new().content(ContentPolicy::Verified);
    let cases = [
        (Damage::ManifestMissing, ErrorKind::ImageNotFound),
        (Damage::ManifestCorrupt, ErrorKind::DigestMismatch),
        (Damage::ConfigMissing, ErrorKind::ContentIncomplete),
        (Damage::ConfigCorrupt, ErrorKind::ContentCorrupt),
        (Damage::LayerMissing, ErrorKind::ContentIncomplete),
        (Damage::LayerCorrupt, ErrorKind::ContentCorrupt),
        (Damage::LayerArchived, ErrorKind::ImageNotActive),
    ];
    for (damage, kind) in cases {
        let (registry, _) = registry_with(&single().damaged(damage));
        assert_eq!(refuse(&registry, all, &query()).kind(), kind, "{damage:?}");
    }
    let in_index = [
        (Damage::ManifestMissing, ErrorKind::ContentIncomplete),
        (Damage::ManifestCorrupt, ErrorKind::ContentCorrupt),
        (Damage::LayerMissing, ErrorKind::ContentIncomplete),
        (Damage::ConfigCorrupt, ErrorKind::ContentCorrupt),
    ];
    for (damage, kind) in in_index {
        let amd64 = MemoryImage::new("linux/amd64").unwrap();
        let image = MemoryImage::index([amd64, single().damaged(damage)]);
        let (registry, _) = registry_with(&image);
        assert_eq!(
            refuse(&registry, all, &query()).kind(),
            kind,
            "child {damage:?}"
        );
        // A task on the other platform never pulls the damaged one.
        pass(
            &registry,
            all,
            &query().on_platform("linux/amd64".parse().unwrap()),
        );
    }
}

#[test]
fn a_child_that_is_not_as_long_as_its_index_says_cannot_be_pulled() {
    let (registry, _) = registry_with(&index());
    let children = pass(&registry, Policy::new(), &query()).children().to_vec();
    let wrong = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [{
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": children[0],
            "size": 7,
            "platform": {"os": "linux", "architecture": "amd64"},
        }],
    });
    registry
        .push(
            "my/app",
            &["wrong"],
            &MemoryImage::from_manifest(wrong.to_string(), None),
        )
        .unwrap();
    let policy = Policy::new().content(ContentPolicy::Available);
    let error = refuse(&registry, policy, &query_for("wrong"));
    assert_eq!(error.kind(), ErrorKind::InvalidManifest);
    assert!(error.message().contains("says 7"), "{error}");
}

#[test]
fn corrupt_bytes_are_found_only_where_bytes_are_asked_for() {
    let (registry, _) = registry_with(&single().damaged(Damage::LayerCorrupt));
    pass(
        &registry,
        Policy::new().content(ContentPolicy::Available),
        &query(),
    );
    let checks = serde_json::to_value(pass(&registry, Policy::new(), &query())).unwrap();
    assert_eq!(checks["report"]["checks"][5]["outcome"], "skip");
}

#[test]
fn a_wrong_platform_is_refused_in_an_index_and_in_a_single_image() {
    let wanted = || query().on_platform("linux/s390x".parse().unwrap());
    for image in [single(), index()] {
        let (registry, _) = registry_with(&image);
        let error = refuse(&registry, Policy::new(), &wanted());
        assert_eq!(error.kind(), ErrorKind::PlatformMismatch);
        assert!(error.message().contains("linux/arm64"), "{error}");
    }
}

#[test]
fn the_platform_costs_a_call_more_only_where_the_manifest_does_not_name_it() {
    for (image, calls) in [(index(), 1), (single(), 2)] {
        let (registry, _) = registry_with(&image);
        pass(
            &registry,
            Policy::new(),
            &query().on_platform("linux/arm64".parse().unwrap()),
        );
        assert_eq!(registry.calls().total(), calls);
    }
}

#[test]
fn every_image_of_an_index_must_carry_the_revision_unless_one_platform_is_asked_for() {
    let amd64 = MemoryImage::new("linux/amd64")
        .unwrap()
        .label("org.opencontainers.image.revision", "0".repeat(40));
    let (registry, _) = registry_with(&MemoryImage::index([amd64, single()]));
    let asked = query().from_commit(REVISION.parse().unwrap());
    let error = refuse(&registry, Policy::new(), &asked);
    assert_eq!(error.kind(), ErrorKind::RevisionMismatch);
    assert!(error.message().contains("linux/amd64"), "{error}");
    pass(
        &registry,
        Policy::new(),
        &asked.on_platform("linux/arm64".parse().unwrap()),
    );
}

#[test]
fn a_corrupt_configuration_is_never_believed() {
    let (registry, _) = registry_with(&single().damaged(Damage::ConfigCorrupt));
    let asked = query().from_commit(REVISION.parse().unwrap());
    assert_eq!(
        refuse(&registry, Policy::new(), &asked).kind(),
        ErrorKind::ContentCorrupt
    );
}

#[test]
fn an_image_that_cannot_be_pulled_is_refused_in_every_state_but_active() {
    for state in ["ARCHIVED", "ACTIVATING", "SOMETHING_NEW"] {
        let (registry, _) = registry_with(&single().in_state(state));
        let error = refuse(&registry, Policy::new(), &query());
        assert_eq!(error.kind(), ErrorKind::ImageNotActive);
        assert!(error.message().contains(state), "{error}");
    }
}

#[test]
fn tag_and_digest_must_agree() {
    let (registry, digest) = registry_with(&single());
    let address: RepositoryAddress = "my/app".parse().unwrap();
    let selector = |digest| ImageSelector::TagAndDigest(TAG.parse().unwrap(), digest);
    pass(
        &registry,
        Policy::new(),
        &ImageQuery::new(address.clone(), selector(digest)),
    );
    let other = ImageQuery::new(address, selector(Digest::of(b"other")));
    assert_eq!(
        refuse(&registry, Policy::new(), &other).kind(),
        ErrorKind::UnexpectedDigest
    );
}

#[test]
fn errors_of_the_registry_pass_through_and_say_what_is_missing() {
    let (registry, _) = registry_with(&single());
    registry.inject(Fault::new(Operation::LookUp, FaultKind::AccessDenied).times(1));
    let error = refuse(&registry, Policy::new(), &query());
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert!(error.message().contains("ecr:BatchGetImage"));

    registry.inject(Fault::new(Operation::BlobStates, FaultKind::AccessDenied));
    let policy = Policy::new().content(ContentPolicy::Available);
    let error = refuse(&registry, policy, &query());
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert!(
        error.message().contains("ecr:BatchCheckLayerAvailability"),
        "{error}"
    );
    assert_eq!(error.details().unwrap()["report"]["verdict"], "refused");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn an_unread_manifest_passes_only_where_the_policy_says_so_and_with_a_warning() {
    let (registry, _) = registry_with(&single());
    registry.inject(Fault::new(Operation::ReadManifest, FaultKind::AccessDenied));
    assert_eq!(
        refuse(&registry, Policy::new(), &query()).kind(),
        ErrorKind::AccessDenied
    );
    let image = pass(&registry, Policy::new().unverified_manifest(true), &query());
    let warned: Vec<_> = image.report().warnings().map(Check::name).collect();
    assert_eq!(warned, [CheckName::ManifestDigest]);
}

#[test]
fn a_mutable_tag_warns_or_fails_as_the_policy_says() {
    let (registry, _) = registry_with(&single());
    let warn = Policy::new().tag_immutable(TagImmutablePolicy::Warn);
    let require = Policy::new().tag_immutable(TagImmutablePolicy::Require);
    assert_eq!(
        pass(&registry, warn, &query()).report().warnings().count(),
        1
    );
    assert_eq!(
        refuse(&registry, require, &query()).kind(),
        ErrorKind::TagMutable
    );
    registry
        .create_repository("my/app", crate::image::TagMutability::Immutable)
        .unwrap();
    pass(&registry, require, &query());
}

#[test]
fn a_report_can_be_read_by_programs_people_and_pull_requests() {
    let (registry, digest) = registry_with(&single());
    let report = block_on(Gate::new(Policy::new()).inspect(&registry, &query())).unwrap();
    assert!(
        report.to_text().starts_with("VERIFIED my/app"),
        "{}",
        report.to_text()
    );
    assert!(report.to_markdown().contains(digest.as_str()));
    let missing = block_on(Gate::new(Policy::new()).inspect(&registry, &query_for("x"))).unwrap();
    assert!(missing.to_text().starts_with("REFUSED"));
    assert!(!missing.to_text().contains("VERIFIED"));
    assert!(missing.to_markdown().starts_with("### Refused"));
}

#[test]
fn metadata_is_told_only_where_all_images_say_the_same() {
    let built = |commit: &str| {
        let json = serde_json::json!({"commit": commit, "buildTime": "2025-08-20T12:45:00Z"});
        let build: crate::metadata::BuildMetadata = serde_json::from_value(json).unwrap();
        MemoryImage::new("linux/arm64")
            .unwrap()
            .labels(build.labels(None))
    };
    let asked = query().from_commit(REVISION.parse().unwrap());
    let other = built(REVISION).label("org.opencontainers.image.created", "2025-08-20T12:45:01Z");
    let same = MemoryImage::index([built(REVISION), built(REVISION).docker()]);
    for (image, told) in [
        (built(REVISION), true),
        (same, true),
        (MemoryImage::index([built(REVISION), other]), false),
    ] {
        let (registry, _) = registry_with(&image);
        let image = pass(&registry, Policy::new(), &asked);
        assert_eq!(
            image.metadata().map(|metadata| metadata.commit().as_str()),
            told.then_some(REVISION)
        );
    }
}

#[tokio::test]
async fn what_the_registry_said_is_said_once_and_is_not_its_own_cause() {
    let (registry, _) = registry_with(&single());
    registry.inject(Fault::new(Operation::LookUp, FaultKind::AccessDenied));
    let gate = Gate::new(Policy::new());
    for outcome in gate.resolve_all(&registry, &[query(), query()]).await {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied);
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        assert_ne!(cause.as_deref(), Some(error.message()));
    }
}

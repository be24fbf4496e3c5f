//! What holds for every input: what is printed is read back as the same, and nothing panics.

use proptest::prelude::*;

use super::{
    Digest, EcrHost, ImageConfig, ImageReference, Manifest, Platform, Repository,
    RepositoryAddress, RepositoryName, Tag, TagMutability,
};

// Two characters, because ECR takes no less.
const COMPONENT: &str = "[a-z0-9]{2,6}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}";
const INDEX: &str = r#"{
"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{
"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,
"platform":{"architecture":"amd64","os":"linux"},
"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}"#;
const REGIONS: [&str; 9] = [
    "us-east-1",
    "eu-central-2",
    "cn-north-1",
    "us-gov-west-1",
    "eusc-de-east-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eu-isoe-west-1",
    "us-isof-south-1",
];

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(COMPONENT, 1..4).prop_map(|components| components.join("/"))
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9]{1,8}(-[a-z0-9]{1,4})?\\.[a-z]{2,6}(:[1-9][0-9]{0,3})?",
        Just("localhost".to_owned()),
        "localhost:[1-9][0-9]{0,3}",
        Just("[2001:db8::1]:5000".to_owned()),
        Just("127.0.0.1:5000".to_owned()),
        ("[0-9]{12}", prop::sample::select(&REGIONS))
            .prop_map(|(account, region)| { EcrHost::new(&account, region).unwrap().to_string() }),
    ]
}

fn digest() -> impl Strategy<Value = String> {
    "[0-9a-fA-F]{64}".prop_map(|hex| format!("sha256:{hex}"))
}

/// Text near the grammars, where their edges are.
fn near() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9./:@_\\[\\]*-]{0,40}",
        "(app|localhost|a\\.b|r:1|\\[::1\\]:2)(/|:|@|[a-z0-9._:-]){0,20}(@sha256:[0-9a-f]{63,65})?",
        any::<String>(),
    ]
}

// Every test here runs often, and keeps no file of past failures.
proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_legal_reference_is_read_and_printed_unchanged(
        host in prop::option::of(host()),
        name in name(),
        tag in prop::option::of("[A-Za-z0-9_][A-Za-z0-9._-]{0,20}"),
        digest in prop::option::of(digest()),
    ) {
        // A name alone whose first part looks like a host is read as a host.
        let first = name.split_once('/').map_or("", |(first, _)| first);
        let host = host.or_else(|| first.contains('.').then(|| "localhost".to_owned()));
        let mut text = host.map_or_else(
            || name.clone(),
            |host| format!("{}/{name}", host.to_ascii_lowercase()),
        );
        text.extend(tag.map(|tag| format!(":{tag}")));
        text.extend(digest.map(|digest| format!("@{}", digest.to_ascii_lowercase())));
        let reference: ImageReference = text.parse().unwrap();
        prop_assert_eq!(reference.to_string(), text);
    }

    #[test]
    fn what_is_read_is_printed_in_a_form_that_reads_back_as_the_same(text in near()) {
        if let Ok(read) = text.parse::<ImageReference>() {
            prop_assert_eq!(read.to_string().parse::<ImageReference>().unwrap(), read);
        }
        if let Ok(read) = text.parse::<RepositoryAddress>() {
            prop_assert_eq!(read.to_string().parse::<RepositoryAddress>().unwrap(), read);
        }
        if let Ok(read) = text.parse::<Repository>() {
            prop_assert_eq!(read.to_string().parse::<Repository>().unwrap(), read);
        }
        if let Ok(read) = text.parse::<RepositoryName>() {
            prop_assert_eq!(read.to_string().parse::<RepositoryName>().unwrap(), read);
        }
        if let Ok(read) = text.parse::<Platform>() {
            prop_assert_eq!(read.to_string().parse::<Platform>().unwrap(), read);
        }
        if let Ok(read) = text.parse::<Tag>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn a_repository_address_is_a_reference_without_tag_and_digest(text in near()) {
        if let Ok(address) = text.parse::<RepositoryAddress>()
            && let Ok(reference) = text.parse::<ImageReference>()
        {
            prop_assert_eq!(reference.repository(), &address);
            prop_assert_eq!(reference.selector(), None);
        }
    }

    #[test]
    fn every_ecr_host_is_taken_apart_as_it_was_put_together(
        account in "[0-9]{12}",
        region in prop::sample::select(&REGIONS),
        fips in any::<bool>(),
        dual_stack in any::<bool>(),
    ) {
        let mut host = EcrHost::new(&account, region).unwrap();
        if fips {
            host = host.with_fips();
        }
        if dual_stack {
            host = host.clone().with_dual_stack().unwrap_or(host);
        }
        let repository: Repository = format!("{host}/my/app").parse().unwrap();
        prop_assert_eq!(repository.ecr(), Some(host));
    }

    #[test]
    fn upper_case_digests_are_the_same_digests(text in digest()) {
        let digest: Digest = text.parse().unwrap();
        prop_assert_eq!(digest.as_str(), text.to_ascii_lowercase());
    }

    #[test]
    fn no_bytes_make_the_manifest_parsers_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Manifest::parse(&bytes, None);
        let _ = ImageConfig::parse(&bytes);
    }

    #[test]
    fn a_damaged_manifest_is_refused_or_read_without_panic(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        length in 0_usize..3,
    ) {
        let mut bytes = INDEX.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, [byte]);
        let _ = ImageConfig::parse(&bytes);
        if let Ok(manifest) = Manifest::parse(&bytes, None) {
            prop_assert!(!manifest.children().is_empty());
        }
    }

    #[test]
    fn a_filter_made_from_a_tag_by_stars_matches_it(
        pieces in prop::collection::vec("[a-z0-9]{1,4}", 1..6),
        kept in prop::collection::vec(any::<bool>(), 6),
    ) {
        let filter: String = pieces
            .iter()
            .zip(kept)
            .map(|(piece, kept)| if kept { piece.as_str() } else { "*" })
            .collect();
        let tag: Tag = pieces.concat().parse().unwrap();
        prop_assert_eq!(
            TagMutability::MutableExcept(vec![filter.clone()]).protects(&tag),
            Some(true),
            "{}", filter
        );
    }
}

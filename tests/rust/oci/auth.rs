//! Who asks: anonymous, with a password, with a token.

use artifact_deploy::ErrorKind;
use artifact_deploy::image::{Descriptor, Digest, Repository, RepositoryAddress};
use artifact_deploy::oci::OciRegistry;
use artifact_deploy::ports::{ImageRegistry as _, LookupDepth};
use artifact_deploy_tests::image::BuiltImage;
use artifact_deploy_tests::oci::{Auth, PASSWORD, RealRegistry, TokenServer, USER, push};

use crate::support::{client, found, one, options, shown, tag};

fn image() -> BuiltImage {
    BuiltImage::single("linux/amd64", &[])
}

fn as_user(repository: &Repository, password: &str) -> OciRegistry {
    let options = options().for_registry(repository.host());
    OciRegistry::new(options.with_password(USER, password)).unwrap()
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_password_is_accepted_where_the_registry_asks_for_one() {
    let real = RealRegistry::start(Auth::Basic);
    let repository = real.repository("app");
    push(&real, &repository, "v1", &image()).await;
    found(
        one(&as_user(&repository, PASSWORD), &repository, tag("v1"))
            .await
            .unwrap(),
    );

    for registry in [client(), as_user(&repository, "wrong-password")] {
        let error = one(&registry, &repository, tag("v1")).await.unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Unauthenticated,
            "{}",
            shown(&error)
        );
        assert!(!shown(&error).contains("wrong-password"));
    }
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_registry_that_asks_for_nothing_gets_no_password() {
    let real = RealRegistry::start(Auth::Open);
    let repository = real.repository("app");
    push(&real, &repository, "v1", &image()).await;
    found(
        one(&as_user(&repository, PASSWORD), &repository, tag("v1"))
            .await
            .unwrap(),
    );
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_bearer_token_is_fetched_for_each_repository_and_kept() {
    let real = RealRegistry::start(Auth::Open);
    let door = TokenServer::start(&real).await;
    let image = image();
    for name in ["private/app", "public/app"] {
        push(&real, &real.repository(name), "v1", &image).await;
    }
    let private = door.repository("private/app");
    let registry = as_user(&private, PASSWORD);
    for _ in 0..3 {
        found(one(&registry, &private, tag("v1")).await.unwrap());
    }
    let config = Descriptor {
        media_type: String::new(),
        digest: image.config_digest(),
        size: image.blobs[0].len() as u64,
    };
    let bytes = registry.read_blob(&private, &config).await.unwrap();
    assert_eq!(Digest::of(&bytes), config.digest);
    assert_eq!(door.scopes(), ["repository:private/app:pull"]);
    assert_eq!(door.passwords_at_the_door(), 0);

    door.forget_tokens();
    found(one(&registry, &private, tag("v1")).await.unwrap());
    assert_eq!(door.scopes().len(), 2, "a refused token is replaced");

    found(
        one(&client(), &door.repository("public/app"), tag("v1"))
            .await
            .unwrap(),
    );
    let error = one(&client(), &private, tag("v1")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_token_that_is_given_is_sent_as_it_is() {
    let real = RealRegistry::start(Auth::Open);
    let door = TokenServer::start(&real).await;
    let repository = door.repository("public/app");
    push(&real, &real.repository("public/app"), "v1", &image()).await;
    found(one(&client(), &repository, tag("v1")).await.unwrap());
    let with_token = |token: &str| {
        let options = options().for_registry(repository.host());
        OciRegistry::new(options.with_token(token))
    };
    let given = with_token("token-1-for-public/app").unwrap();
    found(one(&given, &repository, tag("v1")).await.unwrap());
    assert_eq!(
        door.scopes().len(),
        1,
        "nobody asks for a token when one is given"
    );

    let stale = with_token("stale-token").unwrap();
    let error = one(&stale, &repository, tag("v1")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(!shown(&error).contains("stale-token"));
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn many_requests_at_once_fetch_one_token() {
    let real = RealRegistry::start(Auth::Open);
    let door = TokenServer::start(&real).await;
    let repository = RepositoryAddress::Full(door.repository("public/app"));
    push(&real, &real.repository("public/app"), "v1", &image()).await;
    let images: Vec<_> = (0..30).map(|n| tag(&format!("v{n}"))).collect();
    let registry = client();
    let answers = registry.look_up(&repository, &images, LookupDepth::Manifest);
    found(answers.await.unwrap().swap_remove(1));
    assert_eq!(door.scopes().len(), 1);
}

#[tokio::test]
#[cfg_attr(
    not(docker_registry),
    ignore = "docker-registry is not installed: apt-get install it"
)]
async fn a_password_for_one_registry_is_not_told_to_another() {
    let real = RealRegistry::start(Auth::Basic);
    let repository = real.repository("app");
    push(&real, &repository, "v1", &image()).await;
    let for_registry = |host: &str| {
        let options = options().with_password(USER, PASSWORD).for_registry(host);
        OciRegistry::new(options).unwrap()
    };
    found(
        one(&for_registry(real.host()), &repository, tag("v1"))
            .await
            .unwrap(),
    );
    let error = one(&for_registry("ghcr.io"), &repository, tag("v1"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthenticated);
    assert!(error.message().contains("ghcr.io"), "{error}");
    let for_any = options().with_password(USER, PASSWORD);
    let error = OciRegistry::new(for_any).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

//! What must not happen does not compile: only what passed the gate is rendered, and only the gate
//! makes it.
//!
//! Each file beside this one is a program that must be refused, with what the compiler says of it.
//! After a new compiler: look at what changed, then `TRYBUILD=overwrite cargo test -p
//! artifact-deploy-compile-fail`.

use artifact_deploy::gate::VerifiedImage;

#[test]
fn an_image_that_did_not_pass_the_gate_neither_renders_nor_becomes_verified() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}

/// Compiles only as long as a type cannot be read by serde: else two implementations apply, and
/// which of them is meant cannot be told.
#[test]
fn a_verified_image_is_written_and_never_read() {
    trait Ambiguous<Marker> {
        fn check() {}
    }
    struct Readable;
    impl<T: ?Sized> Ambiguous<()> for T {}
    impl<T: serde::de::DeserializeOwned> Ambiguous<Readable> for T {}

    <VerifiedImage as Ambiguous<_>>::check();
    <artifact_deploy::gate::GateReport as Ambiguous<_>>::check();
}

//! Finds out which servers of others this machine has, so that tests without theirs count as ignored.

use std::env;
use std::process::{Command, Stdio};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rerun-if-env-changed=MOTO_SERVER");
    for (name, found) in [
        ("docker_registry", on_path("docker-registry")),
        ("skopeo", on_path("skopeo")),
        (
            "moto",
            env::var_os("MOTO_SERVER").is_some()
                || (on_path("moto_server") && starts("moto_server")),
        ),
    ] {
        println!("cargo::rustc-check-cfg=cfg({name})");
        if found {
            println!("cargo::rustc-cfg={name}");
        } else {
            println!("cargo::warning=tests that need {name} are ignored: it is not installed");
        }
    }
}

/// Whether a program is installed; it is looked for again when it comes or goes.
fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let place = env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|place| place.is_file());
    match &place {
        Some(place) => println!("cargo::rerun-if-changed={}", place.display()),
        // Cargo runs this every time while the file is absent.
        None => println!("cargo::rerun-if-changed=no-such-file"),
    }
    place.is_some()
}

// A version manager may have a stub of the name for another version.
fn starts(program: &str) -> bool {
    Command::new(program)
        .arg("--help")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

//! Finds out which servers of others this machine has, so that tests without theirs count as ignored.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

fn main() {
    // Programs are installed without any file of this crate changing: look every time.
    println!("cargo::rerun-if-changed=an-absent-file-makes-this-run-every-time");
    for (name, found) in [
        ("docker_registry", on_path("docker-registry")),
        ("skopeo", on_path("skopeo")),
        (
            "moto",
            env::var_os("MOTO_SERVER").is_some() || starts("moto_server"),
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

fn on_path(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| {
        env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
    })
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

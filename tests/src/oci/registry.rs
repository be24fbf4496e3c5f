//! Debian's `docker-registry`, the reference implementation of the distribution protocol.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use artifact_deploy::image::{Digest, Repository};
use tempfile::TempDir;

/// The user of [`Auth::Basic`].
pub const USER: &str = "ci";
/// The password of [`USER`].
pub const PASSWORD: &str = "open-sesame";
/// bcrypt of [`PASSWORD`].
const HASH: &str = "$2y$05$abcdefghijklmnopqrstuutXu9KzOt.1yBoZUeFWoT/914/JfszCO";

/// How the registry authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Not at all.
    Open,
    /// With a user name and password: `ci`, `open-sesame`.
    Basic,
}

/// A real registry on a free port of 127.0.0.1; it ends when this is dropped.
#[derive(Debug)]
pub struct RealRegistry {
    process: Child,
    folder: TempDir,
    host: String,
    auth: Auth,
}

impl RealRegistry {
    /// Starts one with a folder of its own.
    pub fn start(auth: Auth) -> Self {
        // Between finding a free port and using it somebody else may take it.
        (0..5)
            .find_map(|_| Self::try_start(auth))
            .expect("docker-registry starts")
    }

    fn try_start(auth: Auth) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let address = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let host = address.expect("a free port").to_string();
        let users = folder.path().join("users");
        std::fs::write(&users, format!("{USER}:{HASH}\n")).expect("a file");
        let auth_lines = match auth {
            Auth::Open => String::new(),
            Auth::Basic => format!(
                "auth: {{htpasswd: {{realm: test, path: {}}}}}\n",
                users.display()
            ),
        };
        let configuration = folder.path().join("config.yml");
        let storage = folder.path().join("storage");
        let text = format!(
            "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n\
             storage: {{filesystem: {{rootdirectory: {}}}}}\nhttp: {{addr: '{host}'}}\n{auth_lines}",
            storage.display()
        );
        std::fs::write(&configuration, text).expect("a file");
        let process = Command::new("docker-registry")
            .arg("serve")
            .arg(&configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("docker-registry is installed");
        let mut registry = Self {
            process,
            folder,
            host,
            auth,
        };
        registry.answers().then_some(registry)
    }

    fn answers(&mut self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return false;
            }
            if std::net::TcpStream::connect(&self.host).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// `127.0.0.1:port`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// User name and password, where it wants them.
    pub fn credentials(&self) -> Option<(&'static str, &'static str)> {
        (self.auth == Auth::Basic).then_some((USER, PASSWORD))
    }

    /// A repository in it.
    pub fn repository(&self, name: &str) -> Repository {
        let address = format!("{}/{name}", self.host);
        Repository::try_from(address).expect("a repository")
    }

    /// Where the bytes of a blob or manifest lie.
    pub(super) fn data(&self, digest: &Digest) -> PathBuf {
        let blobs: &Path = &self
            .folder
            .path()
            .join("storage/docker/registry/v2/blobs/sha256");
        blobs
            .join(&digest.hex()[..2])
            .join(digest.hex())
            .join("data")
    }
}

impl Drop for RealRegistry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

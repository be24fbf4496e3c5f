//! The simulator itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use artifact_deploy::memory::{
    ControlFault, ControlFaultKind, ControlOperation, MemoryCluster, MemoryRegistry,
};
use bytes::Bytes;
use hyper::{Method, Request, Response};
use serde_json::Value;

use super::book::{Book, Recorded};
use super::faults::{Act, Fault};
use super::protocol::{Dialect, Refusal, Signer, bare, header, respond};
use super::shelf::Shelf;
use super::world::World;
use super::{control, ecs, elb};
use crate::ecr::{Repositories as _, admits};
use crate::http::{Reply, Server};

/// A registry and a cluster in memory behind real HTTP on a free port; it ends when this is dropped.
#[derive(Debug)]
pub struct WireSimulator {
    server: Server,
    desk: Arc<Desk>,
}

/// What requests are answered from.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) registry: MemoryRegistry,
    pub(super) cluster: MemoryCluster,
    unsigned: bool,
    book: Mutex<Book>,
    url: OnceLock<String>,
}

/// A request of one of the three APIs.
struct Call {
    api: Api,
    operation: String,
    input: Value,
}

#[derive(Clone, Copy, PartialEq)]
enum Api {
    Ecs,
    Ecr,
    Elb,
}

impl WireSimulator {
    /// Starts with a world.
    ///
    /// The clock of its answers shows the true time.
    pub async fn start(world: World) -> Self {
        world.cluster.set_time(chrono::Utc::now());
        let mut book = Book::default();
        for fault in world.faults {
            book.inject(fault);
        }
        let desk = Arc::new(Desk {
            registry: world.registry,
            cluster: world.cluster,
            unsigned: world.unsigned,
            book: Mutex::new(book),
            url: OnceLock::new(),
        });
        let server = Server::start({
            let desk = Arc::clone(&desk);
            move |request| {
                let desk = Arc::clone(&desk);
                async move { desk.reply(&request).await }
            }
        })
        .await;
        desk.url.get_or_init(|| server.url());
        Self { server, desk }
    }

    /// The endpoint of the three APIs, `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The registry behind the wire.
    pub fn registry(&self) -> &MemoryRegistry {
        &self.desk.registry
    }

    /// The cluster behind the wire.
    pub fn cluster(&self) -> &MemoryCluster {
        &self.desk.cluster
    }

    /// Makes requests go wrong. The fault that was injected first strikes first.
    pub fn inject(&self, fault: Fault) {
        self.desk.book().inject(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.desk.book().heal();
    }

    /// How often an operation was called.
    pub fn calls(&self, operation: &str) -> usize {
        self.desk.book().calls_of(operation)
    }

    /// How often every operation was called.
    pub fn all_calls(&self) -> BTreeMap<String, usize> {
        self.desk.book().calls().clone()
    }

    /// Every request, in order.
    pub fn requests(&self) -> Vec<Recorded> {
        self.desk.book().requests().to_vec()
    }

    /// Counts from zero again.
    pub fn reset_calls(&self) {
        self.desk.book().reset();
    }
}

impl Desk {
    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().expect("no handler panics")
    }

    fn url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    fn shelf(&self) -> Shelf<'_> {
        let batches = self.book().calls_of("BatchGetImage");
        Shelf::new(&self.registry, self.url(), batches)
    }

    async fn reply(&self, request: &Request<Bytes>) -> Reply {
        let path = request.uri().path();
        if let Some(what) = path.strip_prefix("/_control/") {
            return Reply::Whole(control::reply(self, what, request.body()).await);
        }
        match (request.method(), path) {
            (&Method::POST, "/") => self.api(request).await,
            (_, path) if path.starts_with("/v2/") => self.blob(request),
            (&Method::GET, path) => Reply::Whole(self.layer(path.trim_start_matches("/_layers/"))),
            _ => Reply::Whole(bare(404)),
        }
    }

    async fn api(&self, request: &Request<Bytes>) -> Reply {
        let call = match Call::of(request) {
            Ok(call) => call,
            Err(refusal) => return Reply::Whole(refusal.response()),
        };
        let dialect = call.api.dialect();
        let signer = Signer::of(request);
        let trusted = signer
            .as_ref()
            .is_some_and(|signer| signer.service == call.api.signing_name());
        if !trusted && !self.unsigned {
            let text = format!("Not signed for {}", call.api.signing_name());
            let code = "MissingAuthenticationTokenException";
            return Reply::Whole(dialect.error(403, code, &text));
        }
        let (before, fault) =
            self.book()
                .enter(&call.operation, call.input.clone(), signer.as_ref());
        match fault {
            None => Reply::Whole(self.answer(&call, before).await),
            Some(act) => self.spoil(&act, &call, before).await,
        }
    }

    /// What a fault makes of a call.
    async fn spoil(&self, act: &Act, call: &Call, before: usize) -> Reply {
        if let Act::Slow { milliseconds } = act {
            tokio::time::sleep(std::time::Duration::from_millis(*milliseconds)).await;
        }
        if *act == Act::StaleRead
            && let Some(operation) = port_operation(&call.operation)
        {
            let stale = ControlFault::new(operation, ControlFaultKind::Stale);
            self.cluster.inject(stale.times(1));
        }
        let right = if act.takes_effect() {
            self.answer(call, before).await
        } else {
            Response::new(Bytes::new())
        };
        act.spoil(call.api.dialect(), || right)
    }

    async fn answer(&self, call: &Call, before: usize) -> Response<Bytes> {
        let (operation, input) = (call.operation.as_str(), &call.input);
        match call.api {
            Api::Ecs => respond(ecs::answer(&self.cluster, operation, input).await),
            Api::Ecr => respond(self.shelf().answer(operation, input, before)),
            Api::Elb => elb::answer(&self.cluster, operation, input).await,
        }
    }

    /// The registry's own interface: `/v2/{repository}/blobs/{digest}`.
    fn blob(&self, request: &Request<Bytes>) -> Reply {
        let operation = match *request.method() {
            Method::GET => "GetBlob",
            Method::HEAD => "HeadBlob",
            _ => return Reply::Whole(bare(405)),
        };
        let path = request.uri().path().trim_start_matches("/v2/");
        let (_, fault) = self.book().enter(operation, Value::from(path), None);
        if !admits(header(request, "authorization")) {
            return Reply::Whole(bare(401));
        }
        let right = || self.layer(&path.replace("/blobs/", "/"));
        match fault {
            None => Reply::Whole(right()),
            Some(act) => act.spoil(Dialect::Json, right),
        }
    }

    /// The bytes of `{repository}/{digest}`.
    fn layer(&self, path: &str) -> Response<Bytes> {
        let found = path.rsplit_once('/').and_then(|(name, digest)| {
            let kept = self.shelf().repository(name)?.into_owned();
            let blob = kept.blobs.get(digest)?;
            (blob.availability == "AVAILABLE").then(|| blob.bytes.clone())
        });
        found.map_or_else(|| bare(404), Response::new)
    }
}

/// The method of the port that an operation is, where it is one.
fn port_operation(operation: &str) -> Option<ControlOperation> {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let name = match name.as_str() {
        "describe-target-health" => "target-health",
        name => name,
    };
    serde_json::from_value(Value::from(name)).ok()
}

impl Call {
    fn of(request: &Request<Bytes>) -> Result<Self, Refusal> {
        let target = header(request, "x-amz-target");
        let (prefix, operation) = target.split_once('.').unwrap_or_default();
        let api = match prefix {
            "AmazonEC2ContainerServiceV20141113" => Api::Ecs,
            "AmazonEC2ContainerRegistry_V20150921" => Api::Ecr,
            "" if header(request, "content-type")
                .starts_with("application/x-www-form-urlencoded") =>
            {
                let (operation, input) = elb::read(request.body());
                return Ok(Self {
                    api: Api::Elb,
                    operation,
                    input,
                });
            }
            _ => return Err(Refusal::unknown_operation()),
        };
        let input = match serde_json::from_slice(request.body()) {
            Ok(input @ Value::Object(_)) => input,
            Ok(_) => return Err(Refusal::new("SerializationException", "not an object")),
            Err(why) => return Err(Refusal::new("SerializationException", why.to_string())),
        };
        Ok(Self {
            api,
            operation: operation.to_owned(),
            input,
        })
    }
}

impl Api {
    fn dialect(self) -> Dialect {
        match self {
            Self::Ecs | Self::Ecr => Dialect::Json,
            Self::Elb => Dialect::Query,
        }
    }

    fn signing_name(self) -> &'static str {
        match self {
            Self::Ecs => "ecs",
            Self::Ecr => "ecr",
            Self::Elb => "elasticloadbalancing",
        }
    }
}

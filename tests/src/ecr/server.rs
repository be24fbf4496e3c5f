//! The stand-in itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use artifact_deploy::image::{Repository, RepositoryName};
use bytes::Bytes;
use hyper::{Method, Request, Response};
use serde_json::{Value, json};

use super::kept::{Kept, Repositories};
use super::operations;
use super::script::Script;
use super::world::play;
use crate::http::{Reply, Server};
use crate::wire::protocol::{Dialect, Signer, bare, error, header, respond};

/// A stand-in for Amazon ECR on a free port; it ends when this is dropped.
#[derive(Debug)]
pub struct ScriptedEcr {
    server: Server,
    // Where blobs are redirected to.
    _storage: Server,
    state: Arc<Mutex<State>>,
}

/// What the stand-in knows.
#[derive(Debug, Default)]
struct State {
    script: Script,
    repositories: BTreeMap<String, Kept>,
    url: String,
    storage: String,
    calls: BTreeMap<String, usize>,
    requests: Vec<Value>,
}

impl State {
    fn calls_of(&self, operation: &str) -> usize {
        self.calls.get(operation).copied().unwrap_or_default()
    }

    fn load(&mut self, script: Script) {
        self.repositories = play(&script);
        self.script = script;
        self.calls.clear();
        self.requests.clear();
    }

    /// Counts a call and tells how many there were before.
    fn count(&mut self, operation: &str) -> usize {
        let calls = self.calls.entry(operation.to_owned()).or_default();
        *calls += 1;
        *calls - 1
    }

    /// The right answer, or what a fault of the script makes of it.
    fn act(&self, operation: &str, call: usize, right: impl FnOnce() -> Response<Bytes>) -> Reply {
        let mut faults = self.script.faults.iter();
        match faults.find(|fault| fault.fits(operation, call)) {
            Some(fault) => fault.act.spoil(Dialect::Json, right),
            None => Reply::Whole(right()),
        }
    }
}

impl Repositories for State {
    fn account(&self) -> &str {
        &self.script.account
    }

    fn names(&self) -> Vec<String> {
        self.repositories.keys().cloned().collect()
    }

    fn repository(&self, name: &str) -> Option<Cow<'_, Kept>> {
        self.repositories.get(name).map(Cow::Borrowed)
    }

    fn batches(&self) -> usize {
        self.calls_of("BatchGetImage")
    }

    fn url(&self) -> &str {
        &self.url
    }

    fn token_lifetime(&self) -> i64 {
        self.script.token_lifetime
    }
}

impl ScriptedEcr {
    /// Starts with a script.
    pub async fn start(script: Script) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let storage = Server::start({
            let state = Arc::clone(&state);
            move |request| {
                let reply = stored(&mut state.lock().expect("no handler panics"), &request);
                async move { Reply::Whole(reply) }
            }
        })
        .await;
        let server = Server::start({
            let state = Arc::clone(&state);
            move |request| {
                let reply = reply(&mut state.lock().expect("no handler panics"), &request);
                async move { reply }
            }
        })
        .await;
        {
            let mut state = state.lock().expect("no handler panics");
            state.url = server.url();
            state.storage = storage.url();
            state.load(script);
        }
        Self {
            server,
            _storage: storage,
            state,
        }
    }

    /// The endpoint, `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How often an operation was called.
    pub fn calls(&self, operation: &str) -> usize {
        self.state
            .lock()
            .expect("no handler panics")
            .calls_of(operation)
    }

    /// How often any operation was called.
    pub fn all_calls(&self) -> BTreeMap<String, usize> {
        self.state.lock().expect("no handler panics").calls.clone()
    }

    /// Every request of the API, as `GET /_requests` tells them.
    pub fn requests(&self) -> Vec<Value> {
        self.state
            .lock()
            .expect("no handler panics")
            .requests
            .clone()
    }

    /// Takes a new script; counts start again.
    pub fn load(&self, script: Script) {
        self.state.lock().expect("no handler panics").load(script);
    }

    /// A repository of its account with the host of ECR, in a Region.
    pub fn repository(&self, region: &str, name: &str) -> Repository {
        let name = RepositoryName::try_from(name.to_owned()).expect("a name");
        let state = self.state.lock().expect("no handler panics");
        Repository::in_ecr(&state.script.account, region, &name).expect("a repository of ECR")
    }
}

fn reply(state: &mut State, request: &Request<Bytes>) -> Reply {
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/_calls") => whole(&json!(state.calls)),
        (&Method::GET, "/_requests") => whole(&json!(state.requests)),
        (&Method::PUT, "/_script") => match serde_json::from_slice(request.body()) {
            Ok(script) => {
                state.load(script);
                whole(&json!({}))
            }
            Err(why) => Reply::Whole(error(400, "BadScript", &why.to_string())),
        },
        (&Method::POST, "/") => api(state, request),
        (_, path) if path.starts_with("/v2/") => blob(state, request),
        _ => Reply::Whole(bare(404)),
    }
}

fn whole(body: &Value) -> Reply {
    Reply::Whole(Response::new(Bytes::from(body.to_string())))
}

fn api(state: &mut State, request: &Request<Bytes>) -> Reply {
    let target = header(request, "x-amz-target");
    let Some(operation) = target.strip_prefix("AmazonEC2ContainerRegistry_V20150921.") else {
        return Reply::Whole(error(400, "UnknownOperationException", ""));
    };
    let Some(signer) = Signer::of(request).filter(|signer| signer.service == "ecr") else {
        let refusal = error(
            403,
            "MissingAuthenticationTokenException",
            "Not signed for ecr",
        );
        return Reply::Whole(refusal);
    };
    let (key, region) = (&signer.key, &signer.region);
    let input: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let call = state.count(operation);
    state
        .requests
        .push(json!({ "operation": operation, "input": input, "region": region, "key": key }));
    if state
        .script
        .region
        .as_ref()
        .is_some_and(|only| only != region)
    {
        let text = format!("Credential should be scoped to a valid region, not {region}");
        return Reply::Whole(error(403, "InvalidSignatureException", &text));
    }
    state.act(operation, call, || {
        respond(operations::answer(state, operation, &input, call))
    })
}

/// The registry's own interface: `/v2/{repository}/blobs/{digest}`.
fn blob(state: &mut State, request: &Request<Bytes>) -> Reply {
    let operation = match *request.method() {
        Method::GET => "GetBlob",
        Method::HEAD => "HeadBlob",
        _ => return Reply::Whole(bare(405)),
    };
    let call = state.count(operation);
    if !operations::admits(header(request, "authorization")) {
        return Reply::Whole(bare(401));
    }
    state.act(operation, call, || {
        let path = request.uri().path().trim_start_matches("/v2/");
        let found = path.split_once("/blobs/").and_then(|(name, digest)| {
            let blob = state.repositories.get(name)?.blobs.get(digest)?;
            (blob.availability == "AVAILABLE").then(|| (name.to_owned(), digest.to_owned(), blob))
        });
        let Some((name, digest, blob)) = found else {
            return bare(404);
        };
        if state.script.redirect_blobs {
            let place = format!(
                "{}/{name}/{digest}?X-Amz-Signature=signed-secret",
                state.storage
            );
            let mut redirect = bare(307);
            let place = place.parse().expect("a header");
            redirect.headers_mut().insert("location", place);
            return redirect;
        }
        Response::new(blob.bytes.clone())
    })
}

/// The storage behind the registry; like S3 it refuses requests with two kinds of credentials.
fn stored(state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
    state.count("Storage");
    if request.headers().contains_key("authorization") {
        state.count("StorageWithCredentials");
        return bare(400);
    }
    let path = request.uri().path().trim_start_matches('/');
    let blob = path
        .rsplit_once('/')
        .and_then(|(name, digest)| state.repositories.get(name)?.blobs.get(digest));
    blob.map_or_else(|| bare(404), |blob| Response::new(blob.bytes.clone()))
}

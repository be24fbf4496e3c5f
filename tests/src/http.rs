//! A small HTTP server on a free port of this machine, which can also stall and break off.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use futures_util::{StreamExt as _, future, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::CONTENT_LENGTH;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// How a request is answered.
#[derive(Debug)]
pub enum Reply {
    /// As it should be.
    Whole(Response<Bytes>),
    /// The head and half of the body, then the connection breaks off.
    Cut(Response<Bytes>),
    /// The head and half of the body, then nothing more.
    StallInBody(Response<Bytes>),
    /// Nothing at all.
    Stall,
    /// The connection is closed without an answer.
    Close,
    /// The connection is reset without an answer.
    Reset,
}

/// A connection that ends without an answer, as scripted.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken off, as scripted")
    }
}

impl std::error::Error for Broken {}

/// A server; it ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves on a free port of 127.0.0.1.
    pub async fn start<H, F>(handler: H) -> Self
    where
        H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
        F: Future<Output = Reply> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        Self {
            address,
            task: tokio::spawn(accept(listener, Arc::new(handler))),
        }
    }

    /// `127.0.0.1:port`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Body = UnsyncBoxBody<Bytes, io::Error>;

async fn accept<H, F>(listener: TcpListener, handler: Arc<H>)
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Reply> + Send + 'static,
{
    // Connections end with the server.
    let mut connections = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        let handler = Arc::clone(&handler);
        connections.spawn(async move {
            let reset = AtomicBool::new(false);
            let service =
                service_fn(|request| Box::pin(answer(request, Arc::clone(&handler), &reset)));
            let mut connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(socket), service);
            // An error is a client that went away, or a reply that breaks off as scripted.
            let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
            if reset.load(Ordering::Relaxed) {
                // What is dropped now is reset, not closed.
                let _ = connection.into_parts().io.inner().set_zero_linger();
            }
        });
    }
}

async fn answer<H, F>(
    request: Request<Incoming>,
    handler: Arc<H>,
    reset: &AtomicBool,
) -> Result<Response<Body>, Broken>
where
    H: Fn(Request<Bytes>) -> F,
    F: Future<Output = Reply>,
{
    let (head, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return future::pending().await,
    };
    Ok(match handler(Request::from_parts(head, body)).await {
        Reply::Whole(response) => respond(response, Ending::Whole),
        Reply::Cut(response) => respond(response, Ending::Cut),
        Reply::StallInBody(response) => respond(response, Ending::Stall),
        Reply::Stall => future::pending().await,
        Reply::Close => return Err(Broken),
        Reply::Reset => {
            reset.store(true, Ordering::Relaxed);
            return Err(Broken);
        }
    })
}

#[derive(Clone, Copy)]
enum Ending {
    Whole,
    Cut,
    Stall,
}

fn respond(response: Response<Bytes>, ending: Ending) -> Response<Body> {
    let (mut head, bytes) = response.into_parts();
    let length = bytes.len();
    head.headers.entry(CONTENT_LENGTH).or_insert(length.into());
    let first = match ending {
        Ending::Whole => bytes,
        Ending::Cut | Ending::Stall => bytes.slice(..length / 2),
    };
    let first = stream::once(future::ready(Ok(Frame::data(first))));
    let body: Body = match ending {
        Ending::Whole => StreamBody::new(first).boxed_unsync(),
        Ending::Cut => {
            let broken = Err(io::Error::other(Broken));
            // The first half must leave before the connection ends.
            let rest = stream::once(async {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                broken
            });
            StreamBody::new(first.chain(rest)).boxed_unsync()
        }
        Ending::Stall => StreamBody::new(first.chain(stream::pending())).boxed_unsync(),
    };
    Response::from_parts(head, body)
}

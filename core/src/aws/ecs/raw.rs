//! JSON past the types of the SDK, which drop every member that they do not know.

use std::fmt;
use std::sync::{Arc, Mutex};

use aws_sdk_ecs::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_sdk_ecs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use aws_smithy_types::body::SdkBody;
use serde_json::{Map, Value};

/// Puts JSON into the request before it is signed, and keeps the JSON of the answer.
#[derive(Clone, Default)]
pub(super) struct RawJson {
    put: Put,
    answer: Arc<Mutex<Option<Vec<u8>>>>,
}

#[derive(Clone, Default)]
enum Put {
    #[default]
    Nothing,
    Body(String),
    Member(&'static str, Value),
}

impl RawJson {
    /// The request goes as it is.
    pub(super) fn reading() -> Self {
        Self::default()
    }

    /// `body` is sent in the place of what the SDK wrote.
    pub(super) fn with_body(body: String) -> Self {
        Self {
            put: Put::Body(body),
            ..Self::default()
        }
    }

    /// Member `name` is added to what the SDK wrote.
    pub(super) fn with_member(name: &'static str, value: Value) -> Self {
        Self {
            put: Put::Member(name, value),
            ..Self::default()
        }
    }

    /// The last answer, once there is one.
    pub(super) fn answer(&self) -> Option<Value> {
        let answer = self.answer.lock().ok()?.take()?;
        serde_json::from_slice(&answer).ok()
    }
}

impl Intercept for RawJson {
    fn name(&self) -> &'static str {
        "raw JSON"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let body = match &self.put {
            Put::Nothing => return Ok(()),
            Put::Body(body) => body.clone().into_bytes(),
            Put::Member(name, value) => {
                let written = request.body().bytes().unwrap_or_default();
                let mut members: Map<String, Value> = serde_json::from_slice(written)?;
                members.insert((*name).to_owned(), value.clone());
                serde_json::to_vec(&members)?
            }
        };
        let headers = request.headers_mut();
        headers.insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(body), Ok(mut answer)) =
            (context.response().body().bytes(), self.answer.lock())
        {
            *answer = Some(body.to_vec());
        }
        Ok(())
    }
}

/// Leaves the content out: environments hold secrets.
impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawJson")
    }
}

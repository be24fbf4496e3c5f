//! Looking and acting behind the wire, for tests in other languages: `POST /_control/{what}`, with
//! JSON or nothing.
//!
//! | what | takes | gives |
//! |---|---|---|
//! | `push` | `repository`, and an image as the fixture of the registry has it | `digest` |
//! | `tag` | `repository`, `tag`, `digest` | |
//! | `state` | `repository`, `digest`, `state`: `ACTIVE`, `ARCHIVED`, … | |
//! | `delete` | `repository`, `digest` | |
//! | `register` | a task definition | its `arn` |
//! | `create-service` | what CreateService takes, and `steady`: whether it is deployed already | the service |
//! | `delete-service` | `service`: `cluster/name` | |
//! | `scale` | `service`, `count` | |
//! | `behave` | a behaviour as the fixture of the cluster has it | |
//! | `stop-task` | `task`: its ARN; `reason` | |
//! | `alarm` | `name`, `sounds` | |
//! | `fail-hook` | `function`: its ARN | |
//! | `pace` | a pace, in seconds | |
//! | `service` | `service` | the service, as the port has it |
//! | `tasks` | `service` | its tasks, those that stopped too, as the port has them |
//! | `settle` | | `settled`: whether nothing happens any more |
//! | `fault` | a [`Fault`]: `operation`, `do`, `after`, `times`, `key` | |
//! | `heal` | | ends all faults |
//! | `calls` | | how often each operation was called |
//! | `requests` | | every request, in order |
//! | `reset` | | calls and requests begin again |

use artifact_deploy::image::Digest;
use artifact_deploy::memory::{MemoryImage, Pace};
use artifact_deploy::service::ServiceAddress;
use artifact_deploy::{Error, Result as PortResult};
use bytes::Bytes;
use hyper::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::faults::Fault;
use super::protocol::bare;
use super::simulator::Desk;

/// The answer to one wish.
pub(super) async fn reply(desk: &Desk, what: &str, body: &Bytes) -> Response<Bytes> {
    let given = if body.is_empty() {
        Ok(json!({}))
    } else {
        serde_json::from_slice(body).map_err(|error| error.to_string())
    };
    let done = match given {
        Ok(given) => act(desk, what, given).await,
        Err(why) => Err(why),
    };
    match done {
        Ok(Some(value)) => Response::new(Bytes::from(value.to_string())),
        Ok(None) => bare(404),
        Err(why) => {
            let mut response = bare(400);
            *response.body_mut() = Bytes::from(why);
            response
        }
    }
}

/// What a wish gives; nothing where there is no such wish, and the reason where it fails.
async fn act(desk: &Desk, what: &str, given: Value) -> Result<Option<Value>, String> {
    let nothing = json!({});
    Ok(Some(match what {
        "calls" => json!(desk.book().calls()),
        "requests" => json!(desk.book().requests()),
        "reset" => {
            desk.book().reset();
            nothing
        }
        "fault" => {
            desk.book().inject(read::<Fault>(given)?);
            nothing
        }
        "heal" => {
            desk.book().heal();
            nothing
        }
        "settle" => json!({ "settled": desk.cluster.settle().await }),
        "push" | "tag" | "state" | "delete" => registry(desk, what, given)?,
        _ => match cluster(desk, what, given)? {
            Some(value) => value,
            None => return Ok(None),
        },
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Tagged {
    repository: String,
    digest: Digest,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    state: String,
}

fn registry(desk: &Desk, what: &str, mut given: Value) -> Result<Value, String> {
    if what == "push" {
        let mut take = |member: &str| given.as_object_mut().and_then(|all| all.remove(member));
        let repository: String = read(take("repository").unwrap_or_default())?;
        let tags: Vec<String> = read(take("tags").unwrap_or_else(|| json!([])))?;
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        let image = said(MemoryImage::from_json(&given))?;
        let digest = said(desk.registry.push(&repository, &tags, &image))?;
        return Ok(json!({ "digest": digest }));
    }
    let Tagged {
        repository,
        digest,
        tag,
        state,
    } = read(given)?;
    said(match what {
        "tag" => desk.registry.tag(&repository, &tag, &digest),
        "state" => desk.registry.set_state(&repository, &digest, &state),
        _ => desk.registry.delete(&repository, &digest),
    })?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OfService {
    service: ServiceAddress,
    count: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stop {
    task: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Alarm {
    name: String,
    sounds: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Hook {
    function: String,
}

fn cluster(desk: &Desk, what: &str, mut given: Value) -> Result<Option<Value>, String> {
    let cluster = &desk.cluster;
    let mut answer = json!({});
    match what {
        "register" => {
            let registered = said(cluster.add_task_definition(&given))?;
            answer = json!({ "arn": registered.arn });
        }
        "create-service" => {
            let members = given.as_object_mut();
            let steady = members.and_then(|members| members.remove("steady"));
            let created = if steady == Some(Value::Bool(true)) {
                cluster.create_steady_service(&given)
            } else {
                cluster.create_service(&given)
            };
            answer = json!(said(created)?);
        }
        "delete-service" => said(cluster.delete_service(&read::<OfService>(given)?.service))?,
        "scale" => {
            let OfService { service, count } = read(given)?;
            said(cluster.set_desired_count(&service, count.unwrap_or(1)))?;
        }
        "behave" => said(cluster.behave_as(&given))?,
        "stop-task" => {
            let Stop { task, reason } = read(given)?;
            said(cluster.stop_task(&task, &reason))?;
        }
        "alarm" => match read(given)? {
            Alarm { name, sounds: true } => cluster.sound_alarm(&name),
            Alarm { name, .. } => cluster.silence_alarm(&name),
        },
        "fail-hook" => cluster.fail_hook(&read::<Hook>(given)?.function),
        "pace" => cluster.set_pace(read::<Pace>(given)?),
        "service" => answer = json!(said(cluster.service(&read::<OfService>(given)?.service))?),
        "tasks" => answer = json!(said(cluster.tasks(&read::<OfService>(given)?.service))?),
        _ => return Ok(None),
    }
    Ok(Some(answer))
}

fn read<T: DeserializeOwned>(given: Value) -> Result<T, String> {
    serde_json::from_value(given).map_err(|error| error.to_string())
}

fn said<T>(done: PortResult<T>) -> Result<T, String> {
    done.map_err(|error: Error| format!("{}: {error}", error.code()))
}

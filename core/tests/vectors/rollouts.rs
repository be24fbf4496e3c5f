use artifact_deploy::rollout::{Observation, Watch, explain};
use artifact_deploy::service::Task;
use artifact_deploy::task_definition::TaskDefinition;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Outcome;

#[test]
fn rollouts() {
    super::check("rollouts", run);
}

fn run(operation: &str, input: &Value) -> Outcome {
    match operation {
        "explain" => {
            let task: Task = read(&input["task"]);
            let document = match input.get("taskDefinition") {
                Some(document) => Some(TaskDefinition::from_value(document.clone())?),
                None => None,
            };
            Ok(json!(explain(&task, document.as_ref())))
        }
        "standings" => {
            let mut watch = Watch::of(&read(&input["written"])).unwrap();
            let observations: Vec<Observation> = read(&input["observations"]);
            let standings = observations.iter().map(|seen| {
                watch.observe(seen);
                json!(watch.standing())
            });
            Ok(standings.collect())
        }
        other => panic!("no operation {other}"),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

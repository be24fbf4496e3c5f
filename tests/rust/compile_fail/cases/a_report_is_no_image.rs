use artifact_deploy::gate::{Evidence, ImageQuery, Policy, judge};
use artifact_deploy::task_definition::ContainerChange;

fn render(policy: &Policy, query: &ImageQuery, forged: &Evidence) -> ContainerChange {
    ContainerChange::new().image(judge(policy, query, forged))
}

fn main() {}

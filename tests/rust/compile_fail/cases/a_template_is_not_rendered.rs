use artifact_deploy::task_definition::{RenderedTaskDefinition, TaskDefinition};

fn deploy(_: &RenderedTaskDefinition) {}

fn skip_the_render(template: &TaskDefinition) {
    deploy(template);
}

fn main() {}

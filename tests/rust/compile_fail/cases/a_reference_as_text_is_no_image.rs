use artifact_deploy::task_definition::ContainerChange;

fn main() {
    ContainerChange::new().image("registry.example/app:latest");
}

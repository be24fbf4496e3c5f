use artifact_deploy::image::ImageReference;
use artifact_deploy::task_definition::RenderSpec;

fn render(pinned: ImageReference) -> RenderSpec {
    RenderSpec::new().with_image(Some("app"), pinned)
}

fn main() {}

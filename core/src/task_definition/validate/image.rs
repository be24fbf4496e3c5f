//! The `image` of a container.

use crate::document::{Node, Problems, shown};
use crate::image::Digest;

/// What ECS says of the part before `@`.
const LONGEST: usize = 255;

/// Source: ECS: `ContainerDefinition` `image`; "Container.image contains invalid characters" is what
/// `RegisterTaskDefinition` answers otherwise. Whether the image exists is not its business.
pub(super) fn check(node: &Node<'_>, problems: &mut Problems) {
    let Some(image) = node.text() else { return };
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/' | '#');
    if name.is_empty() || !name.chars().all(allowed) {
        problems.add(
            node,
            format!("is {}", shown(image)),
            "repository@sha256:… or repository:tag, of letters, digits, '-', '_', ':', '.', '/' and '#'",
        );
    }
    if name.chars().count() > LONGEST {
        problems.add(
            node,
            format!("names the image in {} characters", name.chars().count()),
            format!("at most {LONGEST}, the digest not counted"),
        );
    }
    if digest.is_some_and(|digest| digest.parse::<Digest>().is_err()) {
        problems.add(
            node,
            format!("is {}", shown(image)),
            "\"sha256:\" and 64 hexadecimal digits after '@'",
        );
    }
}

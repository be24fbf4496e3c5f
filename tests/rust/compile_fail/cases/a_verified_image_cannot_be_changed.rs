use artifact_deploy::gate::{GateReport, VerifiedImage};

fn swap(image: &mut VerifiedImage, other: GateReport) {
    image.report = other;
}

fn main() {}

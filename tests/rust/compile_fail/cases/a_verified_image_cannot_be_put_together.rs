use artifact_deploy::gate::{FoundSummary, GateReport, VerifiedImage};

fn forge(found: FoundSummary, report: GateReport) -> VerifiedImage {
    VerifiedImage { found, report, metadata: None }
}

fn main() {}

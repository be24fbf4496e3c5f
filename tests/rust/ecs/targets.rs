//! The health of load-balancer targets.

use artifact_deploy::aws::LoadBalancerTargets;
use artifact_deploy::ports::TargetGroups as _;
use artifact_deploy::service::TargetState;
use artifact_deploy::{ErrorKind, connect};
use artifact_deploy_tests::http::Reply;
use bytes::Bytes;
use hyper::Response;
use serde_json::json;

use crate::support::StandIn;

const GROUP: &str =
    "arn:aws:elasticloadbalancing:ap-southeast-2:123456789012:targetgroup/app/6d0ecf831eec9f09";

fn xml(status: u16, body: &str) -> Reply {
    let body = Bytes::from(body.to_owned());
    Reply::Whole(Response::builder().status(status).body(body).unwrap())
}

fn health() -> Reply {
    let member = |id: &str, health: &str| {
        format!(
            "<member><HealthCheckPort>8080</HealthCheckPort><TargetHealth>{health}</TargetHealth>\
             <Target><Id>{id}</Id><Port>8080</Port></Target></member>"
        )
    };
    let members = [
        member("10.0.1.7", "<State>healthy</State>"),
        member(
            "10.0.1.8",
            "<State>unhealthy</State><Reason>Target.Timeout</Reason>\
             <Description>Request timed out</Description>",
        ),
        member("10.0.1.9", "<State>unhealthy.draining</State>"),
        member(
            "10.0.1.10",
            "<State>sleepy</State><Reason>Target.Tired</Reason>",
        ),
    ];
    xml(
        200,
        &format!(
            "<DescribeTargetHealthResponse \
             xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">\
             <DescribeTargetHealthResult><TargetHealthDescriptions>{}</TargetHealthDescriptions>\
             </DescribeTargetHealthResult><ResponseMetadata><RequestId>1</RequestId>\
             </ResponseMetadata></DescribeTargetHealthResponse>",
            members.concat()
        ),
    )
}

fn error(status: u16, code: &str) -> Reply {
    xml(
        status,
        &format!(
            "<ErrorResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">\
             <Error><Type>Sender</Type><Code>{code}</Code><Message>why</Message></Error>\
             <RequestId>1</RequestId></ErrorResponse>"
        ),
    )
}

#[tokio::test]
async fn a_group_is_asked_for_in_the_region_of_its_arn() {
    let place = StandIn::start(|_, _| health()).await;
    let targets = LoadBalancerTargets::new(place.options());
    let health = targets.target_health(GROUP).await.unwrap();
    let states: Vec<_> = health.iter().map(|target| target.state.clone()).collect();
    assert_eq!(
        states,
        [
            TargetState::Healthy,
            TargetState::Unhealthy,
            TargetState::UnhealthyDraining,
            TargetState::Other("sleepy".to_owned()),
        ]
    );
    assert_eq!(
        (health[0].id.as_str(), health[0].port),
        ("10.0.1.7", Some(8080))
    );
    assert_eq!(health[1].reason.as_deref(), Some("Target.Timeout"));
    assert_eq!(health[1].description.as_deref(), Some("Request timed out"));
    assert_eq!(health[3].reason.as_deref(), Some("Target.Tired"));
    let asked = place.only();
    let scope = "/ap-southeast-2/elasticloadbalancing/aws4_request";
    assert!(asked.header("authorization").contains(scope), "{asked:?}");
    let body = String::from_utf8(asked.body().to_vec()).unwrap();
    assert!(
        body.starts_with("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=arn%3A")
    );
}

#[tokio::test]
async fn refusals_have_their_kinds_and_name_the_right() {
    for (code, status, kind) in [
        ("TargetGroupNotFound", 400, ErrorKind::TargetGroupNotFound),
        ("AccessDenied", 403, ErrorKind::AccessDenied),
        ("InvalidClientTokenId", 403, ErrorKind::Unauthenticated),
        ("InvalidTarget", 400, ErrorKind::RequestRejected),
    ] {
        let place = StandIn::start(move |_, _| error(status, code)).await;
        let targets = LoadBalancerTargets::new(place.options());
        let error = targets.target_health(GROUP).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{code}: {error:?}");
        let details = error.details().unwrap();
        assert_eq!(
            details["action"],
            "elasticloadbalancing:DescribeTargetHealth"
        );
        assert_eq!(place.count(), 1, "{code}");
    }
}

#[tokio::test]
async fn throttling_is_repeated_and_then_said() {
    let place = StandIn::start(|_, before| match before {
        0 => error(400, "Throttling"),
        _ => health(),
    })
    .await;
    let targets = LoadBalancerTargets::new(place.options());
    assert_eq!(targets.target_health(GROUP).await.unwrap().len(), 4);
    assert_eq!(place.count(), 2);
    let place = StandIn::start(|_, _| error(503, "ServiceUnavailable")).await;
    let targets = LoadBalancerTargets::new(place.options());
    let error = targets.target_health(GROUP).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
    assert_eq!(place.count(), 3);
}

#[tokio::test]
async fn what_is_no_target_group_is_refused_before_it_is_sent() {
    let targets = connect::target_groups(json!({ "kind": "elb" })).unwrap();
    let error = targets.target_health("app").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

//! No lifecycle rule of the repository takes the image away.

use chrono::{SecondsFormat, TimeDelta};

use crate::ErrorKind;
use crate::gate::retention_policy::Mode;
use crate::gate::{Check, CheckName, Evidence, Policy, Presence, Reading, Retention};
use crate::image::Fate;

const NAME: CheckName = CheckName::Retention;

const ADVICE: &str = "give the image a tag that a rule of higher priority keeps, or change the rule (ECR: \
                      PutLifecyclePolicy): ECR does not know which images a service runs";

pub(in crate::gate) fn judge(policy: Policy, evidence: &Evidence) -> Check {
    let wanted = policy.retention_policy();
    if wanted.mode() == Mode::Off {
        return Check::not_asked(NAME);
    }
    let Presence::Found(_) = &evidence.presence else {
        return Check::not_reached(NAME);
    };
    let check = match &evidence.retention {
        Reading::NotAsked => return Check::not_reached(NAME),
        Reading::Failed(error) => Check::unread(NAME, "what the repository does with it", error),
        Reading::Read(retention) => decide(retention, wanted.days()),
    };
    if check.kind().is_some() && wanted.mode() == Mode::Warn {
        return check.into_warning();
    }
    check
}

fn decide(retention: &Retention, days: Option<u32>) -> Check {
    let (rule, action, at, after_pushes) = match &retention.fate {
        Fate::Kept => return Check::pass(NAME, "no rule of the repository takes it away"),
        Fate::Unknown { rule, reason, .. } => {
            let of = rule
                .map(|rule| format!("rule {rule}: "))
                .unwrap_or_default();
            return Check::fail(
                NAME,
                ErrorKind::WouldExpire,
                format!("whether the repository takes it away cannot be told: {of}{reason}"),
            )
            .advising(ADVICE);
        }
        Fate::Expires {
            rule,
            action,
            at,
            after_pushes,
        } => (rule, action.verb(), *at, *after_pushes),
    };
    let fail = |when: &str| {
        let reason = format!("rule {rule} of the repository {action} it {when}");
        Check::fail(NAME, ErrorKind::WouldExpire, reason).advising(ADVICE)
    };
    match (at, after_pushes) {
        (Some(at), _) => {
            let when = at.to_rfc3339_opts(SecondsFormat::Secs, true);
            let needed = days
                .and_then(|days| TimeDelta::try_days(i64::from(days)))
                .zip(retention.as_of)
                .and_then(|(days, now)| now.checked_add_signed(days));
            match needed {
                Some(needed) if needed <= at => Check::pass(
                    NAME,
                    format!("rule {rule} of the repository {action} it not before {when}"),
                ),
                _ => fail(&format!("from {when} on")).seeing(when),
            }
        }
        (None, Some(0)) => fail("now"),
        (None, Some(pushes)) => {
            let check = fail(&format!("when {pushes} more such images are pushed"));
            if days.is_some() {
                return check.into_warning();
            }
            check
        }
        (None, None) => fail("when it has not been pulled for long enough"),
    }
}

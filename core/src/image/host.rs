//! The grammar of registry hosts.

use std::net::Ipv6Addr;

use crate::text::quoted;

/// The longest DNS name, and the longest label of one (RFC 1035).
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// A host with an optional port in its one spelling: lower case, port without leading zeros.
///
/// Docker's grammar (distribution/reference), and one rule more: the host must be told apart from
/// the first part of a name, by a dot, a port or being `localhost`. Otherwise what is printed would
/// not be read back as it was meant.
///
/// The error is the reason alone.
pub(super) fn normalize(text: &str) -> Result<String, String> {
    if text.contains('@') {
        return Err("has a user name or password before its host; remove them".into());
    }
    let shown = quoted(text);
    if text.contains('*') {
        return Err(format!(
            "has the host {shown}, in which something is masked, as CI systems do with account \
             ids; pass the repository name alone, without its host"
        ));
    }
    let (host, port) = split_port(text)?;
    let recognisable =
        host.contains(['.', '[']) || port.is_some() || host.eq_ignore_ascii_case("localhost");
    if !recognisable {
        return Err(format!(
            "has the host {shown}, which would be read as part of the name; write it with its \
             domain or its port"
        ));
    }
    let host = host.to_ascii_lowercase();
    Ok(port.map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
}

/// Host and port, both checked.
fn split_port(text: &str) -> Result<(&str, Option<u16>), String> {
    let shown = quoted(text);
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (address, after) = rest
            .split_once(']')
            .ok_or_else(|| format!("has the host {shown}; its '[' is not closed"))?;
        if address.parse::<Ipv6Addr>().is_err() {
            return Err(format!(
                "has the host {shown}; {} is not an IPv6 address",
                quoted(address)
            ));
        }
        let host = text.get(..address.len() + 2).unwrap_or(text);
        match after.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if after.is_empty() => (host, None),
            None => {
                return Err(format!("has the host {shown}; after ']' comes a port only"));
            }
        }
    } else {
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        };
        check_name(host)?;
        (host, port)
    };
    let port = port.map(|port| parse_port(text, port)).transpose()?;
    Ok((host, port))
}

fn parse_port(host: &str, port: &str) -> Result<u16, String> {
    let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(number) if digits && number > 0 => Ok(number),
        _ => Err(format!(
            "has the host {}; its port {} is not a number from 1 to 65535",
            quoted(host),
            quoted(port)
        )),
    }
}

/// Checks a DNS name or an IPv4 address.
fn check_name(host: &str) -> Result<(), String> {
    let legal = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > MAX_NAME {
        return Err(format!("has a host of more than {MAX_NAME} characters"));
    }
    match host.split('.').find(|label| !legal(label)) {
        None => Ok(()),
        Some(label) => Err(format!(
            "has the host {}; {} is not a part of a host name (letters, digits and \
             inner '-', 1 to {MAX_LABEL})",
            quoted(host),
            quoted(label)
        )),
    }
}

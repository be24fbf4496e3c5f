//! From the address that git clones from to the address that people open.

use super::text::checked_url;

/// `https://host/path` of a clone address, without credentials, query and `.git`; nothing when it is
/// not an address of the web (a local path, an unknown scheme).
pub(super) fn web_address(clone_url: &str) -> Option<String> {
    let (scheme, rest) = match clone_url.split_once("://") {
        Some(("http", rest)) => ("http", rest.to_owned()),
        Some(("https" | "ssh" | "git" | "git+ssh", rest)) => ("https", rest.to_owned()),
        Some(_) => return None,
        // scp-like: git@github.com:owner/name.git
        None => ("https", scp_like(clone_url)?),
    };
    let rest = rest.split(['?', '#']).next()?;
    let (authority, path) = rest.split_once('/')?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    // A port belongs to the protocol that is left behind.
    let host = if clone_url.starts_with("http") {
        host
    } else {
        host.split(':').next()?
    };
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    if host.is_empty() || path.is_empty() || path.contains('@') {
        return None;
    }
    checked_url(format!("{scheme}://{host}/{path}")).ok()
}

fn scp_like(text: &str) -> Option<String> {
    let (host, path) = text.split_once(':')?;
    // "C:\repo" and "./a:b" are paths.
    let remote = host.contains('@') && !host.contains(['/', '\\']);
    remote.then(|| format!("{host}/{}", path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn a_token_in_a_clone_address_never_becomes_metadata() {
        for (clone, web) in [
            (
                "https://x-access-token:ghs_secret@github.com/o/r.git",
                Some("https://github.com/o/r"),
            ),
            (
                "https://github.com/o/r?token=secret",
                Some("https://github.com/o/r"),
            ),
            ("git@github.com:o/r.git", Some("https://github.com/o/r")),
            (
                "ssh://git@git.example.com:2222/o/r.git",
                Some("https://git.example.com/o/r"),
            ),
            (
                "http://git.example.com:8080/o/r/",
                Some("http://git.example.com:8080/o/r"),
            ),
            ("https://a@b@github.com/o/r", Some("https://github.com/o/r")),
            ("https://github.com/u:p@host/r", None),
            ("/srv/git/r.git", None),
            ("C:\\repo", None),
            ("file:///srv/git/r.git", None),
            ("https://github.com", None),
            ("https:///r", None),
            ("", None),
        ] {
            assert_eq!(web_address(clone).as_deref(), web, "{clone}");
        }
    }
}

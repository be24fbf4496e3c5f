//! Looking for words in what ECS says.

/// A message of ECS in lower case, without the references and addresses in it: a repository may be
/// called `my/timeout`.
#[derive(Debug)]
pub(super) struct Words(String);

impl Words {
    /// The words of `text`; `image` is the one that the container names.
    pub(super) fn of(text: &str, image: Option<&str>) -> Self {
        let mut text = text.replace('\u{2019}', "'");
        if let Some(image) = image.filter(|image| !image.is_empty()) {
            text = text.replace(image, "IMAGE");
            // With another tag or none: `pull access denied for my/timeout, …`.
            let repository = image.split('@').next().unwrap_or(image);
            let name_at = repository.rfind('/').map_or(0, |slash| slash + 1);
            let name = repository.get(name_at..).unwrap_or_default();
            let tag_at = name
                .find(':')
                .map_or(repository.len(), |colon| name_at + colon);
            let repository = repository.get(..tag_at).unwrap_or(repository);
            if repository.contains('/') {
                text = text.replace(repository, "IMAGE");
            }
        }
        let plain = |word: &&str| {
            let address = word.contains('.') && (word.contains('/') || word.contains('@'));
            !address && !word.contains("://")
        };
        let words: Vec<&str> = text.split_whitespace().filter(plain).collect();
        Self(words.join(" ").to_ascii_lowercase())
    }

    /// Whether one of the phrases is in it; they are in lower case.
    pub(super) fn any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.0.contains(phrase))
    }

    /// Whether the number stands in it, by itself: not inside a digest.
    pub(super) fn number(&self, number: &str) -> bool {
        self.0
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word == number)
    }

    /// Whether it tells of a connection that did not come about.
    pub(super) fn no_connection(&self) -> bool {
        self.any(&[
            "connection issue",
            "while waiting for connection",
            "i/o timeout",
            "timed out",
            "timeout exceeded",
            "deadline exceeded",
            "dial tcp",
            "no such host",
            "connection refused",
            "connection reset",
            "network is unreachable",
            "tls handshake",
            "requesterror: send request failed",
        ])
    }

    /// Whether it tells of a permission that is missing.
    pub(super) fn denied(&self) -> bool {
        self.any(&[
            "accessdenied",
            "access denied",
            "not authorized",
            "unauthorized",
            "forbidden",
            "no basic auth credentials",
            "authorization failed",
        ]) || self.number("403")
            || self.number("401")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_image_says_nothing_about_the_failure() {
        let image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/not-found/timeout:429";
        let text = format!("failed to resolve ref {image}: unexpected EOF");
        let words = Words::of(&text, Some(image));
        assert!(!words.any(&["timeout", "not-found"]) && !words.number("429"));
        let hub = Words::of(
            "pull access denied for acme/toomanyrequests,",
            Some("acme/toomanyrequests:1"),
        );
        assert!(hub.any(&["pull access denied"]) && !hub.any(&["toomanyrequests"]));
    }

    #[test]
    fn a_number_inside_a_digest_is_none() {
        assert!(!Words::of("sha256:a404b", None).number("404"));
        assert!(Words::of("unexpected status: 404 Not Found", None).number("404"));
    }
}

//! Signature Version 4, computed again by its public description: what is sent must be what is signed.

use sha2::{Digest as _, Sha256};

use crate::support::{Asked, SECRET_KEY};

/// Whether the signature of a request is that of its body and headers.
pub(crate) fn is_right(asked: &Asked) -> bool {
    let authorization = asked.header("authorization");
    let part = |name: &str| {
        let (_, rest) = authorization.split_once(&format!("{name}=")).unwrap();
        rest.split(',').next().unwrap().to_owned()
    };
    let credential = part("Credential");
    let (_, scope) = credential.split_once('/').unwrap();
    let names = part("SignedHeaders");
    let headers = names.split(';').fold(String::new(), |headers, name| {
        headers + name + ":" + asked.header(name).trim() + "\n"
    });
    let body = hex::encode(Sha256::digest(asked.body()));
    let canonical = format!("POST\n/\n\n{headers}\n{names}\n{body}");
    let date = asked.header("x-amz-date");
    let hashed = hex::encode(Sha256::digest(canonical));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hashed}");
    let key = scope
        .split('/')
        .fold(format!("AWS4{SECRET_KEY}").into_bytes(), |key, part| {
            hmac(&key, part.as_bytes())
        });
    hex::encode(hmac(&key, text.as_bytes())) == part("Signature")
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let inner = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x36))
        .chain_update(text)
        .finalize();
    let outer = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x5c))
        .chain_update(inner);
    outer.finalize().to_vec()
}

//! The sizes of a task as ECS reads them.

/// CPU units out of `"256"`, `".25 vCPU"` or `"1vcpu"`.
///
/// Source: ECS: `RegisterTaskDefinition`, `cpu`: a text in vCPUs is converted at registration.
pub(super) fn cpu_units(text: &str) -> Option<i64> {
    amount(text, "vcpu")
}

/// MiB out of `"512"`, `"1 GB"` or `"0.5gb"`.
///
/// Source: ECS: `RegisterTaskDefinition`, `memory`.
pub(super) fn memory_mib(text: &str) -> Option<i64> {
    amount(text, "gb")
}

/// A plain number, or a decimal number of `unit`s of 1024.
fn amount(text: &str, unit: &str) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return digits(&text)?.parse().ok();
    };
    let (whole, fraction) = number
        .trim_end()
        .split_once('.')
        .unwrap_or((number.trim_end(), ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let read = |part: &str| -> Option<i64> {
        match part {
            "" => Some(0),
            part => digits(part)?.parse().ok(),
        }
    };
    let scaled = read(whole)?
        .checked_mul(scale)?
        .checked_add(read(fraction)?)?;
    let parts = scaled.checked_mul(1024)?;
    (parts % scale == 0).then_some(parts / scale)
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_form_is_read() {
        for (text, units) in [
            ("256", 256),
            (".25 vCPU", 256),
            ("0.25vcpu", 256),
            ("1 vCPU", 1024),
            ("2.0 vCPU", 2048),
        ] {
            assert_eq!(cpu_units(text), Some(units), "{text}");
        }
        for (text, mib) in [
            ("512", 512),
            ("1 GB", 1024),
            ("0.5GB", 512),
            ("30gb", 30720),
        ] {
            assert_eq!(memory_mib(text), Some(mib), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not_guessed() {
        for text in [
            "",
            "x",
            "-256",
            "vCPU",
            ". vCPU",
            "1.2.3 vCPU",
            "0.3333 vCPU",
            "99999999999999999999",
            "1 GB",
        ] {
            assert_eq!(cpu_units(text), None, "{text}");
        }
    }
}

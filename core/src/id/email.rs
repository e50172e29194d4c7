//! The form of an email address (AC-5).

const MAX_LOCAL: usize = 64;
pub(super) const MAX_TOTAL: usize = 254;
const MAX_LABEL: usize = 63;

/// What [`is_address`] takes.
pub(super) const ADDRESS: &str = concat!(
    r"^(?![^@]{65})[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
);
/// What [`is_any_address`] takes, but for numbers of other scripts.
pub(super) const ANY_ADDRESS: &str = r"^[^@\s\u0000-\u001f\u007f-\u009f]+@[^@.\s\u0000-\u001f\u007f-\u009f]+(\.[^@.\s\u0000-\u001f\u007f-\u009f]+)*\.[^@.\s\u0000-\u001f\u007f-\u009f]*[^@.\s\u0000-\u001f\u007f-\u009f0-9][^@.\s\u0000-\u001f\u007f-\u009f]*$";

/// An ASCII dot-atom, `@`, and a host name with a dot; the local part has at most 64 characters,
/// the whole at most 254.
pub(super) fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    text.len() <= MAX_TOTAL
        && local.len() <= MAX_LOCAL
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_character))
        && host.split('.').all(is_host_label)
        && has_top_level(host)
}

/// One `@`, something before it, a host with a dot after it, no white space or control characters, at most 254
/// characters.
pub(super) fn is_any_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    text.chars().count() <= MAX_TOTAL
        && !text.chars().any(|character| character.is_whitespace() || character.is_control())
        && !local.is_empty()
        && !host.contains('@')
        && host.split('.').all(|label| !label.is_empty())
        && has_top_level(host)
}

/// Whether a host name has a dot, and a last label that is no number: what looks like an IP address is no host name.
fn has_top_level(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(_, last)| !last.chars().all(char::is_numeric))
}

fn is_atom_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_host_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= MAX_LABEL
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

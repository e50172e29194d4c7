//! The form of an email address (AC-5).

const MAX_LOCAL: usize = 64;
const MAX_TOTAL: usize = 254;
const MAX_LABEL: usize = 63;

/// An ASCII dot-atom, `@`, and a host name with a dot; the local part has at most 64 characters,
/// the whole at most 254.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    text.len() <= MAX_TOTAL
        && local.len() <= MAX_LOCAL
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_character))
        && host.contains('.')
        && host.split('.').all(is_host_label)
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

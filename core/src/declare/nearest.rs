//! Which known name a misspelt one probably means.

use alloc::vec::Vec;

/// The field that was probably meant: the nearest by edits, where it is near. Transaction and separators do
/// not count, since a field in another language's style is meant just as surely.
pub(crate) fn nearest(given: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    const LONGEST: usize = 40;
    if given.len() > LONGEST {
        return None;
    }
    let given = folded(given);
    known
        .map(|name| (edits(&given, &folded(name)), name))
        .min()
        .filter(|(distance, name)| *distance <= 1 + name.len() / 8)
        .map(|(_, name)| name)
}

fn folded(name: &str) -> Vec<u8> {
    name.bytes().filter(|byte| !b"_- ".contains(byte)).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// Levenshtein's distance, a row at a time.
fn edits(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut before = index + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(other) {
            let replaced = diagonal + usize::from(left != right);
            diagonal = *cell;
            before = replaced.min(before + 1).min(*cell + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}

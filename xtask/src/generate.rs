//! Writes what is generated and checked in, or compares it.

use std::fs;

use crate::Step;

/// A generated file, and what makes its whole text.
type Generated = (&'static str, fn() -> String);

const FILES: &[Generated] = &[];

/// Writes every generated file or, with `check`, only compares it with what is there.
pub(crate) fn generate(check: bool) -> Step {
    let mut stale = Vec::new();
    for &(path, text) in FILES {
        let text = text();
        if fs::read_to_string(path).is_ok_and(|there| there == text) {
            continue;
        }
        stale.push(path);
        if !check {
            fs::write(path, text)?;
        }
    }
    if check && !stale.is_empty() {
        return Err(format!("out of date, run `make generate`: {}", stale.join(", ")).into());
    }
    println!("generated: {} of {} files differed", stale.len(), FILES.len());
    Ok(())
}

//! Every block of code on a page is run by some test, or is of a language that nothing runs.

use std::path::{Path, PathBuf};
use std::{collections::BTreeSet, fs};

use crate::Step;

/// What runs each language: `bindings-python/tests/test_pages.py`, `tests/npm/pages.test.mjs`, and `tests/src/lib.rs` and
/// `stores/src/lib.rs`, whose lists of pages are compared here. Of `sh`, the make targets are looked up.
const RUN: [&str; 6] = ["python", "json", "js", "ts", "rust", "sh"];
const SHOWN: [&str; 3] = ["text", "html", "mermaid"];

/// Checks the pages among the project's files.
pub(crate) fn check(files: &[PathBuf]) -> Step {
    let tests = fs::read_to_string("tests/src/lib.rs")? + &fs::read_to_string("stores/src/lib.rs")?;
    let makefile = fs::read_to_string("Makefile")?;
    let targets: BTreeSet<&str> = makefile.lines().filter_map(|line| line.strip_prefix(".PHONY: ")).collect();
    let mut faults = Vec::new();
    for page in files.iter().filter(|file| is_page(file)) {
        let text = fs::read_to_string(page)?;
        for (language, code) in blocks(&text) {
            let page = page.display();
            if !RUN.contains(&language) && !SHOWN.contains(&language) {
                faults.push(format!("{page}: nothing runs a block of `{language}`"));
            }
            if language == "rust" && !tests.contains(&format!("../../{page}")) {
                faults.push(format!("{page}: its Rust is not run: name it in tests/src/lib.rs or stores/src/lib.rs"));
            }
            let unknown = |target: &&str| language == "sh" && !targets.contains(target);
            faults.extend(made(code).filter(unknown).map(|target| format!("{page}: no target `make {target}`")));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn is_page(file: &Path) -> bool {
    let text = file.to_string_lossy();
    let package = text.starts_with("bindings-") && text.ends_with("README.md");
    text == "README.md" || package || text.starts_with("docs/") && text.ends_with(".md")
}

/// The language and the text of each block.
fn blocks(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap_or((block, "")))
}

/// What lines such as `make test` make.
fn made(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter_map(|line| line.trim().strip_prefix("make ")?.split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use super::{blocks, made};

    #[test]
    fn blocks_have_a_language_and_a_text() {
        let text = "a\n```rust\nfn a() {}\n```\nb\n   ```sh\n   make test # all\n   ```\n";
        let found: Vec<(&str, &str)> = blocks(text).collect();
        assert_eq!(found, [("rust", "fn a() {}\n"), ("sh", "   make test # all\n   ")]);
        assert_eq!(made("   make test # all\n").collect::<Vec<_>>(), ["test"]);
    }
}

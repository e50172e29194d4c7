//! Every link from one Markdown file to another file leads somewhere, and so does its anchor.

use std::path::{Path, PathBuf};
use std::{collections::BTreeSet, fs};

use crate::Step;

/// Checks the Markdown among the project's files.
pub(crate) fn check(files: &[PathBuf]) -> Step {
    let mut faults = Vec::new();
    let mut checked = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|known| known == "md")) {
        let text = fs::read_to_string(file)?;
        for target in links(&text).filter(|target| !target.contains("://")) {
            checked += 1;
            if !leads_somewhere(file, target) {
                faults.push(format!("{}: the link `{target}` leads nowhere", file.display()));
            }
        }
    }
    if faults.is_empty() {
        println!("links: {checked}");
        return Ok(());
    }
    Err(faults.join("\n").into())
}

fn leads_somewhere(file: &Path, target: &str) -> bool {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let page = if path.is_empty() { file.to_owned() } else { file.with_file_name(path) };
    match anchor {
        "" => page.exists(),
        anchor => fs::read_to_string(page).is_ok_and(|text| anchors(&text).contains(anchor)),
    }
}

/// The targets of inline links, code aside.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2).flat_map(|part| part.split('`').step_by(2));
    // Only what follows `](` in prose, so that a link's own text may be code.
    prose
        .flat_map(|part| part.split("](").skip(1).filter_map(|rest| rest.split(')').next()))
        .chain(text.split("`](").skip(1).filter_map(|rest| rest.split(')').next()))
}

/// The anchors that renderers give to headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|heading| slug(heading.trim_start_matches('#').trim())).collect()
}

fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' '));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn links_are_found_in_prose_only() {
        let text = "[a](b.md) `x](no)` [`code`](c.md#d)\n```\n[no](e.md)\n```\n[f](#g)";
        let found: std::collections::BTreeSet<&str> = super::links(text).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["#g", "b.md", "c.md#d"]);
    }

    #[test]
    fn a_heading_gives_its_anchor() {
        assert_eq!(super::slug("RU-4"), "ru-4");
        assert_eq!(super::slug("What is kept, and `why`"), "what-is-kept-and-why");
    }
}

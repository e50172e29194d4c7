//! Holds the tree to the contract in `docs/contract/`: every rule that is cited is there, and every rule that is built
//! has a test that carries its number in its name.

use std::collections::{BTreeMap, BTreeSet};
use std::{error::Error, fs, path::PathBuf};

use crate::Step;

const PAGES: &str = "docs/contract";

/// What is promised, each with the tests that hold it.
const PROMISES: &str = "SECURITY.md";

/// The letters that rules begin with.
const SERIES: [&str; 15] = ["P", "M", "C", "RU", "TP", "CR", "D", "AC", "T", "E", "ER", "S", "SI", "H", "I"];

/// Where rules are cited, and where their tests are.
const CITING: [&str; 9] =
    ["core", "tests", "docs", "bindings-wasm", "bindings-python", "examples", "schema", "xtask", "."];
const TESTING: [&str; 5] = ["core", "tests", "bindings-wasm", "bindings-python", "examples"];

/// Extensions of files that people write.
const WRITTEN: [&str; 9] = ["rs", "md", "py", "pyi", "ts", "mjs", "js", "txt", "toml"];

/// What may stand before the number in the name of a test: `fn ru_4_…`, `def test_ru_4_…`, `test("ru_4 …`.
const NAMES: [&str; 6] = ["fn ", "def test_", "test(\"", "test('", "it(\"", "it('"];

/// Checks the files below the current folder; `files` are those that belong to the project.
pub(crate) fn check(files: &[PathBuf]) -> Step {
    let mut rules = BTreeMap::new();
    for page in fs::read_dir(PAGES)? {
        rules.extend(rules_of(&fs::read_to_string(page?.path())?));
    }

    let mut faults = Vec::new();
    let mut tested = BTreeSet::new();
    let mut tests = BTreeSet::new();
    for file in files {
        let written = file.extension().is_some_and(|known| WRITTEN.iter().any(|written| known == *written));
        let below = |folders: &[&str]| {
            let mut parts = file.components().filter(|part| part.as_os_str() != ".");
            let first = parts.next();
            let top = if parts.next().is_none() { Some(".") } else { first.and_then(|part| part.as_os_str().to_str()) };
            top.is_some_and(|top| folders.contains(&top))
        };
        if !written || !below(&CITING) {
            continue;
        }
        let text = fs::read_to_string(file)?;
        for (index, line) in text.lines().enumerate() {
            for rule in cited(line).filter(|rule| !rules.contains_key(rule)) {
                faults.push(format!("{}:{}: `{rule}` is no rule of {PAGES}", file.display(), index + 1));
            }
            if below(&TESTING) {
                let names = NAMES.iter().filter_map(|name| line.split_once(name)).map(|(_, rest)| rest);
                tested.extend(names.clone().filter_map(named));
                tests.extend(names.filter_map(|name| Some(name.split_once("()")?.0.to_owned())));
            }
        }
    }
    for (rule, planned) in &rules {
        if !planned && !tested.contains(rule) {
            faults.push(format!("{rule}: no test carries this number in its name"));
        }
    }
    faults.extend(unheld(&fs::read_to_string(PROMISES)?, &tests));
    if faults.is_empty() {
        println!("contract: {} rules, {} of them with tests", rules.len(), tested.len());
        return Ok(());
    }
    Err(format!("the contract and the tree disagree:\n{}", faults.join("\n")).into())
}

/// The promises that name no test, and the tests that are named and not there.
fn unheld(text: &str, tests: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("| ")).filter(|row| !row.starts_with("promise ")) {
        let (promise, named) = row.trim_end_matches([' ', '|']).rsplit_once(" | ").unwrap_or((row, ""));
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("{PROMISES}: no test holds `{promise}`"));
        }
        let missing = named.into_iter().filter(|name| !tests.contains(*name));
        faults.extend(missing.map(|name| format!("{PROMISES}: no test is called `{name}`")));
    }
    faults
}

/// The page of each rule, by its file's name.
pub(crate) fn pages_of_rules() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut pages = BTreeMap::new();
    for page in fs::read_dir(PAGES)? {
        let page = page?;
        let name = page.file_name().to_string_lossy().into_owned();
        pages.extend(rules_of(&fs::read_to_string(page.path())?).map(|(rule, _)| (rule, name.clone())));
    }
    Ok(pages)
}

/// The rules of a page, each with whether nothing of it is built yet.
fn rules_of(text: &str) -> impl Iterator<Item = (String, bool)> {
    text.split("\n### ").skip(1).filter_map(|part| {
        let (heading, body) = part.split_once('\n')?;
        let body = body.split("\n## ").next()?.trim();
        // A rule of which something is built begins with that; one of which nothing is, with the plan.
        let planned =
            body.lines().find(|line| !line.is_empty() && !is_title(line)).is_some_and(|line| line.starts_with('>'));
        cited(heading).next().map(|rule| (rule, planned))
    })
}

fn is_title(line: &str) -> bool {
    line.starts_with("**") && line.ends_with("**")
}

/// The rules that a line cites, such as `RU-4`.
fn cited(line: &str) -> impl Iterator<Item = String> {
    let words = line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    words.filter_map(|word| {
        let (series, number) = word.split_once('-')?;
        let number = number.split('-').next()?;
        let is_number = !number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        (SERIES.contains(&series) && is_number).then(|| format!("{series}-{number}"))
    })
}

/// The rule at the front of a test's name.
fn named(name: &str) -> Option<String> {
    let mut parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let (series, number) = (parts.next()?.to_ascii_uppercase(), parts.next()?);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (SERIES.contains(&series.as_str()) && is_number).then(|| format!("{series}-{number}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_citation_is_a_series_and_a_number() {
        let cited: Vec<String> = super::cited("as RU-4 and (AC-11) say, not UTF-8, P-256, X-1 or RU-x").collect();
        assert_eq!(cited, ["RU-4", "AC-11"]);
    }

    #[test]
    fn a_tests_name_begins_with_its_rule() {
        assert_eq!(super::named("ru_4_never_changes()"), Some("RU-4".to_owned()));
        assert_eq!(super::named("er 2: hostile"), Some("ER-2".to_owned()));
        assert_eq!(super::named("rules_are_kept"), None);
    }

    #[test]
    fn a_promise_names_tests_that_are_there() {
        let page = "| promise | rules | tests |\n|---|---|---|\n| a | P-1 | `p_1_a`, `p_1_b` |\n| b | P-2 | |\n";
        let tests = std::collections::BTreeSet::from(["p_1_a".to_owned()]);
        let faults = ["SECURITY.md: no test is called `p_1_b`", "SECURITY.md: no test holds `b`"];
        assert_eq!(super::unheld(page, &tests), faults);
    }

    #[test]
    fn a_rule_with_nothing_but_a_plan_is_planned() {
        let page = "# S\n\n### H-1\n\n**Built.** Yes.\n\n> **Planned.** More.\n\n### H-2\n\n> **Planned.** All.\n";
        let rules: Vec<(String, bool)> = super::rules_of(page).collect();
        assert_eq!(rules, [("H-1".to_owned(), false), ("H-2".to_owned(), true)]);
    }
}

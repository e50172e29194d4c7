//! Refuses what must not be in the tree, since it would tie it to one machine or one mirror: names of
//! registry hosts, addresses in lock files, paths of somebody's machine; and untidy text.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Step;

/// Registry hosts, split so that this file may name them.
const HOSTS: [(&str, &str); 8] = [
    ("crates", ".io"),
    ("npmjs", ".org"),
    ("npmjs", ".com"),
    ("pypi", ".org"),
    ("pythonhosted", ".org"),
    ("debian", ".org"),
    ("rust-lang", ".org"),
    ("rustup", ".rs"),
];

/// Where home directories lie, split likewise.
const HOMES: [(&str, &str); 3] = [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/")];

/// What keeps npm from writing addresses into a lock file, whichever mirror a machine uses.
const NPMRC: &str = "omit-lockfile-registry-resolved=true";

/// Checks every file that belongs to the project.
pub(crate) fn check() -> Step {
    let files = files()?;

    let here = std::env::current_dir()?.display().to_string();
    let mut forbidden: Vec<String> = HOSTS.iter().chain(&HOMES).map(|(start, end)| format!("{start}{end}")).collect();
    forbidden.push(here);

    let mut faults = Vec::new();
    for file in &files {
        let Ok(text) = String::from_utf8(fs::read(file)?) else { continue };
        for (line, fault) in faults_in(file, &text, &forbidden) {
            faults.push(format!("{}:{line}: {fault}", file.display()));
        }
        if file.ends_with("package-lock.json") {
            let npmrc = fs::read_to_string(file.with_file_name(".npmrc")).unwrap_or_default();
            if !npmrc.lines().any(|line| line == NPMRC) {
                faults.push(format!("{}: its folder needs an `.npmrc` with `{NPMRC}`", file.display()));
            }
        }
    }
    if faults.is_empty() {
        println!("tidy: {} files", files.len());
        crate::links::check(&files)?;
        crate::blocks::check(&files)?;
        return crate::contract::check(&files);
    }
    Err(format!("untidy:\n{}", faults.join("\n")).into())
}

/// The files that git knows, or would: those that nothing ignores.
fn files() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let listed = Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).output()?;
    if !listed.status.success() {
        return Err(String::from_utf8_lossy(&listed.stderr).into());
    }
    let files = String::from_utf8(listed.stdout)?;
    Ok(files.split_terminator('\0').map(PathBuf::from).filter(|file| file.is_file()).collect())
}

/// Faults with their line numbers.
fn faults_in(file: &Path, text: &str, forbidden: &[String]) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let cargo_lock = file.ends_with("Cargo.lock");
    // Markdown ends a line with two spaces to break it; a snapshot is what it is.
    let verbatim = file.extension().is_some_and(|extension| extension == "md" || extension == "snap");
    for (index, line) in text.lines().enumerate() {
        let mut fault = |what: String| faults.push((index + 1, what));
        // Cargo gives this name to the default registry whatever mirror serves it.
        if !(cargo_lock && line.starts_with("source = ")) {
            for name in forbidden.iter().filter(|name| line.contains(name.as_str())) {
                fault(format!("names `{name}`"));
            }
        }
        if file.ends_with("package-lock.json") && line.trim_start().starts_with("\"resolved\"") {
            fault("holds an address".to_owned());
        }
        if !verbatim && line.ends_with([' ', '\t', '\r']) {
            fault("ends with a space".to_owned());
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        faults.push((text.lines().count(), "lacks a final newline".to_owned()));
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::faults_in;

    fn lines(file: &str, text: &str) -> Vec<usize> {
        let forbidden = ["registry.example".to_owned()];
        faults_in(Path::new(file), text, &forbidden).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn clean_text_has_no_fault() {
        assert!(lines("a.rs", "fn a() {}\n\n").is_empty());
        assert!(lines("empty", "").is_empty());
        assert!(lines("Cargo.lock", "source = \"registry+https://registry.example/\"\n").is_empty());
        assert!(lines("package-lock.json", "  \"version\": \"1.0.0\"\n").is_empty());
        assert!(lines("a.md", "broken  \nline\n").is_empty());
    }

    #[test]
    fn each_fault_is_found_at_its_line() {
        assert_eq!(lines("a.rs", "\n// registry.example\n"), [2]);
        assert_eq!(lines("Cargo.lock", "name = \"registry.example\"\n"), [1]);
        assert_eq!(lines("package-lock.json", "{\n  \"resolved\": \"x\"\n}\n"), [2]);
        assert_eq!(lines("a.rs", "a \nb\t\nc\r\n"), [1, 2]);
        assert_eq!(lines("a.rs", "a\nb"), [2]);
    }
}

//! The licences of the crates that are linked into a package, as its users have to get them.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write,
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

use crate::Step;

/// What the file is called in every package.
pub(crate) const FILE: &str = "THIRD-PARTY-LICENSES";

/// How the names of files begin that hold a licence, or belong to one.
const BEGINNINGS: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

const RULE: &str = "--------------------------------------------------------------------------------";

/// Writes the licences of what is linked into the libraries of workspace members.
pub(crate) fn write(members: &[&str], target: &str, file: &Path) -> Step {
    Ok(fs::write(file, notices(&linked(members, target)?)?)?)
}

/// A crate with its licence files: name and text.
struct Linked {
    name: String,
    version: String,
    license: String,
    texts: Vec<(String, String)>,
}

/// The crates of others, in the order of their names. What runs while the library is built (build scripts, procedural
/// macros) is not linked.
fn linked(members: &[&str], target: &str) -> Result<Vec<Linked>, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["metadata", "--format-version=1", "--locked", "--filter-platform", target];
    let answer = Command::new(cargo).args(args).output()?;
    if !answer.status.success() {
        return Err(String::from_utf8_lossy(&answer.stderr).into());
    }
    let metadata: &Value = &serde_json::from_slice(&answer.stdout)?;
    let packages = by_id(&metadata["packages"]);
    let resolve = &metadata["resolve"];
    let nodes = by_id(&resolve["nodes"]);
    let root = |member: &&str| {
        let found = packages.iter().find(|(_, package)| package["name"] == *member);
        found.map(|(root, _)| *root).ok_or_else(|| format!("`{member}` is no member of the workspace"))
    };
    let roots = members.iter().map(root).collect::<Result<Vec<_>, _>>()?;

    let mut found = Vec::new();
    let (mut seen, mut next) = (BTreeSet::new(), roots);
    while let Some(id) = next.pop() {
        let (Some(package), Some(node)) = (packages.get(id), nodes.get(id)) else {
            return Err(format!("cargo does not say what `{id}` is").into());
        };
        let macros = list(&package["targets"]).any(|target| list(&target["kind"]).any(|kind| kind == "proc-macro"));
        if macros || !seen.insert(id) {
            continue;
        }
        let normal = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
        next.extend(list(&node["deps"]).filter(normal).map(|dependency| text(&dependency["pkg"])));
        // A crate without a source is the project's own, whose licences lie beside this file.
        if !package["source"].is_null() {
            found.push(read(package)?);
        }
    }
    found.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(found)
}

fn read(package: &Value) -> Result<Linked, Box<dyn Error>> {
    let (name, version) = (text(&package["name"]).to_owned(), text(&package["version"]).to_owned());
    let folder = Path::new(text(&package["manifest_path"])).parent().ok_or("a manifest without a folder")?;
    let mut texts = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        let called = file.file_name().to_string_lossy().into_owned();
        if BEGINNINGS.iter().any(|beginning| called.to_uppercase().starts_with(beginning)) && file.path().is_file() {
            texts.push((called, fs::read_to_string(file.path())?.replace("\r\n", "\n").trim_end().to_owned()));
        }
    }
    if texts.is_empty() {
        return Err(format!("{name} {version} comes without the text of its licence").into());
    }
    texts.sort();
    Ok(Linked { name, version, license: text(&package["license"]).to_owned(), texts })
}

/// A text that several crates share is printed once, below the names of all of them.
fn notices(crates: &[Linked]) -> Result<String, Box<dyn Error>> {
    let mut out = String::from("This package holds compiled code of these crates, under these licences:\n\n");
    for Linked { name, version, license, .. } in crates {
        writeln!(out, "{name} {version}: {license}")?;
    }
    out.push_str(
        "\nIt also holds code of the Rust standard library, by the Rust project contributors: MIT OR Apache-2.0\n",
    );
    let mut texts: Vec<(&str, Vec<String>)> = Vec::new();
    for Linked { name, version, texts: own, .. } in crates {
        for (file, text) in own {
            let title = format!("{name} {version}, {file}");
            match texts.iter_mut().find(|(known, _)| known == text) {
                Some((_, titles)) => titles.push(title),
                None => texts.push((text, vec![title])),
            }
        }
    }
    for (text, titles) in texts {
        write!(out, "\n{RULE}\n{}\n{RULE}\n\n{text}\n", titles.join("\n"))?;
    }
    Ok(out)
}

fn by_id(all: &Value) -> BTreeMap<&str, &Value> {
    list(all).map(|one| (text(&one["id"]), one)).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Linked, linked, notices};

    fn of(name: &str, texts: &[(&str, &str)]) -> Linked {
        let texts = texts.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        Linked { name: name.to_owned(), version: "1.0.0".to_owned(), license: "MIT".to_owned(), texts }
    }

    #[test]
    fn a_text_that_crates_share_is_printed_once() {
        let crates = [of("a", &[("LICENSE", "one"), ("NOTICE", "two")]), of("b", &[("COPYING", "one")])];
        let notices = notices(&crates).unwrap_or_default();
        assert!(notices.contains("a 1.0.0: MIT\nb 1.0.0: MIT\n"), "{notices}");
        assert!(notices.contains("--\na 1.0.0, LICENSE\nb 1.0.0, COPYING\n--"), "{notices}");
        assert_eq!((notices.matches("\none\n").count(), notices.matches("\ntwo\n").count()), (1, 1), "{notices}");
    }

    #[test]
    fn what_is_linked_is_found_and_what_only_builds_is_not() {
        for member in ["tenantry-wasm", "tenantry-python"] {
            let crates = linked(&[member], "wasm32-unknown-unknown").unwrap_or_default();
            let names: Vec<&str> = crates.iter().map(|linked| linked.name.as_str()).collect();
            for name in
                ["hashbrown", "sha2", "zeroize", if member == "tenantry-wasm" { "wasm-bindgen" } else { "pyo3" }]
            {
                assert!(names.contains(&name), "{name} in {names:?}");
            }
            for name in ["tenantry", "syn", "serde_derive", "wasm-bindgen-cli-support", "insta", member] {
                assert!(!names.contains(&name), "{name} in {names:?}");
            }
            assert!(crates.iter().all(|linked| linked.texts.iter().any(|(_, text)| text.len() > 200)));
        }
    }
}

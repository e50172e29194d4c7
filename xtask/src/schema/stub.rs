//! The stub of the native module: a template whose `#each` lines become one overload for each request.

use super::methods::python_stubs;
use super::native_docs::{NativeDocs, native_docs};
use super::{Request, Schema};
use std::error::Error;

const TEMPLATE: &str = include_str!("stub.pyi");
const STORES: &str = include_str!("stores.pyi");

/// `tenantry/_tenantry.pyi`: the template filled in. A line `#each command def execute(…REQUEST…) -> ANSWER: ...` stands for all
/// commands, `#each query …` for all queries, and `#methods` for a method of each.
pub(crate) fn stub(schema: &Schema) -> Result<String, Box<dyn Error>> {
    Ok(documented(&filled(TEMPLATE, schema), &native_docs()?))
}

/// `tenantry/stores/_store.pyi`: the template filled in, and what comes after `#twice` once more for `await`.
pub(crate) fn stores_stub(schema: &Schema) -> Result<String, Box<dyn Error>> {
    let (head, classes) = STORES.split_once("#twice\n").unwrap_or((STORES, ""));
    let classes = documented(&filled(classes, schema), &native_docs()?);
    let mut out = format!("{head}{classes}");
    for line in classes.lines() {
        let plain = ["    def acting_as", "    def __", "    def iter_"].iter().any(|name| line.starts_with(name));
        let line = if plain { line.to_owned() } else { line.replace("    def ", "    async def ") };
        let line = line.replace("Store", "AsyncStore").replace("-> Iterator[", "-> AsyncIterator[");
        out.push_str(line.replace("AsyncStored", "Stored").as_str());
        out.push('\n');
    }
    Ok(out)
}

/// The stub with the texts of the native module: once for each name, at its first overload. An actor bound to a store
/// has the texts of one that is bound to an instance.
fn documented(stub: &str, docs: &NativeDocs) -> String {
    let (mut out, mut class, mut name) = (String::new(), String::new(), String::new());
    let mut left = docs.clone();
    for line in stub.lines() {
        let named = |keyword: &str| {
            let rest = line.trim_start().strip_prefix(keyword)?;
            rest.split(['(', ':']).next().map(str::to_owned)
        };
        let declared = named("class ");
        if let Some(declared) = &declared {
            class = declared.trim_start_matches("Store").to_owned();
        } else if let Some(declared) = named("def ") {
            name = declared;
            if !line.starts_with(' ') {
                class.clear();
            }
        }
        let key = match &declared {
            Some(declared) => (declared.clone(), String::new()),
            None => (class.clone(), name.clone()),
        };
        let end = if declared.is_some() { Some(line) } else { line.strip_suffix(" ...") };
        let text = end.and_then(|_| left.remove(&key)).filter(|text| !text.is_empty());
        match (end, text) {
            (Some(end), Some(text)) => {
                let indent = if class.is_empty() || declared.is_some() { "    " } else { "        " };
                out.push_str(&format!("{end}\n{indent}\"\"\"{text}\"\"\"\n"));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

fn filled(template: &str, schema: &Schema) -> String {
    let mut out = String::new();
    for line in template.lines() {
        if line.trim() == "#methods" {
            out.push_str(&python_stubs(schema));
            continue;
        }
        let indent = line.strip_suffix(line.trim_start()).unwrap_or_default();
        let each = line.trim_start().strip_prefix("#each ").and_then(|each| each.split_once(' '));
        let Some((member, signature)) = each else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        for Request { definition, answer, .. } in schema.requests(member) {
            let signature = signature
                .replace("REQUEST", &format!("t.{}", definition.name))
                .replace("ANSWER", &format!("t.{answer}"));
            out.push_str(&format!("{indent}@overload\n{indent}{signature}\n"));
        }
    }
    out
}

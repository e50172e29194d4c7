//! The stub of the native module: a template whose `#each` lines become one overload for each request.

use super::methods::python_stubs;
use super::{Request, Schema};

const TEMPLATE: &str = include_str!("stub.pyi");
const STORES: &str = include_str!("stores.pyi");

/// `tenantry/_tenantry.pyi`: the template filled in. A line `#each command def execute(…REQUEST…) -> ANSWER: ...` stands for all
/// commands, `#each query …` for all queries, and `#methods` for a method of each.
pub(crate) fn stub(schema: &Schema) -> String {
    filled(TEMPLATE, schema)
}

/// `tenantry/stores/_face.pyi`: the template filled in, and what comes after `#twice` once more for `await`.
pub(crate) fn stores_stub(schema: &Schema) -> String {
    let (head, classes) = STORES.split_once("#twice\n").unwrap_or((STORES, ""));
    let classes = filled(classes, schema);
    let mut out = format!("{head}{classes}");
    for line in classes.lines() {
        let plain = ["    def acting_as", "    def __", "    def iter_"].iter().any(|name| line.starts_with(name));
        let line = if plain { line.to_owned() } else { line.replace("    def ", "    async def ") };
        let line = line.replace("Store", "AsyncStore").replace("-> Iterator[", "-> AsyncIterator[");
        out.push_str(line.replace("AsyncStored", "Stored").as_str());
        out.push('\n');
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

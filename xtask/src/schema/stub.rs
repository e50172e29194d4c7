//! The stub of the native module: a template whose `#each` lines become one overload for each request.

use super::methods::python_stubs;
use super::{Request, Schema};

const TEMPLATE: &str = include_str!("stub.pyi");

/// `tenantry/_tenantry.pyi`: the template filled in. A line `#each command def execute(…REQUEST…) -> ANSWER: ...` stands for all
/// commands, `#each query …` for all queries, and `#methods` for a method of each.
pub(crate) fn stub(schema: &Schema) -> String {
    let mut out = String::new();
    for line in TEMPLATE.lines() {
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

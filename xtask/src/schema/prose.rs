//! Rust's documentation as other languages show it.

use std::borrow::Cow;

use tenantry::shape::{Definition, Field};

/// Without examples, links and what is said of Rust, each paragraph on a line.
fn plain(text: &str) -> String {
    let mut paragraphs = vec![String::new()];
    let mut in_example = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if line.is_empty() || in_example {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty() && !paragraph.starts_with("In Rust "));
    without_links(&paragraphs.join("\n\n")).into_owned()
}

/// What a definition is.
pub(super) fn doc(definition: &Definition) -> String {
    plain(definition.doc)
}

/// What a field holds, for a schema.
pub(super) fn field_doc(field: &Field) -> String {
    plain(field.doc)
}

/// What a field holds on one line, with its default.
pub(super) fn about(field: &Field) -> String {
    let default = field.default.as_ref().map(|json| format!(" Default `{json}`.")).unwrap_or_default();
    format!("{}{default}", plain(field.doc).replace('\n', " ")).trim().to_owned()
}

/// `` [`Name`](path) `` as `` `Name` ``.
fn without_links(text: &str) -> Cow<'_, str> {
    let Some((before, rest)) = text.split_once("[`") else { return Cow::Borrowed(text) };
    let Some((name, rest)) = rest.split_once("`]") else { return Cow::Borrowed(text) };
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
    Cow::Owned(format!("{before}`{name}`{}", without_links(rest)))
}

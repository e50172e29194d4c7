//! The sections of the documentation that come from the core's tables: errors, lifecycles, permissions.

use std::{error::Error, fs};

use tenantry::shape::Shape;
use tenantry::shapes;
use tenantry::{Permission, Permitted, PermittedKey, Role};

/// Where the crate docs have the lifecycles from.
pub(crate) const LIFECYCLES: &str = "core/docs/lifecycles.md";

const END: &str = "<!-- end of generated -->";

/// The pages with generated sections.
pub(crate) const ERRORS_PAGE: &str = "docs/errors.md";
pub(crate) const LIFECYCLES_PAGE: &str = "docs/lifecycles.md";
pub(crate) const PERMISSIONS_PAGE: &str = "docs/permissions.md";
pub(crate) const COMMAND_LINE_PAGE: &str = "docs/command-line.md";

/// What the command line prints, as all languages are tested to do.
const CASES: &str = "tests/command-line/cases.json";

/// The page of errors with its table made again.
pub(crate) fn errors_page() -> Result<String, Box<dyn Error>> {
    Ok(put(&fs::read_to_string(ERRORS_PAGE)?, "errors", &errors())?)
}

/// A package's README with the table of its policy made again.
pub(crate) fn package_readme(path: &str) -> Result<String, Box<dyn Error>> {
    Ok(put(&fs::read_to_string(path)?, "policy", &policy()?)?)
}

/// The options of a policy and their defaults.
fn policy() -> Result<String, Box<dyn Error>> {
    let policy = shapes::inputs().into_iter().find(|definition| definition.name == "Policy").ok_or("no policy")?;
    let Shape::Object(object) = policy.shape else { return Err("the policy is no object".into()) };
    let mut out = String::from("| option | default | what it decides |\n|---|---|---|\n");
    for field in object.fields {
        let default = field.default.filter(|default| default != "{}");
        let default = default.map_or_else(String::new, |default| format!("`{default}`"));
        out.push_str(&format!("| `{}` | {default} | {} |\n", field.name, cell(field.doc.trim())));
    }
    Ok(out)
}

/// The table of errors as data.
pub(crate) fn errors_json() -> Result<String, Box<dyn Error>> {
    Ok(serde_json::to_string_pretty(&tenantry::error_catalog())? + "\n")
}

/// The page of lifecycles with its diagrams drawn again.
pub(crate) fn lifecycles_page() -> Result<String, Box<dyn Error>> {
    Ok(put(&fs::read_to_string(LIFECYCLES_PAGE)?, "lifecycles", &lifecycles()?)?)
}

/// The page of permissions with its table made again.
pub(crate) fn permissions_page() -> Result<String, Box<dyn Error>> {
    Ok(put(&fs::read_to_string(PERMISSIONS_PAGE)?, "permissions", &permissions())?)
}

/// The page of the command line with the help of all commands.
pub(crate) fn command_line_page() -> Result<String, Box<dyn Error>> {
    let cases: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(CASES)?)?;
    Ok(put(&fs::read_to_string(COMMAND_LINE_PAGE)?, "command line", &command_line(&cases))?)
}

/// The help of each command that has a case.
fn command_line(cases: &[serde_json::Value]) -> String {
    let mut out = String::new();
    for case in cases {
        let lines = case["stdout"].as_array().into_iter().flatten().filter_map(|line| line.as_str());
        match case["args"].as_str().and_then(|args| args.strip_suffix("--help")).map(str::trim) {
            None | Some("") => {}
            Some(command) => {
                let help: Vec<&str> = lines.collect();
                out.push_str(&format!("### {command}\n\n```text\n{}\n```\n\n", help.join("\n")));
            }
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// Puts a section between its two marks.
fn put(text: &str, name: &str, section: &str) -> Result<String, String> {
    let begin = format!("<!-- generated: {name} -->\n");
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("no generated section `{name}`"))?;
    Ok(format!("{before}{begin}\n{section}\n{END}{after}"))
}

/// The table of errors.
fn errors() -> String {
    let mut out = String::from(
        "| # | code | status, kind | what it means | what to do |\n\
         |--:|---|---|---|---|\n",
    );
    for row in tenantry::error_catalog() {
        let retry = if row.retryable { ", retryable" } else { "" };
        let (meaning, what_to_do) = (cell(row.meaning), cell(row.what_to_do));
        let kind = format!("{} `{}`{retry}", row.status, row.kind.as_str());
        out.push_str(&format!(
            "| {} | [`{1}`](errors/{1}.md) | {kind} | {meaning} | {what_to_do} |\n",
            row.number, row.code
        ));
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The table of permissions, a line for all requests that permit the same.
fn permissions() -> String {
    let mut groups: Vec<(Permitted, Vec<String>)> = Vec::new();
    for Permission { request, when, permitted, .. } in tenantry::permissions() {
        let name = when.map_or_else(|| format!("`{request}`"), |when| format!("`{request}` if {when}"));
        match groups.iter_mut().find(|(known, _)| *known == permitted) {
            Some((_, names)) => names.push(name),
            None => groups.push((permitted, vec![name])),
        }
    }
    let mut out = String::from(
        "| command, query or call | access keys | accounts | registered user | anonymous |\n\
         |---|---|---|---|---|\n",
    );
    let yes = |may: bool| if may { "yes" } else { "no" };
    for (permitted, names) in groups {
        let key = permitted.access_key.map_or_else(|| "no".to_owned(), |needed| key_needs(&needed));
        let accounts = match permitted.account_roles {
            [] => "no".to_owned(),
            Role::ALL => "every role".to_owned(),
            roles => roles.iter().map(|role| format!("`{}`", role.as_str())).collect::<Vec<_>>().join(", "),
        };
        let (registered_user, anonymous) = (yes(permitted.registered_user), yes(permitted.anonymous));
        let names = names.join(", ");
        out.push_str(&format!("| {names} | {key} | {accounts} | {registered_user} | {anonymous} |\n"));
    }
    out
}

pub(crate) fn key_needs(needed: &PermittedKey) -> String {
    let mut parts = Vec::new();
    if let Some(scopes) = needed.scopes {
        parts.push(scopes.iter().map(|scope| format!("`{}`", scope.as_str())).collect::<Vec<_>>().join(" or "));
    }
    parts.extend(needed.environment.map(|environment| format!("of `{}`", environment.as_str())));
    if !needed.without.is_empty() {
        let fields: Vec<String> = needed.without.iter().map(|field| format!("`{}`", field.as_str())).collect();
        parts.push(format!("without {}", fields.join(" and ")));
    }
    if parts.is_empty() { "every key".to_owned() } else { parts.join(", ") }
}

/// The diagrams of all lifecycles.
pub(crate) fn lifecycles() -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    for machine in tenantry::MACHINES {
        let diagram = tenantry::lifecycle_diagram(machine).ok_or_else(|| format!("no lifecycle `{machine}`"))?;
        let separator = if out.is_empty() { "" } else { "\n" };
        out.push_str(&format!("{separator}`{machine}`\n\n```mermaid\n{diagram}```\n"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn a_section_is_put_between_its_marks_and_nowhere_else() {
        let text = "a\n<!-- generated: x -->\nold\n<!-- end of generated -->\nb\n";
        let new = "a\n<!-- generated: x -->\n\nnew\n<!-- end of generated -->\nb\n";
        assert_eq!(put(text, "x", "new").as_deref(), Ok(new));
        assert_eq!(put(new, "x", "new").as_deref(), Ok(new));
        assert!(put(text, "y", "new").is_err());
        assert!(put("<!-- generated: x -->\n", "x", "new").is_err());
    }
}

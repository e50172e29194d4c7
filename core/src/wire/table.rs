//! An explanation as a text to read: a Markdown table, which consoles show as it is and notebooks draw.

use super::input::Input;
use crate::access::CheckResult;
use crate::error::Rejection;
use crate::json::{Value, to_canonical};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The decision, its checks with ✓ and ✗, and its remedies. What an explanation does not have is left out.
///
/// # Errors
/// What is not JSON.
pub fn explanation_table<'e>(explanation: impl Into<Input<'e>>) -> Result<String, Rejection> {
    let explanation = explanation.into().document()?;
    let mut out = headline(explanation.get("decision"));
    let rows: Vec<[String; 3]> = items(explanation.get("checks")).map(row).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(8)
    };
    let (check, compared) = (width(1), width(2));
    out.push_str(&format!("\n|   | {:check$} | {:compared$} |\n", "check", "compared"));
    out.push_str(&format!("|---|{:-<1$}|{2:-<3$}|\n", "", check + 2, "", compared + 2));
    for [mark, name, value] in &rows {
        out.push_str(&format!("| {mark} | {name:check$} | {value:compared$} |\n"));
    }
    for (index, remedy) in items(explanation.get("remedies")).enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let steps: Vec<String> = items(remedy.get("steps")).map(step).collect();
        let whole = if remedy.get("complete") == Some(&Value::Bool(true)) { "" } else { "; more is needed then" };
        out.push_str(&format!("{gap}{}. {}{whole}\n", index + 1, steps.join(", then ")));
    }
    Ok(out)
}

fn items<'v>(list: Option<&'v Value<'v>>) -> impl Iterator<Item = &'v Value<'v>> {
    match list {
        Some(Value::Array(items)) => items.iter(),
        _ => [].iter(),
    }
}

fn headline(decision: Option<&Value<'_>>) -> String {
    let member = |name| decision.and_then(|decision| decision.get(name)).and_then(Value::as_str).map(plain);
    match (member("code"), member("tool"), member("message"), member("what_to_do")) {
        (Some(code), _, message, way_out) => {
            format!("deny: {code}: {}; {}\n", message.unwrap_or_default(), way_out.unwrap_or_default())
        }
        (None, tool, ..) => format!("allow: {}\n", tool.unwrap_or_default()),
    }
}

fn row(check: &Value<'_>) -> [String; 3] {
    let word = |name| check.get(name).and_then(Value::as_str).unwrap_or_default();
    let mark = match CheckResult::ALL.iter().find(|result| result.as_str() == word("result")) {
        Some(CheckResult::Passed) => "✓",
        Some(CheckResult::Failed) => "✗",
        Some(CheckResult::NotReached) | None => " ",
    };
    let compared = check.get("compared").filter(|compared| !matches!(compared, Value::Null));
    [mark.to_string(), plain(word("check")), compared.map(code).unwrap_or_default()]
}

fn step(step: &Value<'_>) -> String {
    let word = |name| step.get(name).and_then(Value::as_str).map(plain).unwrap_or_default();
    let open: Vec<String> = items(step.get("parameters")).filter_map(Value::as_str).map(plain).collect();
    let open = if open.is_empty() { String::new() } else { format!(", fill in {}", open.join(", ")) };
    let not_yours = if step.get("command").is_none() { ", not by this actor" } else { "" };
    format!("{} (for this {}{open}{not_yours})", word("kind"), word("affects"))
}

/// A value as code, in which nothing ends the code, the cell or begins an element.
fn code(value: &Value<'_>) -> String {
    let escape = |letter| match letter {
        '`' | '|' | '<' | '&' => format!("\\u{:04x}", u32::from(letter)),
        letter => String::from(letter),
    };
    format!("`{}`", to_canonical(value).chars().map(escape).collect::<String>())
}

/// A text of the core's own, which must not draw anything either where it is not.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '|' | '<' | '&') && !letter.is_control()).collect()
}

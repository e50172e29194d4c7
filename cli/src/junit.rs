//! JUnit's XML of what ran: a suite for each file, a case for each step.

use std::path::Path;

use tenantry::Transcript;
use tenantry::json::{Value, parse_document, to_canonical};
use tenantry::wire::visible;

use crate::console::Failure;

/// The suite of a file: its steps, or why it did not run.
pub(crate) fn suite(file: &Path, ran: &Result<Transcript, Failure>) -> String {
    let name = file.display().to_string();
    match ran {
        Ok(transcript) => steps(&name, transcript),
        Err(Failure::Invalid(faults) | Failure::Impossible(faults)) => {
            let body = element("error", &[("message", "not run")], &xml(&faults.join("\n")));
            let case = element("testcase", &[("classname", &name), ("name", "the scenario")], &body);
            element("testsuite", &[("name", &name), ("tests", "1"), ("failures", "0"), ("errors", "1")], &case)
        }
        Err(Failure::Output(_)) => String::new(),
    }
}

/// The whole document.
pub(crate) fn report(suites: &[String]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", element("testsuites", &[], &suites.concat()))
}

fn steps(file: &str, transcript: &Transcript) -> String {
    let read = parse_document(transcript.as_json()).unwrap_or_default();
    let list = match read.get("steps") {
        Some(Value::Array(steps)) => steps.as_slice(),
        _ => &[],
    };
    // The story has a line for each step, and beneath a failed one why it failed.
    let story = transcript.story();
    let mut lines = story.lines().skip_while(|line| !line.starts_with(['✓', '✗'])).peekable();
    let mut cases = String::new();
    for step in list {
        let line = lines.next().unwrap_or_default();
        let mut reasons = Vec::new();
        while let Some(reason) = lines.next_if(|line| line.starts_with(' ')) {
            reasons.push(reason.trim_start());
        }
        let failed = step.get("pass") != Some(&Value::Bool(true));
        let body =
            if failed { element("failure", &[("message", &reasons.join("; "))], &xml(line)) } else { String::new() };
        cases.push_str(&element("testcase", &[("classname", file), ("name", &name(step))], &body));
    }
    let summary = transcript.summary();
    let (tests, failures) = (summary.steps.to_string(), summary.failed.to_string());
    element("testsuite", &[("name", file), ("tests", &tests), ("failures", &failures), ("errors", "0")], &cases)
}

/// What a step is called, whatever came of it: `3: host: execute create_organization`.
fn name(step: &Value<'_>) -> String {
    let number = step.get("step").map(to_canonical).unwrap_or_default();
    let Some(Value::Object(request)) = step.get("request") else { return number };
    let who = request.iter().find(|(key, _)| key == "as").and_then(|(_, who)| who.as_str());
    let what = request.iter().find(|(key, _)| key != "as" && key != "sweep").map(|(call, asked)| {
        let name = ["command", "query", "tool"].iter().find_map(|member| asked.get(member)?.as_str());
        format!("{call} {}", name.or(asked.as_str()).unwrap_or_default())
    });
    let parts = [Some(number.as_str()), who, what.as_deref().map(str::trim_end)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// An element with its attributes; what is in it is XML already.
fn element(name: &str, attributes: &[(&str, &str)], content: &str) -> String {
    let attributes: String = attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", xml(value))).collect();
    if content.is_empty() {
        return format!("<{name}{attributes}/>\n");
    }
    let content = content.trim_end_matches('\n');
    format!("<{name}{attributes}>\n{content}\n</{name}>\n")
}

/// A text in XML, which has no control characters, and neither U+FFFE nor U+FFFF.
fn xml(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(visible).collect();
    let text = lines.join("\n").replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn a_text_holds_nothing_that_xml_forbids() {
        assert_eq!(xml("a\u{fffe}\u{ffff}\u{1}<&\"\nb"), "a\\u{fffe}\\u{ffff}\\u{1}&lt;&amp;&quot;\nb");
    }
}

//! A transcript as a text to read: step, time, who, what, outcome, why.

use super::describe_step::{Names, outcome_of, shortened, what_of};
use super::run::CALLS;
use crate::declare::Integer;
use crate::declare::read::{Object, Reader};
use crate::error::{Code, Rejection, quoted, visible};
use crate::json::{Path, Value, to_canonical};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Renders a transcript: a line for each step, and beneath a failed one what was expected of it.
pub(crate) fn story(transcript: &Value<'_>) -> Result<String, Rejection> {
    let policy = crate::policy::Policy::default();
    let mut reader = Reader::new(None, &policy);
    let told = read(transcript, &mut reader).map(|(name, steps)| tell(&name, &steps));
    match reader.violations.into_rejection() {
        Some(rejection) => Err(rejection),
        None => told.ok_or_else(|| Rejection::new(Code::InvalidRequest)),
    }
}

/// A step of a transcript, as far as a story shows it.
struct Told<'v> {
    number: u64,
    now: String,
    who: String,
    /// The member that asks, and what it asks for.
    asked: (&'static str, &'v Value<'v>),
    result: &'v Value<'v>,
    pass: bool,
    mismatches: &'v [Value<'v>],
}

fn read<'v>(transcript: &'v Value<'v>, reader: &mut Reader<'_>) -> Option<(String, Vec<Told<'v>>)> {
    let object = Object::open(transcript, &Path::ROOT, &["scenario", "steps", "summary"], reader)?;
    let name = object.required("scenario", reader);
    let at = object.at("steps");
    let steps = match object.present("steps") {
        Some(Value::Array(steps)) => steps,
        Some(other) => return reader.mistyped("an array", other, &at),
        None => return reader.report(Code::InvalidRequest, &at, "`steps` is required"),
    };
    let told = steps.iter().enumerate().map(|(index, step)| read_step(step, &at.index(index), reader));
    let told = told.collect::<Vec<_>>();
    Some((name?, told.into_iter().collect::<Option<_>>()?))
}

fn read_step<'v>(step: &'v Value<'v>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Told<'v>> {
    const FIELDS: &[&str] = &["step", "now", "request", "result", "pass", "mismatches"];
    let object = Object::open(step, path, FIELDS, reader)?;
    let number = object.required_as::<Integer<1>, u64>("step", reader);
    let now = object.required::<String>("now", reader);
    let request = object.present("request");
    let asked = request.and_then(|request| {
        let names = CALLS.iter().map(|call| call.name).chain(["advance"]);
        names.into_iter().find_map(|name| Some((name, request.get(name)?)))
    });
    if asked.is_none() {
        let message = "expected the request of a step, such as `{\"as\": …, \"execute\": …}`";
        reader.violations.add(Code::InvalidRequest, &object.at("request"), message);
    }
    let who = request.and_then(|request| request.get("as")).and_then(Value::as_str).unwrap_or_default();
    let pass = object.required("pass", reader);
    let mismatches = match object.present("mismatches") {
        Some(Value::Array(items)) => items,
        _ => &[][..],
    };
    Some(Told {
        number: number?,
        now: quoted(&now?),
        who: quoted(who),
        asked: asked?,
        result: object.given("result").unwrap_or(&Value::Null),
        pass: pass?,
        mismatches,
    })
}

fn tell(name: &str, steps: &[Told<'_>]) -> String {
    let mut names = Names::default();
    let mut lines = Vec::new();
    for step in steps {
        lines.push((step, visible(&what_of(step.asked, &names)), visible(&outcome_of(step.result, &names))));
        names.learn(step.result);
    }
    let number_width = steps.last().map_or(1, |step| step.number.to_string().len());
    let now_width = steps.iter().map(|step| length(&step.now)).max().unwrap_or(0);
    let who_width = steps.iter().map(|step| length(&step.who)).max().unwrap_or(0);
    let what_width = lines.iter().map(|(_, what, _)| length(what)).max().unwrap_or(0);

    let mut out = format!("{}\n\n", visible(name));
    for (step, what, outcome) in &lines {
        let mark = if step.pass { '✓' } else { '✗' };
        out.push_str(&format!(
            "{mark} {:>number_width$}  {:now_width$}  {:who_width$}  {what:what_width$}  {outcome}\n",
            step.number, step.now, step.who,
        ));
        if !step.pass {
            tell_failure(step, &mut out);
        }
    }
    let failed = steps.iter().filter(|step| !step.pass).count();
    let passed = steps.len() - failed;
    let verdict = if failed == 0 { format!("{passed} passed") } else { format!("{passed} passed, {failed} failed") };
    let noun = if steps.len() == 1 { "step" } else { "steps" };
    out.push_str(&format!("\n{} {noun}: {verdict}\n", steps.len()));
    out
}

/// Of what was expected and of what came, so much is shown.
const LONGEST: usize = 200;

fn tell_failure(step: &Told<'_>, out: &mut String) {
    if step.mismatches.is_empty() {
        out.push_str("    unexpected rejection\n");
    }
    for mismatch in step.mismatches {
        let pointer = mismatch.get("pointer").and_then(Value::as_str).unwrap_or_default();
        let shown = |name: &str| mismatch.get(name).map(|value| visible(&shortened(&to_canonical(value), LONGEST)));
        let place = if pointer.is_empty() { String::new() } else { format!(" at {}", quoted(pointer)) };
        let expected = shown("expected").unwrap_or_else(|| String::from("something to save"));
        let found = shown("found").unwrap_or_else(|| String::from("nothing"));
        out.push_str(&format!("    expected{place}: {expected}\n    found: {found}\n"));
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

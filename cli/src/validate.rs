//! `tenantry validate`: what is wrong with the form of a file.

use std::path::{Path, PathBuf};

use clap::Args;
use tenantry::json::{Value, to_canonical};
use tenantry::{Code, Error, Options, Rejection, Tenantry, Violation, simulate, wire};

use crate::console::{BAD, Console, Failure, GOOD, PLAIN, named};
use crate::file;

/// Check the form of commands, queries, tool calls, scenarios or snapshots
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry validate create-user.json")]
pub(crate) struct Validate {
    /// Each a command, a query, a tool call, a scenario or a snapshot, as JSON; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The policy, as JSON [default: the default policy]
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Print the violations of each file, a line of canonical JSON each
    #[arg(long)]
    json: bool,
}

impl Validate {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let policy = match &self.policy {
            Some(file) => file::json(console, file)?,
            None => Value::Null,
        };
        let malformed =
            |rejection: Rejection| file::invalid(self.policy.as_deref().unwrap_or(Path::new("")), &rejection);
        let mut status = 0;
        for file in &self.files {
            match file::json(console, file) {
                Ok(value) => {
                    let (what, violations) = check(&value, &policy).map_err(malformed)?;
                    status = status.max(u8::from(!violations.is_empty()));
                    self.print(console, file, what, &violations)?;
                }
                Err(failure) => status = status.max(console.fail(&failure)),
            }
        }
        Ok(status)
    }

    fn print(&self, console: &mut Console<'_>, file: &Path, what: &str, found: &[Violation]) -> Result<(), Failure> {
        if self.json {
            return console.raw(&format!("{}\n", to_canonical(&found)));
        }
        if found.is_empty() {
            return console.line(&[(GOOD, "✓"), (PLAIN, &format!(" {}", named(file, what)))]);
        }
        found.iter().try_for_each(|violation| {
            let fault = format!("{} ({})", file::fault(violation), violation.code);
            console.line(&[(BAD, "✗"), (PLAIN, &format!(" {}", named(file, &fault)))])
        })
    }
}

/// What a value is, and what is wrong with it. An error is the policy's.
fn check(value: &Value<'_>, policy: &Value<'_>) -> Result<(&'static str, Vec<Violation>), Rejection> {
    let has = |member| value.get(member).is_some();
    Ok(if has("command") {
        ("a command", wire::validate(value, policy)?)
    } else if has("query") {
        ("a query", request(value, policy)?)
    } else if has("tool") {
        ("a tool call", request(value, policy)?)
    } else if has("steps") || has("scenario") {
        ("a scenario", refused(simulate(value)))
    } else if has("format_version") {
        ("a snapshot", refused(Tenantry::restore(&to_canonical(value), Options::default())))
    } else {
        let wanted = "a command, a query, a tool call, a scenario or a snapshot";
        let message = format!("expected {wanted}: a member `command`, `query`, `tool`, `steps` or `format_version`");
        ("nothing", vec![Violation { code: Code::InvalidRequest, pointer: String::new(), message }])
    })
}

/// The form of a request: what an instance that has no rows finds before it asks for some.
fn request(value: &Value<'_>, policy: &Value<'_>) -> Result<Vec<Violation>, Rejection> {
    const SOMEWHERE: &str = r#"{"now": "2026-01-31T10:00:00Z",
        "actor": {"type": "system", "organization_id": "org_any", "environment": "test"}}"#;
    let options = Value::Object(vec![("policy".into(), policy.clone()), ("rows".into(), Value::Bool(true))]);
    match wire::requirements(&wire::new(&options)?, value, SOMEWHERE) {
        Err(Error::Rejected(rejection)) => Ok(rejection.violations),
        Ok(_) | Err(Error::Usage(_)) => Ok(Vec::new()),
    }
}

fn refused<T>(result: Result<T, Rejection>) -> Vec<Violation> {
    result.err().map(|rejection| rejection.violations).unwrap_or_default()
}

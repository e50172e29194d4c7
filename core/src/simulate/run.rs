//! Running a scenario, and writing down what happens.

use super::budget::{Budget, Exhausted};
use super::expect::{Comparison, Mismatch};
use super::mask::masked;
use super::reference::{Saved, Unresolved};
use super::scenario::Scenario;
use super::step::{CallStep, Step};
use super::{Summary, Transcript};
use crate::context::Actor;
use crate::error::{Code, Error, Rejection};
use crate::json::{Malformed, Path, Value, parse_document, push_canonical, to_canonical};
use crate::tenantry::{Options, Tenantry};
use crate::time::Timestamp;
use crate::wire::{self, HostContext, Input};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

/// A thing that a step may ask for: the member that asks for it, the members that its step may
/// have, and the function of the JSON API that answers it.
pub(super) struct Call {
    pub(super) name: &'static str,
    pub(super) fields: &'static [&'static str],
    answer: fn(&mut Tenantry, Input<'_>, HostContext<'_>) -> Result<String, Error>,
}

macro_rules! calls {
    ($($name:literal $([$extra:literal])? => $answer:expr;)*) => {
        &[$(Call { name: $name, fields: &["as", $name, $($extra,)? "expect"], answer: $answer },)*]
    };
}

pub(super) const CALLS: &[Call] = calls! {
    "execute" ["save"] => |tenantry, command, context| wire::execute(tenantry, command, context);
    "authorize" => |tenantry, call, context| wire::authorize(tenantry, call, context);
    "authorize_batch" => |tenantry, calls, context| wire::authorize_batch(tenantry, calls, context);
    "explain" => |tenantry, call, context| wire::explain(tenantry, call, context);
    "preview" => |tenantry, command, context| wire::preview(tenantry, command, context);
    "query" => |tenantry, query, context| wire::query(tenantry, query, context);
};

/// A simulation under way.
struct Run<'v> {
    tenantry: Tenantry,
    now: Timestamp,
    saved: Saved<'v>,
    budget: Budget,
    /// The transcript's steps, as canonical JSON.
    steps: String,
    summary: Summary,
}

pub(super) fn run(scenario: &Scenario<'_>, budget: Budget) -> Result<Transcript, Rejection> {
    let mut run = Run {
        tenantry: Tenantry::with_options(Options {
            policy: scenario.policy.clone(),
            journal: true,
            ..Options::default()
        })?,
        now: scenario.start,
        saved: Saved::default(),
        budget,
        steps: String::new(),
        summary: Summary::default(),
    };
    let seed = Sha256::new().chain_update(scenario.seed).chain_update(":");
    for (index, step) in scenario.steps.iter().enumerate() {
        let taken = match step {
            Step::Call(call) => run.call(call, &seed),
            Step::Advance { duration, sweep, text } => {
                run.now = run.now.saturating_add(*duration);
                run.advance(text, *sweep)
            }
        };
        taken.map_err(|Exhausted| {
            let pointer = Path::ROOT.key("steps").index(index).pointer();
            Malformed::new(pointer, "the transcript is too large: the steps up to this one produced too much output")
        })?;
    }
    let (name, steps, summary) = (to_canonical(scenario.name), run.steps, to_canonical(&run.summary));
    let json = format!(r#"{{"scenario":{name},"steps":[{steps}],"summary":{summary}}}"#);
    Ok(Transcript { json, summary: run.summary })
}

/// What a step gave.
struct Given {
    /// The result, as canonical JSON.
    result: String,
    rejected: bool,
}

impl From<Result<String, Error>> for Given {
    fn from(answer: Result<String, Error>) -> Self {
        match answer {
            Ok(result) => Given { result, rejected: false },
            Err(error) => Given { result: to_canonical(error.recorded()), rejected: true },
        }
    }
}

impl<'v> Run<'v> {
    fn call(&mut self, step: &CallStep<'v>, seed: &Sha256) -> Result<(), Exhausted> {
        let number = self.summary.steps + 1;
        let resolved = self.saved.resolve(step.request, &mut self.budget);
        let resolved = resolved.and_then(|request| {
            let actor = self.saved.resolve(step.actor, &mut self.budget)?;
            Ok((request, actor))
        });
        let (request, actor) = match resolved {
            Ok(resolved) => resolved,
            Err(Unresolved::Exhausted(exhausted)) => return Err(exhausted),
            Err(Unresolved::Unset(name)) => {
                let message = format!("`${name}` has no value: the step that saves it had nothing to save");
                let given = Given::from(Err(Rejection::because(Code::InvalidRequest, message).into()));
                self.lose(step);
                return self.write(&request_of(step, step.request), &given, false, &[]);
            }
        };
        let given = Value::Object(Vec::from([("actor".into(), actor.into_owned())]));
        let context = HostContext {
            now: Some(self.now),
            entropy: Some(entropy(seed, number)),
            ..HostContext::from(Input::Value(given))
        };
        let given = Given::from((step.call.answer)(&mut self.tenantry, Input::from(&*request), context));
        let request = request_of(step, &request);

        let found = if step.expect.is_some() || !step.save.is_empty() {
            parse_document(&given.result).unwrap_or_default()
        } else {
            Value::Null
        };
        let mut comparison = Comparison { saved: &self.saved, mismatches: Vec::new() };
        if let Some(expect) = step.expect {
            comparison.compare(expect, &found, &Path::ROOT);
        }
        let mut mismatches = comparison.mismatches;
        // That a call is rejected is expected only where something is expected of the rejection.
        let says_nothing = |expect: &Value<'_>| matches!(expect, Value::Object(members) if members.is_empty());
        let surprised = given.rejected && step.expect.is_none_or(says_nothing);
        self.save(step, &found, &mut mismatches)?;
        self.write(&request, &given, mismatches.is_empty() && !surprised, &mismatches)
    }

    /// Keeps what the step saves; what is not there is a mismatch and leaves the name without a value.
    fn save(
        &mut self,
        step: &CallStep<'v>,
        found: &Value<'_>,
        mismatches: &mut Vec<Mismatch>,
    ) -> Result<(), Exhausted> {
        for (name, pointer) in &step.save {
            let value = found.get("response").and_then(|response| response.at(pointer));
            self.budget.spend(value.map_or(0, |value| to_canonical(value).len()))?;
            let value = value.cloned().map(Value::into_owned);
            if value.is_none() {
                let pointer = format!("/response{pointer}");
                mismatches.push(Mismatch { pointer, expected: None, found: None });
            }
            self.saved.set(name, value);
        }
        Ok(())
    }

    /// The step was not run: what it was to save is not there.
    fn lose(&mut self, step: &CallStep<'v>) {
        for (name, _) in &step.save {
            self.saved.set(name, None);
        }
    }

    fn advance(&mut self, text: &str, sweep: bool) -> Result<(), Exhausted> {
        let request =
            Value::Object(Vec::from([("advance".into(), Value::from(text)), ("sweep".into(), Value::Bool(sweep))]));
        let given = if sweep {
            let command = Value::Object(Vec::from([("command".into(), Value::from("advance_time"))]));
            let host = Actor::System { organization_id: None, environment: None };
            let context = HostContext { actor: Some(&host), now: Some(self.now), ..HostContext::from(&Value::Null) };
            Given::from(wire::execute(&mut self.tenantry, &command, context))
        } else {
            Given { result: String::from("null"), rejected: false }
        };
        self.write(&to_canonical(&request), &given, !given.rejected, &[])
    }

    /// Writes a step down, its members in the order of canonical JSON.
    fn write(&mut self, request: &str, given: &Given, pass: bool, mismatches: &[Mismatch]) -> Result<(), Exhausted> {
        self.budget.spend(request.len() + given.result.len())?;
        let counter = if pass { &mut self.summary.passed } else { &mut self.summary.failed };
        *counter += 1;
        self.summary.steps += 1;
        if !self.steps.is_empty() {
            self.steps.push(',');
        }
        self.steps.push('{');
        if !mismatches.is_empty() {
            let before = self.steps.len();
            self.steps.push_str(r#""mismatches":"#);
            push_canonical(&mut self.steps, mismatches);
            self.steps.push(',');
            self.budget.spend(self.steps.len() - before)?;
        }
        self.steps.push_str(&format!(r#""now":"{}","pass":{pass},"request":"#, self.now));
        self.steps.push_str(request);
        self.steps.push_str(r#","result":"#);
        self.steps.push_str(&given.result);
        self.steps.push_str(&format!(r#","step":{}}}"#, self.summary.steps));
        Ok(())
    }
}

/// What the transcript shows of a request: who asked for what, without secrets (P-4).
fn request_of(step: &CallStep<'_>, request: &Value<'_>) -> String {
    to_canonical(&Value::Object(Vec::from([
        ("as".into(), Value::from(step.actor_name)),
        (step.call.name.into(), masked(request)),
    ])))
}

/// The entropy of step n: the first 16 bytes of SHA-256(`seed:n`), of which all up to n is hashed once.
fn entropy(seed: &Sha256, number: u64) -> [u8; 16] {
    let digest: [u8; 32] = seed.clone().chain_update(number.to_string()).finalize().into();
    digest.first_chunk::<16>().copied().unwrap_or_default()
}

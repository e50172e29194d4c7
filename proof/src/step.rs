//! One step from a state: what is asked of the core, its answer, and the state after.

use crate::memory::Memory;
use crate::mutants::Mutant;
use crate::node::Node;
use crate::worlds::{Ask, Move};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tenantry::{Command, Context, Effect, EffectBody, Error, Event, Query, ToolCall};

/// A step that was made.
pub struct Step {
    /// Who has asked; null where time has passed.
    pub actor: Value,
    /// What was asked.
    pub request: Value,
    /// The outcome, decision or answer; or the rejection.
    pub answer: Result<Value, Value>,
    /// The state after it.
    pub after: Node,
}

/// What a command came to, before it is written: here a mutant does its harm.
pub struct Attempt {
    /// The outcome or the rejection.
    pub answer: Result<Value, Value>,
    /// What is stored, where that is not what the instance says.
    pub stored: Option<String>,
}

/// A value with the ids that the world has names for, `$name`; none where one has no id yet.
#[must_use]
pub fn resolve(value: &Value, saved: &BTreeMap<&'static str, String>) -> Option<Value> {
    Some(match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => Value::String(saved.get(name)?.clone()),
            None => value.clone(),
        },
        Value::Array(items) => Value::Array(items.iter().map(|item| resolve(item, saved)).collect::<Option<_>>()?),
        Value::Object(members) => {
            let resolved = members.iter().map(|(name, member)| Some((name.clone(), resolve(member, saved)?)));
            Value::Object(resolved.collect::<Option<_>>()?)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

fn refused(error: &Error) -> Value {
    serde_json::to_value(error.recorded()).unwrap()
}

/// Executes a command on an instance: the outcome or the rejection.
pub(crate) fn execute(
    tenantry: &mut tenantry::Tenantry,
    command: &Value,
    context: &Value,
) -> Result<(Value, Vec<Event>, Vec<EffectBody>), Value> {
    let context = Context::from_json(context.to_string().as_str()).map_err(|error| refused(&error.into()))?;
    let command = Command::from_json(command.to_string().as_str(), tenantry.policy());
    let command = command.map_err(|rejection| refused(&rejection.into()))?;
    let outcome = tenantry.execute(&command, &context).map_err(|error| refused(&error))?;
    let answer = serde_json::to_value(&outcome).unwrap();
    Ok((answer, outcome.events, outcome.effects.into_iter().map(|effect| effect.body).collect()))
}

impl Node {
    /// Makes a step; none where the world has no id yet for a thing that it names.
    #[must_use]
    pub fn step(&self, made: &Move, mutant: Option<&Mutant>) -> Option<Step> {
        let (actor, request) = (resolve(&made.actor, &self.saved)?, resolve(made.ask.request(), &self.saved)?);
        // Fresh along each path; which one it is, no projection tells.
        let entropy = format!("{:032x}", self.drawn + 1);
        let context = json!({"now": self.now.to_string(), "actor": actor, "entropy": entropy});
        let mut after = self.clone();
        (after.steps, after.drawn, after.broken) = (self.steps + 1, self.drawn + 1, 0);
        let answer = match &made.ask {
            Ask::Pass(seconds) => {
                after.now = self.now.saturating_add(Duration::from_secs(*seconds));
                Ok(Value::Null)
            }
            Ask::Execute(_) => self.executed(&mut after, made, &request, &context, mutant),
            Ask::Authorize(_) | Ask::Explain(_) | Ask::Query(_) => self.asked(&made.ask, &request, &context),
        };
        // What was refused has left everything as it was.
        if after.now != self.now || !Arc::ptr_eq(&after.text, &self.text) {
            after.settle();
        }
        Some(Step { actor, request, answer, after })
    }

    fn executed(
        &self,
        after: &mut Node,
        made: &Move,
        command: &Value,
        context: &Value,
        mutant: Option<&Mutant>,
    ) -> Result<Value, Value> {
        let done = execute(&mut after.tenantry, command, context);
        let (answer, stored, events, effects) = match (done, mutant) {
            (Ok((answer, events, effects)), None) => (Ok(answer), None, events, effects),
            (Err(rejection), None) => (Err(rejection), None, Vec::new(), Vec::new()),
            (done, Some(mutant)) => {
                let mut attempt = Attempt { answer: done.map(|(answer, ..)| answer), stored: None };
                (mutant.harm)(self, command, context, &mut after.tenantry, &mut attempt);
                let part = |name: &str| attempt.answer.as_ref().ok().map(|answer| answer[name].clone());
                let events = part("events").map(|events| serde_json::from_value(events).unwrap());
                let effects: Option<Vec<Effect>> =
                    part("effects").map(|effects| serde_json::from_value(effects).unwrap());
                let effects = effects.unwrap_or_default().into_iter().map(|effect| effect.body).collect();
                (attempt.answer, attempt.stored, events.unwrap_or_default(), effects)
            }
        };
        after.look(stored);
        after.write(&events, &effects);
        if let Ok(outcome) = &answer {
            let memory: &mut Memory = &mut after.memory;
            outcome["events"].as_array().into_iter().flatten().for_each(|event| memory.read(event));
            if let Some((name, pointer)) = made.saves
                && let Some(id) = outcome.pointer(pointer).and_then(Value::as_str)
            {
                after.saved.insert(name, id.to_owned());
            }
        }
        answer
    }

    fn asked(&self, ask: &Ask, request: &Value, context: &Value) -> Result<Value, Value> {
        let context = Context::from_json(context.to_string().as_str()).map_err(|error| refused(&error.into()))?;
        let text = request.to_string();
        let as_refusal = |error: Error| refused(&error);
        match ask {
            Ask::Query(_) => {
                let query = Query::from_json(text.as_str()).map_err(|rejection| refused(&rejection.into()))?;
                let answer = self.tenantry.query(&query, &context).map_err(as_refusal)?;
                Ok(serde_json::to_value(answer).unwrap())
            }
            _ => {
                let call = ToolCall::from_json(text.as_str()).map_err(|rejection| refused(&rejection.into()))?;
                let answer = match ask {
                    Ask::Explain(_) => {
                        serde_json::to_value(self.tenantry.explain(&call, &context).map_err(as_refusal)?)
                    }
                    _ => serde_json::to_value(self.tenantry.authorize(&call, &context).map_err(as_refusal)?),
                };
                Ok(answer.unwrap())
            }
        }
    }
}

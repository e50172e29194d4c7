//! `tenantry diagram` and `tenantry schema`: the lifecycles, and the shapes of the wire.

use std::collections::BTreeSet;

use clap::Args;
use clap::builder::PossibleValuesParser;
use tenantry::json::{Malformed, Value};
use tenantry::{MACHINES, lifecycle_diagram};

use crate::console::{Console, Failure};

/// Draw a lifecycle, as Mermaid's text
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry diagram credential")]
pub(crate) struct Diagram {
    /// What it is the lifecycle of
    #[arg(value_parser = PossibleValuesParser::new(MACHINES))]
    machine: String,
}

impl Diagram {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        console.raw(&lifecycle_diagram(&self.machine).unwrap_or_default())?;
        Ok(0)
    }
}

/// Print the JSON Schema of everything on the wire, or of one type and what it needs
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry schema ToolCall")]
pub(crate) struct Schema {
    /// The name of the type
    #[arg(value_name = "TYPE")]
    name: Option<String>,
}

impl Schema {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let schema = console.host.schema().map_err(|error| Failure::impossible(format!("the schema: {error}")))?;
        let Some(name) = &self.name else {
            console.raw(&schema)?;
            return Ok(0);
        };
        let unreadable = |fault: Malformed| Failure::impossible(format!("the schema: {}", fault.message));
        let whole: Value<'static> = schema.parse().map_err(unreadable)?;
        let types = whole.get("$defs").unwrap_or(&Value::Null);
        if types.get(name).is_none() {
            return Err(Failure::impossible(unknown(name, types)));
        }
        let part = serde_json::to_string_pretty(&part(&whole, types, name)).unwrap_or_default();
        console.raw(&format!("{part}\n"))?;
        Ok(0)
    }
}

/// The schema of one type, with the types that it leads to.
fn part<'v>(whole: &'v Value<'static>, types: &'v Value<'static>, name: &str) -> Value<'v> {
    let (mut needed, mut open) = (BTreeSet::new(), vec![name.to_owned()]);
    while let Some(name) = open.pop() {
        if needed.insert(name.clone()) {
            types.get(&name).into_iter().for_each(|shape| references(shape, &mut open));
        }
    }
    let shapes = needed.iter().filter_map(|name| Some((name.clone().into(), types.get(name)?.clone())));
    Value::Object(vec![
        ("$schema".into(), whole.get("$schema").cloned().unwrap_or_default()),
        ("$ref".into(), format!("#/$defs/{name}").into()),
        ("$defs".into(), Value::Object(shapes.collect())),
    ])
}

/// The types that a schema refers to.
fn references(schema: &Value<'_>, found: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/"));
            found.extend(target.map(str::to_owned));
            members.iter().for_each(|(_, member)| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// What is said of a type that is none: the types whose names have it in them.
fn unknown(name: &str, types: &Value<'_>) -> String {
    let Value::Object(members) = types else { return "the schema has no types".to_owned() };
    let wanted = name.to_lowercase().replace('_', "");
    let mut like: Vec<&str> = members.iter().map(|(known, _)| known.as_ref()).collect();
    like.retain(|known| known.to_lowercase().contains(&wanted));
    if let Some(&same) = like.iter().find(|known| known.to_lowercase() == wanted) {
        like = vec![same];
    }
    match like.as_slice() {
        [] => format!("no type is called `{name}`"),
        like => format!("no type is called `{name}`; did you mean {}?", like.join(", ")),
    }
}

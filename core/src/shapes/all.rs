//! The list of all shapes.

use super::{decisions, errors, hosting, options, outcomes, simulations};
use crate::access::{Explanation, Impact, RemedyValues, ToolCall};
use crate::context;
use crate::decide::Declared;
use crate::declare::read::FromWire;
use crate::error::Rejection;
use crate::event::EventName;
use crate::lifecycle::LifecycleTable;
use crate::permissions::Permission;
use crate::request::{Command, Query};
use crate::shape::{Definition, Named, Object, Shape, Shown, Type};
use alloc::vec::Vec;

/// The definitions of what goes in besides commands and queries, which come first.
#[must_use]
pub fn inputs() -> Vec<Definition> {
    let types = [ToolCall::shape(), RemedyValues::shape(), crate::policy::Policy::shape()]
        .into_iter()
        .filter_map(named)
        .map(|named| (named.define)());
    let others = [
        Command::shape,
        Query::shape,
        context::shape,
        context::acting_shape,
        options::options,
        simulations::scenario,
        hosting::loaded_row,
    ];
    others.into_iter().map(|define| define()).chain(types).collect()
}

/// All definitions, each once: what goes in, what comes out, and what these are made of.
#[must_use]
pub fn all() -> Vec<Definition> {
    let outputs = [
        Rejection::shown(),
        Explanation::shown(),
        Impact::shown(),
        Permission::shown(),
        EventName::shown(),
        LifecycleTable::shown(),
    ];
    let written = [
        errors::error_info,
        errors::mistake,
        errors::error_body,
        errors::problem,
        decisions::batch_item,
        hosting::parts,
        options::journal,
        simulations::transcript,
    ];
    let mut found = Vec::new();
    inputs().into_iter().chain(written.into_iter().map(|define| define())).for_each(|root| add(root, &mut found));
    outputs.into_iter().filter_map(named).for_each(|root| add((root.define)(), &mut found));
    outcomes::all().into_iter().for_each(|root| add(root, &mut found));
    found
}

fn named(kind: Type) -> Option<Named> {
    match kind {
        Type::Named(named) => Some(named),
        _ => None,
    }
}

/// Adds a definition, and then what it is made of.
fn add(definition: Definition, found: &mut Vec<Definition>) {
    if found.iter().any(|known| known.name == definition.name) {
        return;
    }
    let mut parts = Vec::new();
    if let Shape::Object(Object { answer: Some(answer), .. }) = &definition.shape {
        answer.add_names(&mut parts);
    }
    parts.extend(definition.parts());
    found.push(definition);
    for part in parts {
        if !found.iter().any(|known| known.name == part.name) {
            add((part.define)(), found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_name_is_defined_once_by_that_name() {
        let all = all();
        for definition in &all {
            assert_eq!(all.iter().filter(|other| other.name == definition.name).count(), 1, "{}", definition.name);
            for part in definition.parts() {
                assert_eq!((part.define)().name, part.name, "in {}", definition.name);
            }
        }
    }
}

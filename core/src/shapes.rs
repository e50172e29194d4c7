//! The list of all shapes, for the generator of schema, types and docs.

use crate::access::ToolCall;
use crate::context;
use crate::decide::Declared;
use crate::request::{Command, Query};
use crate::shape::{Definition, Type};
use crate::wire::read::FromWire;
use alloc::vec::Vec;

/// What goes in: its names are those that types may write their own way.
#[must_use]
pub fn inputs() -> Vec<Definition> {
    let mut inputs = alloc::vec![context::shape(), context::acting_shape(), Command::shape(), Query::shape()];
    inputs.extend([ToolCall::shape()].into_iter().filter_map(defined));
    inputs
}

fn defined(kind: Type) -> Option<Definition> {
    match kind {
        Type::Named(named) => Some((named.define)()),
        _ => None,
    }
}

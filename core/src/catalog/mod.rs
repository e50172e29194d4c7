//! The catalogue of an organization: connectors, tool packs, groups (TP-1…6).

mod apply;
pub(crate) mod connector;
pub(crate) mod group;
pub(crate) mod tool_pack;

pub(crate) use apply::apply;

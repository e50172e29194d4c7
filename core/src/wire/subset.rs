//! Keys compared (C-4), on the JSON API.

use super::input::Input;
use crate::authority::subset_of as outside_parent;
use crate::context::{AccessKey, ActorType};
use crate::declare::read::{FromWire, Reader};
use crate::error::{Code, Rejection, Violation};
use crate::json::{Path, Value};
use crate::policy::Policy;
use alloc::vec::Vec;

/// What of a child key is outside its parent (C-4); empty where the child is a subset. Both are
/// written as actors of type `access_key`, whose `type` may be left out.
///
/// # Errors
/// Something that is no key: everything that is wrong with both, at `/parent/…` and `/child/…`.
pub fn subset_of<'p, 'c>(
    parent: impl Into<Input<'p>>,
    child: impl Into<Input<'c>>,
) -> Result<Vec<Violation>, Rejection> {
    let policy = Policy::default();
    let mut reader = Reader::new(None, &policy);
    let parent = read_key(parent.into(), "/parent", &mut reader)?;
    let child = read_key(child.into(), "/child", &mut reader)?;
    reader.violations.into_rejection().map_or(Ok(()), Err)?;
    match (parent, child) {
        (Some(parent), Some(child)) => Ok(outside_parent(&parent, &child)),
        _ => Err(Rejection::new(Code::InvalidRequest)),
    }
}

/// Malformed input is reported alone (ER-2).
fn read_key(given: Input<'_>, pointer: &str, reader: &mut Reader<'_>) -> Result<Option<AccessKey>, Rejection> {
    let value = &*given.command().map_err(|fault| fault.under(pointer))?;
    let path = Path::rooted(pointer);
    if let Some(given) = value.get("type").filter(|given| !matches!(given, Value::Null)) {
        let at = path.key("type");
        match ActorType::read(given, &at, reader) {
            Some(ActorType::AccessKey) => {}
            Some(other) => {
                let message = alloc::format!("expected the type `access_key`, found `{}`", other.as_str());
                return Ok(reader.report(Code::InvalidRequest, &at, message));
            }
            None => return Ok(None),
        }
    }
    // Unknown members come after the known ones of their own key, not of both.
    let mut own = Reader::new(None, reader.policy);
    let key = AccessKey::read_actor(value, &path, &mut own);
    reader.violations.append(own.violations);
    Ok(key)
}

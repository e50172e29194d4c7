//! Whether a child key stays within its parent (C-4).

use crate::context::{AccessKey, Restriction};
use crate::error::{Code, Violation, Violations};
use crate::json::Path;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

/// What of a child key is outside its parent: one `key_exceeds_parent` for each element, at its
/// pointer into the child. None means that the child is a subset; an equal key is one.
///
/// ```
/// use tenantry::{AccessKey, Environment, KeyScope, OrganizationId, subset_of};
/// let parent = AccessKey::new(OrganizationId::new("org_acme")?, Environment::Test, vec![KeyScope::Runtime]);
/// let mut child = parent.clone();
/// child.scopes = vec![KeyScope::Runtime, KeyScope::Management];
/// assert!(subset_of(&parent, &parent).is_empty());
/// assert_eq!(subset_of(&parent, &child)[0].pointer, "/scopes/1");
/// # Ok::<(), tenantry::FormError>(())
/// ```
#[must_use]
pub fn subset_of(parent: &AccessKey, child: &AccessKey) -> Vec<Violation> {
    let mut outside = Outside(Violations::default());
    if child.organization_id != parent.organization_id {
        outside.add(&Path::ROOT.key("organization_id"), "the parent key belongs to another organization");
    }
    if child.environment != parent.environment {
        let message = format!("the parent key belongs to the environment `{}`", parent.environment.as_str());
        outside.add(&Path::ROOT.key("environment"), &message);
    }
    outside.add_items("scopes", &parent.scopes, &child.scopes, "the parent key does not have this scope");
    outside.add_restriction("registered_user_ids", &parent.registered_user_ids, &child.registered_user_ids);
    outside.add_restriction("tool_pack_ids", &parent.tool_pack_ids, &child.tool_pack_ids);
    let expiry = Path::ROOT.key("expires_at");
    match (parent.expires_at, child.expires_at) {
        (Some(at), None) => {
            outside.add(&expiry, &format!("the parent key expires at `{at}`, but the child key never expires"))
        }
        (Some(at), Some(later)) if later > at => {
            outside.add(&expiry, &format!("the parent key expires earlier, at `{at}`"));
        }
        (Some(_), Some(_)) | (None, _) => {}
    }
    outside.0.into_list()
}

struct Outside(Violations);

impl Outside {
    fn add(&mut self, path: &Path<'_>, message: &str) {
        self.0.add(Code::KeyExceedsParent, path, message);
    }

    fn add_items<T: Ord>(&mut self, field: &str, parent: &[T], child: &[T], message: &str) {
        // Keys may name any number of users: a set keeps the comparison from growing by their product.
        let within: BTreeSet<&T> = parent.iter().collect();
        for (index, _) in child.iter().enumerate().filter(|(_, item)| !within.contains(item)) {
            self.add(&Path::ROOT.key(field).index(index), message);
        }
    }

    fn add_restriction<T: Ord>(
        &mut self,
        field: &str,
        parent: &Option<Restriction<T>>,
        child: &Option<Restriction<T>>,
    ) {
        match (parent, child) {
            (None, _) => {}
            (Some(_), None) => {
                self.add(&Path::ROOT.key(field), "the parent key is restricted here, but the child key is not")
            }
            (Some(parent), Some(child)) => {
                self.add_items(
                    field,
                    parent.as_slice(),
                    child.as_slice(),
                    "the restriction of the parent key does not include this",
                );
            }
        }
    }
}

//! What failed in the rules of a pack's groups, for `explain` (D-3).

use crate::catalog::group::{Rule, holds};
use crate::catalog::tool_pack::ToolPackRow;
use crate::json::{Value, object, sorted, to_value};
use crate::registered_user::LiveUser;
use crate::state::{GroupRow, NotLoaded, Rows};
use alloc::vec::Vec;

/// How many comparisons of a group, and values of an `in`, are shown: a rule may be a megabyte long (P-6).
const MOST_SHOWN: usize = 20;

/// Each group of a pack that does not serve the user, with the comparisons that failed.
pub(crate) fn unmatched<R: Rows>(rows: &R, pack: &ToolPackRow, user: &LiveUser) -> Result<Value<'static>, NotLoaded> {
    let mut groups = Vec::new();
    for group_id in pack.group_ids.iter().flatten() {
        let mut rules = Vec::new();
        if let Some(group) = rows.row::<GroupRow>(&(pack.organization_id.clone(), group_id.clone()))? {
            push_failed(&group.rule, true, user, &mut rules);
        }
        groups.push(object!({"group_id": group_id, "rules": rules}));
    }
    Ok(Value::Array(groups))
}

/// The comparisons for which a rule does not come out as it is wanted: inside a `not`, those that hold.
fn push_failed(rule: &Rule, wanted: bool, user: &LiveUser, out: &mut Vec<Value<'static>>) {
    if out.len() >= MOST_SHOWN || holds(rule, user) == wanted {
        return;
    }
    let found = match rule {
        Rule::All { all: parts } | Rule::Any { any: parts } => {
            return parts.iter().for_each(|part| push_failed(part, wanted, user, out));
        }
        Rule::Not { not } => return push_failed(not, !wanted, user, out),
        Rule::Equals { attribute, .. } | Rule::In { attribute, .. } | Rule::Exists { attribute, .. } => {
            to_value(&user.custom_groupings.get(attribute))
        }
        Rule::Company { .. } => to_value(&user.origin_company_id),
        Rule::UserType { .. } => to_value(&user.user_type),
    };
    let mut members = alloc::vec![("found".into(), found)];
    match shown(rule) {
        Value::Object(own) if wanted => members.extend(own),
        unwanted => members.push(("not".into(), unwanted)),
    }
    out.push(sorted(members));
}

/// A comparison in the rule's own words.
fn shown(rule: &Rule) -> Value<'static> {
    match rule {
        Rule::In { attribute, values } => {
            let values = values.as_slice().iter().take(MOST_SHOWN).cloned().collect();
            to_value(&Rule::In { attribute: attribute.clone(), values })
        }
        whole => to_value(whole),
    }
}

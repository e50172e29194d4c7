//! Whom a tool pack serves (TP-6).

use crate::catalog::group::holds;
use crate::catalog::tool_pack::ToolPackRow;
use crate::registered_user::LiveUser;
use crate::state::{GroupRow, NotLoaded, Rows};

/// Whether a pack serves a user: a member of at least one of its groups, or anybody where it names none.
pub(crate) fn serves<R: Rows>(rows: &R, pack: &ToolPackRow, user: &LiveUser) -> Result<bool, NotLoaded> {
    let Some(group_ids) = &pack.group_ids else { return Ok(true) };
    for group_id in group_ids {
        let group = rows.row::<GroupRow>(&(pack.organization_id.clone(), group_id.clone()))?;
        if group.is_some_and(|group| holds(&group.rule, user)) {
            return Ok(true);
        }
    }
    Ok(false)
}

//! What events do to the catalogue: rows, the organization's counts, and how often a thing is named.

use super::connector::ConnectorRow;
use super::group::GroupRow;
use super::tool_pack::ToolPackRow;
use crate::event::{Event, EventBody, Stream};
use crate::id::OrganizationId;
use crate::organization::OrganizationRow;
use crate::state::{Draft, NotLoaded, Record, Rows};

pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::Organization(id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::ConnectorPut { connector, name, tools } => {
            let key = (id.clone(), connector.clone());
            let before = draft.row::<ConnectorRow>(&key)?.map(|row| row.tool_packs);
            put(
                draft,
                id,
                before.is_none(),
                |row| &mut row.connectors,
                ConnectorRow {
                    organization_id: id.clone(),
                    connector: connector.clone(),
                    name: name.clone(),
                    tools: tools.clone(),
                    tool_packs: before.unwrap_or_default(),
                },
            )
        }
        EventBody::ConnectorDeleted { connector } => {
            remove::<ConnectorRow>(draft, id, &(id.clone(), connector.clone()), |row| &mut row.connectors)
        }
        EventBody::ToolPackPut { tool_pack_id, name, connectors, group_ids } => {
            let key = (id.clone(), tool_pack_id.clone());
            let before = draft.row::<ToolPackRow>(&key)?.cloned();
            let row = ToolPackRow {
                organization_id: id.clone(),
                tool_pack_id: tool_pack_id.clone(),
                name: name.clone(),
                connectors: connectors.clone(),
                group_ids: group_ids.clone(),
            };
            if let Some(before) = &before {
                count_names(draft, before, |count| count.saturating_sub(1))?;
            }
            count_names(draft, &row, |count| count.saturating_add(1))?;
            put(draft, id, before.is_none(), |row| &mut row.tool_packs, row)
        }
        EventBody::ToolPackDeleted { tool_pack_id } => {
            let key = (id.clone(), tool_pack_id.clone());
            if let Some(before) = draft.row::<ToolPackRow>(&key)?.cloned() {
                count_names(draft, &before, |count| count.saturating_sub(1))?;
            }
            remove::<ToolPackRow>(draft, id, &key, |row| &mut row.tool_packs)
        }
        EventBody::GroupPut { group_id, name, rule } => {
            let key = (id.clone(), group_id.clone());
            let before = draft.row::<GroupRow>(&key)?.map(|row| row.tool_packs);
            put(
                draft,
                id,
                before.is_none(),
                |row| &mut row.groups,
                GroupRow {
                    organization_id: id.clone(),
                    group_id: group_id.clone(),
                    name: name.clone(),
                    rule: rule.clone(),
                    tool_packs: before.unwrap_or_default(),
                },
            )
        }
        EventBody::GroupDeleted { group_id } => {
            remove::<GroupRow>(draft, id, &(id.clone(), group_id.clone()), |row| &mut row.groups)
        }
        _ => Ok(()),
    }
}

fn put<R: Record>(
    draft: &mut Draft<'_>,
    id: &OrganizationId,
    is_new: bool,
    count: impl FnOnce(&mut OrganizationRow) -> &mut u32,
    row: R,
) -> Result<(), NotLoaded> {
    if is_new {
        draft.edit::<OrganizationRow>(id, |organization| {
            let count = count(organization);
            *count = count.saturating_add(1);
        })?;
    }
    draft.put(row)
}

fn remove<R: Record>(
    draft: &mut Draft<'_>,
    id: &OrganizationId,
    key: &R::Key,
    count: impl FnOnce(&mut OrganizationRow) -> &mut u32,
) -> Result<(), NotLoaded> {
    draft.edit::<OrganizationRow>(id, |organization| {
        let count = count(organization);
        *count = count.saturating_sub(1);
    })?;
    draft.remove::<R>(key)
}

/// How many packs name a thing, so that what is named cannot be deleted (TP-6).
fn count_names(draft: &mut Draft<'_>, pack: &ToolPackRow, change: impl Fn(u32) -> u32) -> Result<(), NotLoaded> {
    for entry in &pack.connectors {
        let key = (pack.organization_id.clone(), entry.connector.clone());
        draft.edit::<ConnectorRow>(&key, |row| row.tool_packs = change(row.tool_packs))?;
    }
    for group_id in pack.group_ids.iter().flatten() {
        let key = (pack.organization_id.clone(), group_id.clone());
        draft.edit::<GroupRow>(&key, |row| row.tool_packs = change(row.tool_packs))?;
    }
    Ok(())
}

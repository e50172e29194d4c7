//! Who can reach what in two worlds, by the core's own answers.

use std::collections::BTreeSet;

use serde::Serialize;
use tenantry::Timestamp;

use crate::change::Change;
use crate::world::{Place, World, text};

/// That some tool of a connector may be called by a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Access {
    pub(crate) registered_user_id: String,
    pub(crate) tool_pack_id: String,
    pub(crate) connector: String,
}

/// Tables whose rows bear on nobody's access, or on that of one user.
const NARROW: &[&str] = &["accounts", "registration_tokens", "organizations", "registered_users"];

/// The access that is lost, and what is gained.
pub(crate) fn changed(before: &World, after: &World, changes: &[Change], now: Timestamp) -> (Vec<Access>, Vec<Access>) {
    let (mut lost, mut gained) = (Vec::new(), Vec::new());
    for place in after.places(None, None).into_iter().chain(before.places(None, None)).collect::<BTreeSet<_>>() {
        for id in affected(before, after, changes, &place) {
            let [was, is] = [before, after].map(|world| reached(world, &place, &id, now));
            lost.extend(was.difference(&is).cloned());
            gained.extend(is.difference(&was).cloned());
        }
    }
    (lost, gained)
}

/// The users of a place whose access may differ: those that changed, or all where something common did.
fn affected(before: &World, after: &World, changes: &[Change], place: &Place) -> BTreeSet<String> {
    let here = |change: &&Change| change.key.first().map(String::as_str) == Some(place.organization_id.as_str());
    let common = changes.iter().filter(here).any(|change| !NARROW.contains(&change.table));
    let changed: BTreeSet<&str> = changes
        .iter()
        .filter(|change| change.table == "registered_users")
        .filter_map(|change| change.key.last().map(String::as_str))
        .collect();
    let rows = [before, after].into_iter().flat_map(|world| world.table("registered_users"));
    let ids = rows.filter(|row| place.has(row)).filter_map(|row| text(row, "/registered_user_id"));
    ids.filter(|id| common || changed.contains(id)).map(str::to_owned).collect()
}

/// What a user can reach.
fn reached(world: &World, place: &Place, id: &str, now: Timestamp) -> BTreeSet<Access> {
    let packs = world.table("tool_packs").iter();
    let packs = packs.filter(|row| text(row, "/organization_id") == Some(place.organization_id.as_str()));
    packs
        .filter_map(|row| text(row, "/tool_pack_id"))
        .flat_map(|pack| {
            let query = [("query", "list_tools"), ("registered_user_id", id), ("tool_pack_id", pack)];
            let tools = world.list(place, now, &query);
            let ready = tools.into_iter().filter(|tools| text(tools, "/status") == Some("ready"));
            let access = move |connector: &str| Access {
                registered_user_id: id.to_owned(),
                tool_pack_id: pack.to_owned(),
                connector: connector.to_owned(),
            };
            ready.filter_map(move |tools| text(&tools, "/connector").map(&access)).collect::<Vec<_>>()
        })
        .collect()
}

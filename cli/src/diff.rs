//! `tenantry diff`: what changed from one snapshot to another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tenantry::json::to_canonical;

use crate::access::{Access, changed};
use crate::change::{Change, Field, Kind, changes};
use crate::console::{BAD, Console, Failure, GOOD, PLAIN, Style, TITLE};
use crate::world::{Conditions, World, text, user_name};

/// Compare two snapshots: what changed, and who lost and gained access
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry diff monday.snapshot.json tuesday.snapshot.json")]
pub(crate) struct Diff {
    /// The state before; `-` is the standard input
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The state after
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    #[command(flatten)]
    conditions: Conditions,
    /// Print canonical JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Difference {
    changes: Vec<Change>,
    lose: Vec<Access>,
    gain: Vec<Access>,
}

impl Diff {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let now = self.conditions.now(console)?;
        let before = self.conditions.open(console, &self.before)?;
        let after = self.conditions.open(console, &self.after)?;
        let changes = changes(&before, &after);
        let (lose, gain) = changed(&before, &after, &changes, now);
        let found = Difference { changes, lose, gain };
        if self.json {
            console.raw(&format!("{}\n", to_canonical(&found)))?;
        } else {
            print(console, &found, &names([&before, &after]))?;
        }
        Ok(0)
    }
}

/// What the users of both worlds are called.
fn names(worlds: [&World; 2]) -> BTreeMap<&str, &str> {
    let rows = worlds.into_iter().rev().flat_map(|world| world.table("registered_users"));
    let mut names = BTreeMap::new();
    for row in rows {
        let id = text(row, "/registered_user_id").unwrap_or_default();
        let name = user_name(row);
        // A deleted user is called what it was called before.
        if name != id || !names.contains_key(id) {
            names.insert(id, name);
        }
    }
    names
}

fn print(console: &mut Console<'_>, found: &Difference, names: &BTreeMap<&str, &str>) -> Result<(), Failure> {
    if found.changes.is_empty() {
        console.line(&[(PLAIN, "nothing changed")])?;
    }
    let mut tables = BTreeSet::new();
    for change in &found.changes {
        if tables.insert(change.table) {
            console.line(&[(TITLE, &change.table.replace('_', " "))])?;
        }
        let key: Vec<&str> = change.key.iter().map(|part| names.get(part.as_str()).copied().unwrap_or(part)).collect();
        let (style, mark) = match change.change {
            Kind::Added => (GOOD, '+'),
            Kind::Removed => (BAD, '-'),
            Kind::Changed => (PLAIN, '~'),
        };
        console.line(&[(style, &format!("  {mark} {}", key.join(" ")))])?;
        change.fields.iter().try_for_each(|field| tell_field(console, field))?;
    }
    let mut side = |title: &str, style: Style, list: &[Access]| {
        if list.is_empty() {
            return console.line(&[(TITLE, title), (PLAIN, ": nobody")]);
        }
        console.line(&[(TITLE, title)])?;
        list.iter().try_for_each(|access| {
            let user = names.get(access.registered_user_id.as_str()).copied().unwrap_or_default();
            console.line(&[(style, &format!("  {user}: {} by {}", access.connector, access.tool_pack_id))])
        })
    };
    side("lost access", BAD, &found.lose)?;
    side("gained access", GOOD, &found.gain)
}

fn tell_field(console: &mut Console<'_>, field: &Field) -> Result<(), Failure> {
    let shown = |value: &Option<_>| {
        value.as_ref().map_or_else(|| "nothing".to_owned(), |value| shortened(&to_canonical(value)))
    };
    console.line(&[(PLAIN, &format!("      {}: {} → {}", field.pointer, shown(&field.before), shown(&field.after)))])
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

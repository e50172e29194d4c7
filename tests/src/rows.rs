//! A host's database: rows by their keys, as contract section 14 has a host keep them. What it must hold is
//! derived here from a snapshot, so that what an instance writes can be compared with it.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tenantry::json::{parse_command, parse_document};
use tenantry::{Error, Tenantry, Timestamp, wire};

/// An instance that holds nothing but what is loaded into it.
#[must_use]
pub fn partial() -> Tenantry {
    partial_with(&json!({}))
}

/// The same with a policy.
#[must_use]
pub fn partial_with(policy: &Value) -> Tenantry {
    wire::new(&parse_command(&json!({"rows": true, "policy": policy}).to_string()).unwrap()).unwrap()
}

/// Executes a command, answers a query, explains or decides a call.
pub fn run(instance: &mut Tenantry, request: &str, context: &str) -> Result<String, Error> {
    let (read, context) = (parse_command(request).unwrap(), parse_command(context).unwrap());
    if read.get("command").is_some() {
        wire::execute(instance, &read, &context)
    } else if read.get("query").is_some() {
        wire::query(instance, &read, &context)
    } else if let Some(call) = read.get("explain") {
        wire::explain(instance, call, &context)
    } else {
        wire::authorize(instance, &read, &context)
    }
}

/// A table of rows, each with the revision with which it was written last.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// How many due rows more are loaded each time, and those that are due with the last of them; none means all.
    pub portion: Option<usize>,
    rows: BTreeMap<String, (u64, Value)>,
    writes: u64,
}

/// What it took to have all rows that a request needs.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// How often the host was asked for rows.
    pub rounds: usize,
    /// The keys that it was asked for.
    pub keys: BTreeSet<String>,
    /// How many rows it has loaded; those that are not there do not count.
    pub rows: usize,
}

impl Table {
    /// All rows that a whole state has.
    #[must_use]
    pub fn of(snapshot: &str) -> Self {
        let rows = rows_of(snapshot).into_iter().map(|(key, row)| (key, (1, row))).collect();
        Table { portion: None, rows, writes: 1 }
    }

    /// A table that holds these `{key, row}`.
    #[must_use]
    pub fn of_rows(rows: &[Value]) -> Self {
        let rows = rows.iter().map(|row| (row["key"].to_string(), (1, row["row"].clone()))).collect();
        Table { portion: None, rows, writes: 1 }
    }

    /// The rows by their keys.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<String, Value> {
        self.rows.iter().map(|(key, (_, row))| (key.clone(), row.clone())).collect()
    }

    /// The rows that are due by an instant.
    fn due(&self, until: Timestamp) -> impl Iterator<Item = (Timestamp, &String)> {
        let due = self.rows.iter().filter_map(|(key, (_, row))| Some((instant(&row["next_due_at"])?, key)));
        due.filter(move |(at, _)| *at <= until)
    }

    fn known_until(&self, until: Timestamp, most_due: Option<usize>) -> Timestamp {
        let mut due: Vec<Timestamp> = self.due(until).map(|(at, _)| at).collect();
        due.sort_unstable();
        most_due.and_then(|most| due.get(most.saturating_sub(1)).copied()).unwrap_or(until)
    }

    fn find(&self, key: &str) -> Value {
        let (revision, row) = self.rows.get(key).cloned().unwrap_or_default();
        json!({"key": serde_json::from_str::<Value>(key).unwrap(), "revision": revision, "row": row})
    }

    /// The keys of the rows that a range stands for: `["range", kind, organization_id, environment, after, limit]`.
    fn range(&self, range: &Value, limit: usize) -> Vec<String> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (key, (_, row)) in &self.rows {
            let parts: Vec<Value> = serde_json::from_str(key).unwrap();
            let is_of = |name: &str, wanted: &Value| wanted.is_null() || row[name] == *wanted;
            let place = parts.last().unwrap().as_str().unwrap_or_default();
            if parts[0] == range[1]
                && is_of("organization_id", &range[2])
                && is_of("environment", &range[3])
                && range[4].as_str().is_none_or(|after| place > after)
            {
                found.push((place.to_owned(), key.clone()));
            }
        }
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, key)| key).collect()
    }

    /// Loads the rows of some keys. A `range` key stands for rows of a list, or for the first of them. A `due` key stands for all rows that are due by then, or for the
    /// first of them: then it is loaded with the instant up to which all are there. How many rows there were.
    #[track_caller]
    pub fn load(&self, instance: &mut Tenantry, keys: &[String], most_due: Option<usize>) -> usize {
        let mut batch = Vec::new();
        for key in keys {
            let parts: Value = serde_json::from_str(key).unwrap();
            if parts[0] == "due" {
                let until = self.known_until(instant(&parts[1]).unwrap(), most_due);
                let due = self.due(until);
                batch.extend(due.map(|(_, key)| self.find(key)));
                batch.push(self.find(&json!(["due", until]).to_string()));
            } else if parts[0] == "range" {
                let limit = parts[5].as_u64().unwrap();
                let limit = self.portion.map_or(limit, |portion| limit.min(portion as u64));
                let rows = self.range(&parts, usize::try_from(limit).unwrap());
                batch.extend(rows.iter().map(|key| self.find(key)));
                let mut part = parts.clone();
                part[5] = json!(limit);
                batch.push(self.find(&part.to_string()));
            } else {
                batch.push(self.find(key));
            }
        }
        wire::load(instance, &parse_document(&json!(batch).to_string()).unwrap()).unwrap();
        batch.iter().filter(|row| !row["row"].is_null()).count()
    }

    /// Loads what a request needs until nothing is missing, but for one row where a test leaves it out.
    /// A request that is not well formed needs nothing.
    #[track_caller]
    pub fn prepare(&self, instance: &mut Tenantry, request: &str, context: &str, without: Option<&str>) -> Loaded {
        let (request, context) = (parse_command(request).unwrap(), parse_command(context).unwrap());
        let mut loaded = Loaded::default();
        loop {
            let Ok(missing) = wire::requirements(instance, &request, &context) else { return loaded };
            let missing: Vec<Value> = serde_json::from_str(&missing).unwrap();
            let missing = missing.iter().map(Value::to_string).filter(|key| Some(key.as_str()) != without);
            let missing: Vec<String> = missing.collect();
            if missing.is_empty() {
                return loaded;
            }
            loaded.rounds += 1;
            loaded.rows += self.load(instance, &missing, self.portion.map(|portion| portion * loaded.rounds));
            loaded.keys.extend(missing);
            assert!(loaded.rounds < 100, "requirements never end");
        }
    }

    /// Runs on nothing, loads the one row that the error names, and so on until there is an answer: it
    /// and exactly the rows that were looked at.
    #[track_caller]
    pub fn one_by_one<T>(
        &self,
        mut run: impl FnMut(&mut Tenantry) -> Result<T, Error>,
    ) -> (Result<T, Error>, BTreeSet<String>) {
        let (mut instance, mut keys) = (partial(), BTreeSet::new());
        loop {
            let answer = run(&mut instance);
            let Some(key) = answer.as_ref().err().and_then(not_loaded) else { return (answer, keys) };
            self.load(&mut instance, std::slice::from_ref(&key), None);
            assert!(keys.insert(key), "asked for twice");
        }
    }

    /// Verifies the guards, takes the changes over, and leaves the outcome that a whole state gives. The keys of
    /// the guards.
    #[track_caller]
    pub fn commit(&mut self, outcome: &mut Value) -> BTreeSet<String> {
        let members = outcome.as_object_mut().unwrap();
        let (guards, changes) = (members.remove("guards").unwrap(), members.remove("changes").unwrap());
        let mut guarded = BTreeSet::new();
        for guard in guards.as_array().unwrap() {
            let key = guard["key"].to_string();
            assert_eq!(guard["revision"], self.find(&key)["revision"], "{guard}");
            guarded.insert(key);
        }
        for change in changes.as_array().unwrap() {
            // Based on what is there, and guarded by it: a compare-and-set of the changes alone sees every conflict.
            let key = change["key"].to_string();
            let base = self.rows.get(&key).map(|(revision, _)| json!({"revision": revision}));
            assert_eq!(change["base"], json!(base), "{change}");
            assert!(guarded.contains(&key), "changed and not read: {change}");
            self.writes += 1;
            match &change["row"] {
                Value::Null => self.rows.remove(&change["key"].to_string()),
                row => self.rows.insert(change["key"].to_string(), (self.writes, row.clone())),
            };
        }
        guarded
    }
}

/// The key that was not loaded, where that is the mistake. Its text names the kind alone.
#[must_use]
pub fn not_loaded(error: &Error) -> Option<String> {
    let Error::Usage(usage) = error else { return None };
    let key = usage.row()?.to_string();
    let kind: Value = serde_json::from_str(&key).unwrap();
    let kind = kind[0].as_str().unwrap();
    assert_eq!(
        usage.message(),
        format!(
            "a row of the kind `{kind}` was not loaded: call `requirements` first, and load the rows that it names"
        )
    );
    assert_eq!(usage.code().as_str(), "invalid_request");
    Some(key)
}

fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str().map(|text| Timestamp::parse(text).unwrap())
}

/// The rows that a state has, index rows and due instants included, read off its snapshot.
#[must_use]
pub fn rows_of(snapshot: &str) -> BTreeMap<String, Value> {
    let snapshot: Value = serde_json::from_str(snapshot).unwrap();
    let mut rows = BTreeMap::new();
    let format = snapshot["format_version"].clone();
    let mut put = |key: Value, mut row: Value, due: Option<Timestamp>| {
        row["next_due_at"] = json!(due);
        row["v"] = format.clone();
        assert_eq!(rows.insert(key.to_string(), row), None, "two rows of one key");
    };
    let mut admins = 0;
    for (table, list) in snapshot.as_object().unwrap() {
        for row in list.as_array().into_iter().flatten() {
            let (organization, place) = (&row["organization_id"], &row["environment"]);
            let index = |fields: &[&str]| members(row, fields);
            match table.as_str() {
                "organizations" => put(json!(["organization", organization]), row.clone(), None),
                "connectors" => put(json!(["connector", organization, row["connector"]]), row.clone(), None),
                "tool_packs" => put(json!(["tool_pack", organization, row["tool_pack_id"]]), row.clone(), None),
                "groups" => put(json!(["group", organization, row["group_id"]]), row.clone(), None),
                "organization_credentials" => {
                    let key = json!(["organization_credential", organization, place, row["credential"]["connector"]]);
                    put(key, row.clone(), lapses(&row["credential"]));
                }
                "companies" => {
                    let key = json!(["company", organization, place, row["origin_company_id"]]);
                    put(key, row.clone(), row["credentials"].as_array().unwrap().iter().filter_map(lapses).min());
                    let holder = index(&["company_id", "organization_id", "environment", "origin_company_id"]);
                    put(json!(["company_id", row["company_id"]]), holder, None);
                }
                "registered_users" => {
                    put(json!(["registered_user", row["registered_user_id"]]), row.clone(), user_due(row));
                    let present = &row["life"]["present"];
                    if let Some(origin) = present["origin_user_id"].as_str() {
                        let holder = index(&["organization_id", "environment", "registered_user_id"]);
                        let holder = crate::with(holder, json!({"origin_user_id": origin}));
                        put(json!(["origin_user_id", organization, place, origin]), holder, None);
                    }
                    for session in present["link_sessions"].as_array().into_iter().flatten() {
                        let id = json!({"link_session_id": session["link_session_id"]});
                        let holder = crate::with(index(&["registered_user_id"]), id);
                        put(json!(["link_session", session["link_session_id"]]), holder, None);
                    }
                }
                "accounts" => {
                    put(json!(["account", row["user_id"]]), row.clone(), None);
                    let email = row["email"].as_str().unwrap().to_ascii_lowercase();
                    put(json!(["email", email]), json!({"email": email, "user_id": row["user_id"]}), None);
                    if row["external_id"].is_string() {
                        let holder = index(&["organization_id", "external_id", "user_id"]);
                        put(json!(["external_id", organization, row["external_id"]]), holder, None);
                    }
                    admins += u64::from(row["role"] == "admin" && row["status"] == "active");
                }
                "registration_tokens" => {
                    put(json!(["registration_token", row["token_id"]]), row.clone(), None);
                    let holder = index(&["organization_id", "secret_digest", "token_id"]);
                    put(json!(["secret", organization, row["secret_digest"]]), holder, None);
                }
                other => panic!("a table that is not known here: {other}"),
            }
        }
    }
    if admins > 0 {
        put(json!(["active_admins"]), json!({"count": admins}), None);
    }
    rows
}

fn members(row: &Value, fields: &[&str]) -> Value {
    fields.iter().map(|field| ((*field).to_owned(), row[*field].clone())).collect::<Map<_, _>>().into()
}

/// When an active credential lapses (CR-1).
fn lapses(credential: &Value) -> Option<Timestamp> {
    instant(&credential["expires_at"]).filter(|_| credential["status"] == "active")
}

fn user_due(user: &Value) -> Option<Timestamp> {
    let calls = user["tool_calls"].as_array().unwrap().iter().filter_map(|call| instant(&call["expires_at"]));
    if let Some(tombstone) = user["life"].get("deleted") {
        return calls.chain(instant(&tombstone["purge_at"]).filter(|_| user["held"] == false)).min();
    }
    let present = &user["life"]["present"];
    let sessions = present["link_sessions"].as_array().unwrap().iter().filter_map(|session| {
        let over = instant(&session["expires_at"])?;
        let remembered = Duration::from_secs(24 * 3600);
        Some(if session["status"] == "pending" { over } else { over.saturating_add(remembered) })
    });
    calls.chain(present["credentials"].as_array().unwrap().iter().filter_map(lapses)).chain(sessions).min()
}

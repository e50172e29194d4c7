//! What a reader of the events alone knows of users and credentials: the model beside which random
//! sequences are held. It shares no code with the core.

use std::collections::{BTreeMap, BTreeSet};
use tenantry::Timestamp;
use tenantry_tests::decisions::{individual, organization, shared};
use tenantry_tests::{Value, canonical_text, text};

/// Where a thing lives: organization and environment.
pub(crate) type Place = (String, String);

/// A registered user that is there.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) place: Place,
    pub(crate) origin_user_id: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) active: bool,
    /// Deactivated, and no link of its own completed since it was reactivated (I-4).
    pub(crate) barren: bool,
}

/// A credential, by the last event about it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    status: &'static str,
    expires_at: Option<Timestamp>,
    pub(crate) generation: u64,
}

impl Held {
    /// Where it stands at an instant: what has lapsed needs reauthentication (CR-1).
    pub(crate) fn status_at(&self, now: Timestamp) -> &'static str {
        let lapsed = self.status == "active" && self.expires_at.is_some_and(|at| now >= at);
        if lapsed { "needs_reauth" } else { self.status }
    }
}

/// Users by id, credentials by place, owner and connector.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) users: BTreeMap<String, Holder>,
    pub(crate) credentials: BTreeMap<(Place, String, String), Held>,
    /// The first value of every `origin_user_id` that was ever set (I-3).
    origins: BTreeMap<String, String>,
    granted: BTreeSet<(String, String, String)>,
    /// Tool calls that started, with the scope of each.
    pub(crate) started: Vec<&'static str>,
}

fn instant(event: &Value, field: &str) -> Option<Timestamp> {
    event[field].as_str().map(|text| Timestamp::parse(text).unwrap())
}

pub(crate) fn place(event: &Value) -> Place {
    (text(event, "/organization_id"), text(event, "/environment"))
}

impl Ledger {
    /// Reads an event, and holds it against what came before.
    #[track_caller]
    pub(crate) fn follow(&mut self, event: &Value) {
        let name = text(event, "/event");
        if name.starts_with("credential_") {
            return self.follow_credential(event, &name);
        }
        let id = text(event, "/stream/id");
        match name.as_str() {
            "registered_user_created" => {
                let origin_user_id = event["origin_user_id"].as_str().map(str::to_owned);
                let company = event["origin_company_id"].as_str().map(str::to_owned);
                let holder = Holder { place: place(event), origin_user_id, company, active: true, barren: false };
                self.users.insert(id.clone(), holder);
                self.keep_origin(&id);
            }
            "registered_user_updated" => {
                let changes = &event["changes"];
                let holder = self.users.get_mut(&id).unwrap();
                if let Some(company) = changes.get("origin_company_id") {
                    holder.company = company.as_str().map(str::to_owned);
                }
                if let Some(origin) = changes.get("origin_user_id") {
                    holder.origin_user_id = origin.as_str().map(str::to_owned);
                }
                self.keep_origin(&id);
            }
            "registered_user_deactivated" => {
                let holder = self.users.get_mut(&id).unwrap();
                (holder.active, holder.barren) = (false, true);
            }
            "registered_user_reactivated" => self.users.get_mut(&id).unwrap().active = true,
            "registered_user_deleted" => {
                let gone = self.users.remove(&id).unwrap();
                let owner = canonical_text(&individual(&id));
                self.credentials.retain(|(place, held_by, _), held| {
                    let own = *place == gone.place && *held_by == owner;
                    assert!(!own || held.status == "revoked", "live after the deletion: {held:?}");
                    !own
                });
            }
            "company_deleted" => {
                let owner = canonical_text(&shared(&text(event, "/origin_company_id")));
                let place = place(event);
                self.credentials.retain(|(there, held_by, _), held| {
                    let own = *there == place && *held_by == owner;
                    assert!(!own || held.status == "revoked", "live after the company: {held:?}");
                    !own
                });
            }
            "tool_call_started" => self.check_start(event, &id),
            _ => {}
        }
    }

    /// I-3: once set it never changes.
    #[track_caller]
    fn keep_origin(&mut self, id: &str) {
        if let Some(origin) = self.users[id].origin_user_id.clone() {
            let first = self.origins.entry(id.to_owned()).or_insert_with(|| origin.clone());
            assert_eq!(*first, origin, "I-3: another origin_user_id of {id}");
        }
        let first = self.origins.get(id);
        assert_eq!(first, self.users[id].origin_user_id.as_ref(), "I-3: an origin_user_id that is no longer there");
    }

    fn follow_credential(&mut self, event: &Value, name: &str) {
        let (owner, connector) = (event["owner"].to_string(), text(event, "/connector"));
        let key = (place(event), owner.clone(), connector.clone());
        let (before, expires_at) = (self.credentials.get(&key).cloned(), instant(event, "expires_at"));
        let live = || before.clone().filter(|held| held.status != "revoked").unwrap();
        let held = match name {
            "credential_granted" => {
                // I-2: a first credential for owner and connector there is but once.
                let once = (event["stream"].to_string(), key.0.1.clone() + &owner, connector);
                assert!(before.is_none() && self.granted.insert(once), "I-2: granted twice: {event}");
                assert_eq!(event["generation"], 1, "{event}");
                Held { status: "active", expires_at, generation: 1 }
            }
            "credential_replaced" => {
                let generation = before.as_ref().unwrap().generation + 1;
                assert_eq!(event["generation"], generation, "I-2: not the next one: {event}");
                Held { status: "active", expires_at, generation }
            }
            "credential_refreshed" => Held { status: "active", expires_at, ..live() },
            "credential_needs_reauth" | "credential_expired" => Held { status: "needs_reauth", ..live() },
            "credential_revoked" => Held { status: "revoked", ..live() },
            _ => panic!("an unknown event: {event}"),
        };
        let linked = matches!(name, "credential_granted" | "credential_replaced");
        if let Some(id) = event["owner"]["registered_user_id"].as_str().filter(|_| linked) {
            // I-4: a link completes for an active user only, and makes it whole again.
            let holder = self.users.get_mut(id).unwrap();
            assert!(holder.active, "I-4: linked while deactivated: {event}");
            holder.barren = false;
        }
        self.credentials.insert(key, held);
    }

    /// I-1, as far as the events alone can tell: the user is active, and so is the credential of an
    /// owner in the user's own organization, environment and company.
    #[track_caller]
    fn check_start(&mut self, event: &Value, id: &str) {
        let holder = &self.users[id];
        assert!(holder.active, "I-1: started for a user that is not active: {event}");
        assert_eq!(holder.place, place(event), "I-1: started elsewhere: {event}");
        let scope = match event["owner"]["scope"].as_str().unwrap() {
            "INDIVIDUAL" => {
                assert_eq!(event["owner"]["registered_user_id"], id, "I-1: somebody else's credential: {event}");
                "INDIVIDUAL"
            }
            "SHARED" => {
                let company = holder.company.as_deref();
                assert_eq!(event["owner"]["origin_company_id"].as_str(), company, "I-1: another company's: {event}");
                "SHARED"
            }
            _ => "ORGANIZATION",
        };
        let key = (holder.place.clone(), event["owner"].to_string(), text(event, "/connector"));
        let status = self.credentials[&key].status_at(instant(event, "at").unwrap());
        assert_eq!(status, "active", "I-1: started without an active credential: {event}");
        self.started.push(scope);
    }

    /// What a user's list of credentials must show: its own, its company's, its organization's, each
    /// as owner, connector, status and generation.
    pub(crate) fn credentials_of(&self, id: &str, now: Timestamp) -> BTreeSet<(String, String, &'static str, u64)> {
        let holder = &self.users[id];
        let mut owners = vec![canonical_text(&individual(id)), canonical_text(&organization())];
        owners.extend(holder.company.as_ref().map(|id| canonical_text(&shared(id))));
        let there =
            self.credentials.iter().filter(|((place, owner, _), _)| *place == holder.place && owners.contains(owner));
        there
            .map(|((_, owner, connector), held)| {
                (owner.clone(), connector.clone(), held.status_at(now), held.generation)
            })
            .collect()
    }
}

//! A state of a model: an instance, what its host keeps beside it, and what a reader of the events remembers.

use crate::memory::Memory;
use crate::projection::project;
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tenantry::{EffectBody, Event, EventBody, Options, Policy, Stream, Tenantry, Timestamp};

/// A state of a model.
#[derive(Clone)]
pub struct Node {
    /// The instance.
    pub tenantry: Tenantry,
    /// The events as the host keeps them: erased where an effect has asked for it (E-4).
    pub journal: Arc<Vec<Event>>,
    /// The clock.
    pub now: Timestamp,
    /// The ids that the world has names for.
    pub saved: BTreeMap<&'static str, String>,
    /// What a reader of the events remembers.
    pub memory: Memory,
    /// What is stored: the snapshot.
    pub text: Arc<str>,
    /// The same, read.
    pub view: Arc<Value>,
    /// How many steps lead here.
    pub steps: usize,
    /// How often ids were drawn, while the world was set up too.
    pub drawn: usize,
    /// The invariants that the last step has broken, a bit for each.
    pub broken: u16,
    projection: u64,
}

/// States count as the same where their projections are.
impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.projection, self.broken).hash(state);
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        (self.projection, self.broken) == (other.projection, other.broken)
    }
}

impl Node {
    /// An empty instance under this policy.
    #[must_use]
    pub fn empty(policy: Policy) -> Self {
        let tenantry = Tenantry::with_options(Options { policy, ..Options::default() }).unwrap();
        let mut node = Node {
            tenantry,
            journal: Arc::default(),
            now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
            saved: BTreeMap::new(),
            memory: Memory::default(),
            text: "".into(),
            view: Arc::default(),
            steps: 0,
            drawn: 0,
            broken: 0,
            projection: 0,
        };
        node.look(None);
        node
    }

    /// Reads what is stored now; a mutant may have stored something else.
    pub(crate) fn look(&mut self, stored: Option<String>) {
        let text = stored.unwrap_or_else(|| self.tenantry.snapshot());
        if *text != *self.text {
            self.view = Arc::new(serde_json::from_str(&text).unwrap());
            self.text = text.into();
        }
    }

    /// Says which state this is, once all else is known.
    pub(crate) fn settle(&mut self) {
        let mut hasher = DefaultHasher::new();
        project(&self.view, &self.saved, self.now).hash(&mut hasher);
        self.memory.barren.len().hash(&mut hasher);
        self.memory.purged.len().hash(&mut hasher);
        self.projection = hasher.finish();
    }

    /// Writes events, and erases what an effect asks for, as a host does (E-4).
    pub(crate) fn write(&mut self, events: &[Event], effects: &[EffectBody]) {
        if events.is_empty() {
            return;
        }
        let journal = Arc::make_mut(&mut self.journal);
        journal.extend_from_slice(events);
        for effect in effects {
            match effect {
                EffectBody::RedactUser { registered_user_id } => {
                    redact(journal, &Stream::RegisteredUser(*registered_user_id))
                }
                EffectBody::RedactAccount { user_id } => redact(journal, &Stream::Account(*user_id)),
                EffectBody::PurgeUser { registered_user_id } => {
                    let own = Stream::RegisteredUser(*registered_user_id);
                    journal.retain(|event| {
                        event.stream != own || matches!(event.body, EventBody::RegisteredUserPurged { .. })
                    });
                    journal.iter_mut().for_each(|event| event.forget(*registered_user_id));
                }
                // Nothing to do with what is kept.
                _ => {}
            }
        }
    }

    /// The rows of a table of what is stored.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = &Value> {
        self.view[table].as_array().into_iter().flatten()
    }

    /// The registered users that are there, each with its row and its life.
    pub fn users(&self) -> impl Iterator<Item = (&str, &Value, &Value)> {
        let present = |row| {
            let life = row_life(row)?;
            Some((row["registered_user_id"].as_str()?, row, life))
        };
        self.rows("registered_users").filter_map(present)
    }
}

fn row_life(row: &Value) -> Option<&Value> {
    row["life"].get("present")
}

fn redact(journal: &mut [Event], stream: &Stream) {
    journal.iter_mut().filter(|event| event.stream == *stream).for_each(Event::redact);
}

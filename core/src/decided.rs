//! The two halves of `execute`, for hosts that store the events before the state in memory changes; and events from elsewhere.

use crate::CommandRequest;
use crate::context::Context;
use crate::decide::Refusal;
use crate::error::{Error, Rejection, UsageError};
use crate::event::{Effect, Event};
use crate::fold::follow_on;
use crate::state::{Draft, Key, Row};
use crate::tenantry::{Outcome, Tenantry};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// An accepted command that has not taken effect yet: [`Tenantry::commit`] does that.
#[derive(Debug)]
#[must_use = "nothing has changed until it is committed"]
pub struct Decided<T> {
    response: T,
    events: Vec<Event>,
    effects: Vec<Effect>,
    rows: BTreeMap<Key, Option<Row>>,
    /// The state that it was decided on.
    changed: u64,
}

impl<T> Decided<T> {
    /// What the command will answer.
    pub const fn response(&self) -> &T {
        &self.response
    }

    /// The events, in order: write these before you commit.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What the host will have to do in addition: write these together with the events.
    #[must_use]
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }
}

impl Tenantry {
    /// Decides a command and changes nothing: its events can be stored first, and if that fails, nothing has
    /// happened. `commit(decide(…))` is [`execute`](Self::execute).
    ///
    /// ```
    /// # use tenantry::{Actor, Context, CreateOrganization, Entropy, Event, Name, Tenantry, Timestamp};
    /// # fn append(_: &[Event]) -> Result<(), std::io::Error> { Ok(()) }
    /// let mut world = Tenantry::new();
    /// let actor = Actor::System { organization_id: None, environment: None };
    /// let context = Context { now: "2026-01-31T10:00:00Z".parse()?, actor, entropy: Some(Entropy::seeded(1)) };
    /// let decided = world.decide(&CreateOrganization::new(Name::new("Acme")?), &context)?;
    /// append(decided.events())?;
    /// let outcome = world.commit(decided)?;
    /// assert_eq!(outcome.response.organization.name, Name::new("Acme")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The rejection, or the host's own mistake: an instance on rows keeps nothing between commands, so that its host
    /// writes first anyway, by [`execute`](Self::execute).
    pub fn decide<C: CommandRequest>(&self, command: &C, context: &Context) -> Result<Decided<C::Response>, Error> {
        self.whole()?;
        let decided = self.decide_on(command, Draft::new(&self.state), context);
        let (response, tx) = decided.map_err(|refusal: Refusal| Error::from(refusal))?;
        let (draft, events, effects) = tx.into_parts();
        Ok(Decided { response, events, effects, rows: draft.into_rows(), changed: self.changed })
    }

    /// Applies a decided command.
    ///
    /// # Errors
    /// The host's own mistake: the state has changed since it was decided. Nothing has changed; decide again.
    pub fn commit<T>(&mut self, decided: Decided<T>) -> Result<Outcome<T>, UsageError> {
        let Decided { response, events, effects, rows, changed } = decided;
        self.whole()?;
        if changed != self.changed {
            return Err(UsageError::new("the state has changed since the command was decided: decide it again"));
        }
        self.commit_rows(rows);
        if let Some(journal) = &mut self.journal {
            journal.record(&events, &effects);
        }
        Ok(Outcome { response, events, effects, guards: None, changes: None })
    }

    /// Applies events that another instance has decided on the same state, so that a replica can follow (E-5).
    ///
    /// Each stream has to continue after the sequence of its row. Unlike [`fold_onto`](Self::fold_onto), which takes events of any
    /// origin, it does not check the whole state for consistency.
    ///
    /// # Errors
    /// `invalid_snapshot` with the first event that does not fit; nothing has changed. On an instance on rows, the host's
    /// own mistake.
    pub fn apply(&mut self, events: &[Event]) -> Result<(), Error> {
        self.whole()?;
        let rows = follow_on(&self.state, events).map_err(Rejection::invalid_snapshot)?;
        self.commit_rows(rows);
        if let Some(journal) = &mut self.journal {
            journal.record(events, &[]);
        }
        Ok(())
    }

    pub(crate) fn commit_rows(&mut self, rows: BTreeMap<Key, Option<Row>>) {
        self.state.commit(rows);
        self.changed = self.changed.wrapping_add(1);
    }

    fn whole(&self) -> Result<(), UsageError> {
        if self.state.is_whole() {
            return Ok(());
        }
        Err(UsageError::new("an instance in row mode keeps no state between commands: use `execute`"))
    }
}

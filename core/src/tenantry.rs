//! The instance: a state, its policy, perhaps a journal, and the typed API of all rules.

use crate::access::Impact;
use crate::access::impact::impact;
use crate::context::Context;
use crate::decide::{Refusal, Request, Transaction, run, validate};
use crate::error::{Error, Rejection};
use crate::event::{Effect, Event};
use crate::hosting::{Change, Guard, changes};
use crate::journal::Journal;
use crate::json;
use crate::policy::Policy;
use crate::state::{self, Draft, Reads, RowFormat, State};
use crate::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// The options of an instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The policy.
    pub policy: Policy,
    /// Whether the journal is kept in memory; by default the host keeps the events (E-4).
    pub journal: bool,
    /// Whether the instance has only the rows that its host loads (contract section 14).
    pub rows: bool,
    /// The format in which rows and snapshots are written; every format is read. An older one is for the time
    /// in which other hosts of the same database do not read the present one yet (S-3). A command that reads a
    /// row of a newer format writes the newer format: another host of that table already does.
    pub row_format: RowFormat,
}

/// The outcome of an accepted command: this, and nothing else, has happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "the events are the record of what happened, and the response may be a denial"]
pub struct Outcome<T> {
    /// The response.
    pub response: T,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What the host has to do in addition.
    pub effects: Vec<Effect>,
    /// With `rows: true`: the rows that it was decided on; verify them before writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guards: Option<Vec<Guard>>,
    /// With `rows: true`: the rows to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// What an accepted command would give.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "a preview changes nothing"]
pub struct Preview<T> {
    /// The response.
    pub response: T,
    /// What would happen, in order.
    pub events: Vec<Event>,
    /// What the host would have to do in addition.
    pub effects: Vec<Effect>,
    /// Who would lose and gain access.
    pub impact: Impact,
}

/// A world of organizations, registered users, credentials and accounts, and all its rules.
///
/// It reads no clock and no randomness: both come with each call, in its [`Context`].
///
/// ```
/// use tenantry::{Actor, Context, CreateOrganization, CreateRegisteredUser, Entropy, Environment};
/// use tenantry::{Name, OriginUserId, Tenantry, Timestamp};
///
/// let mut tenantry = Tenantry::new();
/// let mut context = Context {
///     now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
///     actor: Actor::System { organization_id: None, environment: None },
///     entropy: Some(Entropy::new([1; 16])),
/// };
/// let acme = CreateOrganization::new(Name::new("Acme")?);
/// let organization_id = tenantry.execute(&acme, &context)?.response.organization.organization_id;
///
/// context.actor =
///     Actor::System { organization_id: Some(organization_id), environment: Some(Environment::Production) };
/// let alice = CreateRegisteredUser::new(OriginUserId::new("user_a3f9b2")?);
/// assert!(tenantry.execute(&alice, &context)?.response.created);
/// assert!(!tenantry.execute(&alice, &context)?.response.created);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tenantry {
    pub(crate) state: State,
    pub(crate) policy: Policy,
    pub(crate) journal: Option<Journal>,
    pub(crate) row_format: RowFormat,
    /// How often the state has changed: a decided command can only be committed if this has stayed the same.
    pub(crate) changed: u64,
}

impl Tenantry {
    /// An empty world with the default policy and no journal.
    #[must_use]
    pub fn new() -> Self {
        Tenantry::default()
    }

    /// An empty world.
    ///
    /// # Errors
    /// `invalid_request` with every field of the policy that is out of range.
    pub fn with_options(options: Options) -> Result<Self, Rejection> {
        options.policy.check()?;
        let state = if options.rows { State::partial() } else { State::default() };
        let Options { policy, journal, row_format, .. } = options;
        Ok(Tenantry { state, policy, journal: journal.then(Journal::default), row_format, changed: 0 })
    }

    /// The whole state as canonical JSON, tagged with a format version (S-2): the present one, or that of
    /// [`Options::row_format`]. It includes neither the policy nor the journal. Equal states give equal bytes.
    ///
    /// ```
    /// # use tenantry::{Options, Tenantry};
    /// let world = Tenantry::example();
    /// let restored = Tenantry::restore(&world.snapshot(), Options::default())?;
    /// assert_eq!(restored.snapshot(), world.snapshot());
    /// # Ok::<(), tenantry::Rejection>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> String {
        self.state.snapshot(self.row_format)
    }

    /// The instance that a snapshot describes, under a policy that may differ from the one before; its
    /// journal, if it keeps one, starts empty. It has the whole state, whatever `rows` in the options says.
    ///
    /// # Errors
    /// `invalid_snapshot` with the first place that breaks form, reference, uniqueness or count (S-2).
    pub fn restore(snapshot: &str, options: Options) -> Result<Self, Rejection> {
        let value = json::parse_document(snapshot).map_err(Rejection::invalid_snapshot)?;
        Self::restore_value(&value, options)
    }

    pub(crate) fn restore_value(snapshot: &json::Value<'_>, options: Options) -> Result<Self, Rejection> {
        let empty = Tenantry::with_options(options)?;
        let state = state::restore(snapshot, &empty.policy).map_err(Rejection::invalid_snapshot)?;
        Ok(Tenantry { state, ..empty })
    }

    /// The instance that a journal gives: the same state that the commands gave, byte for byte as a snapshot,
    /// also after redactions and purges (E-1). Where the journal is kept in memory, it contains
    /// these events.
    ///
    /// # Errors
    /// `invalid_snapshot` with the first event that does not fit: a gap in a stream (of a purged user
    /// only the purge record is left), a stream without its beginning or beyond its end, a state that
    /// is not consistent.
    pub fn fold(events: &[Event], options: Options) -> Result<Self, Rejection> {
        let empty = Tenantry::with_options(Options { rows: false, ..options })?;
        empty.folded(events)
    }

    /// The instance that a snapshot and the events since then give: each stream continues after the sequence of its
    /// row (E-5). So a replica can follow, and the state as of any instant can be rebuilt from an older snapshot. If the
    /// journal is kept in memory, it contains these events.
    ///
    /// ```
    /// # use tenantry::{Actor, Context, CreateOrganization, Entropy, Name, Options, Tenantry, Timestamp};
    /// let mut world = Tenantry::example();
    /// let before = world.snapshot();
    /// let actor = Actor::System { organization_id: None, environment: None };
    /// let now = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
    /// let context = Context { now, actor, entropy: Some(Entropy::new([7; 16])) };
    /// let outcome = world.execute(&CreateOrganization::new(Name::new("Acme")?), &context)?;
    /// let replica = Tenantry::fold_onto(&before, &outcome.events, Options::default())?;
    /// assert_eq!(replica.snapshot(), world.snapshot());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`restore`](Self::restore) and [`fold`](Self::fold).
    pub fn fold_onto(snapshot: &str, events: &[Event], options: Options) -> Result<Self, Rejection> {
        Tenantry::restore(snapshot, options)?.folded(events)
    }

    pub(crate) fn folded(self, events: &[Event]) -> Result<Self, Rejection> {
        let state = crate::fold::fold(self.state, events, &self.policy).map_err(Rejection::invalid_snapshot)?;
        let journal = self.journal.is_some().then(|| Journal::of(events));
        Ok(Tenantry { state, journal, ..self })
    }

    /// The events of the journal in memory, in the order in which they happened; none where the host
    /// keeps them.
    pub fn journal(&self) -> impl Iterator<Item = &Event> {
        self.journal.iter().flat_map(Journal::events)
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Decides a command and, if it is accepted, applies it.
    ///
    /// # Errors
    /// The rejection, or the host's own mistake; nothing has changed (P-3).
    pub fn execute<C: crate::CommandRequest>(
        &mut self,
        command: &C,
        context: &Context,
    ) -> Result<Outcome<C::Response>, Error> {
        let is_whole = self.state.is_whole();
        let reads = Reads::default();
        let draft = if is_whole { Draft::new(&self.state) } else { Draft::recording(&self.state, &reads) };
        let decided = self.decide_on(command, draft, context).and_then(|(response, tx)| {
            if !is_whole {
                tx.draft.check_bases()?;
            }
            Ok((response, tx.into_parts()))
        });
        let (response, (draft, events, effects)) = match decided {
            Ok(decided) => decided,
            // The other rows are still needed.
            Err(missing @ Refusal::NotLoaded(_)) => return Err(missing.into()),
            Err(refusal) => {
                self.forget();
                return Err(refusal.into());
            }
        };
        let rows = draft.into_rows();
        let (mut guards, mut written) = (None, None);
        if is_whole {
            self.commit_rows(rows);
        } else {
            let reads = reads.into_inner();
            let format = self.state.newest_format(reads.iter()).max(Some(self.row_format)).unwrap_or_default();
            (guards, written) = (Some(self.guards(&reads)), Some(changes(&self.state, format, &rows)));
            self.forget();
        }
        if let Some(journal) = &mut self.journal {
            journal.record(&events, &effects);
        }
        Ok(Outcome { response, events, effects, guards, changes: written })
    }

    /// Drops all loaded rows, as every command does, accepted or refused.
    pub(crate) fn forget(&mut self) {
        if !self.state.is_whole() {
            self.state = State::partial();
        }
    }

    /// Gives up the request that rows were loaded for, so that they serve no later one: the next
    /// [`requirements`](Self::requirements) asks for all its rows again. Every answer does the same by itself, a
    /// refusal too.
    pub fn abandon(&self) {
        self.state.end_round();
    }

    pub(crate) fn decide_on<'s, Q: Request>(
        &'s self,
        request: &Q,
        draft: Draft<'s>,
        context: &'s Context,
    ) -> Result<(Q::Response, Transaction<'s>), Refusal> {
        validate(request, context, &self.policy)?;
        run(request, draft, context, &self.policy, self.journal.as_ref())
    }

    /// The answer of a request that changes nothing. It ends the round, unless the request still lacks rows.
    pub(crate) fn answered<T>(&self, answer: Result<T, impl Into<Refusal>>) -> Result<T, Error> {
        let answer = answer.map_err(Into::into);
        if !matches!(answer, Err(Refusal::NotLoaded(_))) {
            self.state.end_round();
        }
        Ok(answer?)
    }

    /// What [`execute`](Self::execute) would give, and who would lose and gain access (D-5). Nothing
    /// changes.
    ///
    /// # Errors
    /// What `execute` would refuse it with.
    pub fn preview<C: crate::CommandRequest>(
        &self,
        command: &C,
        context: &Context,
    ) -> Result<Preview<C::Response>, Error> {
        self.answered(self.look_into(command, context))
    }

    fn look_into<C: Request>(&self, command: &C, context: &Context) -> Result<Preview<C::Response>, Refusal> {
        let (response, tx) = self.decide_on(command, Draft::new(&self.state), context)?;
        tx.whole_state()?;
        let organization_id = tx.authority.organization_id.clone();
        let (draft, events, effects) = tx.into_parts();
        let impact = impact(&self.state, &draft, &context.actor, organization_id.as_ref(), context.now)?;
        Ok(Preview { response, events, effects, impact })
    }

    /// Answers a query.
    ///
    /// # Errors
    /// The rejection, or the host's own mistake.
    pub fn query<Q: crate::QueryRequest>(&self, query: &Q, context: &Context) -> Result<Q::Response, Error> {
        let decided = self.decide_on(query, Draft::new(&self.state), context);
        self.answered(decided.map(|(answer, _)| answer))
    }

    /// The earliest instant at which `advance_time` would have something to do (T-3).
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.state.next_due()
    }
}

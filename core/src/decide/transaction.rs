//! What one decision looks at, and where its events go.

use super::Refusal;
use crate::apply::apply;
use crate::authority::{Authority, known_pack, known_user, visible_users};
use crate::context::{Actor, ActorRecord, Context, Environment, NO_ENTROPY};
use crate::error::{Code, Rejection, UsageError};
use crate::event::{Effect, EffectBody, Event, EventBody, Stream};
use crate::id::{
    AccountId, CompanyId, Mint, MintedId, OrganizationId, RegisteredUserId, RegistrationTokenId, ToolPackId,
};
use crate::policy::Policy;
use crate::registered_user::RegisteredUser;
use crate::state::{
    AccountRow, CompanyKey, CompanyRow, Draft, ListOf, Listed, NotLoaded, OrganizationRow, Record, RegisteredUserRow,
    RegistrationTokenRow, Rows, State, ToolPackRow, next,
};
use crate::time::Timestamp;
use alloc::vec::Vec;

/// Everything that a decision may look at, and where its events go.
#[derive(Debug)]
pub struct Transaction<'s> {
    pub(crate) draft: Draft<'s>,
    pub(crate) context: &'s Context,
    pub(crate) policy: &'s Policy,
    pub(crate) authority: Authority,
    pub(crate) journal: Option<&'s crate::journal::Journal>,
    mint: Option<Mint>,
    events: Vec<Event>,
    effects: Vec<Effect>,
}

impl<'s> Transaction<'s> {
    pub(super) fn new(
        draft: Draft<'s>,
        context: &'s Context,
        policy: &'s Policy,
        journal: Option<&'s crate::journal::Journal>,
        authority: Authority,
    ) -> Self {
        let mint = context.entropy.map(|entropy| Mint::new(entropy, context.now));
        Transaction { draft, context, policy, authority, journal, mint, events: Vec::new(), effects: Vec::new() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.context.now
    }

    pub(crate) fn actor(&self) -> &'s Actor {
        &self.context.actor
    }

    /// The organization that the request is about. Requests that use it need it (C-6).
    pub(crate) fn organization_id(&self) -> Result<OrganizationId, Refusal> {
        self.authority.organization_id.clone().ok_or_else(|| Code::OrganizationNotFound.into())
    }

    /// The organization and environment that the request is about (C-6).
    pub(crate) fn place(&self) -> Result<(OrganizationId, Environment), Refusal> {
        let environment = self.context.actor.environment().ok_or(Code::InvalidRequest)?;
        Ok((self.organization_id()?, environment))
    }

    pub(crate) fn row<R: Record>(&self, key: &R::Key) -> Result<Option<&R>, NotLoaded> {
        self.draft.row(key)
    }

    /// The registered user with this id, where the actor can see it (P-2).
    pub(crate) fn visible_user(&self, id: RegisteredUserId) -> Result<&RegisteredUserRow, Refusal> {
        let user = self.known_user(id)?.filter(|user| user.live().is_some());
        user.ok_or_else(|| Code::RegisteredUserNotFound.into())
    }

    /// The same, tombstones included.
    pub(crate) fn known_user(&self, id: RegisteredUserId) -> Result<Option<&RegisteredUserRow>, Refusal> {
        let (organization_id, environment) = self.place()?;
        Ok(known_user(&self.draft, self.actor(), (&organization_id, environment), id)?)
    }

    /// The tool pack with this id, where the actor can see it (P-2, C-3).
    pub(crate) fn visible_pack(&self, tool_pack_id: &ToolPackId) -> Result<&ToolPackRow, Refusal> {
        let organization_id = self.organization_id()?;
        let pack = known_pack(&self.draft, self.actor(), &organization_id, tool_pack_id.as_str())?;
        pack.ok_or_else(|| Code::ToolPackNotFound.into())
    }

    /// Whether accounts and tokens of this organization, or of none, are in the actor's reach (AC-1).
    pub(crate) fn reaches(&self, organization_id: Option<&OrganizationId>) -> bool {
        self.authority.reaches(self.actor(), organization_id)
    }

    /// `organization_not_found`, where there is none by this id in the actor's reach (P-2).
    pub(crate) fn check_organization(&self, organization_id: &OrganizationId) -> Result<(), Refusal> {
        if self.reaches(Some(organization_id)) && self.row::<OrganizationRow>(organization_id)?.is_some() {
            return Ok(());
        }
        Err(Code::OrganizationNotFound.into())
    }

    /// The rows of a list after a position (H-2). `first` is how many the caller is about to look at.
    pub(crate) fn list<R: Listed + 's>(
        &self,
        of: ListOf<'_>,
        after: Option<&str>,
        first: usize,
    ) -> impl Iterator<Item = Result<&'s R, NotLoaded>> {
        self.draft.list(of, after, first)
    }

    /// The users of a place that the actor sees, tombstones too, in id order. If the actor is restricted to some users,
    /// no other is looked at, since timing would reveal them (P-2).
    pub(crate) fn list_users(
        &self,
        (organization_id, environment): (&OrganizationId, Environment),
        after: Option<RegisteredUserId>,
        first: usize,
    ) -> impl Iterator<Item = Result<&'s RegisteredUserRow, NotLoaded>> {
        visible_users(&self.draft, self.actor(), (organization_id, environment), after, first)
    }

    /// The whole state, for what single rows cannot answer (contract section 14).
    pub(crate) fn whole_state(&self) -> Result<&'s State, Refusal> {
        let state = self.draft.state();
        if state.is_whole() {
            return Ok(state);
        }
        let message = "`preview` compares the access of all users: call it on an instance with the whole state";
        Err(UsageError::new(message).into())
    }

    /// The view of a registered user as the draft has it now.
    pub(crate) fn view_user(&self, id: RegisteredUserId) -> Result<RegisteredUser, Refusal> {
        let user = self.row::<RegisteredUserRow>(&id)?.ok_or(Code::RegisteredUserNotFound)?;
        user.view(&self.draft, self.now())?.ok_or_else(|| Code::RegisteredUserNotFound.into())
    }

    /// A new id for a row; one that exists already is the entropy's fault (contract section 2).
    pub(crate) fn mint<R: Record>(&mut self) -> Result<R::Key, Refusal>
    where
        R::Key: MintedId,
    {
        let id = self.mint_id()?;
        match self.row::<R>(&id)? {
            None => Ok(id),
            Some(_) => Err(self.stale_entropy()),
        }
    }

    /// A new id that no row is keyed by, so that nothing shows whether it exists already.
    pub(crate) fn mint_id<I: MintedId>(&mut self) -> Result<I, Refusal> {
        Ok(self.minting()?.next())
    }

    /// Where new ids come from.
    pub(crate) fn minting(&mut self) -> Result<&mut Mint, Refusal> {
        self.mint.as_mut().ok_or_else(|| entropy(NO_ENTROPY))
    }

    pub(crate) fn stale_entropy(&self) -> Refusal {
        entropy("the entropy was used before: an id derived from it already exists")
    }

    /// Emits an event into the stream of a registered user.
    pub(crate) fn emit_user(
        &mut self,
        id: RegisteredUserId,
        place: (OrganizationId, Environment),
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let sequence = self.row::<RegisteredUserRow>(&id)?.map_or(0, |row| row.sequence);
        self.emit(Stream::RegisteredUser(id), sequence, Some(place.0), Some(place.1), body)
    }

    /// Emits an event into the stream of a company.
    pub(crate) fn emit_company(
        &mut self,
        company_id: CompanyId,
        key: CompanyKey,
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let sequence = self.row::<CompanyRow>(&key)?.map_or(0, |row| row.sequence);
        self.emit(Stream::Company(company_id), sequence, Some(key.0), Some(key.1), body)
    }

    /// Emits an event into the stream of an organization; of its environment where it has one.
    pub(crate) fn emit_organization(
        &mut self,
        organization_id: &OrganizationId,
        environment: Option<Environment>,
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let sequence = self.row::<OrganizationRow>(organization_id)?.map_or(0, |row| row.sequence);
        let stream = Stream::Organization(organization_id.clone());
        self.emit(stream, sequence, Some(organization_id.clone()), environment, body)
    }

    /// Emits an event into the stream of an account.
    pub(crate) fn emit_account(
        &mut self,
        user_id: AccountId,
        organization_id: Option<OrganizationId>,
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let sequence = self.row::<AccountRow>(&user_id)?.map_or(0, |row| row.sequence);
        self.emit(Stream::Account(user_id), sequence, organization_id, None, body)
    }

    /// Emits an event into the stream of a registration token.
    pub(crate) fn emit_token(
        &mut self,
        token_id: RegistrationTokenId,
        organization_id: &OrganizationId,
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let sequence = self.row::<RegistrationTokenRow>(&token_id)?.map_or(0, |row| row.sequence);
        self.emit(Stream::RegistrationToken(token_id), sequence, Some(organization_id.clone()), None, body)
    }

    fn emit(
        &mut self,
        stream: Stream,
        sequence: u64,
        organization_id: Option<OrganizationId>,
        environment: Option<Environment>,
        body: EventBody,
    ) -> Result<(), NotLoaded> {
        let actor = ActorRecord::from(&self.context.actor);
        let event =
            Event { stream, sequence: next(sequence), at: self.now(), organization_id, environment, actor, body };
        apply(&mut self.draft, &event)?;
        self.events.push(event);
        Ok(())
    }

    /// Asks the host to do something because of the event emitted last, whose id and instant it carries (E-6).
    pub(crate) fn effect(&mut self, body: EffectBody) {
        self.effects.extend(self.events.last().map(|event| Effect { id: event.id(), at: event.at, body }));
    }

    /// The draft, the events and the effects of an accepted request.
    pub(crate) fn into_parts(self) -> (Draft<'s>, Vec<Event>, Vec<Effect>) {
        (self.draft, self.events, self.effects)
    }
}

fn entropy(message: &str) -> Refusal {
    Rejection::because(Code::InvalidRequest, message).at("/context/entropy").into_usage().into()
}

//! Prefetching, so that a host need not load rows one by one (contract section 14).
//!
//! `requirements` runs a request on the rows that are loaded, and the run stops at the first one that
//! is not. Then the request tells what else it is about to look at, as far as its own fields and the
//! loaded rows show it: all of that is asked for in the same round. Nothing is decided by it. What is
//! forgotten here is asked for when the run comes to it, only later.

use crate::access::ToolCall;
use crate::account::Role;
use crate::authority::{ids_after, only_users, sees_pack, sees_user, visible_users};
use crate::context::{Actor, Context, Environment};
use crate::credential::{AuthScope, Linked, Owner, held};
use crate::id::{
    ConnectorSlug, GroupId, Mint, MintedId, OrganizationId, OriginCompanyId, OriginUserId, RegisteredUserId, ToolPackId,
};
use crate::page::Page;
use crate::policy::{OriginUserIdScope, Policy};
use crate::registered_user::LiveUser;
use crate::state::{
    AccountRow, CompanyIdIndex, CompanyRow, ConnectorRow, Draft, GroupRow, Key, ListOf, Listed,
    OrganizationCredentialRow, OrganizationRow, OriginUserIndex, Record, RegisteredUserRow, Rows, ToolPackRow,
    company_key,
};
use crate::time::Timestamp;

/// Asks for rows: what is loaded is there to look further, what is not is noted as missing.
#[derive(Debug)]
pub struct Prefetch<'c> {
    draft: &'c Draft<'c>,
    context: &'c Context,
    policy: &'c Policy,
    organization_id: Option<&'c OrganizationId>,
}

impl<'c> Prefetch<'c> {
    /// Asks for what C-1 looks at.
    pub(crate) fn new(draft: &'c Draft<'c>, context: &'c Context, policy: &'c Policy) -> Self {
        let mut prefetch = Prefetch { draft, context, policy, organization_id: context.actor.organization_id() };
        if let Some(id) = prefetch.organization_id {
            prefetch.row::<OrganizationRow>(id);
        }
        match &context.actor {
            Actor::Account { user_id, .. } => {
                let account = prefetch.row::<AccountRow>(user_id).filter(|account| account.role != Role::Admin);
                let own = account.and_then(|account| account.organization_id.as_ref());
                prefetch.organization_id = prefetch.organization_id.or(own);
            }
            Actor::RegisteredUser { registered_user_id, .. } => {
                prefetch.row::<RegisteredUserRow>(registered_user_id);
            }
            Actor::System { .. } | Actor::AccessKey(_) | Actor::Anonymous => {}
        }
        prefetch
    }

    pub(crate) fn row<R: Record>(&self, key: &R::Key) -> Option<&'c R> {
        self.draft.row(key).ok().flatten()
    }

    pub(crate) fn draft(&self) -> &'c Draft<'c> {
        self.draft
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.context.now
    }

    /// Whom the request acts as.
    pub(crate) fn actor(&self) -> &'c Actor {
        &self.context.actor
    }

    /// The organization that the request is about, as far as it shows.
    pub(crate) fn organization_id(&self) -> Option<&'c OrganizationId> {
        self.organization_id
    }

    pub(crate) fn place(&self) -> Option<(&'c OrganizationId, Environment)> {
        self.organization_id.zip(self.context.actor.environment())
    }

    /// The id that is minted n-th, from 0.
    pub(crate) fn minted<R: Record>(&self, nth: usize)
    where
        R::Key: MintedId,
    {
        let id = self.mint().and_then(|mut mint| core::iter::repeat_with(|| mint.next()).nth(nth));
        id.and_then(|id| self.row::<R>(&id));
    }

    pub(crate) fn mint(&self) -> Option<Mint> {
        self.context.entropy.map(|entropy| Mint::new(entropy, self.context.now))
    }

    pub(crate) fn user(&self, id: RegisteredUserId) -> Option<&'c RegisteredUserRow> {
        if sees_user(self.actor(), id) { self.row::<RegisteredUserRow>(&id) } else { None }
    }

    /// A user with the company that its view names.
    pub(crate) fn profile(&self, id: RegisteredUserId) -> Option<&'c LiveUser> {
        let live = self.user(id)?.live()?;
        live.origin_company_id.iter().for_each(|company| self.company(company));
        Some(live)
    }

    /// The user with an `origin_user_id`.
    pub(crate) fn holder(&self, origin_user_id: &OriginUserId) -> Option<RegisteredUserId> {
        let (organization_id, environment) = self.place()?;
        self.holder_in(organization_id, environment, origin_user_id)
    }

    /// The same, wherever it has to be unique (RU-2).
    pub(crate) fn holder_anywhere(&self, origin_user_id: &OriginUserId) -> Option<RegisteredUserId> {
        let (organization_id, environment) = self.place()?;
        if self.policy.origin_user_id_scope == OriginUserIdScope::Organization {
            self.holder_in(organization_id, environment.other(), origin_user_id);
        }
        self.holder_in(organization_id, environment, origin_user_id)
    }

    fn holder_in(
        &self,
        organization_id: &OrganizationId,
        environment: Environment,
        origin_user_id: &OriginUserId,
    ) -> Option<RegisteredUserId> {
        let key = (organization_id.clone(), environment, origin_user_id.clone());
        self.row::<OriginUserIndex>(&key).map(|holder| holder.registered_user_id)
    }

    pub(crate) fn company(&self, origin_company_id: &OriginCompanyId) {
        if let Some((organization_id, environment)) = self.place() {
            self.row::<CompanyRow>(&company_key(organization_id, environment, origin_company_id));
        }
    }

    pub(crate) fn connector(&self, slug: &ConnectorSlug) {
        if let Some(organization_id) = self.organization_id {
            self.row::<ConnectorRow>(&(organization_id.clone(), slug.clone()));
        }
    }

    pub(crate) fn group(&self, group_id: &GroupId) -> Option<&'c GroupRow> {
        self.row::<GroupRow>(&(self.organization_id?.clone(), group_id.clone()))
    }

    pub(crate) fn tool_pack(&self, tool_pack_id: &ToolPackId) -> Option<&'c ToolPackRow> {
        if !sees_pack(self.actor(), tool_pack_id.as_str()) {
            return None;
        }
        self.row::<ToolPackRow>(&(self.organization_id?.clone(), tool_pack_id.clone()))
    }

    /// A pack with its groups, as whoever asks whom it serves looks at them (TP-6).
    pub(crate) fn served_pack(&self, tool_pack_id: &ToolPackId) -> Option<&'c ToolPackRow> {
        let pack = self.tool_pack(tool_pack_id)?;
        for group_id in pack.group_ids.iter().flatten() {
            self.group(group_id);
        }
        Some(pack)
    }

    /// A pack with all that it names, as whoever replaces it counts them.
    pub(crate) fn whole_pack(&self, tool_pack_id: &ToolPackId) -> Option<&'c ToolPackRow> {
        let pack = self.served_pack(tool_pack_id)?;
        pack.connectors.iter().for_each(|entry| self.connector(&entry.connector));
        Some(pack)
    }

    /// A page of what an organization lists.
    pub(crate) fn listed<R: Listed + 'c>(&self, page: &Page) {
        if let Some(organization_id) = self.organization_id {
            self.list::<R>((Some(organization_id), None), page).for_each(drop);
        }
    }

    /// The rows of a list, as far as they are loaded; those that a page needs are asked for.
    pub(crate) fn list<R: Listed + 'c>(&self, of: ListOf<'_>, page: &Page) -> impl Iterator<Item = &'c R> {
        self.draft.list(of, page.after.as_deref(), page.rows()).map_while(Result::ok)
    }

    /// The users of a list that the actor sees, as far as they are loaded; those that a page needs are asked for, and
    /// where these were too few, as many again.
    pub(crate) fn users(&self, page: &Page) -> impl Iterator<Item = &'c RegisteredUserRow> {
        let after = page.after.as_deref().and_then(MintedId::parse);
        if let Some(ids) = only_users(self.actor()) {
            let mut ids = ids_after(ids, after);
            let loaded = ids.by_ref().take_while(|id| self.draft.underneath::<RegisteredUserRow>(id).is_ok()).count();
            ids.take(page.rows().max(loaded).saturating_sub(1)).for_each(|id| {
                self.row::<RegisteredUserRow>(&id);
            });
        }
        let users = self.place().map(|place| visible_users(self.draft, self.actor(), place, after, page.rows()));
        users.into_iter().flatten().map_while(Result::ok)
    }

    /// The row that has an owner's credential.
    pub(crate) fn owner(&self, owner: &Owner, connector: &ConnectorSlug) {
        match owner {
            Owner::Individual { registered_user_id } => {
                self.user(*registered_user_id);
            }
            Owner::Shared { origin_company_id } => self.company(origin_company_id),
            Owner::Organization => {
                if let Some((organization_id, environment)) = self.place() {
                    let key = (organization_id.clone(), environment, connector.clone());
                    self.row::<OrganizationCredentialRow>(&key);
                }
            }
        }
    }

    /// The same, with the user who linked the credential, since answers about it name that user.
    pub(crate) fn credential(&self, owner: &Owner, connector: &ConnectorSlug) {
        self.owner(owner, connector);
        let Some((organization_id, environment)) = self.place() else { return };
        let credential = match owner {
            Owner::Individual { .. } => None,
            Owner::Shared { origin_company_id } => {
                let key = company_key(organization_id, environment, origin_company_id);
                self.row::<CompanyRow>(&key).and_then(|company| held(&company.credentials, connector))
            }
            Owner::Organization => {
                let key = (organization_id.clone(), environment, connector.clone());
                self.row::<OrganizationCredentialRow>(&key).map(|row| &row.credential)
            }
        };
        credential.and_then(|credential| credential.linked_by).and_then(|id| self.user(id));
    }

    /// The organization's credentials that a user has linked.
    pub(crate) fn linked(&self, id: RegisteredUserId) {
        for linked in self.user(id).into_iter().flat_map(|user| &user.linked) {
            if linked.company_id.is_none() {
                self.owner(&Owner::Organization, &linked.connector);
            }
        }
    }

    /// What the purges that are due take their users out of.
    pub(crate) fn purges(&self) {
        let now = self.context.now;
        for (_, key) in self.draft.state().due_until(now) {
            let Ok(Key::RegisteredUser(id)) = key else { continue };
            let Some(user) = self.row::<RegisteredUserRow>(id).filter(|user| user.is_purged(now)) else { continue };
            for Linked { company_id, connector } in &user.linked {
                match company_id {
                    None => {
                        let key = (user.organization_id.clone(), user.environment, connector.clone());
                        self.row::<OrganizationCredentialRow>(&key);
                    }
                    Some(company_id) => {
                        let holder = self.row::<CompanyIdIndex>(company_id);
                        let key =
                            holder.map(|it| company_key(&it.organization_id, it.environment, &it.origin_company_id));
                        key.and_then(|key| self.row::<CompanyRow>(&key));
                    }
                }
            }
        }
    }

    /// What a pack's connector looks up for a user (P-1).
    pub(crate) fn scope(&self, scope: AuthScope, user: Option<&RegisteredUserRow>, connector: &ConnectorSlug) {
        let live = user.and_then(|user| Some((user.registered_user_id, user.live()?)));
        if let Some(owner) = live.and_then(|(id, live)| scope.owner(id, live).ok().flatten()) {
            self.owner(&owner.to_owner(), connector);
        }
    }

    /// What D-1 looks at.
    pub(crate) fn call(&self, call: &ToolCall) {
        let user = self.user(call.registered_user_id);
        let connector = &call.tool.connector;
        self.connector(connector);
        let pack = self.served_pack(&call.tool_pack_id);
        if let Some(entry) = pack.and_then(|pack| pack.connector(connector.as_str())) {
            self.scope(entry.auth_scope, user, connector);
        }
    }
}

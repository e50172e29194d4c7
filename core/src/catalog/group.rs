//! Groups: saved rules over registered users, evaluated when asked (TP-5).

use super::rule_values::RuleValues;
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{GroupId, Name, OrganizationId, OriginCompanyId, RegisteredUserId};
use crate::page::{ByText, Items, Page};
use crate::prefetch::Prefetch;
use crate::registered_user::{LiveUser, UserType};
use crate::state::{Entry, Listed};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A rule over the profile of a registered user, kept as given.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Rule {
    /// Matches where all parts match; without parts it matches.
    All {
        /// The parts.
        all: Vec<Rule>,
    },
    /// Matches where at least one part matches; without parts it does not.
    Any {
        /// The parts.
        any: Vec<Rule>,
    },
    /// Matches where the part does not.
    Not {
        /// The part.
        not: Box<Rule>,
    },
    /// Matches where the grouping has this value.
    Equals {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Its value.
        equals: Arc<str>,
    },
    /// Matches where the grouping has one of these values.
    In {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Its values.
        #[serde(rename = "in")]
        values: RuleValues,
    },
    /// Matches where the grouping exists, or where it does not.
    Exists {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Whether it must be there.
        exists: bool,
    },
    /// Matches members of this company.
    Company {
        /// The company.
        origin_company_id: OriginCompanyId,
    },
    /// Matches users of this type.
    UserType {
        /// The type.
        user_type: UserType,
    },
}

/// It compares with groupings and companies, which may be personal.
impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rule(…)")
    }
}

/// A group's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) group_id: GroupId,
    pub(crate) name: Name,
    pub(crate) rule: Rule,
    /// How many tool packs name it.
    pub(crate) tool_packs: u32,
}

/// Whether a rule matches a user. A rule's depth is bounded (TP-5), and so is this recursion.
pub(crate) fn holds(rule: &Rule, user: &LiveUser) -> bool {
    let value = |attribute: &Arc<str>| user.custom_groupings.get(attribute);
    match rule {
        Rule::All { all } => all.iter().all(|part| holds(part, user)),
        Rule::Any { any } => any.iter().any(|part| holds(part, user)),
        Rule::Not { not } => !holds(not, user),
        Rule::Equals { attribute, equals } => value(attribute) == Some(equals),
        Rule::In { attribute, values } => value(attribute).is_some_and(|value| values.contains(value)),
        Rule::Exists { attribute, exists } => value(attribute).is_some() == *exists,
        Rule::Company { origin_company_id } => user.origin_company_id.as_ref() == Some(origin_company_id),
        Rule::UserType { user_type } => user.user_type == *user_type,
    }
}

view! {
    /// A group as answers show it.
    Group {
        /// Its id.
        group_id: GroupId,
        /// What it is called.
        name: Name,
        /// Its rule, as given.
        rule: Rule,
    }
}

impl Entry for GroupRow {
    fn id(&self) -> &str {
        self.group_id.as_str()
    }
}

impl GroupRow {
    fn view(&self) -> Group {
        Group { group_id: self.group_id.clone(), name: self.name.clone(), rule: self.rule.clone() }
    }
}

request! {
    /// Puts a group, replacing it whole (TP-4).
    ///
    /// Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an
    /// organization).
    command PutGroup "put_group" {
        /// Its id.
        group_id: GroupId,
        /// What it is called.
        name: Name,
        /// Who belongs to it.
        rule: Rule,
    }
}

view! {
    /// What putting a group answers.
    GroupPut {
        /// The group, after the change.
        group: Group,
        /// False where it stood so before.
        changed: bool,
    }
}

impl Request for PutGroup {
    type Response = GroupPut;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.group(&self.group_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<GroupPut, Refusal> {
        let organization_id = tx.organization_id()?;
        let view = Group { group_id: self.group_id.clone(), name: self.name.clone(), rule: self.rule.clone() };
        let before = tx.row::<GroupRow>(&(organization_id.clone(), self.group_id.clone()))?;
        let is_new = before.is_none();
        if before.is_some_and(|row| row.view() == view) {
            return Ok(GroupPut { group: view, changed: false });
        }
        super::check_count(tx, &organization_id, is_new, "groups", |organization| organization.groups)?;
        let Group { group_id, name, rule } = view.clone();
        tx.emit_organization(&organization_id, None, EventBody::GroupPut { group_id, name, rule })?;
        Ok(GroupPut { group: view, changed: true })
    }
}

request! {
    /// Deletes a group that no tool pack names (TP-6).
    ///
    /// Refused with `group_not_found`, `group_in_use`.
    command DeleteGroup "delete_group" {
        /// Its id.
        group_id: GroupId,
    }
}

view! {
    /// What deleting a group answers.
    GroupDeletion {
        /// The group that was.
        group_id: GroupId,
    }
}

impl Request for DeleteGroup {
    type Response = GroupDeletion;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.group(&self.group_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<GroupDeletion, Refusal> {
        let organization_id = tx.organization_id()?;
        let key = (organization_id.clone(), self.group_id.clone());
        let row = tx.row::<GroupRow>(&key)?.ok_or(Code::GroupNotFound)?;
        if row.tool_packs > 0 {
            return Err(Rejection::new(Code::GroupInUse).into());
        }
        let group_id = self.group_id.clone();
        tx.emit_organization(&organization_id, None, EventBody::GroupDeleted { group_id: group_id.clone() })?;
        Ok(GroupDeletion { group_id })
    }
}

request! {
    /// The groups in the order of their ids; every management key sees them (C-3).
    query ListGroups "list_groups" {
        /// Which page.
        ..page: Page as ByText<GroupId> = Page::default(),
    }
}

impl Request for ListGroups {
    type Response = Items<Group>;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.listed::<GroupRow>(&self.page);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Group>, Refusal> {
        let organization_id = tx.organization_id()?;
        let rows = tx.list::<GroupRow>((Some(&organization_id), None), self.page.after.as_deref(), self.page.rows());
        Ok(self.page.fill(rows.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}

request! {
    /// The groups of which a registered user is a member now, in the order of their ids.
    query GroupsOf "groups_of" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// Which page.
        ..page: Page as ByText<GroupId> = Page::default(),
    }
}

impl Request for GroupsOf {
    type Response = Items<Group>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.user(self.registered_user_id);
        prefetch.listed::<GroupRow>(&self.page);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Group>, Refusal> {
        let user = tx.visible_user(self.registered_user_id)?.live().ok_or(Code::RegisteredUserNotFound)?;
        let organization_id = tx.organization_id()?;
        let rows = tx.list::<GroupRow>((Some(&organization_id), None), self.page.after.as_deref(), self.page.rows());
        let members = rows.filter(|row| row.as_ref().map_or(true, |row| holds(&row.rule, user)));
        Ok(self.page.fill(members.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}

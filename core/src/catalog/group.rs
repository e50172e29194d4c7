//! Groups: saved rules over registered users, evaluated when asked (TP-5).

use crate::id::{GroupId, Name, OrganizationId, OriginCompanyId};
use crate::registered_user::{Present, UserType};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A rule over the profile of a registered user, kept as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Rule {
    /// Holds where all parts hold; without parts it holds.
    All {
        /// The parts.
        all: Vec<Rule>,
    },
    /// Holds where at least one part holds; without parts it does not.
    Any {
        /// The parts.
        any: Vec<Rule>,
    },
    /// Holds where the part does not.
    Not {
        /// The part.
        not: Box<Rule>,
    },
    /// Holds where the grouping has this value.
    Equals {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Its value.
        equals: Arc<str>,
    },
    /// Holds where the grouping has one of these values.
    In {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Its values.
        #[serde(rename = "in")]
        values: Vec<Arc<str>>,
    },
    /// Holds where the grouping is there, or is not.
    Exists {
        /// The key of the grouping.
        attribute: Arc<str>,
        /// Whether it must be there.
        exists: bool,
    },
    /// Holds for members of this company.
    Company {
        /// The company.
        origin_company_id: OriginCompanyId,
    },
    /// Holds for users of this type.
    UserType {
        /// The type.
        user_type: UserType,
    },
}

/// A group's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) organization_id: OrganizationId,
    pub(crate) group_id: GroupId,
    pub(crate) name: Name,
    pub(crate) rule: Rule,
    /// How many tool packs name it.
    pub(crate) tool_packs: u32,
}

/// Whether a rule holds for a user. A rule's depth is bounded (TP-5), and so is this recursion.
pub(crate) fn holds(rule: &Rule, user: &Present) -> bool {
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

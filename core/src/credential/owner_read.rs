//! An owner from a snapshot or an event: by a visitor of its own, since serde's tagged enums lose
//! the place of what does not fit, and let unknown members pass.

use super::{AuthScope, Owner};
use core::fmt;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    Scope,
    RegisteredUserId,
    OriginCompanyId,
}

struct Members;

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Owner;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an owner")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Owner, A::Error> {
        let (mut scope, mut user, mut company) = (None, None, None);
        while let Some(member) = map.next_key::<Member>()? {
            match member {
                Member::Scope => scope = Some(map.next_value::<AuthScope>()?),
                Member::RegisteredUserId => user = Some(map.next_value()?),
                Member::OriginCompanyId => company = Some(map.next_value()?),
            }
        }
        match (scope, user, company) {
            (Some(AuthScope::Individual), Some(registered_user_id), None) => {
                Ok(Owner::Individual { registered_user_id })
            }
            (Some(AuthScope::Shared), None, Some(origin_company_id)) => Ok(Owner::Shared { origin_company_id }),
            (Some(AuthScope::Organization), None, None) => Ok(Owner::Organization),
            (None, _, _) => Err(A::Error::missing_field("scope")),
            (Some(AuthScope::Individual), None, _) => Err(A::Error::missing_field("registered_user_id")),
            (Some(AuthScope::Shared), _, None) => Err(A::Error::missing_field("origin_company_id")),
            (Some(AuthScope::None), _, _) => Err(A::Error::custom("the scope `NONE` has no credentials")),
            (Some(AuthScope::Individual | AuthScope::Shared | AuthScope::Organization), _, _) => {
                Err(A::Error::custom("the owner has a field that its `scope` does not allow"))
            }
        }
    }
}

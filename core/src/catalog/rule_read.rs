//! A rule from a snapshot or an event: by a visitor of its own, since serde's untagged enums lose the
//! place of what does not fit.

use super::group::Rule;
use alloc::sync::Arc;
use core::fmt;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    All,
    Any,
    Not,
    Attribute,
    Equals,
    In,
    Exists,
    OriginCompanyId,
    UserType,
}

struct Node;

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Node)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = Rule;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a rule")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rule, A::Error> {
        const ONE_FORM: &str = "a node has exactly one form";
        let mut key: Option<Arc<str>> = None;
        let mut rule = None;
        // The key of the grouping may come after its value: it is put in its place at the end.
        let attribute: Arc<str> = Arc::from("");
        while let Some(member) = map.next_key::<Member>()? {
            let attribute = attribute.clone();
            let read = match member {
                Member::Attribute => {
                    key = Some(map.next_value()?);
                    continue;
                }
                Member::All => Rule::All { all: map.next_value()? },
                Member::Any => Rule::Any { any: map.next_value()? },
                Member::Not => Rule::Not { not: map.next_value()? },
                Member::Equals => Rule::Equals { attribute, equals: map.next_value()? },
                Member::In => Rule::In { attribute, values: map.next_value()? },
                Member::Exists => Rule::Exists { attribute, exists: map.next_value()? },
                Member::OriginCompanyId => Rule::Company { origin_company_id: map.next_value()? },
                Member::UserType => Rule::UserType { user_type: map.next_value()? },
            };
            if rule.replace(read).is_some() {
                return Err(A::Error::custom(ONE_FORM));
            }
        }
        match (rule, key) {
            (Some(Rule::Equals { equals, .. }), Some(attribute)) => Ok(Rule::Equals { attribute, equals }),
            (Some(Rule::In { values, .. }), Some(attribute)) => Ok(Rule::In { attribute, values }),
            (Some(Rule::Exists { exists, .. }), Some(attribute)) => Ok(Rule::Exists { attribute, exists }),
            (Some(Rule::Equals { .. } | Rule::In { .. } | Rule::Exists { .. }), None) => {
                Err(A::Error::missing_field("attribute"))
            }
            (Some(rule), None) => Ok(rule),
            _ => Err(A::Error::custom(ONE_FORM)),
        }
    }
}

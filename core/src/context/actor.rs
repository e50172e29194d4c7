//! Who acts: as a call names it, and as events keep it (C-1, E-3).

use super::{AccessKey, CONTEXT, Environment, Needs};
use crate::declare::member::Members;
use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::error::{Code, Violations};
use crate::id::{AccountId, KeyId, OrganizationId, RegisteredUserId};
use crate::json::{Path, Value};
use crate::shape::{Definition, Field, Named, Shown, Type};
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

string_enum! {
    /// The type of an actor, as the wire names it.
    ActorType {
        /// The trusted host itself.
        System "system",
        /// A member of the platform.
        Account "account",
        /// An access key.
        AccessKey "access_key",
        /// The end user.
        RegisteredUser "registered_user",
        /// Nobody in particular.
        Anonymous "anonymous",
    }
}

/// Who acts. The host authenticates the actor; the core trusts that and authorises it (C-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The trusted host itself.
    System {
        /// The organization it acts for, where a command needs one.
        organization_id: Option<OrganizationId>,
        /// The environment it acts in, where a command needs one.
        environment: Option<Environment>,
    },
    /// A member of the platform; what it may depends on its role.
    Account {
        /// The account.
        user_id: AccountId,
        /// The organization it acts for.
        organization_id: Option<OrganizationId>,
        /// The environment it acts in.
        environment: Option<Environment>,
    },
    /// An access key of an organization.
    AccessKey(AccessKey),
    /// The end user itself.
    RegisteredUser {
        /// The registered user.
        registered_user_id: RegisteredUserId,
        /// The user's organization.
        organization_id: OrganizationId,
        /// The user's environment.
        environment: Environment,
    },
    /// Nobody in particular: only `create_user` with a registration secret.
    Anonymous,
}

impl Actor {
    /// The organization that the actor names.
    #[must_use]
    pub fn organization_id(&self) -> Option<&OrganizationId> {
        match self {
            Actor::System { organization_id, .. } | Actor::Account { organization_id, .. } => organization_id.as_ref(),
            Actor::AccessKey(key) => Some(&key.organization_id),
            Actor::RegisteredUser { organization_id, .. } => Some(organization_id),
            Actor::Anonymous => None,
        }
    }

    /// The environment that the actor names.
    #[must_use]
    pub fn environment(&self) -> Option<Environment> {
        match self {
            Actor::System { environment, .. } | Actor::Account { environment, .. } => *environment,
            Actor::AccessKey(key) => Some(key.environment),
            Actor::RegisteredUser { environment, .. } => Some(*environment),
            Actor::Anonymous => None,
        }
    }

    /// What the request needs and the actor does not name, as far as it shows without the state: an account's own
    /// organization shows only with it (C-6).
    pub(crate) fn check_needs(&self, needs: Needs, violations: &mut Violations) {
        if !matches!(self, Actor::Account { .. }) {
            self.check_place(needs, self.organization_id().is_some(), violations);
        }
    }

    /// What the request needs of its place and the actor leaves out.
    pub(crate) fn check_place(&self, needs: Needs, has_organization: bool, violations: &mut Violations) {
        // Nobody in particular is refused for what it is, not for where it stands (C-1).
        if matches!(self, Actor::Anonymous) {
            return;
        }
        let mut miss = |field| {
            let message = format!("this request needs the actor's `{field}`");
            violations.add_to_context(&CONTEXT.key("actor").key(field), message);
        };
        if needs.organization && !has_organization {
            miss("organization_id");
        }
        if needs.environment && self.environment().is_none() {
            miss("environment");
        }
    }
}

impl FromWire for Actor {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        // The type decides which fields are known, so that it is read before they are.
        let Value::Object(_) = value else { return reader.mistyped("an object", value, path) };
        let type_path = path.key("type");
        let Some(type_value) = value.get("type").filter(|given| !matches!(given, Value::Null)) else {
            return reader.report(Code::InvalidRequest, &type_path, "`type` is required");
        };
        match ActorType::read(type_value, &type_path, reader)? {
            ActorType::System => {
                let object = Object::open(value, path, &["type", "organization_id", "environment"], reader)?;
                let Needs { organization, environment, .. } = reader.needs;
                let organization_id = optional_unless(organization, "organization_id", &object, reader);
                let environment = optional_unless(environment, "environment", &object, reader);
                Some(Actor::System { organization_id: organization_id?, environment: environment? })
            }
            ActorType::Account => {
                let fields = &["type", "user_id", "organization_id", "environment"];
                let object = Object::open(value, path, fields, reader)?;
                let user_id = object.required("user_id", reader);
                let organization_id = object.optional("organization_id", reader);
                let environment = object.optional("environment", reader);
                Some(Actor::Account { user_id: user_id?, organization_id: organization_id?, environment: environment? })
            }
            ActorType::AccessKey => AccessKey::read_actor(value, path, reader).map(Actor::AccessKey),
            ActorType::RegisteredUser => {
                let fields = &["type", "registered_user_id", "organization_id", "environment"];
                let object = Object::open(value, path, fields, reader)?;
                let registered_user_id = object.required("registered_user_id", reader);
                let organization_id = object.required("organization_id", reader);
                let environment = object.required("environment", reader);
                Some(Actor::RegisteredUser {
                    registered_user_id: registered_user_id?,
                    organization_id: organization_id?,
                    environment: environment?,
                })
            }
            ActorType::Anonymous => {
                Object::open(value, path, &["type"], reader)?;
                Some(Actor::Anonymous)
            }
        }
    }

    fn shape() -> Type {
        Type::named("Actor", || {
            let doc = "Who acts. The host authenticates the actor; the core trusts that and authorises it (C-1).";
            let members: [fn() -> Definition; 5] = [system, account, access_key, registered_user, anonymous];
            let members = members.map(Named::of);
            Definition::union("Actor", doc, members.to_vec())
        })
    }
}

fn variant(name: &'static str, doc: &'static str, word: ActorType, mut fields: Vec<Field>) -> Definition {
    fields.insert(0, Field::required("type", "Who acts.", Type::word(word.as_str())));
    Definition::object(name, doc, fields)
}

fn optional_place() -> Vec<Field> {
    alloc::vec![
        Field::optional(
            "organization_id",
            "The organization it acts for, where a request needs one.",
            OrganizationId::shown().or_null(),
        ),
        Field::optional(
            "environment",
            "The environment it acts in, where a request needs one.",
            Environment::shown().or_null(),
        ),
    ]
}

fn system() -> Definition {
    variant("SystemActor", "The trusted host itself.", ActorType::System, optional_place())
}

fn account() -> Definition {
    let mut fields = optional_place();
    fields.insert(0, Field::required("user_id", "The account.", AccountId::shape()));
    variant("AccountActor", "A member of the platform; what it may depends on its role.", ActorType::Account, fields)
}

fn access_key() -> Definition {
    let doc = "An access key as the host has authenticated it. Absent or null restrictions mean all; an empty list \
               permits nothing.";
    variant("AccessKeyActor", doc, ActorType::AccessKey, <AccessKey as Members<AccessKey>>::fields())
}

fn registered_user() -> Definition {
    let fields = alloc::vec![
        Field::required("registered_user_id", "The registered user.", RegisteredUserId::shape()),
        Field::required("organization_id", "The user's organization.", OrganizationId::shown()),
        Field::required("environment", "The user's environment.", Environment::shown()),
    ];
    variant("RegisteredUserActor", "The end user itself.", ActorType::RegisteredUser, fields)
}

fn anonymous() -> Definition {
    let doc = "Nobody in particular: only `create_user` with a registration secret.";
    variant("AnonymousActor", doc, ActorType::Anonymous, Vec::new())
}

/// A field that an actor may leave out unless the request needs it (C-6).
#[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
fn optional_unless<T: FromWire>(
    needed: bool,
    name: &str,
    object: &Object<'_, '_>,
    reader: &mut Reader<'_>,
) -> Option<Option<T>> {
    if needed && !object.has(name) {
        return reader.report(
            Code::InvalidRequest,
            &object.at(name),
            format!("this request needs the actor's `{name}`"),
        );
    }
    object.optional(name, reader)
}

/// An actor as events keep it (E-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRecord {
    /// The type.
    #[serde(rename = "type")]
    pub kind: ActorType,
    /// The organization that the actor named.
    #[serde(default)]
    pub organization_id: Option<OrganizationId>,
    /// The environment that the actor named.
    #[serde(default)]
    pub environment: Option<Environment>,
    /// The account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<AccountId>,
    /// The registered user; null after its purge (RU-13).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::event::given")]
    pub registered_user_id: Option<Option<RegisteredUserId>>,
    /// The key's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<KeyId>,
}

impl From<&Actor> for ActorRecord {
    fn from(actor: &Actor) -> Self {
        let mut record = ActorRecord {
            kind: ActorType::System,
            organization_id: actor.organization_id().cloned(),
            environment: actor.environment(),
            user_id: None,
            registered_user_id: None,
            key_id: None,
        };
        match actor {
            Actor::System { .. } => {}
            Actor::Account { user_id, .. } => {
                record.kind = ActorType::Account;
                record.user_id = Some(*user_id);
            }
            Actor::AccessKey(key) => {
                record.kind = ActorType::AccessKey;
                record.key_id = key.key_id.clone();
            }
            Actor::RegisteredUser { registered_user_id, .. } => {
                record.kind = ActorType::RegisteredUser;
                record.registered_user_id = Some(Some(*registered_user_id));
            }
            Actor::Anonymous => record.kind = ActorType::Anonymous,
        }
        record
    }
}

//! What comes with every call: the instant, the actor, the entropy (SPEC section 2).

use crate::error::{Code, Violations};
use crate::id::{AccountId, OrganizationId, Reason, RegisteredUserId, ToolPackId};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::time::Timestamp;
use crate::wire::read::{Form, FromWire, Minted, Object, words};
use alloc::format;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

words! {
    /// Where companies, registered users, credentials, link sessions and tool calls live (M-1).
    Environment {
        /// The real world.
        Production "production",
        /// The world for tests; every user in it has `is_test: true` (RU-5).
        Test "test",
    }

    /// What an access key may do.
    KeyScope {
        /// Manage registered users, the catalogue, links.
        Management "management",
        /// Decide and record tool calls.
        Runtime "runtime",
    }
}

impl Environment {
    /// The other environment.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Environment::Production => Environment::Test,
            Environment::Test => Environment::Production,
        }
    }
}

/// An access key as the host has authenticated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// The organization that the key belongs to.
    pub organization_id: OrganizationId,
    /// The environment that the key belongs to.
    pub environment: Environment,
    /// What the key may do.
    pub scopes: Vec<KeyScope>,
    /// The only users that the key may see; none means all.
    pub registered_user_ids: Option<Vec<RegisteredUserId>>,
    /// The only tool packs that the key may see; none means all.
    pub tool_pack_ids: Option<Vec<ToolPackId>>,
    /// The first instant at which the key is no longer valid.
    pub expires_at: Option<Timestamp>,
    /// The host's name for the key, kept in events (E-3).
    pub key_id: Option<Reason>,
}

impl AccessKey {
    /// Whether the key is held to some users or some packs (C-3).
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.registered_user_ids.is_some() || self.tool_pack_ids.is_some()
    }

    pub(crate) fn sees_user(&self, id: RegisteredUserId) -> bool {
        self.registered_user_ids.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    pub(crate) fn sees_pack(&self, id: &str) -> bool {
        self.tool_pack_ids.as_ref().is_none_or(|ids| ids.iter().any(|known| known.as_str() == id))
    }
}

/// Who acts. The host authenticates; the core authorises what the actor says it is (C-1).
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

    /// What the request needs of its place and the actor leaves out.
    pub(crate) fn check_place(&self, needs: Needs, has_organization: bool, violations: &mut Violations) {
        // Nobody in particular is refused for what it is, not for where it stands (C-1).
        if matches!(self, Actor::Anonymous) {
            return;
        }
        let actor = CONTEXT.key("actor");
        let missing = [
            ("organization_id", needs.organization && !has_organization),
            ("environment", needs.environment && self.environment().is_none()),
        ];
        for (field, _) in missing.iter().filter(|(_, missing)| *missing) {
            let message = format!("the actor must name its `{field}` here");
            violations.add(Code::InvalidRequest, &actor.key(field), message);
        }
    }
}

/// Sixteen bytes of randomness from the host; every id of the command derives from them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entropy([u8; 16]);

impl Entropy {
    /// Takes the host's random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Entropy(bytes)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 32 hex digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let valid = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        valid.then(|| u128::from_str_radix(text, 16).ok())?.map(|number| Entropy(number.to_be_bytes()))
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// What comes with every call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The instant at which the call happens.
    pub now: Timestamp,
    /// Who acts.
    pub actor: Actor,
    /// Randomness for the ids that the call mints; only some calls need it.
    pub entropy: Option<Entropy>,
}

/// What a request needs of its context beyond `now` and the actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    pub(crate) organization: bool,
    pub(crate) environment: bool,
    pub(crate) entropy: bool,
}

impl Needs {
    pub(crate) const NOTHING: Needs = Needs { organization: false, environment: false, entropy: false };
    pub(crate) const ORGANIZATION: Needs = Needs { organization: true, ..Needs::NOTHING };
    pub(crate) const PLACE: Needs = Needs { environment: true, ..Needs::ORGANIZATION };

    pub(crate) const fn and_entropy(self, entropy: bool) -> Self {
        Needs { entropy, ..self }
    }
}

const NO_ENTROPY: &str = "`entropy` is required: 32 hex digits";

/// The context's own root for pointers.
pub(crate) const CONTEXT: Path<'static> = Path::rooted("/context");

impl Context {
    /// Reads a context from JSON; the violations go to the end of the request's (C-5).
    pub(crate) fn read(value: &Value<'_>, needs: Needs, policy: &Policy, violations: &mut Violations) -> Option<Self> {
        let mut form = Form { needs, ..Form::new(None, policy) };
        let context = Self::read_fields(value, &mut form);
        violations.append(form.violations);
        context
    }

    fn read_fields(value: &Value<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, &CONTEXT, &["now", "actor", "entropy"], form)?;
        let now = object.required("now", form);
        let actor = object.required("actor", form);
        let entropy = if form.needs.entropy && !object.has("entropy") {
            form.violate(Code::InvalidRequest, &object.at("entropy"), NO_ENTROPY)
        } else {
            object.optional("entropy", form)
        };
        Some(Context { now: now?, actor: actor?, entropy: entropy? })
    }

    /// What the request needs and the context lacks, as far as it shows without the state. An
    /// account's own organization shows only with it (C-6).
    pub(crate) fn check(&self, needs: Needs, violations: &mut Violations) {
        let mut missing = Violations::default();
        if !matches!(self.actor, Actor::Account { .. }) {
            self.actor.check_place(needs, self.actor.organization_id().is_some(), &mut missing);
        }
        if needs.entropy && self.entropy.is_none() {
            missing.add(Code::InvalidRequest, &CONTEXT.key("entropy"), NO_ENTROPY);
        }
        violations.append(missing);
    }
}

impl FromWire for Entropy {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        match value.as_str().and_then(Entropy::from_hex) {
            Some(entropy) => Some(entropy),
            None => form.violate(Code::InvalidRequest, path, "expected 32 hex digits"),
        }
    }
}

words! {
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

impl FromWire for Actor {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        // The type decides which fields are known, so that it is read before they are.
        let Value::Object(_) = value else { return form.mistyped("an object", value, path) };
        let type_path = path.key("type");
        let Some(type_value) = value.get("type").filter(|given| !matches!(given, Value::Null)) else {
            return form.violate(Code::InvalidRequest, &type_path, "`type` is required");
        };
        match ActorType::read(type_value, &type_path, form)? {
            ActorType::System => {
                let object = Object::open(value, path, &["type", "organization_id", "environment"], form)?;
                let Needs { organization, environment, .. } = form.needs;
                let organization_id = optional_unless(organization, "organization_id", &object, form);
                let environment = optional_unless(environment, "environment", &object, form);
                Some(Actor::System { organization_id: organization_id?, environment: environment? })
            }
            ActorType::Account => {
                let fields = &["type", "user_id", "organization_id", "environment"];
                let object = Object::open(value, path, fields, form)?;
                let user_id = object.required::<Minted<AccountId>>("user_id", form);
                let organization_id = object.optional("organization_id", form);
                let environment = object.optional("environment", form);
                Some(Actor::Account {
                    user_id: user_id?.0,
                    organization_id: organization_id?,
                    environment: environment?,
                })
            }
            ActorType::AccessKey => AccessKey::read(value, path, form).map(Actor::AccessKey),
            ActorType::RegisteredUser => {
                let fields = &["type", "registered_user_id", "organization_id", "environment"];
                let object = Object::open(value, path, fields, form)?;
                let registered_user_id = object.required::<Minted<RegisteredUserId>>("registered_user_id", form);
                let organization_id = object.required("organization_id", form);
                let environment = object.required("environment", form);
                Some(Actor::RegisteredUser {
                    registered_user_id: registered_user_id?.0,
                    organization_id: organization_id?,
                    environment: environment?,
                })
            }
            ActorType::Anonymous => {
                Object::open(value, path, &["type"], form)?;
                Some(Actor::Anonymous)
            }
        }
    }
}

/// A field that an actor may leave out unless the request needs it (C-6).
#[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
fn optional_unless<T: FromWire>(
    needed: bool,
    name: &str,
    object: &Object<'_, '_>,
    form: &mut Form<'_>,
) -> Option<Option<T>> {
    if needed && !object.has(name) {
        return form.violate(Code::InvalidRequest, &object.at(name), format!("the actor must name its `{name}` here"));
    }
    object.optional(name, form)
}

impl FromWire for AccessKey {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let fields = &[
            "type",
            "organization_id",
            "environment",
            "scopes",
            "registered_user_ids",
            "tool_pack_ids",
            "expires_at",
            "key_id",
        ];
        let object = Object::open(value, path, fields, form)?;
        let organization_id = object.required("organization_id", form);
        let environment = object.required("environment", form);
        let scopes = object.required("scopes", form);
        let registered_user_ids = object.optional::<Vec<Minted<RegisteredUserId>>>("registered_user_ids", form);
        let tool_pack_ids = object.optional("tool_pack_ids", form);
        let expires_at = object.optional("expires_at", form);
        let key_id = object.optional("key_id", form);
        Some(AccessKey {
            organization_id: organization_id?,
            environment: environment?,
            scopes: scopes?,
            registered_user_ids: registered_user_ids?.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            tool_pack_ids: tool_pack_ids?,
            expires_at: expires_at?,
            key_id: key_id?,
        })
    }
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
    pub key_id: Option<Reason>,
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

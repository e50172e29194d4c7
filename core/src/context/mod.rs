//! What comes with every call: the instant, the actor, the entropy (contract section 2).

mod access_key;
mod actor;
mod restriction;

pub use access_key::{AccessKey, KeyScope};
pub use actor::{Actor, ActorRecord, ActorType};
pub use restriction::Restriction;

use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::error::{Code, Violations};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::shape::{Definition, Field, Native, Text, Type};
use crate::time::Timestamp;
use crate::wire::OpenContext;
use alloc::vec::Vec;
use core::fmt;
use sha2::{Digest, Sha256};

string_enum! {
    /// Where companies, registered users, credentials, link sessions and tool calls live (M-1).
    Environment {
        /// Real users and credentials.
        Production "production",
        /// For tests: every user in it has `is_test: true` (RU-5).
        Test "test",
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

/// Sixteen bytes of randomness from the host, for one command; every id of that command derives from them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entropy([u8; 16]);

impl Entropy {
    /// Takes the host's random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Entropy(bytes)
    }

    /// Bytes that follow from a number, for tests that need reproducible ids. Do not use it in a service: whoever
    /// guesses the number knows the ids.
    #[must_use]
    pub fn seeded(number: u64) -> Self {
        let digest: [u8; 32] = Sha256::digest(number.to_be_bytes()).into();
        Entropy(core::array::from_fn(|index| digest.get(index).copied().unwrap_or_default()))
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

/// What a request that mints ids says without it.
pub(crate) const NO_ENTROPY: &str = "`entropy` is required: 32 hex digits";

/// The context's own root for pointers.
pub(crate) const CONTEXT: Path<'static> = Path::rooted("/context");

impl Context {
    /// Reads a context from JSON; the violations go to the end of the request's (C-5).
    pub(crate) fn read(
        given: &OpenContext<'_>,
        needs: Needs,
        policy: &Policy,
        violations: &mut Violations,
    ) -> Option<Self> {
        let mut reader = Reader { needs, ..Reader::new(None, policy) };
        let context = Self::read_fields(given, &mut reader);
        violations.append_context(reader.violations);
        context
    }

    fn read_fields(given: &OpenContext<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        // No context at all is one that leaves everything to the host (C-6).
        let value = if matches!(*given.value, Value::Null) { &Value::Object(Vec::new()) } else { &*given.value };
        let object = Object::open(value, &CONTEXT, &["now", "actor", "entropy"], reader)?;
        let now = match given.now {
            Some(now) if !object.has("now") => Some(now),
            _ => object.required("now", reader),
        };
        let actor = match given.actor {
            None => object.required("actor", reader),
            Some(_) if object.has("actor") => reader.report(
                Code::InvalidRequest,
                &object.at("actor"),
                "the handle already has an actor: leave `actor` out",
            ),
            Some(bound) => {
                let mut lacking = Violations::default();
                bound.check_needs(reader.needs, &mut lacking);
                reader.violations.append(lacking);
                Some(bound.clone())
            }
        };
        let entropy = match given.entropy {
            Some(bytes) if !object.has("entropy") => Some(Some(Entropy(bytes))),
            None if reader.needs.entropy && !object.has("entropy") => {
                reader.report(Code::InvalidRequest, &object.at("entropy"), NO_ENTROPY)
            }
            _ => object.optional("entropy", reader),
        };
        Some(Context { now: now?, actor: actor?, entropy: entropy? })
    }

    /// What the request needs and the context lacks, as far as it shows without the state.
    pub(crate) fn check(&self, needs: Needs, violations: &mut Violations) {
        self.actor.check_needs(needs, violations);
        if needs.entropy && self.entropy.is_none() {
            violations.add_to_context(&CONTEXT.key("entropy"), NO_ENTROPY);
        }
    }
}

impl FromWire for Entropy {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.as_str().and_then(Entropy::from_hex) {
            Some(entropy) => Some(entropy),
            None => reader.report(Code::InvalidRequest, path, "expected 32 hex digits"),
        }
    }

    fn shape() -> Type {
        Type::Text(Text { pattern: Some("^[0-9A-Fa-f]{32}$"), native: Some(Native::Bytes), ..Text::default() })
    }
}

fn fields() -> Vec<Field> {
    alloc::vec![
        Field::optional("now", "The instant of the call; the packages take the clock's.", Timestamp::shape().or_null()),
        Field::required("actor", "Who acts.", Actor::shape()),
        Field::optional(
            "entropy",
            "Randomness for the ids that the call mints: 32 hex digits; the packages take the host's.",
            Entropy::shape().or_null(),
        ),
    ]
}

/// The context of a call, for schema and types.
pub(crate) fn shape() -> Definition {
    let doc = "What comes with every call. The packages for JavaScript and Python fill in `now` and `entropy` where \
               they are left out.";
    Definition::object("Context", doc, fields())
}

/// The same where the actor is bound already.
pub(crate) fn acting_shape() -> Definition {
    let mut fields = fields();
    fields.retain(|field| field.name != "actor");
    Definition::object("ActingContext", "What comes with a call on a handle that has its actor already.", fields)
}

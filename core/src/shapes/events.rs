//! Events, effects and the outcomes that carry them.

use crate::account::registration_token::SecretDigest;
use crate::account::{Metadata, Role};
use crate::context::{ActorRecord, ActorType, Environment};
use crate::credential::Owner;
use crate::event::{AccountChanges, Effect, Event, EventId, ProfileChanges, event_shapes};
use crate::id::{
    AccountId, ConnectorSlug, Email, ExternalAccountId, ExternalId, KeyId, Label, Name, OrganizationId,
    OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId, ResourceId,
};
use crate::registered_user::{CustomGroupings, UserType};
use crate::shape::{Definition, Field, Named, Object, Shape, Shown, Text, Type};
use crate::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;

impl Shown for SecretDigest {
    fn shown() -> Type {
        Type::Text(Text { pattern: Some("^[0-9a-f]{64}$"), ..Text::default() })
    }
}

fn stream() -> Definition {
    let kind = Type::named("StreamKind", || {
        let kinds = ["account", "company", "organization", "registered_user", "registration_token"];
        Definition::words("StreamKind", "What a stream belongs to.", kinds)
    });
    let fields = alloc::vec![
        Field::required("kind", "What it belongs to.", kind),
        Field::required("id", "The id of what it belongs to.", Type::TEXT),
    ];
    Definition::object("Stream", "The stream that an event belongs to (M-4).", fields)
}

fn actor_record() -> Definition {
    let fields = alloc::vec![
        Field::required("type", "Who acted.", ActorType::shown()),
        Field::required("organization_id", "The organization that the actor named.", OrganizationId::shown().or_null()),
        Field::required("environment", "The environment that the actor named.", Environment::shown().or_null()),
        Field::optional("user_id", "The account.", AccountId::shown()),
        Field::optional(
            "registered_user_id",
            "The registered user; null after its purge (RU-13).",
            RegisteredUserId::shown().or_null(),
        ),
        Field::optional("key_id", "The key's own name.", KeyId::shown()),
    ];
    Definition::object("ActorRecord", "An actor as events keep it (E-3); a purged user's id is null.", fields)
}

impl Shown for ActorRecord {
    fn shown() -> Type {
        Type::Named(Named::of(actor_record))
    }
}

impl Shown for ProfileChanges {
    fn shown() -> Type {
        Type::named("ProfileChanges", || {
            let fields = alloc::vec![
                Field::optional("origin_user_id", "Set once, on a test user that had none.", OriginUserId::shown()),
                Field::optional("origin_user_name", "The name.", Label::shown().or_null()),
                Field::optional("origin_user_email", "The address.", OriginUserEmail::shown().or_null()),
                Field::optional("origin_company_id", "The company.", OriginCompanyId::shown().or_null()),
                Field::optional("custom_groupings", "The groupings, whole.", CustomGroupings::shown()),
                Field::optional("user_type", "The type.", UserType::shown()),
            ];
            let doc = "The fields of a profile that a command changed, with their new values.";
            Definition::object("ProfileChanges", doc, fields)
        })
    }
}

impl Shown for AccountChanges {
    fn shown() -> Type {
        Type::named("AccountChanges", || {
            let fields = alloc::vec![
                Field::optional("name", "The name.", Name::shown()),
                Field::optional("email", "The address.", Email::shown()),
                Field::optional("external_id", "The host's own id of it.", ExternalId::shown().or_null()),
                Field::optional("resource_id", "The host's own id for the account.", ResourceId::shown().or_null()),
                Field::optional("metadata", "The host's own data, whole.", Metadata::shown().or_null()),
                Field::optional("role", "The role.", Role::shown()),
            ];
            let doc = "The fields of an account that a command changed, with their new values.";
            Definition::object("AccountChanges", doc, fields)
        })
    }
}

/// What every event carries.
pub(crate) fn envelope() -> Definition {
    let fields = alloc::vec![
        Field::required("stream", "The stream that it belongs to.", Type::Named(Named::of(stream))),
        Field::required(
            "id",
            "What names the event for ever: `stream kind:stream id:sequence` (E-6).",
            EventId::shown()
        ),
        Field::required("sequence", "Its place in the stream, from 1, without gaps (M-4).", u64::shown()),
        Field::required("at", "The `now` of the command (T-4).", Timestamp::shown()),
        Field::required("organization_id", "The organization that it concerns.", OrganizationId::shown().or_null()),
        Field::required("environment", "The environment that it concerns.", Environment::shown().or_null()),
        Field::required("actor", "Who acted (E-3).", ActorRecord::shown()),
    ];
    Definition::object("EventEnvelope", "What every event carries.", fields)
}

impl Shown for Event {
    fn shown() -> Type {
        Type::named("Event", || {
            let doc = "What happened: the envelope, and beside it the event's own fields.";
            Definition::union("Event", doc, event_shapes())
        })
    }
}

/// The definition of one event.
pub(crate) fn event(name: &'static str, word: String, doc: &'static str, own: Vec<Field>) -> Definition {
    let mut fields = alloc::vec![Field::required("event", "What happened.", Type::Word(word))];
    fields.extend(own);
    let shape = Shape::Object(Object { base: Some(Named::of(envelope)), fields, ..Object::default() });
    Definition { name: name.into(), doc, shape }
}

/// What every effect carries.
fn effect_envelope() -> Definition {
    let fields = alloc::vec![
        Field::required(
            "id",
            "The id of the event that asks for it: no event asks for two things (E-6).",
            EventId::shown()
        ),
        Field::required("at", "The `now` of the command.", Timestamp::shown()),
    ];
    Definition::object("EffectEnvelope", "What every effect carries.", fields)
}

/// The definition of one effect.
fn effect(name: &'static str, word: &'static str, doc: &'static str, own: Vec<Field>) -> Definition {
    let mut fields = alloc::vec![Field::required("effect", "What to do.", Type::word(word))];
    fields.extend(own);
    let shape = Shape::Object(Object { base: Some(Named::of(effect_envelope)), fields, ..Object::default() });
    Definition { name: name.into(), doc, shape }
}

fn user() -> Vec<Field> {
    alloc::vec![Field::required("registered_user_id", "The registered user.", RegisteredUserId::shown())]
}

impl Shown for Effect {
    fn shown() -> Type {
        Type::named("Effect", || {
            let revoke = || {
                let account = ExternalAccountId::shown().or_null();
                let fields = alloc::vec![
                    Field::required("owner", "Whose credential it was.", Owner::shown()),
                    Field::required("connector", "The connector.", ConnectorSlug::shown()),
                    Field::required("generation", "Which of the owner's grants for this connector.", u64::shown()),
                    Field::required("external_account_id", "The account at the third party.", account),
                ];
                let doc =
                    "Revoke the grant at the third party: this generation, which need not be the present one (CR-7).";
                effect("RevokeUpstream", "revoke_upstream", doc, fields)
            };
            let redact = || {
                let doc = "Redact every event of the user's stream: the profile, `external_account_id` and every \
                           `reason` (RU-12).";
                effect("RedactUser", "redact_user", doc, user())
            };
            let redact_account = || {
                let doc = "Redact every event of the account's stream: name, address, `external_id`, `resource_id` and \
                           metadata (AC-11).";
                let account = Field::required("user_id", "The account.", AccountId::shown());
                effect("RedactAccount", "redact_account", doc, alloc::vec![account])
            };
            let purge = || {
                let doc = "Erase every event of the user except its purge record, and null the user in other events, as \
                           their actor or in `linked_by` (RU-13).";
                effect("PurgeUser", "purge_user", doc, user())
            };
            let members =
                alloc::vec![Named::of(revoke), Named::of(redact), Named::of(redact_account), Named::of(purge)];
            Definition::union("Effect", "What the host has to do because of a command.", members)
        })
    }
}

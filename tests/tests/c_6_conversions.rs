//! Everything that has a text converts alike, whichever door it comes in by (C-6, P-4).

use std::collections::{BTreeSet, HashSet};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;
use tenantry::{
    AccountId, AuthScope, Check, Code, CompanyId, ConnectorSlug, CredentialCause, Environment, EventName, FormError,
    FullToolName, GroupId, KeyId, KeyScope, LinkMethod, LinkSessionId, OrganizationId, OriginUserId, Owner,
    RegisteredUserId, RegistrationTokenId, RemedyKind, Role, RowKey, Stream, Timestamp, ToolCallId, ToolName,
    ToolPackId, UserStatus, UserType, error_catalog,
};

/// Reads a text by every way, and answers what it was read as.
fn read<T, E>(text: &str) -> Result<T, E>
where
    T: FromStr<Err = E> + for<'t> TryFrom<&'t str, Error = E> + TryFrom<String, Error = E> + Clone + Hash + Ord + Debug,
    E: Debug + PartialEq,
{
    let read = text.parse::<T>();
    assert_eq!(T::try_from(text), read);
    assert_eq!(T::try_from(text.to_owned()), read);
    if let Ok(read) = &read {
        assert!(HashSet::from([read.clone()]).contains(read) && BTreeSet::from([read.clone()]).contains(read));
    }
    read
}

/// Takes a text that it prints again, and refuses another.
#[track_caller]
fn alike<T>(text: &str, wrong: &str, message: &str)
where
    T: FromStr<Err = FormError>
        + for<'t> TryFrom<&'t str, Error = FormError>
        + TryFrom<String, Error = FormError>
        + Clone
        + Hash
        + Ord
        + Debug
        + Display,
{
    let taken = read::<T, _>(text).unwrap();
    assert_eq!(taken.to_string(), text);
    assert_eq!(read::<T, _>(wrong).unwrap_err().message, message);
}

#[test]
fn c_6_ids_instants_words_and_codes_convert_alike() {
    let ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    alike::<OrganizationId>("org_acme", "acme", "an organization id must begin with `org_`");
    alike::<ConnectorSlug>(
        "slack",
        "a b",
        "`a b`: a connector's slug must consist of ASCII letters, digits, `_`, `.` and `-`",
    );
    alike::<ToolName>("post message", "", "the id is empty");
    alike::<ToolPackId>("support", "", "the id is empty");
    alike::<GroupId>("blue", "", "the id is empty");
    alike::<KeyId>("key 1", "", "the id is empty");
    alike::<FullToolName>("slack__post", "slack", "`slack` does not have the form `connector__tool`");
    let none = "not an id of this kind";
    alike::<RegisteredUserId>("01949f0e-0000-7000-8000-000000000001", "01949F0E-0000-7000-8000-000000000001", none);
    alike::<CompanyId>(&format!("cmp_{ulid}"), &format!("usr_{ulid}"), none);
    alike::<AccountId>(&format!("usr_{ulid}"), ulid, none);
    alike::<RegistrationTokenId>(&format!("tok_{ulid}"), "tok_", none);
    alike::<LinkSessionId>(&format!("lnk_{ulid}"), "", none);
    alike::<ToolCallId>(&format!("call_{ulid}"), "call", none);
    alike::<Timestamp>("2026-01-31T10:00:00.500Z", "2026-01-31", "`2026-01-31` is not an RFC 3339 timestamp");
    alike::<Environment>("test", "Test", "expected one of `production`, `test`, found `Test`");
    alike::<Code>("not_authenticated", "nothing", "unknown code `nothing`");
    alike::<EventName>("registered_user_created", "RegisteredUserCreated", "unknown event `RegisteredUserCreated`");
}

#[test]
fn c_6_every_word_is_read_as_it_is_printed() {
    macro_rules! words {
        ($($name:ident)*) => {$(
            for word in $name::ALL {
                assert_eq!(read::<$name, FormError>(word.as_str()), Ok(*word));
                assert_eq!(word.to_string(), word.as_str());
            }
        )*};
    }
    words! { AuthScope Check Code CredentialCause Environment KeyScope LinkMethod RemedyKind Role UserStatus UserType }
    for name in EventName::ALL {
        assert_eq!(read::<EventName, FormError>(&name.to_string()), Ok(*name));
    }
}

#[test]
fn c_6_a_code_is_found_by_its_number() {
    for info in error_catalog() {
        assert_eq!(Code::try_from(info.number).unwrap().as_str(), info.code);
    }
    assert_eq!(Code::try_from(0).unwrap_err().message, "no code has the number 0");
}

#[test]
fn c_6_an_instant_is_made_of_milliseconds() {
    assert_eq!(Timestamp::try_from(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
    assert!(Timestamp::try_from(Timestamp::MAX.millis() + 1).is_err());
}

#[test]
fn c_6_keys_streams_and_owners_can_be_counted_in_a_set() {
    let key: RowKey = read(r#"["organization","org_acme"]"#).unwrap();
    assert_eq!(key.to_string(), r#"["organization","org_acme"]"#);
    assert!(read::<RowKey, _>("nothing").is_err());
    let stream = Stream::Organization(OrganizationId::new("org_acme").unwrap());
    assert!(HashSet::from([stream.clone()]).contains(&stream));
    assert!(HashSet::from([Owner::Organization]).contains(&Owner::Organization));
}

#[test]
fn p_4_what_is_personal_data_is_read_alike_and_prints_by_name_alone() {
    let taken: OriginUserId = read("alice").unwrap();
    assert_eq!((taken.as_str(), format!("{taken:?}").contains("alice")), ("alice", false));
    assert_eq!(read::<OriginUserId, _>("").unwrap_err().code, Code::OriginUserIdRequired);
}

#[test]
fn c_6_every_error_is_an_error_and_becomes_a_rejection() {
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<FormError>();
    is_error::<tenantry::json::Malformed>();
    is_error::<tenantry::Rejection>();
    is_error::<tenantry::UsageError>();
    is_error::<tenantry::Error>();
    is_error::<tenantry::Denied>();
    fn handler(text: &str) -> Result<OrganizationId, tenantry::Rejection> {
        Ok(OrganizationId::new(text)?)
    }
    assert_eq!(handler("acme").unwrap_err().code, Code::InvalidRequest);
}

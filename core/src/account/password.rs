//! Passwords are checked and dropped (AC-6, P-4).

use crate::declare::Integer;
use crate::declare::member::{Member, Optional};
use crate::declare::object::input;
use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::id::Email;
use crate::json::{Path, Value};
use crate::shape::{Field, Type};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use unicode_general_category::{GeneralCategory, get_general_category};
use zeroize::Zeroizing;

/// A password or a registration secret on its way in: never printed, wiped when dropped (P-4).
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl FromWire for Secret {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(Secret::new(text.as_ref())),
            other => reader.mistyped("a string", other, path),
        }
    }

    fn shape() -> Type {
        Type::TEXT
    }
}

/// A secret never comes out (P-4): what contains one cannot be serialized.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("a secret cannot be serialized"))
    }
}

string_enum! {
    /// A class of characters that a password must have one of, by Unicode.
    CharacterClass {
        /// An upper-case letter.
        Upper "upper",
        /// A lower-case letter.
        Lower "lower",
        /// A decimal digit (category Nd).
        Digit "digit",
        /// Any other character.
        Other "other",
    }
}

impl CharacterClass {
    fn of(character: char) -> Self {
        if character.is_uppercase() {
            CharacterClass::Upper
        } else if character.is_lowercase() {
            CharacterClass::Lower
        } else if get_general_category(character) == GeneralCategory::DecimalNumber {
            CharacterClass::Digit
        } else {
            CharacterClass::Other
        }
    }

    const fn wanted(self) -> &'static str {
        match self {
            CharacterClass::Upper => "the password has no upper-case letter",
            CharacterClass::Lower => "the password has no lower-case letter",
            CharacterClass::Digit => "the password has no digit",
            CharacterClass::Other => {
                "the password needs a character that is not an upper-case letter, a lower-case letter or a digit"
            }
        }
    }
}

input! {
    /// The rules of passwords. Lengths are in characters.
    PasswordPolicy {
        /// The least length, 8–128.
        min_length: u32 as Integer<8, 128> = 12,
        /// The greatest length, at most 1024 and not below the least.
        max_length: u32 as Integer<0, 1024> = 128,
        /// The classes that must each occur: by default all four.
        require: Vec<CharacterClass> = CharacterClass::ALL.to_vec(),
        /// Whether the email's local part (from 3 characters on) must not occur.
        forbid_local_part: bool = true,
        /// Passwords that are always refused, without regard to case.
        deny_list: Vec<String> = Vec::new(),
    }
}

/// The rules of passwords, whose lengths must agree.
pub(crate) struct Passwords;

impl FromWire<PasswordPolicy> for Passwords {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<PasswordPolicy> {
        let policy = PasswordPolicy::read(value, path, reader)?;
        if policy.max_length < policy.min_length {
            return reader.report(Code::InvalidRequest, &path.key("max_length"), BELOW);
        }
        Some(policy)
    }

    fn check(policy: &PasswordPolicy, path: &Path<'_>, reader: &mut Reader<'_>) {
        let before = reader.violations.known_so_far();
        policy.check_fields(path, reader);
        if reader.violations.known_so_far() == before && policy.max_length < policy.min_length {
            reader.violations.add(Code::InvalidRequest, &path.key("max_length"), BELOW);
        }
    }

    fn shape() -> Type {
        PasswordPolicy::shape()
    }
}

const BELOW: &str = "`max_length` is below `min_length`";

/// The password of a new account, which is checked by the policy and against the address.
pub(super) struct CheckedPassword;

impl Member<Option<Secret>> for CheckedPassword {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<Secret>> {
        let password = object.optional::<Secret>(name, reader);
        if let Some(Some(password)) = &password {
            let email = object.present("email").and_then(Value::as_str).and_then(|text| Email::new(text).ok());
            check(password, email.as_ref(), &object.at(name), reader);
        }
        password
    }

    fn write<M: SerializeMap>(value: &Option<Secret>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        <Optional<Secret> as Member<_>>::write(value, name, out)
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        <Optional<Secret> as Member<Option<Secret>>>::field(name, doc)
    }
}

/// Reports every rule that a password breaks, one violation each (AC-6). The address may be missing
/// where it is itself not of the right form.
pub(crate) fn check(password: &Secret, email: Option<&Email>, path: &Path<'_>, reader: &mut Reader<'_>) {
    for weakness in reader.policy.password.weaknesses(password, email.map(Email::local_part)) {
        reader.violations.add(Code::WeakPassword, path, weakness);
    }
}

impl PasswordPolicy {
    /// Every rule that a password breaks, as sentences without the password in them.
    fn weaknesses(&self, password: &Secret, local_part: Option<&str>) -> Vec<String> {
        let text = password.reveal();
        let mut broken = Vec::new();
        let length = text.chars().count();
        if length < self.min_length as usize {
            broken.push(format!("the password is shorter than {} characters", self.min_length));
        }
        if length > self.max_length as usize {
            broken.push(format!("the password is longer than {} characters", self.max_length));
        }
        let mut classes = self.require.clone();
        classes.sort_unstable();
        classes.dedup();
        for class in classes {
            if !text.chars().any(|character| CharacterClass::of(character) == class) {
                broken.push(String::from(class.wanted()));
            }
        }
        let folded = Zeroizing::new(text.to_lowercase());
        let local_part = local_part.filter(|local| self.forbid_local_part && local.chars().count() >= 3);
        if local_part.is_some_and(|local| folded.contains(&local.to_lowercase())) {
            broken.push(String::from("the password contains the local part of the email address"));
        }
        if self.deny_list.iter().any(|denied| denied.to_lowercase() == *folded) {
            broken.push(String::from("the password is on the deny list"));
        }
        broken
    }
}

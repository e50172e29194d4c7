//! Passwords are checked and dropped (AC-6, P-4).

use crate::error::Code;
use crate::id::Email;
use crate::json::{Path, Value};
use crate::wire::read::{Form, FromWire, Integer, Object, words};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
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
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(Secret::new(text.as_ref())),
            other => form.mistyped("a string", other, path),
        }
    }
}

words! {
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
                "the password has no character besides upper-case letters, lower-case letters and digits"
            }
        }
    }
}

/// The rules of passwords. Lengths are in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The least length, 8–128. Default 12.
    pub min_length: u32,
    /// The greatest length, at most 1024 and not below the least. Default 128.
    pub max_length: u32,
    /// The classes that must each occur. Default: all four.
    pub require: Vec<CharacterClass>,
    /// Whether the email's local part (from 3 characters on) must not occur. Default true.
    pub forbid_local_part: bool,
    /// Passwords refused whatever else holds, without regard to case. Default none.
    pub deny_list: Vec<String>,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        use CharacterClass::{Digit, Lower, Other, Upper};
        PasswordPolicy {
            min_length: 12,
            max_length: 128,
            require: alloc::vec![Upper, Lower, Digit, Other],
            forbid_local_part: true,
            deny_list: Vec::new(),
        }
    }
}

type MinLength = Integer<8, 128>;
type MaxLength = Integer<0, 1024>;
const BELOW: &str = "`max_length` is below `min_length`";

const FIELDS: &[&str] = &["min_length", "max_length", "require", "forbid_local_part", "deny_list"];

impl FromWire for PasswordPolicy {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, path, FIELDS, form)?;
        let default = PasswordPolicy::default();
        let min_length = object.or("min_length", Integer(default.min_length.into()), form);
        let max_length = object.or("max_length", Integer(default.max_length.into()), form);
        let require = object.or("require", default.require, form);
        let forbid_local_part = object.or("forbid_local_part", default.forbid_local_part, form);
        let deny_list = object.or("deny_list", default.deny_list, form);
        let min_length = min_length.and_then(MinLength::small)?;
        let max_length = max_length.and_then(MaxLength::small)?;
        if max_length < min_length {
            return form.violate(Code::InvalidRequest, &object.at("max_length"), BELOW);
        }
        Some(PasswordPolicy {
            min_length,
            max_length,
            require: require?,
            forbid_local_part: forbid_local_part?,
            deny_list: deny_list?,
        })
    }
}

/// Tells every rule that a password breaks, one violation each (AC-6). The address may be missing
/// where it is itself not of the right form.
pub(crate) fn check(password: &Secret, email: Option<&Email>, path: &Path<'_>, form: &mut Form<'_>) {
    for weakness in form.policy.password.weaknesses(password, email.map(Email::local_part)) {
        form.violations.add(Code::WeakPassword, path, weakness);
    }
}

impl PasswordPolicy {
    /// The bounds of rules that come typed.
    pub(crate) fn check(&self, path: &Path<'_>, form: &mut Form<'_>) {
        let min_fits = MinLength::check(self.min_length, &path.key("min_length"), form);
        let max_fits = MaxLength::check(self.max_length, &path.key("max_length"), form);
        if min_fits && max_fits && self.max_length < self.min_length {
            form.violations.add(Code::InvalidRequest, &path.key("max_length"), BELOW);
        }
    }

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
            broken.push(String::from("the password is on the list of refused passwords"));
        }
        broken
    }
}

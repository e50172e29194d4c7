//! Versions of what is stored, rows and snapshots alike (S-3).
//!
//! Older formats are upgraded step by step before they are read, so that the rest of the core knows the present
//! format only. For hosts that do not read it yet, the same steps go back.

use crate::declare::read::{FromWire, Reader};
use crate::error::Code;
use crate::json::{Path, Value};
use crate::shape::Type;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A format in which an instance writes rows and snapshots. It reads every format up to the present
/// one (S-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RowFormat {
    /// The first: rows carry no `v`, and credentials do not say who has linked them.
    V1 = 1,
    /// The present one.
    #[default]
    V2 = 2,
}

/// A step from one format to the next, and back, of a row of some kind.
struct Upgrade {
    up: fn(&str, &mut Value<'_>),
    down: fn(&str, &mut Value<'_>),
}

/// All steps in order, the first from format 1 to 2.
const STEPS: [Upgrade; RowFormat::ALL.len() - 1] = [Upgrade { up: add_linked_by, down: drop_linked_by }];

/// The member of a row that says its format; a row without it is of the first.
const VERSION: &str = "v";

impl RowFormat {
    const ALL: &[RowFormat] = &[RowFormat::V1, RowFormat::V2];

    /// Its number, as snapshots and rows carry it.
    #[must_use]
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// The format with this number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.number() == number)
    }

    /// Reads a number, or says why there is no such format here.
    pub(super) fn read(value: &Value<'_>) -> Result<Self, String> {
        let present = RowFormat::default().number();
        match value {
            Value::Int(number) => Self::from_number(*number).ok_or_else(|| match number {
                ..1 => String::from("format numbers start at 1"),
                _ => format!(
                    "format {number} is newer than {present}, the newest that this version of tenantry reads; \
                     update tenantry before it reads what a newer version has written"
                ),
            }),
            other => Err(format!("expected a format number, from 1 to {present}, found {}", other.type_name())),
        }
    }

    /// A row of this format as one of the present format.
    pub(super) fn upgrade(self, kind: &str, row: &mut Value<'_>) {
        STEPS.iter().skip(self.steps_before()).for_each(|step| (step.up)(kind, row));
    }

    /// A row of the present format as one of this format.
    pub(super) fn downgrade(self, kind: &str, row: &mut Value<'_>) {
        STEPS.iter().skip(self.steps_before()).rev().for_each(|step| (step.down)(kind, row));
    }

    fn steps_before(self) -> usize {
        usize::try_from(self.number() - 1).unwrap_or_default()
    }
}

impl FromWire for RowFormat {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Self::read(value).ok().or_else(|| {
            let present = RowFormat::default().number();
            let message = format!("expected the number of a format that can be written, from 1 to {present}");
            reader.report(Code::InvalidRequest, path, message)
        })
    }

    fn shape() -> Type {
        Type::Integer(1, RowFormat::default().number())
    }
}

/// Takes the format off a row that a host hands in, and brings the row to the present one.
pub(crate) fn open(kind: &str, row: &mut Value<'_>) -> Result<RowFormat, String> {
    let format = take(row, VERSION).map_or(Ok(RowFormat::V1), |version| RowFormat::read(&version))?;
    format.upgrade(kind, row);
    Ok(format)
}

/// Brings a row of the present format to the one that is to be written, and says which it is.
pub(crate) fn seal(format: RowFormat, kind: &str, row: &mut Value<'_>) {
    format.downgrade(kind, row);
    if format > RowFormat::V1 {
        add(row, VERSION, Value::Int(format.number()));
    }
}

/// Format 2: credentials say who has linked them (CR-4), and users which of others' they have linked.
fn add_linked_by(kind: &str, row: &mut Value<'_>) {
    each_credential(kind, row, |credential| add(credential, "linked_by", Value::Null));
    if kind == "registered_user" {
        add(row, "linked", Value::Array(Vec::new()));
    }
}

fn drop_linked_by(kind: &str, row: &mut Value<'_>) {
    each_credential(kind, row, |credential| {
        take(credential, "linked_by");
    });
    if kind == "registered_user" {
        take(row, "linked");
    }
}

fn each_credential(kind: &str, row: &mut Value<'_>, edit: impl Fn(&mut Value<'_>)) {
    let held = match kind {
        "company" => member(row, "credentials"),
        "organization_credential" => member(row, "credential"),
        "registered_user" => member(row, "life")
            .and_then(|life| member(life, "present"))
            .and_then(|present| member(present, "credentials")),
        _ => None,
    };
    match held {
        Some(Value::Array(credentials)) => credentials.iter_mut().for_each(edit),
        Some(credential) => edit(credential),
        None => {}
    }
}

fn member<'r, 'v>(value: &'r mut Value<'v>, name: &str) -> Option<&'r mut Value<'v>> {
    let Value::Object(members) = value else { return None };
    members.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Adds a member, unless there is one of this name.
fn add<'v>(value: &mut Value<'v>, name: &'static str, member: Value<'v>) {
    if let Value::Object(members) = value
        && members.iter().all(|(key, _)| key != name)
    {
        members.push((Cow::Borrowed(name), member));
    }
}

fn take<'v>(value: &mut Value<'v>, name: &str) -> Option<Value<'v>> {
    let Value::Object(members) = value else { return None };
    let index = members.iter().position(|(key, _)| key == name)?;
    Some(members.remove(index).1)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{RowFormat, STEPS, open, seal};
    use crate::json::{parse_document, to_canonical};

    /// A row of format 1, and the same of format 2.
    const LINKED_BY: [(&str, &str, &str); 5] = [
        (
            "company",
            r#"{"credentials":[{"connector":"slack"},{"connector":"zoom"}]}"#,
            r#"{"credentials":[{"connector":"slack","linked_by":null},{"connector":"zoom","linked_by":null}],"v":2}"#,
        ),
        (
            "organization_credential",
            r#"{"credential":{"connector":"slack"}}"#,
            r#"{"credential":{"connector":"slack","linked_by":null},"v":2}"#,
        ),
        (
            "registered_user",
            r#"{"life":{"present":{"credentials":[{"connector":"slack"}]}}}"#,
            r#"{"life":{"present":{"credentials":[{"connector":"slack","linked_by":null}]}},"linked":[],"v":2}"#,
        ),
        ("registered_user", r#"{"life":{"deleted":{}}}"#, r#"{"life":{"deleted":{}},"linked":[],"v":2}"#),
        ("account", r#"{"credentials":[{}]}"#, r#"{"credentials":[{}],"v":2}"#),
    ];

    #[test]
    fn s_3_each_step_adds_what_is_new_and_takes_it_away_again() {
        for (kind, one, two) in LINKED_BY {
            let mut row = parse_document(one).unwrap();
            assert_eq!(open(kind, &mut row), Ok(RowFormat::V1));
            let mut written = row.clone();
            seal(RowFormat::V2, kind, &mut written);
            assert_eq!(to_canonical(&written), two);
            seal(RowFormat::V1, kind, &mut row);
            assert_eq!(to_canonical(&row), one);
            let mut row = parse_document(two).unwrap();
            assert_eq!(open(kind, &mut row), Ok(RowFormat::V2));
        }
        assert_eq!(STEPS.len() as i64 + 1, RowFormat::default().number());
    }

    #[test]
    fn s_3_a_malformed_row_passes_through_to_its_reader() {
        for text in ["null", "[]", r#"{"life":3}"#, r#"{"credentials":{}}"#, r#"{"credential":[1]}"#] {
            for kind in ["company", "organization_credential", "registered_user"] {
                let mut row = parse_document(text).unwrap();
                assert!(open(kind, &mut row).is_ok());
            }
        }
    }
}

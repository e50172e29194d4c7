//! What an instance is made with: `{policy?, journal?, rows?, row_format?}`.

use super::input::Input;
use crate::declare::read::{Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::error::{Code, Rejection};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::state::RowFormat;
use crate::tenantry::{self, Tenantry};

string_enum! {
    /// Where the journal is kept (E-4).
    JournalOption {
        /// By the host.
        None "none",
        /// In memory.
        Memory "memory",
    }
}

/// Makes an instance from `{policy?, journal?, rows?, row_format?}`.
///
/// # Errors
/// `invalid_request` with every unknown, mistyped or out-of-range option.
pub fn new<'o>(options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    Tenantry::with_options(read_options(options.into(), &["policy", "journal", "rows", "row_format"])?)
}

/// The options of an instance with the whole state: there are no rows to be loaded.
pub(super) const WHOLE: &[&str] = &["policy", "journal", "row_format"];

pub(super) fn read_options(
    options: Input<'_>,
    fields: &'static [&'static str],
) -> Result<tenantry::Options, Rejection> {
    let options = &*options.command()?;
    if matches!(options, Value::Null) {
        return Ok(tenantry::Options::default());
    }
    let defaults = Policy::default();
    let mut reader = Reader::new(None, &defaults);
    let read = Object::open(options, &Path::ROOT, fields, &mut reader).map(|object| {
        let policy = object.or("policy", Policy::default(), &mut reader);
        let journal = object.or("journal", JournalOption::None, &mut reader);
        let rows = object.or("rows", false, &mut reader);
        let row_format = object.or("row_format", RowFormat::default(), &mut reader);
        (policy, journal, rows, row_format)
    });
    reader.violations.into_rejection().map_or(Ok(()), Err)?;
    match read {
        Some((Some(policy), Some(journal), Some(rows), Some(row_format))) => {
            Ok(tenantry::Options { policy, journal: journal == JournalOption::Memory, rows, row_format })
        }
        _ => Err(Rejection::new(Code::InvalidRequest)),
    }
}

/// The example world with the options `{policy?, journal?, row_format?}`, see [`Tenantry::example`].
///
/// # Errors
/// `invalid_request` with what is wrong with the options.
pub fn example<'o>(options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    Tenantry::example_with(read_options(options.into(), WHOLE)?)
}

//! Files that are read, and what is wrong with them.

use std::path::Path;

use tenantry::json::{Malformed, Value};
use tenantry::{Rejection, Violation};

use crate::console::{Console, Failure, named, why};

/// The bytes of a file; `-` is the standard input.
fn bytes(console: &mut Console<'_>, file: &Path) -> Result<Vec<u8>, Failure> {
    let read = if is_input(file) { console.host.read_input() } else { console.host.read(file) };
    read.map_err(|error| Failure::impossible(named(file, &why(&error))))
}

pub(crate) fn is_input(file: &Path) -> bool {
    file == Path::new("-")
}

/// The text of a file.
pub(crate) fn text(console: &mut Console<'_>, file: &Path) -> Result<String, Failure> {
    let text = String::from_utf8(bytes(console, file)?);
    text.map_err(|_| invalid(file, &Malformed::new("", "not well-formed UTF-8").into()))
}

/// The JSON of a file.
pub(crate) fn json(console: &mut Console<'_>, file: &Path) -> Result<Value<'static>, Failure> {
    text(console, file)?.parse().map_err(|fault: Malformed| invalid(file, &fault.into()))
}

/// A file that is refused.
pub(crate) fn invalid(file: &Path, rejection: &Rejection) -> Failure {
    Failure::Invalid(faults(rejection).map(|fault| named(file, &fault)).collect())
}

/// What a rejection finds wrong, each with its place.
pub(crate) fn faults(rejection: &Rejection) -> impl Iterator<Item = String> {
    let alone = rejection.violations.is_empty().then(|| rejection.message.clone());
    rejection.violations.iter().map(fault).chain(alone)
}

/// What is wrong, and where.
pub(crate) fn fault(violation: &Violation) -> String {
    match violation.pointer.as_str() {
        "" => violation.message.clone(),
        pointer => format!("{pointer}: {}", violation.message),
    }
}

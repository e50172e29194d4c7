//! What an instance is made with, and the names that functions take.

use crate::declare::read::FromWire;
use crate::lifecycle::MACHINES;
use crate::permissions::permissions;
use crate::policy::Policy;
use crate::shape::{Definition, Field, Named, Shown, Type};
use crate::state::RowFormat;
use alloc::vec::Vec;

/// The options of an instance.
pub(super) fn options() -> Definition {
    let journal = Type::Named(Named::of(journal));
    let fields = alloc::vec![
        Field::optional("policy", "What the host may choose.", Policy::shape().or_null()),
        Field::optional("journal", "Where the journal is kept; by the host if absent.", journal.or_null()),
        Field::optional(
            "rows",
            "Whether the instance holds only the rows that its host loads.",
            Type::Boolean.or_null()
        ),
        Field::optional("row_format", "The format in which rows are written.", RowFormat::shape().or_null()),
    ];
    Definition::object("Options", "The options of an instance.", fields)
}

pub(super) fn journal() -> Definition {
    Definition::words("Journal", "Where the journal is kept (E-4).", ["none", "memory"])
}

/// The name of a lifecycle.
pub(crate) struct MachineName;

impl Shown for MachineName {
    fn shown() -> Type {
        Type::named("Machine", || {
            Definition::words("Machine", "A lifecycle that can be drawn.", MACHINES.iter().copied())
        })
    }
}

/// The name of a command, a query or a call.
pub(crate) struct RequestName;

impl Shown for RequestName {
    fn shown() -> Type {
        Type::named("RequestName", || {
            let mut names: Vec<&str> = permissions().iter().map(|row| row.request).collect();
            names.dedup();
            Definition::words("RequestName", "The name of a command, a query or a call.", names)
        })
    }
}

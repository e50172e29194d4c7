//! Outcomes, and the rows of hosts on a database.

use crate::event::{Effect, Event};
use crate::shape::{Definition, Field, Named, Shape, Shown, Type, json_object};
use alloc::vec::Vec;

fn key() -> Type {
    Type::named("RowKey", || {
        let doc = "What a row is found by: `[kind, …parts]` (contract section 14).";
        Definition::alias("RowKey", doc, Type::list(Type::Any, None))
    })
}

fn revision() -> Type {
    Type::named("Revision", || {
        let doc = "A host's own revision of a row; integers within ±(2^53−1), what is larger as a string (S-4).";
        let most = crate::json::MAX_SAFE_INTEGER;
        let kind = Type::OneOf(alloc::vec![Type::TEXT, Type::Integer(-most, most), Type::Null]);
        Definition::alias("Revision", doc, kind)
    })
}

fn row(name: &'static str, doc: &'static str, revision: Option<Type>, row: Option<&'static str>) -> Definition {
    let mut fields = alloc::vec![Field::required("key", "What the row is found by.", key())];
    fields.extend(revision.map(|kind| Field::required("revision", "The host's own revision of it.", kind)));
    fields.extend(row.map(|doc| Field::required("row", doc, json_object().or_null())));
    Definition::object(name, doc, fields)
}

fn guard() -> Definition {
    let doc = "A row that a decision has read, at the revision that the host gave it.";
    row("Guard", doc, Some(revision()), None)
}

fn change() -> Definition {
    let doc = "A row as it is to be written; null is to be deleted.";
    let mut change = row("Change", doc, None, Some("The row; null is to be deleted."));
    if let Shape::Object(object) = &mut change.shape {
        let doc = "The row that the change is based on; null where there was none (H-3).";
        object.fields.insert(1, Field::required("base", doc, Type::Named(Named::of(base)).or_null()));
    }
    change
}

fn base() -> Definition {
    let doc = "The row that a change is based on.";
    Definition::object(
        "ChangeBase",
        doc,
        alloc::vec![Field::required("revision", "The revision that the host gave it.", revision())],
    )
}

/// A row for `load`.
pub(super) fn loaded_row() -> Definition {
    let doc = "A row for `load`; null says that there is none.";
    row("LoadedRow", doc, Some(revision()), Some("The row; null says that there is none."))
}

fn list(of: fn() -> Definition) -> Type {
    Type::list(Type::Named(Named::of(of)), None)
}

/// What every outcome has.
pub(super) fn parts() -> Definition {
    let fields = alloc::vec![
        Field::required("events", "What happened, in order.", Vec::<Event>::shown()),
        Field::required("effects", "What the host has to do in addition.", Vec::<Effect>::shown()),
        Field::optional("guards", "The rows that it was decided on, to be verified before writing.", list(guard)),
        Field::optional("changes", "The rows to write.", list(change)),
    ];
    let doc = "What an accepted command gives besides its response; `guards` and `changes` only where the instance holds \
               rows.";
    Definition::object("OutcomeParts", doc, fields)
}

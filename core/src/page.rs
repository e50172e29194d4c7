//! Pages of lists: `limit` and `after` in, `items` and `next` out (contract section 9).

use crate::declare::Integer;
use crate::declare::member::Members;
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::Code;
use crate::id::{MintedId, WireText};
use crate::json::Path;
use crate::shape::{Definition, Field, Named, Shown, Type};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use core::fmt;
use core::marker::PhantomData;
use serde::Serialize;
use serde::ser::SerializeMap;

const DEFAULT: usize = 50;
type Limit = Integer<1, 200>;

const NO_CURSOR: &str = "not a cursor of this list: send the `next` of the previous page";

/// What a list is in the order of, and so what its cursors look like.
pub(crate) trait Cursor {
    fn is_cursor(text: &str) -> bool;
}

/// In the order of minted ids.
pub(crate) struct ById<I>(PhantomData<I>);

impl<I: MintedId> Cursor for ById<I> {
    fn is_cursor(text: &str) -> bool {
        I::parse(text).is_some()
    }
}

/// In the order of the customer's own ids.
pub(crate) struct ByText<T>(PhantomData<T>);

impl<T: WireText> Cursor for ByText<T> {
    fn is_cursor(text: &str) -> bool {
        T::from_wire(text).is_ok()
    }
}

/// The page of a list that is requested.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// The maximum number of items, 1–200. Default 50.
    pub limit: usize,
    /// The `next` of the previous page.
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Page { limit: DEFAULT, after: None }
    }
}

/// A page of a list.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Items<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null at the end.
    pub next: Option<String>,
}

impl<T: Shown> Shown for Items<T> {
    fn shown() -> Type {
        Type::Named(Named::of(list::<T>))
    }
}

fn list<T: Shown>() -> Definition {
    let name = match T::shown() {
        Type::Named(named) => named.name,
        _ => "Value".into(),
    };
    let fields = alloc::vec![
        Field::required("items", "The items.", Vec::<T>::shown()),
        Field::required("next", "What to send as `after` for the next page; null at the end.", Type::TEXT.or_null()),
    ];
    let doc = "A page of a list; `next` is the `after` of the next page, null at the end.";
    Definition::object(format!("{name}List"), doc, fields)
}

/// A cursor may be the customer's own id of a company.
struct Hidden(bool);

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0 { "Some(…)" } else { "None" })
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = Hidden(self.after.is_some());
        formatter.debug_struct("Page").field("limit", &self.limit).field("after", &after).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let next = Hidden(self.next.is_some());
        formatter.debug_struct("Items").field("items", &self.items).field("next", &next).finish()
    }
}

impl<C: Cursor> Members<Page> for C {
    const NAMES: &'static [&'static str] = &["limit", "after"];

    fn read(object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Page> {
        let limit = object.optional_as::<Limit, usize>("limit", reader);
        let after = object.optional::<String>("after", reader);
        if after.as_ref().is_some_and(|after| after.as_ref().is_some_and(|after| !C::is_cursor(after))) {
            return reader.report(Code::InvalidRequest, &object.at("after"), NO_CURSOR);
        }
        Some(Page { limit: limit?.unwrap_or(DEFAULT), after: after? })
    }

    fn check(page: &Page, path: &Path<'_>, reader: &mut Reader<'_>) {
        Limit::check(&page.limit, &path.key("limit"), reader);
        if page.after.as_deref().is_some_and(|after| !C::is_cursor(after)) {
            reader.violations.add(Code::InvalidRequest, &path.key("after"), NO_CURSOR);
        }
    }

    fn write<M: SerializeMap>(page: &Page, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry("limit", &page.limit)?;
        page.after.iter().try_for_each(|after| out.serialize_entry("after", after))
    }

    fn fields() -> Vec<Field> {
        let limit = "The maximum number of items.";
        let after = "The `next` of the previous page; absent for the first page.";
        alloc::vec![
            Field {
                default: Some(DEFAULT.to_string()),
                ..Field::optional("limit", limit, <Limit as FromWire<usize>>::shape().or_null())
            },
            Field::optional("after", after, Type::TEXT.or_null()),
        ]
    }
}

impl Page {
    /// How many rows show a whole page, and whether there is another one.
    pub(crate) fn rows(&self) -> usize {
        self.limit.saturating_add(1)
    }

    /// The page of a list that is at hand, in the order of its cursors: the items after `after`, at most `limit`.
    pub(crate) fn take<T>(&self, list: impl Iterator<Item = (String, T)>) -> Items<T> {
        let after = self.after.as_deref();
        let rest = list.skip_while(|(cursor, _)| after.is_some_and(|after| cursor.as_str() <= after));
        match self.fill(rest.map(Ok::<_, Infallible>)) {
            Ok(items) => items,
            Err(never) => match never {},
        }
    }

    /// The page of a list that begins after `after` already. The first row that is missing is the error.
    pub(crate) fn fill<T, E>(&self, mut list: impl Iterator<Item = Result<(String, T), E>>) -> Result<Items<T>, E> {
        let mut items = Vec::new();
        let mut last = None;
        for found in list.by_ref().take(self.limit) {
            let (cursor, item) = found?;
            items.push(item);
            last = Some(cursor);
        }
        let is_last = items.len() < self.limit || list.next().transpose()?.is_none();
        Ok(Items { items, next: last.filter(|_| !is_last) })
    }
}

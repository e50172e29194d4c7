//! Pages of lists: `limit` and `after` in, `items` and `next` out (contract section 9).

use crate::error::Code;
use crate::id::{MintedId, WireText};
use crate::json::Path;
use crate::wire::read::{Form, Integer, Object};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;

const DEFAULT: usize = 50;
type Limit = Integer<1, 200>;

const NO_CURSOR: &str = "not a cursor of this list: send the `next` of the page before";

/// Whether a text is a cursor of a list that is in the order of minted ids.
pub(crate) fn is_minted<I: MintedId>(cursor: &str) -> bool {
    I::parse(cursor).is_some()
}

/// Whether a text is a cursor of a list that is in the order of the customer's own ids.
pub(crate) fn is_text<T: WireText>(cursor: &str) -> bool {
    T::from_wire(cursor).is_ok()
}

/// Which page of a list is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// How many items at most, 1–200. Default 50.
    pub limit: usize,
    /// The `next` of the page before.
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

/// A cursor may be the customer's own id of a company.
struct Cursor(bool);

impl fmt::Debug for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0 { "Some(…)" } else { "None" })
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = Cursor(self.after.is_some());
        formatter.debug_struct("Page").field("limit", &self.limit).field("after", &after).finish()
    }
}

impl<T: fmt::Debug> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let next = Cursor(self.next.is_some());
        formatter.debug_struct("Items").field("items", &self.items).field("next", &next).finish()
    }
}

impl Page {
    /// Reads a page of a list whose cursors are of this form.
    pub(crate) fn read(object: &Object<'_, '_>, form: &mut Form<'_>, is_cursor: fn(&str) -> bool) -> Option<Self> {
        let limit = object.optional::<Limit>("limit", form);
        let after = object.optional::<String>("after", form);
        if after.as_ref().is_some_and(|after| after.as_ref().is_some_and(|after| !is_cursor(after))) {
            return form.violate(Code::InvalidRequest, &object.at("after"), NO_CURSOR);
        }
        let limit = limit?.and_then(|limit| usize::try_from(limit.0).ok()).unwrap_or(DEFAULT);
        Some(Page { limit, after: after? })
    }

    /// The same for a page that comes typed.
    pub(crate) fn check(&self, form: &mut Form<'_>, is_cursor: fn(&str) -> bool) {
        Limit::check(self.limit, &Path::ROOT.key("limit"), form);
        if self.after.as_deref().is_some_and(|after| !is_cursor(after)) {
            form.violations.add(Code::InvalidRequest, &Path::ROOT.key("after"), NO_CURSOR);
        }
    }

    /// The page of a list in the order of its cursors: the items after `after`, at most `limit`.
    pub(crate) fn take<T>(&self, list: impl Iterator<Item = (String, T)>) -> Items<T> {
        let after = self.after.as_deref();
        let mut rest = list.skip_while(|(cursor, _)| after.is_some_and(|after| cursor.as_str() <= after));
        let mut items = Vec::new();
        let mut last = None;
        for (cursor, item) in rest.by_ref().take(self.limit) {
            items.push(item);
            last = Some(cursor);
        }
        Items { items, next: last.filter(|_| rest.next().is_some()) }
    }
}

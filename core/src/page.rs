//! Pages of lists: `limit` and `after` in, `items` and `next` out (SPEC section 9).

use crate::json::Path;
use crate::wire::read::{Form, Integer, Object};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

const DEFAULT: usize = 50;
type Limit = Integer<1, 200>;

/// Which page of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Items<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null at the end.
    pub next: Option<String>,
}

impl Page {
    pub(crate) fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let limit = object.optional::<Limit>("limit", form);
        let after = object.optional("after", form);
        let limit = limit?.and_then(|limit| usize::try_from(limit.0).ok()).unwrap_or(DEFAULT);
        Some(Page { limit, after: after? })
    }

    /// The same bounds for a page that comes typed.
    pub(crate) fn check(&self, form: &mut Form<'_>) {
        Limit::check(self.limit, &Path::ROOT.key("limit"), form);
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

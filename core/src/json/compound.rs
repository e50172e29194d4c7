//! Arrays and objects as canonical JSON.

use super::canonical::Writer;
use super::read::Fault;
use super::scan::Scanner;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::{self, Serialize};

/// An array that is being written, each item with a comma after it.
pub(super) struct Array<'o> {
    out: &'o mut String,
    close: &'static str,
}

impl<'o> Array<'o> {
    pub(super) fn open(out: &'o mut String, close: &'static str) -> Self {
        out.push('[');
        Array { out, close }
    }
}

macro_rules! array_as {
    ($($compound:ident $add:ident)*) => {
        $(impl ser::$compound for Array<'_> {
            type Ok = ();
            type Error = Fault;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                value.serialize(Writer { out: self.out })?;
                self.out.push(',');
                Ok(())
            }

            fn end(self) -> Result<(), Fault> {
                close(self.out, self.close);
                Ok(())
            }
        })*
    };
}

array_as! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

/// An object that is being written, each member with a comma after it. The members are sorted at the
/// end, unless they came in order.
pub(super) struct Object<'o> {
    out: &'o mut String,
    close: &'static str,
    /// Where its members begin in the text.
    start: usize,
    members: Vec<Member>,
    sorted: bool,
}

/// Where a member and its key are among the members; the member ends where the next one starts.
#[derive(Clone, Copy)]
struct Member {
    start: usize,
    key_end: usize,
}

impl Member {
    /// The key as it was before it was written.
    fn key(self, members: &str) -> Cow<'_, str> {
        let quoted = members.get(self.start..self.key_end).unwrap_or_default();
        Scanner::new(quoted).string().unwrap_or_default()
    }
}

impl<'o> Object<'o> {
    pub(super) fn open(out: &'o mut String, close: &'static str, length: usize) -> Self {
        out.push('{');
        Object { start: out.len(), out, close, members: Vec::with_capacity(length), sorted: true }
    }

    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        let start = self.out.len();
        key.serialize(Writer { out: self.out })?;
        match self.out.as_bytes().get(start) {
            Some(b'"') => {}
            Some(b'{' | b'[' | b'n') | None => return Err(Fault::new("expected a string as a key")),
            // A number, or a boolean.
            Some(_) => {
                self.out.insert(start, '"');
                self.out.push('"');
            }
        }
        let member = Member { start: start - self.start, key_end: self.out.len() - self.start };
        if let Some(last) = self.members.last().filter(|_| self.sorted) {
            let members = self.out.get(self.start..).unwrap_or_default();
            self.sorted = last.key(members) <= member.key(members);
        }
        self.members.push(member);
        self.out.push(':');
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(Writer { out: self.out })?;
        self.out.push(',');
        Ok(())
    }

    fn end_sorted(self) {
        if !self.sorted {
            let written = self.out.split_off(self.start);
            let ends = self.members.iter().skip(1).map(|next| next.start).chain([written.len()]);
            let part = |(member, end): (&Member, usize)| {
                (member.key(&written), written.get(member.start..end).unwrap_or_default())
            };
            let mut parts: Vec<(Cow<'_, str>, &str)> = self.members.iter().zip(ends).map(part).collect();
            // By the keys' bytes, which for UTF-8 is the order of code points.
            parts.sort_by(|(one, _), (other, _)| one.cmp(other));
            parts.iter().for_each(|(_, part)| self.out.push_str(part));
        }
        close(self.out, self.close);
    }
}

/// Puts the closing brackets where the last comma is.
fn close(out: &mut String, close: &str) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push_str(close);
}

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.value(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.end_sorted();
        Ok(())
    }
}

macro_rules! object_as {
    ($($compound:ident)*) => {
        $(impl ser::$compound for Object<'_> {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Fault> {
                self.key(key)?;
                self.value(value)
            }

            fn end(self) -> Result<(), Fault> {
                self.end_sorted();
                Ok(())
            }
        })*
    };
}

object_as! { SerializeStruct SerializeStructVariant }

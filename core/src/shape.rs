//! What a shape is: how declarations describe what goes in or comes out as JSON, for schema, types and docs.

use crate::json::{MAX_SAFE_INTEGER, Value};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// A named shape.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it is called, in every language.
    pub name: Cow<'static, str>,
    /// What it is, as Markdown.
    pub doc: &'static str,
    /// The shape itself.
    pub shape: Shape,
}

/// What a definition describes.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Another name for a type.
    Alias(Type),
    /// One of these words.
    Words(Vec<String>),
    /// One of these definitions.
    Union(Vec<Named>),
    /// An object.
    Object(Object),
}

/// An object with known fields.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The definition whose fields it has before its own.
    pub base: Option<Named>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Of a command or a query: what it answers.
    pub answer: Option<Type>,
    /// What its fields must agree on, each as a JSON Schema.
    pub rules: Vec<&'static str>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it is, as Markdown.
    pub doc: &'static str,
    /// Whether it may be absent.
    pub optional: bool,
    /// Its default where it is absent, as JSON.
    pub default: Option<String>,
    /// Its type.
    pub kind: Type,
}

/// A definition by its name: what it is comes when asked for, since some contain themselves.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: Cow<'static, str>,
    /// The definition.
    pub define: fn() -> Definition,
}

/// What a value may be.
#[derive(Clone, Debug)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// A text.
    Text(Text),
    /// An integer within bounds.
    Integer(i64, i64),
    /// A boolean.
    Boolean,
    /// Null.
    Null,
    /// The boolean `true` alone.
    True,
    /// This text alone.
    Word(String),
    /// What a definition says.
    Named(Named),
    /// A list, with at most so many items.
    Array(Box<Type>, Option<usize>),
    /// An object with any keys.
    Map(Map),
    /// One of several.
    OneOf(Vec<Type>),
}

/// The bounds of a text, in characters, and its form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    /// The least length.
    pub least: usize,
    /// The greatest length.
    pub most: Option<usize>,
    /// A regular expression, as ECMA-262 has them.
    pub pattern: Option<&'static str>,
    /// A format that JSON Schema knows by name.
    pub format: Option<&'static str>,
    /// What the languages of hosts have for it.
    pub native: Option<Native>,
}

/// A value that hosts have a type of their own for, which the packages take, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// An instant.
    Instant,
    /// A UUID.
    Uuid,
    /// Bytes, in hexadecimal on the wire.
    Bytes,
}

/// The bounds of an object with any keys.
#[derive(Clone, Debug)]
pub struct Map {
    /// The keys.
    pub keys: Text,
    /// The values.
    pub values: Box<Type>,
    /// How many entries at most.
    pub most: Option<usize>,
}

impl Type {
    /// Any text.
    pub(crate) const TEXT: Type = Type::Text(Text { least: 0, most: None, pattern: None, format: None, native: None });

    /// The type, or null.
    #[must_use]
    pub(crate) fn or_null(self) -> Type {
        Type::OneOf(vec![self, Type::Null])
    }

    pub(crate) fn word(word: impl Into<String>) -> Type {
        Type::Word(word.into())
    }

    pub(crate) fn named(name: impl Into<Cow<'static, str>>, define: fn() -> Definition) -> Type {
        Type::Named(Named { name: name.into(), define })
    }

    pub(crate) fn list(item: Type, most: Option<usize>) -> Type {
        Type::Array(Box::new(item), most)
    }

    /// An object with any keys and these values.
    pub(crate) fn map(values: Type) -> Type {
        Type::Map(Map { keys: Text::default(), values: Box::new(values), most: None })
    }
}

impl Definition {
    pub(crate) fn object(name: impl Into<Cow<'static, str>>, doc: &'static str, fields: Vec<Field>) -> Definition {
        Definition { name: name.into(), doc, shape: Shape::Object(Object { fields, ..Object::default() }) }
    }

    pub(crate) fn words(
        name: impl Into<Cow<'static, str>>,
        doc: &'static str,
        words: impl IntoIterator<Item: Into<String>>,
    ) -> Definition {
        Definition { name: name.into(), doc, shape: Shape::Words(words.into_iter().map(Into::into).collect()) }
    }

    /// Another name for a type.
    #[must_use]
    pub fn alias(name: impl Into<Cow<'static, str>>, doc: &'static str, kind: Type) -> Definition {
        Definition { name: name.into(), doc, shape: Shape::Alias(kind) }
    }

    pub(crate) fn union(name: impl Into<Cow<'static, str>>, doc: &'static str, members: Vec<Named>) -> Definition {
        Definition { name: name.into(), doc, shape: Shape::Union(members) }
    }
}

impl Definition {
    /// What it is made of: a request's answer is no part of it.
    #[must_use]
    pub fn parts(&self) -> Vec<Named> {
        let mut parts = Vec::new();
        match &self.shape {
            Shape::Alias(kind) => kind.add_names(&mut parts),
            Shape::Words(_) => {}
            Shape::Union(members) => parts.extend(members.iter().cloned()),
            Shape::Object(object) => {
                parts.extend(object.base.clone());
                object.fields.iter().for_each(|field| field.kind.add_names(&mut parts));
            }
        }
        parts
    }
}

impl Type {
    /// Adds the definitions that it names.
    pub(crate) fn add_names(&self, found: &mut Vec<Named>) {
        match self {
            Type::Named(named) => found.push(named.clone()),
            Type::Array(item, _) => item.add_names(found),
            Type::Map(map) => map.values.add_names(found),
            Type::OneOf(kinds) => kinds.iter().for_each(|kind| kind.add_names(found)),
            Type::Any | Type::Text(_) | Type::Integer(..) | Type::Boolean | Type::Null | Type::True | Type::Word(_) => {
            }
        }
    }
}

impl Named {
    /// What a definition calls itself.
    pub(crate) fn of(define: fn() -> Definition) -> Named {
        Named { name: define().name, define }
    }
}

impl Field {
    /// A field that is always there.
    pub(crate) fn required(name: &'static str, doc: &'static str, kind: Type) -> Field {
        Field { name, doc, optional: false, default: None, kind }
    }

    /// A field that may be absent, but not null.
    pub(crate) fn optional(name: &'static str, doc: &'static str, kind: Type) -> Field {
        Field { name, doc, optional: true, default: None, kind }
    }
}

/// Any JSON object.
pub(crate) fn json_object() -> Type {
    Type::named("JsonObject", || Definition::alias("JsonObject", "Any JSON object.", Type::map(Type::Any)))
}

/// A type that occurs in answers and events.
pub(crate) trait Shown {
    fn shown() -> Type;
}

impl Shown for bool {
    fn shown() -> Type {
        Type::Boolean
    }
}

impl Shown for String {
    fn shown() -> Type {
        Type::TEXT
    }
}

impl Shown for &'static str {
    fn shown() -> Type {
        Type::TEXT
    }
}

impl Shown for u64 {
    fn shown() -> Type {
        Type::Integer(0, MAX_SAFE_INTEGER)
    }
}

impl Shown for u32 {
    fn shown() -> Type {
        u64::shown()
    }
}

impl Shown for usize {
    fn shown() -> Type {
        u64::shown()
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown() -> Type {
        T::shown().or_null()
    }
}

impl Shown for Value<'static> {
    fn shown() -> Type {
        Type::Any
    }
}

impl<T: Shown> Shown for &'static [T] {
    fn shown() -> Type {
        Type::list(T::shown(), None)
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown() -> Type {
        Type::list(T::shown(), None)
    }
}

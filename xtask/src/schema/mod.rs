//! The shapes of everything that goes in or comes out as JSON, as the core declares them, and what is made
//! from them: a JSON Schema, and the types of each language.

mod json_schema;
mod methods;
mod python;
mod read;
mod stub;
mod typescript;

pub(crate) use json_schema::json_schema;
pub(crate) use methods::{javascript_methods, python_methods};
pub(crate) use python::types;
pub(crate) use stub::stub;
pub(crate) use typescript::typescript;

/// All definitions, in the order in which they were written, derived ones last.
pub(crate) struct Schema {
    pub(crate) definitions: Vec<Definition>,
}

/// A named shape.
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    /// Another name for a type.
    Alias(Type),
    /// One of these words.
    Enum(Vec<String>),
    /// One of these definitions.
    Union(Vec<String>),
    Object(Object),
}

#[derive(Default)]
pub(crate) struct Object {
    /// The definition whose fields it has before its own.
    pub(crate) base: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// What its fields must agree on, each as a JSON Schema.
    pub(crate) rules: Vec<&'static str>,
    /// A command's or query's own name, and the definition of what it answers.
    pub(crate) request: Option<(String, String)>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// What an absent field stands for, as JSON.
    pub(crate) default: Option<String>,
    pub(crate) optional: bool,
    pub(crate) kind: Type,
}

#[derive(Clone)]
pub(crate) enum Type {
    Any,
    Text(Text),
    /// An integer within bounds.
    Integer(Option<i64>, Option<i64>),
    Boolean,
    Null,
    True,
    Word(String),
    Name(String),
    /// A list, with at most so many items.
    Array(Box<Type>, Option<usize>),
    /// An object with any keys: its values, the bounds of its keys, and how many entries at most.
    Map(Box<Type>, Text, Option<usize>),
    OneOf(Vec<Type>),
}

/// The bounds of a text, in characters, and its form.
#[derive(Clone, Default)]
pub(crate) struct Text {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    /// A regular expression, as ECMA-262 has them.
    pub(crate) pattern: Option<String>,
    /// A format that JSON Schema knows by name.
    pub(crate) format: Option<&'static str>,
}

impl Schema {
    /// All shapes.
    pub(crate) fn read() -> Result<Self, String> {
        read::read()
    }

    /// The objects that carry their name in this member: the commands, or the queries.
    pub(crate) fn requests(&self, member: &str) -> impl Iterator<Item = (&Definition, &str, &str)> {
        self.definitions.iter().filter_map(move |definition| match &definition.shape {
            Shape::Object(Object { fields, request: Some((name, answer)), .. })
                if fields.first().is_some_and(|field| field.name == member) =>
            {
                Some((definition, name.as_str(), answer.as_str()))
            }
            _ => None,
        })
    }

    /// The fields of an object, those of its bases first.
    pub(crate) fn all_fields<'s>(&'s self, object: &'s Object) -> Vec<&'s Field> {
        let base = object.base.as_ref().and_then(|base| self.definitions.iter().find(|known| known.name == *base));
        let mut fields = match base.map(|base| &base.shape) {
            Some(Shape::Object(base)) => self.all_fields(base),
            _ => Vec::new(),
        };
        fields.extend(&object.fields);
        fields
    }
}

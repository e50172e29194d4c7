//! What is made from the shapes that the core declares: a JSON Schema, and the types of each language.

mod json_schema;
mod methods;
mod native_docs;
mod prose;
mod python;
mod reference;
mod stub;
mod typescript;

pub(crate) use json_schema::json_schema;
pub(crate) use methods::{javascript_methods, python_methods};
pub(crate) use python::types;
pub(crate) use reference::pages as reference;
pub(crate) use stub::{stores_stub, stub};
use tenantry::shape::{Definition, Field, Object, Shape, Type};
use tenantry::shapes;
pub(crate) use typescript::typescript;

/// All definitions of the core, in its order.
pub(crate) struct Schema {
    definitions: Vec<Definition>,
}

/// A command or a query.
struct Request<'s> {
    definition: &'s Definition,
    /// Its own name.
    name: &'s str,
    /// The definition of what it answers.
    answer: &'s str,
}

impl Schema {
    pub(crate) fn read() -> Self {
        Schema { definitions: shapes::all() }
    }

    fn find(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|known| known.name == name)
    }

    /// The objects that carry their name in this member: the commands, or the queries.
    fn requests(&self, member: &str) -> impl Iterator<Item = Request<'_>> {
        self.definitions.iter().filter_map(move |definition| {
            let Shape::Object(object) = &definition.shape else { return None };
            let field = object.fields.first().filter(|field| field.name == member)?;
            match (&field.kind, &object.answer) {
                (Type::Word(name), Some(Type::Named(answer))) => {
                    Some(Request { definition, name, answer: &answer.name })
                }
                _ => None,
            }
        })
    }
}

/// The fields of an object, those of its bases first.
fn all_fields(object: &Object) -> Vec<Field> {
    let base = object.base.as_ref().map(|base| (base.define)().shape);
    let mut fields = match base {
        Some(Shape::Object(base)) => all_fields(&base),
        _ => Vec::new(),
    };
    fields.extend(object.fields.iter().cloned());
    fields
}

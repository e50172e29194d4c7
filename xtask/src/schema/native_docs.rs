//! The texts of the native module's own classes and functions: the doc comments in the binding, for the stub.

use std::collections::BTreeMap;
use std::{error::Error, fs};
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta};

const SOURCES: &str = "bindings-python/src";

/// By class (empty for functions of the module) and name; a class's own text by its name and "".
pub(crate) type NativeDocs = BTreeMap<(String, String), String>;

/// Reads the doc comments of all `#[pyclass]`, `#[pymethods]` and `#[pyfunction]`.
pub(crate) fn native_docs() -> Result<NativeDocs, Box<dyn Error>> {
    let mut docs = NativeDocs::new();
    for entry in fs::read_dir(SOURCES)? {
        for item in syn::parse_file(&fs::read_to_string(entry?.path())?)?.items {
            match item {
                Item::Struct(class) if has(&class.attrs, "pyclass") => {
                    docs.insert((class.ident.to_string(), String::new()), text(&class.attrs));
                }
                Item::Fn(function) if has(&function.attrs, "pyfunction") => {
                    docs.insert((String::new(), function.sig.ident.to_string()), text(&function.attrs));
                }
                Item::Impl(class) if has(&class.attrs, "pymethods") => {
                    let syn::Type::Path(path) = *class.self_ty else { continue };
                    let name = path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                    for item in class.items {
                        let ImplItem::Fn(method) = item else { continue };
                        docs.insert((name.clone(), method.sig.ident.to_string()), text(&method.attrs));
                    }
                }
                _ => {}
            }
        }
    }
    Ok(docs)
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// The lines of a doc comment, one text.
fn text(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

//! The form of a group's rule (TP-5).

use super::group::Rule;
use crate::declare::read::{FromWire, Reader};
use crate::error::Code;
use crate::id::{OriginCompanyId, WireText};
use crate::json::{Path, Value};
use crate::registered_user::UserType;
use crate::registered_user::groupings::{MAX_KEY, is_key, is_value, value};
use crate::shape::{Definition, Field, Named, Shown, Text, Type};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

const MAX_DEPTH: usize = 8;
const MAX_NODES: usize = 100;
const MAX_VALUES: usize = 10_000;

/// The forms, by the members that each has.
const FORMS: [(&str, &[&str]); 8] = [
    ("all", &["all"]),
    ("any", &["any"]),
    ("not", &["not"]),
    ("equals", &["attribute", "equals"]),
    ("in", &["attribute", "in"]),
    ("exists", &["attribute", "exists"]),
    ("origin_company_id", &["origin_company_id"]),
    ("user_type", &["user_type"]),
];

impl FromWire for Rule {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Object(_) = value else { return reader.mistyped("an object", value, path) };
        let mut nodes = 0;
        let rule = read_node(value, path, 1, &mut nodes, reader);
        if nodes > MAX_NODES {
            return reader.report(Code::InvalidRule, path, too_many());
        }
        rule
    }

    /// The limits of a rule that comes typed are its own, wherever it stands in the request.
    fn check(rule: &Rule, path: &Path<'_>, reader: &mut Reader<'_>) {
        rule.check_limits(MAX_VALUES, path, reader);
    }

    fn shape() -> Type {
        Self::shown()
    }
}

impl Rule {
    /// Reports what is wrong with a rule that is stored: its lists of values once had no limit.
    pub(crate) fn check_stored(&self, path: &Path<'_>, reader: &mut Reader<'_>) {
        self.check_limits(usize::MAX, path, reader);
    }

    fn check_limits(&self, max_values: usize, path: &Path<'_>, reader: &mut Reader<'_>) {
        let mut nodes = 0;
        check_node(self, 1, &mut nodes, max_values, path, reader);
        if nodes > MAX_NODES {
            reader.violations.add(Code::InvalidRule, path, too_many());
        }
    }
}

impl Shown for Rule {
    fn shown() -> Type {
        Type::named("Rule", || {
            let members: [fn() -> Definition; 8] = [
                || part("RuleAll", "Matches where all parts match.", "all", parts()),
                || part("RuleAny", "Matches where at least one part matches.", "any", parts()),
                || part("RuleNot", "Matches where the part does not.", "not", Rule::shown()),
                || of_attribute("RuleEquals", "Matches where the grouping has this value.", "equals", value()),
                || {
                    of_attribute(
                        "RuleIn",
                        "Matches where the grouping has one of these values.",
                        "in",
                        Type::list(value(), Some(MAX_VALUES)),
                    )
                },
                || {
                    of_attribute(
                        "RuleExists",
                        "Matches where the grouping exists, or where it does not.",
                        "exists",
                        Type::Boolean,
                    )
                },
                || {
                    let id = Type::Text(OriginCompanyId::form());
                    part("RuleCompany", "Matches members of this company.", "origin_company_id", id)
                },
                || part("RuleUserType", "Matches users of this type.", "user_type", UserType::shown()),
            ];
            let members = members.map(Named::of);
            let doc =
                "A saved rule over users, evaluated when asked: at most 8 levels deep, with at most 100 nodes (TP-5).";
            Definition::union("Rule", doc, members.to_vec())
        })
    }
}

fn part(name: &'static str, doc: &'static str, member: &'static str, kind: Type) -> Definition {
    Definition::object(name, doc, alloc::vec![Field::required(member, "", kind)])
}

fn of_attribute(name: &'static str, doc: &'static str, member: &'static str, kind: Type) -> Definition {
    let key = Type::Text(Text { least: 1, most: Some(MAX_KEY), ..Text::default() });
    let attribute = Field::required("attribute", "The key of the grouping.", key);
    Definition::object(name, doc, alloc::vec![attribute, Field::required(member, "", kind)])
}

fn parts() -> Type {
    Type::list(Rule::shown(), Some(MAX_NODES - 1))
}

fn too_many() -> String {
    format!("more than {MAX_NODES} nodes")
}

fn too_many_values() -> String {
    format!("more than {MAX_VALUES} values")
}

fn too_deep() -> String {
    format!("nested more than {MAX_DEPTH} levels deep")
}

fn wrong<T>(message: impl Into<String>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<T> {
    reader.report(Code::InvalidRule, path, message)
}

fn read_node(
    value: &Value<'_>,
    path: &Path<'_>,
    depth: usize,
    nodes: &mut usize,
    reader: &mut Reader<'_>,
) -> Option<Rule> {
    *nodes += 1;
    // Beyond a limit the violation is reported once, and nothing more is read.
    if *nodes > MAX_NODES {
        return None;
    }
    if depth > MAX_DEPTH {
        return wrong(too_deep(), path, reader);
    }
    let Value::Object(members) = value else {
        return wrong(format!("expected an object, found {}", value.type_name()), path, reader);
    };
    let known = |name: &str| members.iter().any(|(key, _)| key == name);
    let Some((kind, fields)) = FORMS.iter().find(|(kind, _)| known(kind)) else {
        let message = "expected one of `all`, `any`, `not`, `attribute` with `equals`, `in` or `exists`, \
                       `origin_company_id`, `user_type`";
        return wrong(message, path, reader);
    };
    let others = members.iter().map(|(key, _)| key.as_ref()).filter(|key| !fields.contains(key));
    let message = format!("a node has exactly one form: this member cannot be combined with `{kind}`");
    let others: Vec<(&str, String)> = others.map(|key| (key, message.clone())).collect();
    let has_one_form = others.is_empty();
    reader.violations.add_keys(Code::InvalidRule, path, others);
    let rule = read_form(kind, fields, value, path, depth, nodes, reader);
    rule.filter(|_| has_one_form)
}

/// A node whose form is known.
fn read_form(
    kind: &str,
    fields: &[&str],
    value: &Value<'_>,
    path: &Path<'_>,
    depth: usize,
    nodes: &mut usize,
    reader: &mut Reader<'_>,
) -> Option<Rule> {
    let at = path.key(kind);
    let given = value.get(kind)?;
    let attribute = if fields.contains(&"attribute") { read_attribute(value, path, reader) } else { None };
    match kind {
        "all" => Some(Rule::All { all: read_parts(given, &at, depth, nodes, reader)? }),
        "any" => Some(Rule::Any { any: read_parts(given, &at, depth, nodes, reader)? }),
        "not" => Some(Rule::Not { not: Box::new(read_node(given, &at, depth + 1, nodes, reader)?) }),
        "equals" => {
            let equals = read_text(given, &at, reader);
            Some(Rule::Equals { attribute: attribute?, equals: equals? })
        }
        "in" => {
            let Value::Array(items) = given else {
                return wrong(format!("expected an array, found {}", given.type_name()), &at, reader);
            };
            if items.len() > MAX_VALUES {
                return wrong(too_many_values(), &at, reader);
            }
            let values: Vec<Option<Arc<str>>> =
                items.iter().enumerate().map(|(index, item)| read_text(item, &at.index(index), reader)).collect();
            Some(Rule::In { attribute: attribute?, values: values.into_iter().collect::<Option<_>>()? })
        }
        "exists" => match given {
            Value::Bool(exists) => Some(Rule::Exists { attribute: attribute?, exists: *exists }),
            other => wrong(format!("expected a boolean, found {}", other.type_name()), &at, reader),
        },
        "origin_company_id" => {
            let id = given.as_str().and_then(|text| crate::id::OriginCompanyId::new(text).ok());
            match id {
                Some(origin_company_id) => Some(Rule::Company { origin_company_id }),
                None => wrong("expected an id of 1 to 256 characters without control characters", &at, reader),
            }
        }
        _ => match UserType::ALL.iter().find(|known| given.as_str() == Some(known.as_str())) {
            Some(user_type) => Some(Rule::UserType { user_type: *user_type }),
            None => wrong("expected one of `HUMAN`, `SYSTEM`", &at, reader),
        },
    }
}

fn read_parts(
    value: &Value<'_>,
    path: &Path<'_>,
    depth: usize,
    nodes: &mut usize,
    reader: &mut Reader<'_>,
) -> Option<Vec<Rule>> {
    let Value::Array(items) = value else {
        return wrong(format!("expected an array, found {}", value.type_name()), path, reader);
    };
    let parts: Vec<Option<Rule>> = items
        .iter()
        .enumerate()
        .take(MAX_NODES + 1)
        .map(|(index, item)| read_node(item, &path.index(index), depth + 1, nodes, reader))
        .collect();
    parts.into_iter().collect()
}

fn read_attribute(node: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Arc<str>> {
    match node.get("attribute") {
        Some(Value::String(key)) if is_key(key) => Some(Arc::from(key.as_ref())),
        Some(Value::String(_)) => wrong("a key must have 1 to 128 characters", &path.key("attribute"), reader),
        _ => wrong("expected a string: the key of a grouping", &path.key("attribute"), reader),
    }
}

fn read_text(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Arc<str>> {
    match value {
        Value::String(text) if is_value(text) => Some(Arc::from(text.as_ref())),
        Value::String(_) => wrong("a value must have at most 256 characters", path, reader),
        other => wrong(format!("expected a string, found {}", other.type_name()), path, reader),
    }
}

fn check_node(
    rule: &Rule,
    depth: usize,
    nodes: &mut usize,
    max_values: usize,
    path: &Path<'_>,
    reader: &mut Reader<'_>,
) {
    *nodes += 1;
    if *nodes > MAX_NODES {
        return;
    }
    if depth > MAX_DEPTH {
        return reader.violations.add(Code::InvalidRule, path, too_deep());
    }
    let mut fits = |key: &str, values: &[Arc<str>]| {
        if !is_key(key) || !values.iter().all(|value| is_value(value)) {
            reader.violations.add(
                Code::InvalidRule,
                path,
                "a key must have 1 to 128 characters, and a value at most 256",
            );
        }
    };
    match rule {
        Rule::All { all: parts } | Rule::Any { any: parts } => {
            for part in parts.iter().take(MAX_NODES + 1) {
                check_node(part, depth + 1, nodes, max_values, path, reader);
            }
        }
        Rule::Not { not } => check_node(not, depth + 1, nodes, max_values, path, reader),
        Rule::Equals { attribute, equals } => fits(attribute, core::slice::from_ref(equals)),
        Rule::In { values, .. } if values.as_slice().len() > max_values => {
            reader.violations.add(Code::InvalidRule, path, too_many_values());
        }
        Rule::In { attribute, values } => fits(attribute, values.as_slice()),
        Rule::Exists { attribute, .. } => fits(attribute, &[]),
        Rule::Company { .. } | Rule::UserType { .. } => {}
    }
}

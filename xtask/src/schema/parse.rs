//! The notation of `schema/wire.txt`.

use std::error::Error;

use super::{Definition, Field, Object, Schema, Shape, Text, Type, type_name};

/// Reads the notation; what is derived comes after what is written.
pub(super) fn parse(text: &str) -> Result<Schema, Box<dyn Error>> {
    let mut schema = Schema { definitions: from_the_table_of_errors() };
    let mut events = Vec::new();
    for paragraph in text.split("\n\n") {
        let (doc, statement) = split_doc(paragraph);
        if statement.is_empty() {
            continue;
        }
        let fault = || format!("schema/wire.txt: cannot read `{statement}`");
        let (keyword, rest) = statement.split_once(' ').ok_or_else(fault)?;
        let mut add = |name: &str, shape| {
            schema.definitions.push(Definition { name: name.to_owned(), doc: doc.clone(), shape });
        };
        match keyword {
            "type" | "enum" | "union" => {
                let (name, right) = rest.split_once(" = ").ok_or_else(fault)?;
                let shape = match keyword {
                    "type" => Shape::Alias(parse_type(right).ok_or_else(fault)?),
                    "enum" => Shape::Enum(right.split_whitespace().map(str::to_owned).collect()),
                    _ => Shape::Union(right.split('|').map(|name| name.trim().to_owned()).collect()),
                };
                add(name, shape);
            }
            "page" => {
                for item in rest.split_whitespace() {
                    let fields = parse_fields(&format!("items: [{item}], next: str|null"), false).ok_or_else(fault)?;
                    add(&format!("{item}List"), Shape::Object(Object { fields, ..Object::default() }));
                }
            }
            "object" | "input" | "base" => {
                let (name, fields) = rest.strip_suffix('}').and_then(|rest| rest.split_once(" {")).ok_or_else(fault)?;
                let fields = parse_fields(fields, keyword == "input").ok_or_else(fault)?;
                add(name, Shape::Object(Object { fields, ..Object::default() }));
            }
            "event" => {
                let (name, fields) = rest.strip_suffix('}').and_then(|rest| rest.split_once(" {")).ok_or_else(fault)?;
                let fields = parse_fields(&format!("event: '{name}', {fields}"), false).ok_or_else(fault)?;
                let base = Some("EventEnvelope".to_owned());
                add(&format!("{}Event", type_name(name)), Shape::Object(Object { base, fields, request: None }));
                events.push(name.to_owned());
            }
            "command" | "query" => {
                let (head, fields) = rest.strip_suffix('}').and_then(|rest| rest.split_once(" {")).ok_or_else(fault)?;
                let (name, answer) = head.split_once(" -> ").ok_or_else(fault)?;
                let fields = parse_fields(&format!("{keyword}: '{name}', {fields}"), true).ok_or_else(fault)?;
                let request = Some((name.to_owned(), answer.to_owned()));
                // A query for the journal is not the journal.
                let type_name = if name == "journal" { "QueryJournal".to_owned() } else { type_name(name) };
                add(&type_name, Shape::Object(Object { base: None, fields, request }));
            }
            _ => return Err(fault().into()),
        }
    }
    derive(&mut schema, events);
    check_names(&schema)?;
    Ok(schema)
}

fn split_doc(paragraph: &str) -> (String, String) {
    let lines = || paragraph.lines().filter(|line| !line.starts_with('#'));
    let doc: Vec<&str> = lines().filter_map(|line| line.strip_prefix("// ")).collect();
    let statement: Vec<&str> = lines().filter(|line| !line.starts_with("//")).map(str::trim).collect();
    (doc.join(" "), statement.join(" ").trim().to_owned())
}

fn from_the_table_of_errors() -> Vec<Definition> {
    let catalog = tenantry::error_catalog();
    let mut kinds: Vec<String> = Vec::new();
    for row in &catalog {
        if kinds.last().is_none_or(|last| last != row.kind.as_str()) {
            kinds.push(row.kind.as_str().to_owned());
        }
    }
    let codes = catalog.iter().map(|row| row.code.to_owned()).collect();
    let enumeration = |name: &str, doc: &str, words| Definition {
        name: name.to_owned(),
        doc: doc.to_owned(),
        shape: Shape::Enum(words),
    };
    vec![
        enumeration("Code", "Why a request was rejected or a call denied: the closed list of codes.", codes),
        enumeration("Kind", "Whose fault a rejection is; each kind has its HTTP status.", kinds),
    ]
}

/// What follows from the rest: the unions of all commands, queries and events, and for each response its
/// outcome and its preview.
fn derive(schema: &mut Schema, events: Vec<String>) {
    let commands: Vec<String> = schema.requests("command").map(|(definition, ..)| definition.name.clone()).collect();
    let queries = schema.requests("query").map(|(definition, ..)| definition.name.clone()).collect();
    let answers_of = |member| {
        let mut answers: Vec<String> = Vec::new();
        for (_, _, answer) in schema.requests(member) {
            if !answers.iter().any(|known| known == answer) {
                answers.push(answer.to_owned());
            }
        }
        answers
    };
    let (responses, answers) = (answers_of("command"), answers_of("query"));
    let event_types = events.iter().map(|name| format!("{}Event", type_name(name))).collect();

    let mut add = |name: &str, doc: &str, shape| {
        schema.definitions.push(Definition { name: name.to_owned(), doc: doc.to_owned(), shape });
        name.to_owned()
    };
    add("EventName", "What can happen.", Shape::Enum(events));
    add("Event", "What happened: the envelope, and beside it the event's own fields.", Shape::Union(event_types));
    add("Command", "Any command.", Shape::Union(commands));
    add("Query", "Any query.", Shape::Union(queries));
    add("Answer", "What any query answers.", Shape::Union(answers));
    let with = |base: &str, name: &str, kind: &str| {
        let field = Field {
            name: name.to_owned(),
            doc: String::new(),
            default: None,
            optional: false,
            kind: Type::Name(kind.to_owned()),
        };
        Shape::Object(Object { base: Some(base.to_owned()), fields: vec![field], request: None })
    };
    const OUTCOME: &str = "What an accepted command gives; nothing has happened but this.";
    const PREVIEW: &str = "The outcome that a command would give, and whom it would touch.";
    let (mut outcomes, mut previews) = (Vec::new(), Vec::new());
    for response in &responses {
        let outcome = add(&format!("{response}Outcome"), OUTCOME, with("OutcomeParts", "response", response));
        previews.push(add(&format!("{response}Preview"), PREVIEW, with(&outcome, "impact", "Impact")));
        outcomes.push(outcome);
    }
    add("Outcome", OUTCOME, Shape::Union(outcomes));
    add("Preview", PREVIEW, Shape::Union(previews));
}

/// `name?: type, …`; in an input, null stands for every optional field unless `!` keeps it out.
fn parse_fields(text: &str, input: bool) -> Option<Vec<Field>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, kind) = part.split_once(": ")?;
            let (name, optional) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
            let nullable = optional && input && !kind.ends_with('!') && !kind.ends_with("|null");
            let kind = kind.trim_end_matches('!');
            let kind = parse_type(&if nullable { format!("{kind}|null") } else { kind.to_owned() })?;
            Some(Field { name: name.to_owned(), doc: String::new(), default: None, optional, kind })
        })
        .collect()
}

fn parse_type(text: &str) -> Option<Type> {
    let text = text.trim();
    let inside = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    if let Some(inside) = inside('[', ']') {
        return parse_type(inside).map(|item| Type::Array(Box::new(item), None));
    }
    if let Some(inside) = inside('{', '}') {
        return parse_type(inside).map(|item| Type::Map(Box::new(item)));
    }
    if let Some((one, other)) = text.rsplit_once('|') {
        return Some(Type::OneOf(vec![parse_type(one)?, parse_type(other)?]));
    }
    if let Some(word) = inside('\'', '\'') {
        return Some(Type::Word(word.to_owned()));
    }
    Some(match text {
        "any" => Type::Any,
        "str" => Type::Text(Text::default()),
        "int" => Type::Integer(None, None),
        "bool" => Type::Boolean,
        "null" => Type::Null,
        "true" => Type::True,
        name if name.starts_with(char::is_uppercase) => Type::Name(name.to_owned()),
        _ => return None,
    })
}

fn check_names(schema: &Schema) -> Result<(), String> {
    let known = |name: &str| schema.definitions.iter().filter(|definition| definition.name == name).count() == 1;
    for definition in &schema.definitions {
        let mut names = vec![definition.name.as_str()];
        match &definition.shape {
            Shape::Alias(kind) => names_in(kind, &mut names),
            Shape::Enum(_) => {}
            Shape::Union(members) => names.extend(members.iter().map(String::as_str)),
            Shape::Object(object) => {
                names.extend(object.base.as_deref());
                names.extend(object.request.as_ref().map(|(_, answer)| answer.as_str()));
                object.fields.iter().for_each(|field| names_in(&field.kind, &mut names));
            }
        }
        if let Some(wrong) = names.into_iter().find(|name| !known(name)) {
            return Err(format!("schema/wire.txt: `{}` names `{wrong}`, which is not defined once", definition.name));
        }
    }
    Ok(())
}

/// Adds the definitions that a type names.
pub(super) fn names_in<'t>(kind: &'t Type, names: &mut Vec<&'t str>) {
    match kind {
        Type::Name(name) => names.push(name),
        Type::Array(item, _) | Type::Map(item) => names_in(item, names),
        Type::OneOf(kinds) => kinds.iter().for_each(|kind| names_in(kind, names)),
        _ => {}
    }
}

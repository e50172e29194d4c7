//! The pages of events and of all other shapes that go in or come out.

use super::{Definition, Object, Shape, Source, Type, all_fields, anchor, doc, head};

const TYPES: &str = "The shapes of what goes in and what comes out, by the names that TypeScript and `tenantry.types` in Python \
have for them; most of Rust's are the same. `schema/tenantry.schema.json` says the same for machines. Members that answers lack a value \
for are null.";

const EVENTS: &str = "What an accepted command has done, in the order in which it happened. Keep them: they are the record. Each has \
the members of the [envelope](types.md#eventenvelope), and its name as `event`, besides its own.";

/// The page of shapes.
pub(super) fn page(source: &Source) -> String {
    let mut out = head("Types", TYPES);
    let mut shown: Vec<&Definition> = source.schema.definitions.iter().filter(|known| is_shown(known)).collect();
    shown.sort_by_key(|definition| definition.name.to_lowercase());
    for definition in shown {
        out.push_str(&section(source, &definition.name, definition));
    }
    out
}

/// The page of events, each under its own name.
pub(super) fn events(source: &Source) -> String {
    let mut out = head("Events", EVENTS);
    for definition in source.schema.definitions.iter().filter(|known| is_event(known)) {
        let Shape::Object(Object { fields, .. }) = &definition.shape else { continue };
        let name = fields.first().and_then(|field| match &field.kind {
            Type::Word(word) => Some(word.as_str()),
            _ => None,
        });
        let name = name.unwrap_or(&definition.name);
        let own = fields.get(1..).unwrap_or_default();
        out.push_str(&format!("\n## {name}\n\n{}\n{}", source.linked(&doc(definition), "../"), source.table(own)));
        let makers: Vec<String> = source
            .seen
            .iter()
            .filter_map(|(request, seen)| {
                let made = seen.get("events").is_some_and(|events| events.iter().any(|event| event == name));
                made.then(|| format!("[`{request}`](commands.md#{})", anchor(request)))
            })
            .collect();
        out.push_str(&format!("\nMade by {}.\n", makers.join(", ")));
    }
    out
}

fn is_event(definition: &Definition) -> bool {
    definition.name.ends_with("Event") && definition.name != "Event"
}

/// Requests, events and what is derived have places of their own.
fn is_shown(definition: &Definition) -> bool {
    let request = matches!(&definition.shape, Shape::Object(Object { answer: Some(_), .. }));
    let derived = matches!(&definition.shape, Shape::Object(Object { base: Some(base), .. })
        if base.name == "OutcomeParts" || base.name.ends_with("Outcome"));
    !request
        && !derived
        && !is_event(definition)
        && !["Answer", "Outcome", "Preview"].contains(&definition.name.as_ref())
}

fn section(source: &Source, title: &str, definition: &Definition) -> String {
    let mut out = format!("\n## {title}\n");
    if !definition.doc.is_empty() {
        out.push_str(&format!("\n{}\n", source.linked(&doc(definition), "../")));
    }
    match &definition.shape {
        Shape::Alias(of) => out.push_str(&format!("\nIs {}.\n", source.kind(of))),
        Shape::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            out.push_str(&format!("\nOne of {}.\n", words.join(", ")));
        }
        Shape::Union(members) => {
            let members: Vec<String> = members.iter().map(|member| source.named(&member.name)).collect();
            out.push_str(&format!("\nOne of {}.\n", members.join(", ")));
        }
        Shape::Object(object) => out.push_str(&source.table(&all_fields(object))),
    }
    out
}

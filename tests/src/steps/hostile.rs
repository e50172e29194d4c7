//! What is done to a value or a text so that it may be refused, at a random place.

use super::Random;
use serde_json::{Value, json};

/// The value with one place changed: a member left out, one added, something else in its place. Where `host` is set, it
/// may be something that JSON cannot say.
pub(super) fn mutated(random: &mut Random, mut value: Value, host: bool) -> Value {
    let mut places = 0;
    visit(&mut value, &mut |_| places += 1);
    let chosen = random.below(places);
    let (mut here, how) = (0, random.below(4));
    let other = strange(random, host);
    visit(&mut value, &mut |place| {
        here += 1;
        if here - 1 == chosen {
            change(place, how, &other);
        }
    });
    // A host's own text in the place of a whole argument is JSON text.
    if value.is_string() || value.get("$host").is_some_and(|what| what == "lone_surrogate") {
        Value::Null
    } else {
        value
    }
}

fn change(place: &mut Value, how: u64, other: &Value) {
    match (how, place) {
        (0, Value::Object(members)) => {
            // The last member, which may be any by the choice of the place.
            let key = members.keys().next_back().cloned();
            key.map(|key| members.remove(&key));
        }
        (1, Value::Object(members)) => {
            members.insert("un/kno~wn".to_owned(), other.clone());
        }
        (0 | 1, Value::Array(items)) => items.push(other.clone()),
        (_, place) => *place = other.clone(),
    }
}

fn visit(value: &mut Value, seen: &mut impl FnMut(&mut Value)) {
    seen(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, seen)),
        // What stands for a value that JSON cannot say is one place.
        Value::Object(members) if !members.contains_key("$host") => {
            members.values_mut().for_each(|member| visit(member, seen));
        }
        _ => {}
    }
}

/// Something else. Numbers are those that every language writes alike.
fn strange(random: &mut Random, host: bool) -> Value {
    let plain = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.0),
        json!(2.5),
        json!(1.5e300),
        json!(9_007_199_254_740_991_i64),
        json!(""),
        json!(" "),
        json!("x".repeat(300)),
        json!("é\u{0}\u{2028}\u{1F600}\"\\/~"),
        json!("__proto__"),
        json!("2026-02-30T00:00:00Z"),
        json!("9999-12-31T23:59:59Z"),
        json!([]),
        json!({}),
        json!({"__proto__": 1, "constructor": [], "": {"/": null}}),
        json!([[[[[[[[[["deep"]]]]]]]]]]),
    ];
    let of_hosts = ["NaN", "Infinity", "-Infinity", "lone_surrogate", "lone_surrogate_key"];
    match random.below(4) {
        0 if host => json!({"$host": random.one(&of_hosts)}),
        1 if host => json!({"$host": "instant", "at": "2031-01-01T00:00:00Z"}),
        _ => random.one(&plain).cloned().unwrap_or_default(),
    }
}

/// The text with a character left out, put in or changed, or cut off.
pub(super) fn torn(random: &mut Random, text: &str) -> String {
    const PUT: [&str; 20] = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\\",
        "\\u",
        "\\ud800",
        "\\ud83d\\ude00",
        "0",
        "1e999",
        "-0",
        "1E-400",
        ".",
        "\u{0}",
        "\u{feff}",
        "😀",
        "\n",
    ];
    let mut characters: Vec<char> = text.chars().collect();
    let at = usize::try_from(random.next()).unwrap() % characters.len().max(1);
    let put = random.one(&PUT).copied().unwrap_or_default();
    match random.below(4) {
        0 => characters.truncate(at),
        1 if at < characters.len() => {
            characters.remove(at);
        }
        2 => {
            characters.splice(at..at, put.chars());
        }
        _ if at < characters.len() => {
            characters.splice(at..=at, put.chars());
        }
        _ => {}
    }
    characters.into_iter().collect()
}

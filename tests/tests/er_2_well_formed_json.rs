//! ER-2: what is JSON, and what a text that is not says about itself.

use proptest::prelude::*;
use tenantry::json::{Value, parse_document, to_canonical};

fn refusal(text: &str) -> String {
    parse_document(text).unwrap_err().message
}

#[test]
fn er_2_a_text_that_is_not_json_says_where_and_why() {
    for (text, fault) in [
        ("", "expected a value, but the text ends at line 1 column 1"),
        ("{", "expected a key in double quotes, but the text ends at line 1 column 2"),
        ("[1,]", "expected a value at line 1 column 4"),
        ("[1 2]", "expected `,` or `]` at line 1 column 4"),
        ("[1", "expected `,` or `]`, but the text ends at line 1 column 3"),
        ("{\n  \"a\": 1,\n  b: 2\n}", "expected a key in double quotes at line 3 column 3"),
        ("{\"a\" 1}", "expected `:` at line 1 column 6"),
        ("{\"a\":1 \"b\":2}", "expected `,` or `}` at line 1 column 8"),
        ("{} {}", "expected the end of the text at line 1 column 4"),
        ("NaN", "expected a value at line 1 column 1"),
        ("[nul]", "expected a value at line 1 column 2"),
        ("[\"é\", tru]", "expected a value at line 1 column 7"),
        ("01", "expected no leading zero at line 1 column 2"),
        ("1.", "expected a digit, but the text ends at line 1 column 3"),
        ("[-]", "expected a digit at line 1 column 3"),
        ("[1e+]", "expected a digit at line 1 column 5"),
        ("[1e999]", "expected a number within the range of doubles at line 1 column 2"),
        ("\"a", "expected a closing `\"`, but the text ends at line 1 column 3"),
        ("\"a\nb\"", "expected control characters in a string to be escaped at line 1 column 3"),
        ("\"\\u12\"", "expected four hexadecimal digits after `\\u` at line 1 column 3"),
        ("\"\\u+123\"", "expected four hexadecimal digits after `\\u` at line 1 column 3"),
        ("\"a\\ud800b\"", "expected both halves of a surrogate pair at line 1 column 3"),
        ("\"\\ude00\\ud83d\"", "expected both halves of a surrogate pair at line 1 column 2"),
        ("\"\\x\"", "expected one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u` after a `\\` at line 1 column 3"),
    ] {
        assert_eq!(refusal(text), format!("not well-formed JSON: {fault}"), "{text:?}");
    }
}

#[test]
fn er_2_a_byte_order_mark_is_named() {
    let fault =
        "not well-formed JSON: the text starts with a byte order mark, which is not allowed, at line 1 column 1";
    for text in ["\u{feff}{}", "\u{feff}"] {
        assert_eq!(refusal(text), fault);
    }
    // Elsewhere it is a character like others.
    assert!(parse_document("\"\u{feff}\"").is_ok());
    assert_eq!(refusal("{}\u{feff}"), "not well-formed JSON: expected the end of the text at line 1 column 3");
}

#[test]
fn er_2_what_is_json_is_read() {
    for (text, canonical) in [
        (" \t\r\n{ \"a\" : [ ] , \"b\" : { } } \n", r#"{"a":[],"b":{}}"#),
        ("-0", "0"),
        ("-0.0e-0", "0"),
        ("999999999999999", "999999999999999"),
        ("-9007199254740991", "-9007199254740991"),
        ("9007199254740993", "9007199254740992"),
        ("0.1E+2", "10"),
        ("[1e-999]", "[0]"),
        (
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\ude00\u{7f}\u{2028}\"",
            "\"\\\"\\\\/\\b\\f\\n\\r\\tA😀\u{7f}\u{2028}\"",
        ),
        ("{\"\":{\"\\u0000\":null}}", "{\"\":{\"\\u0000\":null}}"),
    ] {
        assert_eq!(to_canonical(&parse_document(text).unwrap()), canonical, "{text:?}");
    }
    // Of whatever length, and rounded to the nearest double.
    let digits = format!("0.{}1", "0".repeat(100_000));
    assert_eq!(parse_document(&digits), Ok(Value::Int(0)));
    let halfway = format!("9007199254740993.{}1", "0".repeat(1_000));
    assert_eq!(parse_document(&halfway), Ok(Value::Float(9_007_199_254_740_994.0)));
}

/// What serde_json calls its own things among keys.
const PRIVATE: &[&str] = &["$serde_json::private::Number", "$serde_json::private::RawValue"];

fn value() -> impl Strategy<Value = serde_json::Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(serde_json::Value::from),
    ];
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        number,
        any::<String>().prop_map(serde_json::Value::from),
    ];
    scalar.prop_recursive(5, 40, 6, |inner| {
        let key = prop_oneof![4 => any::<String>(), 1 => prop::sample::select(PRIVATE).prop_map(str::to_owned)];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Whether both readers say the same of a text, and read the same.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let ours = parse_document(text);
    match (&ours, serde_json::from_str::<Value<'static>>(text)) {
        // What our reader gives in the order of the text, it gives too.
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, &theirs, "{:?}", text),
        (Err(_), Err(_)) => {}
        // Not in keys, when they are asked for as bytes.
        (Err(ours), Ok(_)) if ours.message.contains("control characters") => {}
        (ours, theirs) => {
            prop_assert!(false, "{:?}: {:?}, {:?}", text, ours, theirs.map_err(|error| error.to_string()))
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn er_2_another_reader_agrees_about_json(value in value(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert!(parse_document(&text).is_ok(), "{:?}", text);
        agree(&text)?;
    }

    #[test]
    fn er_2_another_reader_agrees_about_what_is_almost_json(value in value(), at: prop::sample::Index, put in r#"[\[\]{}:,"\\ 0-9eE.+\-tfnu/a\n\x{feff}]{0,3}"#, cut in 0..3_usize) {
        let text = value.to_string();
        let mut characters: Vec<char> = text.chars().collect();
        let from = at.index(characters.len());
        let to = (from + cut).min(characters.len());
        characters.splice(from..to, put.chars());
        agree(&characters.into_iter().collect::<String>())?;
    }

    #[test]
    fn er_2_another_reader_agrees_about_strings_and_numbers(text in r#"("([a\\u"/bd0-9fn]|\\u[dD][89abCDef][0-9]{2}|\\\\|\\n){0,6}"|-?[0-9]{0,3}(\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?)"#) {
        agree(&text)?;
    }
}

//! ER-2: JSONTestSuite on the reader of JSON.

use crate::suites::{judge, read, reasons};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use tenantry::json::parse_document;
use tenantry::wire::{self, Input};

/// What the suite leaves open, and the core reads: numbers that the nearest double stands for. Everything else that it
/// leaves open is refused: numbers beyond a double, lone surrogates, what is no UTF-8, a byte order mark, deep nesting.
const READ: &[&str] = &[
    "i_number_double_huge_neg_exp.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
];

#[test]
fn er_2_the_reader_reads_what_json_is_and_refuses_what_is_none() {
    const JUDGE: &str = "JSONTestSuite";
    let Some(text) = read(JUDGE, "json-test-suite.json") else { return };
    let suite: Value = serde_json::from_str(&text).unwrap();
    let suite = suite.as_object().unwrap();
    let (mut differ, mut open) = (Vec::new(), Vec::new());
    for (name, bytes) in suite {
        let bytes = BASE64_STANDARD.decode(bytes.as_str().unwrap()).unwrap();
        let is_read = wire::canonical(Input::Text(&bytes)).is_ok();
        let as_text = std::str::from_utf8(&bytes).is_ok_and(|text| parse_document(text).is_ok());
        assert_eq!(is_read, as_text, "{name}: two ways into one reader");
        match (name.split_once('_').map(|(kind, _)| kind), is_read) {
            (Some("y"), false) | (Some("n"), true) => differ.push(name.clone()),
            (Some("i"), true) => open.push(name.as_str()),
            _ => {}
        }
    }
    judge(
        JUDGE,
        suite.len(),
        &differ,
        &reasons(&[(
            "a key that is given twice is refused (ER-2)",
            &["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"],
        )]),
    );
    assert_eq!(open, READ);
    assert!(suite.len() >= 300);
}

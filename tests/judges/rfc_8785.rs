//! S-1: the vectors of RFC 8785 on the canonical writer, but for the order of keys.

use crate::suites::{judge, read, reasons};
use serde_json::Value;
use tenantry::wire;

/// The one difference. It shows only where a key has characters beyond U+FFFF.
const SORTED: &str = "keys are sorted by code point, not by UTF-16 unit (S-1)";

#[test]
fn s_1_canonical_json_is_rfc_8785s() {
    const JUDGE: &str = "RFC 8785 vectors";
    let Some(text) = read(JUDGE, "rfc8785.json") else { return };
    let suite: Value = serde_json::from_str(&text).unwrap();
    let inputs =
        suite.as_object().unwrap().iter().filter_map(|(name, text)| Some((name.strip_prefix("input/")?, text)));
    let (mut cases, mut differ) = (0, Vec::new());
    for (name, input) in inputs {
        cases += 1;
        let wanted = suite[format!("output/{name}")].as_str().unwrap();
        if wire::canonical(input.as_str().unwrap()).unwrap() != wanted {
            differ.push(name.to_owned());
        }
        // What is canonical stays so.
        assert_eq!(wire::canonical(wanted).is_ok_and(|again| again == wanted), !differ.iter().any(|one| one == name));
    }
    judge(JUDGE, cases, &differ, &reasons(&[(SORTED, &["weird.json"])]));
    assert!(cases >= 6);
}

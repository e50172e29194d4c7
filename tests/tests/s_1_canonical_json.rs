//! S-1: keys by code point, no space, numbers as ECMAScript prints them.

use proptest::prelude::*;
use tenantry::json::{parse_document, to_canonical};

fn canonical(text: &str) -> String {
    to_canonical(&parse_document(text).unwrap())
}

#[test]
fn s_1_numbers_as_ecmascript_prints_them() {
    // What `String(Number(text))` gives.
    let vectors = [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e10", "0"),
        ("1", "1"),
        ("-1", "-1"),
        ("1.0", "1"),
        ("10e-1", "1"),
        ("1.5", "1.5"),
        ("0.1", "0.1"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("0.00000123", "0.00000123"),
        ("1.23e-7", "1.23e-7"),
        ("123456789012345680000", "123456789012345680000"),
        ("100000000000000000000", "100000000000000000000"),
        ("999999999999999900000", "999999999999999900000"),
        ("1e21", "1e+21"),
        ("1e20", "100000000000000000000"),
        ("1.5e300", "1.5e+300"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("5e-324", "5e-324"),
        ("4.9e-324", "5e-324"),
        ("2.2250738585072014e-308", "2.2250738585072014e-308"),
        ("1e-400", "0"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740993", "9007199254740992"),
        ("-9007199254740991", "-9007199254740991"),
        ("18446744073709551615", "18446744073709552000"),
        ("18446744073709551616", "18446744073709552000"),
        ("9223372036854775807", "9223372036854776000"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("123e-20", "1.23e-18"),
        ("333333333.33333329", "333333333.3333333"),
        ("4.50", "4.5"),
        ("2e-3", "0.002"),
        ("1e23", "1e+23"),
        ("0.000000000000000000000000001", "1e-27"),
        ("-1e-7", "-1e-7"),
        ("295147905179352830000", "295147905179352830000"),
    ];
    for (text, printed) in vectors {
        assert_eq!(canonical(text), printed, "{text}");
        assert_eq!(canonical(printed), printed, "{text}");
    }
}

#[test]
fn s_1_keys_are_sorted_by_code_point_not_by_utf_16_unit() {
    // U+FF5E comes before U+1F600, although its UTF-16 unit comes after the surrogates.
    assert_eq!(
        canonical("{\"😀\":1,\"～\":2,\"a\":3,\"é\":4,\"\":5,\"B\":6}"),
        "{\"\":5,\"B\":6,\"a\":3,\"é\":4,\"～\":2,\"😀\":1}"
    );
    assert_eq!(canonical(r#"{"b":{"d":1,"c":2},"a":[{"z":1,"y":2}]}"#), r#"{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}"#);
    assert_eq!(canonical(r#"{"10":1,"9":2,"1":3}"#), r#"{"1":3,"10":1,"9":2}"#);
}

#[test]
fn s_1_strings_are_escaped_only_where_json_asks_for_it() {
    assert_eq!(canonical(r#""\u0041\/\u00e9\u2028\u007f\ud83d\ude00""#), "\"A/é\u{2028}\u{7f}😀\"");
    assert_eq!(
        canonical(r#""\u0008\u0009\u000a\u000b\u000c\u000d\u0000\u001F\"\\""#),
        r#""\b\t\n\u000b\f\r\u0000\u001f\"\\""#
    );
    assert_eq!(canonical(" [ ] "), "[]");
    assert_eq!(canonical("{ }"), "{}");
    assert_eq!(canonical(" [ true , false , null ] "), "[true,false,null]");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s_1_every_number_comes_back(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        let printed = canonical(&format!("{number:e}"));
        prop_assert_eq!(printed.parse::<f64>().unwrap(), number);
        prop_assert_eq!(canonical(&printed), printed);
    }

    #[test]
    fn s_1_the_order_of_members_does_not_show(keys in prop::collection::btree_set(any::<String>(), 0..8)) {
        let member = |key: &String| format!("{}:1", to_canonical(key));
        let forward: Vec<String> = keys.iter().map(member).collect();
        let backward: Vec<String> = keys.iter().rev().map(member).collect();
        let one = canonical(&format!("{{{}}}", forward.join(",")));
        prop_assert_eq!(&one, &canonical(&format!("{{{}}}", backward.join(" , "))));
        // A set of Rust strings is in the order of their code points.
        prop_assert_eq!(one, format!("{{{}}}", forward.join(",")));
    }
}

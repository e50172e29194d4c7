//! T-5: instants, held against another library.

use proptest::prelude::*;
use tenantry::Timestamp;

/// What jiff makes of a text that RFC 3339 knows; it knows more forms than that.
fn oracle(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(|at| at.as_millisecond())
}

#[test]
fn t_5_the_limits_of_time() {
    let right = [
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z"),
        ("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T22:59:59.999-01:00", "9999-12-31T23:59:59.999Z"),
        ("1970-01-01t00:00:00z", "1970-01-01T00:00:00Z"),
        ("1970-01-01T00:00:00-00:00", "1970-01-01T00:00:00Z"),
        ("1970-01-01T00:00:00.0Z", "1970-01-01T00:00:00Z"),
        ("1970-01-01T00:00:00.0009Z", "1970-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"),
        ("1970-01-01T00:00:00.1Z", "1970-01-01T00:00:00.100Z"),
        ("1970-01-01T00:00:00.12Z", "1970-01-01T00:00:00.120Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
        ("2024-02-29T23:59:59+23:59", "2024-02-29T00:00:59Z"),
        ("2024-03-01T00:00:00-23:59", "2024-03-01T23:59:00Z"),
        // An offset leads no further than the ends of time.
        ("9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00+00:01", "0001-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00.5+23:59", "0001-01-01T00:00:00Z"),
    ];
    for (text, printed) in right {
        assert_eq!(Timestamp::parse(text).unwrap().to_string(), printed, "{text}");
    }
    let long = format!("1970-01-01T00:00:00.{}Z", "9".repeat(10_000));
    assert_eq!(Timestamp::parse(&long).unwrap().millis(), 999);
}

#[test]
fn t_5_anything_else_is_no_time() {
    let wrong = [
        "",
        "now",
        "2026",
        "2026-01-31",
        "2026-01-31T10:00Z",
        "2026-01-31T10:00:00",
        "2026-01-31 10:00:00Z",
        "2026-01-31T10:00:60Z",
        "2016-12-31T23:59:60Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T23:60:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-13-10T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+2026-01-31T10:00:00Z",
        "-2026-01-31T10:00:00Z",
        "+002026-01-31T10:00:00Z",
        "2026-1-31T10:00:00Z",
        "2026-01-31T10:00:00.Z",
        "2026-01-31T10:00:00,5Z",
        "2026-01-31T10:00:00+01",
        "2026-01-31T10:00:00+0100",
        "2026-01-31T10:00:00+24:00",
        "2026-01-31T10:00:00+01:60",
        "2026-01-31T10:00:00+1:00",
        "2026-01-31T10:00:00Z ",
        " 2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00ZZ",
        "2026-01-31T10:00:00Z[UTC]",
        "2026-01-31T10:00:00+01:00[Europe/Berlin]",
        "20260131T100000Z",
        "2026-W05-6T10:00:00Z",
        "2026-031T10:00:00Z",
        "２０２６-01-31T10:00:00Z",
        "2026-01-31T10:00:00\u{2212}01:00",
        "2026-01-31T1０:00:00Z",
        "1769853600000",
        "2026-01-31T10:00:00.1e3Z",
    ];
    for text in wrong {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn t_5_every_day_of_ten_thousand_years() {
    let day = 86_400_000;
    let mut at = Timestamp::MIN.millis();
    while at <= Timestamp::MAX.millis() {
        let printed = Timestamp::from_millis(at).unwrap().to_string();
        assert_eq!(Some(at), oracle(&printed), "{printed}");
        assert_eq!(Timestamp::parse(&printed).map(Timestamp::millis), Some(at), "{printed}");
        at += 11 * day + 12_345_678;
    }
    assert_eq!(Timestamp::from_millis(Timestamp::MIN.millis() - 1), None);
    assert_eq!(Timestamp::from_millis(Timestamp::MAX.millis() + 1), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t_5_what_is_printed_is_read_and_as_another_library_has_it(millis in -62_135_596_800_000_i64..=253_402_300_799_999) {
        let at = Timestamp::from_millis(millis).unwrap();
        let printed = at.to_string();
        prop_assert_eq!(Timestamp::parse(&printed), Some(at));
        prop_assert_eq!(oracle(&printed), Some(millis));
        prop_assert_eq!(printed.len(), if millis.rem_euclid(1000) == 0 { 20 } else { 24 });
    }

    #[test]
    fn t_5_what_is_read_is_what_another_library_reads(
        (year, month, day) in (0..=9999_i64, 0..=13_i64, 0..=32_i64),
        (hour, minute, second) in (0..=24_i64, 0..=60_i64, 0..=59_i64),
        fraction in "(\\.[0-9]{1,9})?",
        offset in "(Z|z|[+-][0-2][0-9]:[0-5][0-9])",
    ) {
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}");
        let hours: i64 = offset.get(1..3).map_or(0, |hours| hours.parse().unwrap());
        // The other library knows the year 0, and offsets of more than a day.
        let theirs = oracle(&text).map(|_| {
            let exact = text.parse::<jiff::Timestamp>().unwrap();
            exact.as_nanosecond().div_euclid(1_000_000) as i64
        });
        let expected = theirs.filter(|_| year >= 1 && hours <= 23);
        let expected = expected.map(|at| at.clamp(Timestamp::MIN.millis(), Timestamp::MAX.millis()));
        prop_assert_eq!(Timestamp::parse(&text).map(Timestamp::millis), expected, "{}", text);
    }

    #[test]
    fn t_5_no_text_is_a_trap(text in "[0-9TZtz:.+ -]{0,40}") {
        if let Some(at) = Timestamp::parse(&text) {
            prop_assert_eq!(Timestamp::parse(&at.to_string()), Some(at));
        }
    }
}

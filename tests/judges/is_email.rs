//! AC-5: the tests of isemail on the form of addresses.

use crate::suites::{judge, read, reasons};
use tenantry::{Email, OriginUserEmail};

/// An address, its number, and how the suite judges it.
struct Case {
    number: String,
    address: String,
    category: String,
}

impl Case {
    /// Whether the suite takes it as an address that can be had on the internet today, whoever answers there: no
    /// comment, no obsolete form, no form of headers only.
    fn is_valid(&self) -> bool {
        ["ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN", "ISEMAIL_RFC5321"].contains(&self.category.as_str())
    }
}

fn cases(judge: &str) -> Option<Vec<Case>> {
    let text = read(judge, "isemail.xml")?;
    let suite = roxmltree::Document::parse(&text).unwrap();
    let tests = suite.descendants().filter(|node| node.has_tag_name("test"));
    let cases = tests.map(|test| {
        let child = |name: &str| {
            let child = test.children().find(|node| node.has_tag_name(name));
            child.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        // The suite writes control characters as their symbols.
        let plain = |character| match u32::from(character) {
            symbol @ 0x2400..=0x2420 => char::from_u32(symbol - 0x2400).unwrap(),
            _ => character,
        };
        let address = child("address").chars().map(plain).collect();
        Case { number: test.attribute("id").unwrap().to_owned(), address, category: child("category") }
    });
    let cases: Vec<Case> = cases.collect();
    assert!(cases.len() >= 160);
    Some(cases)
}

#[test]
fn ac_5_addresses_of_accounts_are_those_of_isemail() {
    const JUDGE: &str = "isemail, on accounts";
    let Some(cases) = cases(JUDGE) else { return };
    let differ: Vec<String> = cases
        .iter()
        .filter(|case| Email::new(&case.address).is_ok() != case.is_valid())
        .map(|case| case.number.clone())
        .collect();
    judge(
        JUDGE,
        cases.len(),
        &differ,
        &reasons(&[
            ("a host has a dot (AC-5)", &["5", "166"]),
            ("a host whose last label is a number is refused (AC-5)", &["23", "24"]),
            ("a quoted local part is refused (AC-5)", &["42", "43", "45", "46", "48", "55"]),
            ("an IP address as host is refused (AC-5)", &["61", "68", "72", "75", "77", "79", "81"]),
        ]),
    );
}

#[test]
fn ac_5_registered_users_have_addresses_as_isemail_has_them_or_looser_ones() {
    const JUDGE: &str = "isemail, on registered users";
    let Some(cases) = cases(JUDGE) else { return };
    let differ: Vec<String> = cases
        .iter()
        .filter(|case| OriginUserEmail::new(&case.address).is_ok() != case.is_valid())
        .map(|case| case.number.clone())
        .collect();
    judge(
        JUDGE,
        cases.len(),
        &differ,
        &reasons(&[
            ("a host has a dot (AC-5)", &["5", "166", "68", "72", "75", "77"]),
            ("a host whose last label is a number is refused (AC-5)", &["23", "24"]),
            ("white space is refused (AC-5)", &["55"]),
            (
                "whatever stands before the `@` is taken, since nothing is mailed there (AC-5)",
                &[
                    "15", "16", "26", "44", "47", "49", "50", "51", "52", "53", "54", "56", "90", "91", "92", "94",
                    "96", "103", "104", "107", "108", "160", "165",
                ],
            ),
            (
                "a label of the host is any text, since nothing is mailed there (AC-5)",
                &[
                    "28", "30", "31", "62", "63", "64", "65", "78", "80", "82", "83", "84", "93", "95", "97", "102",
                    "105", "109", "110", "161",
                ],
            ),
        ]),
    );
}

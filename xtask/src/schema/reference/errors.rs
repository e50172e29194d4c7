//! A page for each error code, at the address that `documentation_url` points to.

use tenantry::ErrorInfo;

use super::{EVERYWHERE, Source, anchor, links};

pub(super) fn pages(source: &Source) -> Vec<(String, String)> {
    let page = |row: &ErrorInfo| (format!("docs/errors/{}.md", row.code), page(source, row));
    tenantry::error_catalog().iter().map(page).collect()
}

fn page(source: &Source, row: &ErrorInfo) -> String {
    let (kind, status, number) = (row.kind.as_str(), row.status, row.number);
    let retry = if row.retryable { "The same request may succeed later." } else { "The same request fails again." };
    let mut out = format!(
        "# {}\n\n<!-- generated from the table in the core: `make generate` -->\n\n\
         **What it means**: {}.\n\n**What to do**: {}.\n\n\
         Status {status}, kind `{kind}`, number {number} in `codes`. {retry}\n",
        row.code,
        source.linked(row.meaning, "../"),
        source.linked(row.what_to_do, "../"),
    );
    if let Some(message) = row.user_message {
        out.push_str(&format!("\n**For the end user**, as `user_message`: {message}\n"));
    }
    if EVERYWHERE.contains(&row.code) {
        out.push_str("\nAny request may be refused with it.\n");
    }
    for (member, title) in [("command", "commands"), ("query", "queries")] {
        let requests = source.schema.requests(member).map(|request| request.name.to_owned());
        let here = |name: &String| source.codes(name).iter().any(|code| code == row.code);
        let requests: Vec<String> = requests.filter(here).collect();
        if !requests.is_empty() {
            let to = |name: &str| format!("../reference/{title}.md#{}", anchor(name));
            out.push_str(&format!("\nAmong {title}: {}.\n", links(&requests, to)));
        }
    }
    out.push_str("\nAll codes are in [the table of errors](../errors.md); its rules are in [the contract](../contract/errors.md).\n");
    out
}

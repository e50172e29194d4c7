//! H-2: lists answer from rows, loaded range by range, exactly what they answer from memory; and a page reads no more
//! than a constant times what it shows, where no filter leaves rows out.

use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::json::parse_command;
use tenantry::{RowKey, wire};
use tenantry_tests::actors::{account, host, management, restricted_to_packs, restricted_to_users, system};
use tenantry_tests::random::peopled;
use tenantry_tests::rows::{Table, partial, run};
use tenantry_tests::{ACME, Value, World, canonical_text, json, text, with};

/// Every list, without filters and with each of them.
fn lists(user: &str) -> Vec<Value> {
    let list = |name: &str| json!({"query": name});
    let of_user = |name: &str| json!({"query": name, "registered_user_id": user});
    let credentials = |filter: Value| with(list("list_credentials"), filter);
    vec![
        list("list_registered_users"),
        json!({"query": "list_registered_users", "origin_company_id": "globex"}),
        json!({"query": "list_registered_users", "group_id": "staff"}),
        json!({"query": "list_registered_users", "status": "inactive"}),
        json!({"query": "list_registered_users", "is_test": true}),
        list("list_companies"),
        list("list_connectors"),
        list("list_tool_packs"),
        list("list_groups"),
        list("list_users"),
        json!({"query": "list_users", "status": "inactive"}),
        list("list_registration_tokens"),
        of_user("groups_of"),
        of_user("list_credentials"),
        of_user("list_link_sessions"),
        credentials(json!({"connector": "slack"})),
        credentials(json!({"origin_company_id": "globex"})),
        credentials(json!({"origin_company_id": "nobody"})),
        credentials(json!({"external_account_id": "acct_1"})),
        credentials(json!({"status": "active"})),
        credentials(json!({"status": "revoked"})),
        credentials(json!({"linked_by": user})),
    ]
}

/// Whole, and in a table.
struct Hosts {
    world: World,
    table: Table,
}

impl Hosts {
    /// A page from memory and from rows: the same bytes. How many rows were loaded.
    #[track_caller]
    fn page(&mut self, query: &Value, actor: &Value) -> (Result<Value, String>, usize) {
        let (query, context) = (query.to_string(), self.world.context(actor.clone()).to_string());
        let mut instance = partial();
        let loaded = self.table.prepare(&mut instance, &query, &context, None);
        let [rows, whole] = [&mut instance, &mut self.world.tenantry]
            .map(|tenantry| run(tenantry, &query, &context).map_err(|error| error.recorded().code.as_str().to_owned()));
        assert_eq!(rows, whole, "{query} by {actor}");
        let answer = rows.map(|text| {
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(canonical_text(&value), text);
            value
        });
        (answer, loaded.rows)
    }

    /// All pages: how many items there are, and the most rows that a page took.
    #[track_caller]
    fn walk(&mut self, query: &Value, actor: &Value, limit: usize) -> Result<(usize, usize), String> {
        let (mut items, mut most, mut after) = (0, 0, Value::Null);
        let mut seen = BTreeSet::new();
        loop {
            let (page, rows) = self.page(&with(query.clone(), json!({"limit": limit, "after": after})), actor);
            let page = page?;
            let shown = page["items"].as_array().unwrap();
            assert!(shown.len() <= limit);
            assert!(shown.iter().all(|item| seen.insert(item.to_string())), "shown twice: {query}");
            (items, most) = (items + shown.len(), most.max(rows));
            after = page["next"].clone();
            if after.is_null() {
                return Ok((items, most));
            }
        }
    }
}

fn hosts() -> (Hosts, Vec<String>) {
    let (mut world, known) = peopled();
    for index in 0..30 {
        let company = (index % 3 != 0).then(|| json!({"origin_company_id": format!("company {}", index % 7)}));
        world.user_with(&format!("more_{index}"), json!({"shared_credential_group": company}));
    }
    for name in ["zeta", "x\"y", "x!y", "été", "😀"] {
        world.user_with(name, json!({"shared_credential_group": {"origin_company_id": name}}));
    }
    let table = Table::of(&world.state());
    (Hosts { world, table }, known.users.iter().map(|person| person.id.clone()).collect())
}

#[test]
fn h_2_every_list_answers_from_rows_what_it_answers_from_memory() {
    let (mut hosts, users) = hosts();
    let lead = json!({"command": "create_user", "name": "Lead", "email": "lead@acme.example", "organization_id": ACME, "role": "organization_admin"});
    let lead = text(&hosts.world.accepts(host(), lead), "/response/id");
    hosts.table = Table::of(&hosts.world.state());
    let actors = vec![
        system(),
        host(),
        management(),
        restricted_to_users(&[&users[0], &users[2], "01890000-0000-7000-8000-00000000dead"]),
        restricted_to_users(&[]),
        restricted_to_packs(&["support"]),
        account(&lead),
    ];
    let (mut shown, mut refused) = (0, 0);
    for portion in [None, Some(2)] {
        hosts.table.portion = portion;
        for actor in &actors {
            for query in lists(&users[0]).into_iter().chain(lists(&users[3])) {
                for limit in [1, 3, 50] {
                    match hosts.walk(&query, actor, limit) {
                        Ok((items, _)) => shown += items,
                        Err(_) => refused += 1,
                    }
                }
            }
        }
    }
    assert!(shown > 3000 && refused > 300, "{shown} items, {refused} refusals");
}

#[test]
fn h_2_a_page_reads_a_constant_times_what_it_shows() {
    let (mut hosts, users) = hosts();
    // Tombstones are in the list of users, and left out of it.
    hosts.world.advance(Duration::from_secs(400 * 24 * 3600));
    hosts.world.sweep();
    hosts.table = Table::of(&hosts.world.state());
    let unfiltered = [
        "list_registered_users",
        "list_companies",
        "list_connectors",
        "list_tool_packs",
        "list_groups",
        "list_users",
        "list_registration_tokens",
    ];
    for limit in [1, 2, 5, 10] {
        for name in unfiltered {
            let (_, most) = hosts.walk(&json!({"query": name}), &system(), limit).unwrap();
            // Each user with the company that its view names, one row more to know whether there is a next page, and
            // the organization.
            println!("{name}, {limit} items a page: at most {most} rows");
            assert!(most <= 2 * limit + 2, "{name}: {most} rows for {limit} items");
        }
        let query = json!({"query": "list_credentials", "registered_user_id": users[1]});
        let (_, most) = hosts.walk(&query, &system(), limit).unwrap();
        assert!(most <= 2 * limit + 5, "list_credentials: {most} rows for {limit} items");
    }
}

#[test]
fn h_2_a_range_is_asked_for_and_may_be_answered_in_part() {
    let (mut hosts, _) = hosts();
    let query = json!({"query": "list_connectors", "limit": 2}).to_string();
    let context = hosts.world.context(system()).to_string();
    let [read, read_context] = [&query, &context].map(|text| parse_command(text).unwrap().into_owned());
    let mut instance = partial();
    let asked = |instance: &tenantry::Tenantry| -> Vec<String> {
        let asked: Vec<Value> =
            serde_json::from_str(&wire::requirements(instance, &read, &read_context).unwrap()).unwrap();
        asked.iter().map(Value::to_string).collect()
    };
    let range = r#"["range","connector","org_acme",null,null,3]"#;
    assert_eq!(asked(&instance), [r#"["organization","org_acme"]"#, range]);
    let key: RowKey = range.parse().unwrap();
    let wanted = key.range().unwrap();
    assert_eq!((wanted.kind, wanted.limit, wanted.after.as_deref()), ("connector", 3, None));
    assert_eq!(key.to_string(), range);

    // One row at a time: what is asked for next goes on behind it, and asks for more.
    hosts.table.portion = Some(1);
    let missing = asked(&instance);
    hosts.table.load(&mut instance, &missing, None);
    assert_eq!(asked(&instance), [r#"["range","connector","org_acme",null,"github",2]"#]);
    hosts.table.portion = None;
    let missing = asked(&instance);
    hosts.table.load(&mut instance, &missing, None);
    assert!(asked(&instance).is_empty());
    assert_eq!(
        run(&mut instance, &query, &context).unwrap(),
        run(&mut hosts.world.tenantry, &query, &context).unwrap()
    );

    // A range is no row, and its parts have their form.
    for wrong in [
        r#"["range"]"#,
        r#"["range","connector","org_acme",null,null,0]"#,
        r#"["range","connector","org_acme",null,null,"3"]"#,
        r#"["range","nothing","org_acme",null,null,3]"#,
        r#"["range","connector","acme",null,null,3]"#,
        r#"["range","connector","org_acme","staging",null,3]"#,
        r#"["range","connector","org_acme",null,7,3]"#,
    ] {
        assert!(wrong.parse::<RowKey>().is_err(), "{wrong}");
    }
    let row =
        parse_command(r#"[{"key":["range","connector","org_acme",null,null,3],"revision":null,"row":{}}]"#).unwrap();
    let refused = wire::load(&mut partial(), &row).unwrap_err();
    assert!(refused.to_string().contains("a `range` key has no row"), "{refused}");
}

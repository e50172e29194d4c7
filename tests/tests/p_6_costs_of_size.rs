//! P-6: pages of long lists, and many things of one user, cost no more than what is looked at.

use tenantry::json::{Value, parse_command, parse_document};
use tenantry::{Tenantry, wire};
use tenantry_tests::allocations::{assert_linear, counted};

fn context(number: usize, actor: &str) -> String {
    format!(r#"{{"now":"2026-01-31T10:00:00Z","entropy":"{number:032x}","actor":{actor}}}"#)
}

const HOST: &str = r#"{"type":"system","organization_id":"org_demo","environment":"test"}"#;

fn answered(world: &Tenantry, query: &str, actor: &str) -> Value<'static> {
    parse_command(&wire::query(world, query, context(1, actor).as_str()).unwrap()).unwrap().into_owned()
}

/// A world with so many users, each of a company of its own; the ids of the users, in order.
fn world_of(count: usize) -> (Tenantry, Vec<String>) {
    let mut world = Tenantry::example();
    let mut ids: Vec<String> = Vec::new();
    for number in 0..count {
        let command = format!(
            r#"{{"command":"create_registered_user","origin_user_id":"u{number}","shared_credential_group":{{"origin_company_id":"d{number:06}"}}}}"#
        );
        let outcome = wire::execute(&mut world, command.as_str(), context(number + 1, HOST).as_str()).unwrap();
        let outcome = parse_command(&outcome).unwrap();
        ids.push(outcome.at("/response/registered_user_id").unwrap().as_str().unwrap().to_owned());
    }
    ids.sort();
    (world, ids)
}

#[test]
fn p_6_the_last_page_costs_as_much_as_the_first() {
    let mut last_pages = Vec::new();
    for count in [100, 1_000, 10_000] {
        let (world, ids) = world_of(count);
        let held = format!(
            r#"{{"type":"access_key","organization_id":"org_demo","environment":"test","scopes":["management"],"registered_user_ids":["{}"]}}"#,
            ids[count - 1]
        );
        let after = &ids[count - 21];
        let pages = [
            (format!(r#"{{"query":"list_registered_users","limit":20,"after":"{after}"}}"#), HOST, 20),
            (format!(r#"{{"query":"list_companies","limit":20,"after":"d{:06}"}}"#, count - 21), HOST, 20),
            (r#"{"query":"list_registered_users","limit":20}"#.to_owned(), held.as_str(), 1),
            (r#"{"query":"list_companies","limit":20}"#.to_owned(), held.as_str(), 1),
        ];
        let costs = pages.map(|(query, actor, expected)| {
            let (page, cost) = counted(|| answered(&world, &query, actor));
            let Some(Value::Array(items)) = page.get("items") else { panic!("{page}") };
            assert_eq!((items.len(), page.get("next")), (expected, Some(&Value::Null)), "{query}");
            cost
        });
        last_pages.push(costs);
    }
    // Only the ids have more digits.
    for (small, large) in last_pages[0].iter().zip(&last_pages[2]) {
        assert!(*large < small + small / 10, "{last_pages:?}");
    }
}

#[test]
fn p_6_a_key_of_many_users_goes_on_where_a_page_ended() {
    let (world, ids) = world_of(100);
    // Named in any order, twice, and with others who are not there.
    let named: Vec<String> = ids.iter().rev().chain(&ids).map(|id| format!(r#""{id}""#)).collect();
    let held = format!(
        r#"{{"type":"access_key","organization_id":"org_demo","environment":"test","scopes":["management"],"registered_user_ids":[{},"x"]}}"#,
        named.join(",")
    );
    let (mut seen, mut after) = (Vec::new(), "null".to_owned());
    loop {
        let page =
            answered(&world, &format!(r#"{{"query":"list_registered_users","limit":30,"after":{after}}}"#), &held);
        let Some(Value::Array(items)) = page.get("items") else { panic!("{page}") };
        seen.extend(items.iter().map(|user| user.get("registered_user_id").unwrap().as_str().unwrap().to_owned()));
        match page.get("next") {
            Some(Value::String(next)) => after = format!(r#""{next}""#),
            _ => break,
        }
    }
    assert_eq!(seen, ids);
}

/// The example world, whose first user has so many open calls.
fn world_of_calls(count: usize) -> Tenantry {
    let (world, _) = world_of(1);
    let snapshot = world.snapshot();
    let call = |number: usize| {
        format!(
            r#"{{"expires_at":"2026-02-01T10:00:{:02}Z","tool_call_id":"call_01KJPWD6M0{number:016}","tool_pack_id":"support"}}"#,
            number * 60 / count
        )
    };
    let calls: Vec<String> = (0..count).map(call).collect();
    let text = snapshot.replacen(r#""tool_calls":[]"#, &format!(r#""tool_calls":[{}]"#, calls.join(",")), 1);
    assert_ne!(text, snapshot);
    wire::restore(text.as_str(), "null").unwrap()
}

#[test]
fn p_6_many_calls_of_one_user_end_one_by_one() {
    let mut costs = Vec::new();
    for count in [100, 1_000, 10_000] {
        let mut world = world_of_calls(count);
        let later = r#"{"now":"2026-02-02T10:00:00Z","actor":{"type":"system"}}"#;
        let (outcome, cost) = counted(|| wire::execute(&mut world, r#"{"command":"advance_time"}"#, later).unwrap());
        let outcome = parse_document(&outcome).unwrap();
        assert_eq!(outcome.at("/response/processed"), Some(&Value::Int(count.try_into().unwrap())));
        costs.push(cost);
        assert!(world.snapshot().contains(r#""tool_calls":[]"#));
    }
    assert_linear("calls that end", &costs);
}

#[test]
fn p_6_many_calls_are_ended_in_any_order() {
    let mut world = world_of_calls(300);
    let later =
        r#"{"now":"2026-02-01T10:00:00Z","actor":{"type":"system","organization_id":"org_demo","environment":"test"}}"#;
    let ids = answered(&world, r#"{"query":"list_registered_users"}"#, HOST);
    let id = ids.at("/items/0/registered_user_id").unwrap().as_str().unwrap().to_owned();
    let runtime = r#"{"now":"2026-01-31T10:00:00Z","actor":{"type":"access_key","organization_id":"org_demo","environment":"test","scopes":["runtime"]}}"#;
    let finish = |world: &mut Tenantry, number: usize| {
        let command = format!(
            r#"{{"command":"finish_tool_call","registered_user_id":"{id}","tool_call_id":"call_01KJPWD6M0{number:016}","result":"completed"}}"#
        );
        wire::execute(world, command.as_str(), runtime)
    };
    for number in [150, 299, 0, 151, 149] {
        finish(&mut world, number).unwrap();
        assert_eq!(finish(&mut world, number).unwrap_err().code().as_str(), "tool_call_not_found");
    }
    // Of those that are left, the first five have ended by now.
    let outcome = wire::execute(&mut world, r#"{"command":"advance_time"}"#, later).unwrap();
    let outcome = parse_document(&outcome).unwrap();
    assert_eq!(outcome.at("/response/processed"), Some(&Value::Int(4)));
    assert_eq!(outcome.at("/events/0/tool_call_id"), Some(&Value::from("call_01KJPWD6M00000000000000001")));
}

/// What a preview by the host allocates.
fn previewed(world: &Tenantry, command: &str) -> u64 {
    let preview = || wire::preview(world, command, context(0xffff, HOST).as_str()).unwrap();
    let (preview, cost) = counted(preview);
    assert_eq!(parse_document(&preview).unwrap().at("/impact/total"), Some(&Value::Int(0)), "{command}");
    cost
}

#[test]
fn p_6_a_preview_looks_only_at_what_its_command_can_touch() {
    // A name bears on no decision, however many packs there are.
    let renames = [9, 90, 900].map(|count| {
        let (mut world, ids) = world_of(1);
        for number in 0..count {
            let command = format!(
                r#"{{"command":"put_tool_pack","tool_pack_id":"p{number:03}","name":"p","connectors":[{{"connector":"slack","auth_scope":"INDIVIDUAL","tool_names":null}}]}}"#
            );
            wire::execute(&mut world, command.as_str(), context(number + 2, HOST).as_str()).unwrap();
        }
        let user = &ids[0];
        let patch = r#"{"origin_user_name":"Ada"}"#;
        previewed(&world, &format!(r#"{{"command":"update_registered_user","registered_user_id":"{user}","patch":{patch}}}"#))
    });
    assert_eq!(renames, [renames[0]; 3]);
    // Neither does a group that no pack names, however many users there are.
    let groups = [100, 1_000, 10_000].map(|count| {
        let rule = r#"{"user_type":"SYSTEM"}"#;
        let put = format!(r#"{{"command":"put_group","group_id":"none","name":"none","rule":{rule}}}"#);
        previewed(&world_of(count).0, &put)
    });
    assert_eq!(groups, [groups[0]; 3]);
}

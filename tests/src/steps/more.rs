//! Commands that random worlds do not come to: registration, passwords, addresses, and the codes of single fields.

use crate::actors::{account, anonymous, host, system};
use crate::random::{Known, Roll};
use crate::{ACME, Value, json, with};

/// A command, and who sends it.
pub(super) fn command(known: &Known, roll: Roll, actor: Value) -> (Value, Value) {
    let [a, b, c, d, ..] = roll;
    let secret = format!("ort_{:0>24}", a % 4);
    let one = |of: &[&'static str], by: u8| of[usize::from(by) % of.len()];
    let password = one(&["Correct-Horse-9", "short", "correct horse battery", "Member9-Member9"], b);
    let email = format!("{}{}@acme.example", one(&["member", "erin", "e r i n", ""], c), d % 8);
    let create =
        json!({"command": "create_user", "name": one(&["Erin", "", "É😀"], b), "email": email, "password": password});
    match a % 12 {
        0 => {
            let mut create = with(create, json!({"organization_id": ACME, "org_token": secret}));
            // Without a password at times.
            create["password"] = if d % 4 == 0 { Value::Null } else { create["password"].take() };
            (create, anonymous())
        }
        1 | 2 => (with(create, json!({"organization_id": ACME, "org_token": secret})), anonymous()),
        3 => (with(create, json!({"org_token": secret})), actor),
        4 => {
            let issue = json!({"command": "issue_registration_token", "organization_id": ACME, "secret": secret});
            (with(issue, json!({"max_uses": c % 3})), host())
        }
        5 => {
            let role = one(&["admin", "organization_admin"], c);
            let account = json!({"command": "create_user", "name": "Erin", "email": format!("hr{c}@acme.example")});
            (
                with(account, json!({"role": role, "organization_id": ACME, "external_id": format!("hr-{}", d % 2)})),
                host(),
            )
        }
        6 => (json!({"command": "create_organization", "organization_id": ACME, "name": "Again"}), host()),
        7 => {
            let status = json!({"command": "set_user_status", "user_id": known.account(b), "status": "inactive"});
            (status, host())
        }
        8 => {
            let own = known.account(b);
            (json!({"command": "delete_user", "user_id": own}), account(&own))
        }
        9 => (user([b, c, d], &email), actor),
        _ => (wrong(known, [b, c, d]), system()),
    }
}

/// A registered user with every field.
fn user([b, c, d]: [u8; 3], email: &str) -> Value {
    let group =
        json!({"origin_company_id": "globex", "origin_company_name": if c % 2 == 0 { "Globex" } else { "Ωmega" }});
    json!({
        "command": "create_registered_user", "origin_user_id": format!("user_{}", d % 12), "origin_user_email": email,
        "shared_credential_group": group, "custom_groupings": {"team": if b % 2 == 0 { "" } else { "ключ" }},
    })
}

/// One field wrong, in every way that has a code of its own.
fn wrong(known: &Known, [b, c, d]: [u8; 3]) -> Value {
    let user = known.users.first().map(|person| person.id.clone()).unwrap_or_default();
    let long = "x".repeat(257);
    let create = |more: Value| with(json!({"command": "create_registered_user", "origin_user_id": "user_1"}), more);
    let patch = |patch: Value| json!({"command": "update_registered_user", "registered_user_id": user, "patch": patch});
    let account =
        json!({"command": "create_user", "name": "Erin", "email": "erin@acme.example", "organization_id": ACME});
    match b % 16 {
        0 => json!({"command": "create_registered_user"}),
        1 => create(json!({"origin_user_id": long})),
        2 => patch(json!({"origin_user_id": "another"})),
        3 => create(json!({"shared_credential_group": {"origin_company_name": "Globex"}})),
        4 => create(json!({"shared_credential_group": {"origin_company_id": long}})),
        5 => create(json!({"custom_groupings": {"team": long}})),
        6 => with(account, json!({"email": null})),
        7 => with(account, json!({"metadata": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {}}}}}}}}}})),
        8 => json!({"command": "revoke_registration_token", "token_id": "tok_00000000000000000000000000"}),
        9 => {
            json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": "call_x", "result": "failed"})
        }
        10 => {
            let rule = json!({"all": [{"attribute": "team"}, {"some": []}]});
            json!({"command": "put_group", "group_id": "g", "name": "G", "rule": rule})
        }
        11 => {
            let connector = ["a__b", "a_", "notion"][usize::from(c % 3)];
            json!({"command": "put_connector", "connector": connector, "tools": ["read", ""]})
        }
        12 => json!({"command": "set_retention_hold", "registered_user_id": user, "held": d % 2 == 0, "reason": "é"}),
        13 => {
            json!({"command": "delete_registered_user", "registered_user_id": known.users.get(usize::from(c % 8)).map(|person| &person.id)})
        }
        14 => with(account, json!({"org_token": format!("ort_{:0>24}", c % 4), "role": "member"})),
        _ => {
            json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": [{"connector": "github", "tool_names": ["nothing"]}]})
        }
    }
}

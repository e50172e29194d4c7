//! C-7: a management key may explain what a runtime key of the same reach is answered, and may decide nothing.

use tenantry_tests::actors::{key, management, restricted_to_packs, restricted_to_users, runtime};
use tenantry_tests::decisions::call;
use tenantry_tests::{Value, World, json, with};

fn actor_check(explanation: &Value) -> &Value {
    &explanation["checks"][0]
}

#[test]
fn c_7_a_management_key_explains_what_a_runtime_key_is_answered() {
    let mut world = World::shop();
    let alice = world.user("alice");
    let linked = world.user("linked");
    world.link(&linked, "slack", None, json!({}));
    for asked in
        [call(&alice, "own", "slack__post"), call(&linked, "own", "slack__post"), call("nobody", "own", "x__y")]
    {
        let decision = world.authorize(runtime(), &asked).unwrap();
        let mut explained = world.explains(management(), &asked);
        assert_eq!(explained["decision"], decision);
        assert_eq!(
            actor_check(&explained),
            &json!({"check": "actor", "result": "passed", "compared": {"authenticated": true, "may_decide": false}})
        );
        // A key with both scopes gets the same answer, except that it may decide.
        let both = world.explains(key(&["management", "runtime"]), &asked);
        explained["checks"][0]["compared"]["may_decide"] = json!(true);
        assert_eq!(explained, both);
        assert_eq!(world.verdict(management(), &asked), "forbidden");
    }
    let remedies = &world.explains(management(), &call(&alice, "own", "slack__post"))["remedies"];
    assert_eq!(remedies[0]["steps"][0]["command"]["command"], "start_link", "a management key may run the step");
}

#[test]
fn c_7_a_key_explains_only_within_its_restrictions() {
    let mut world = World::shop();
    let (alice, bob) = (world.user("alice"), world.user("bob"));
    let asked = call(&alice, "own", "slack__post");
    for (actor, code) in [
        (restricted_to_users(&[&alice]), "credential_required"),
        (restricted_to_users(&[&bob]), "registered_user_not_found"),
        (restricted_to_packs(&["own"]), "credential_required"),
        (restricted_to_packs(&["team"]), "tool_pack_not_found"),
        (with(management(), json!({"scopes": []})), "forbidden"),
    ] {
        assert_eq!(world.explains(actor.clone(), &asked)["decision"]["code"], code, "{actor}");
    }
}

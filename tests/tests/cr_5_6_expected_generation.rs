//! CR-5, CR-6: a revocation or a report may say which grant it means, and touches no other.

use tenantry_tests::actors::{management, system};
use tenantry_tests::decisions::{individual, organization, shared};
use tenantry_tests::{Value, World, event_names, json, with};

fn revoke(owner: &Value, generation: Value) -> Value {
    json!({"command": "revoke_credential", "owner": owner, "connector": "slack", "expected_generation": generation})
}

fn report(owner: &Value, status: &str, generation: Value) -> Value {
    let command = json!({"command": "report_credential", "owner": owner, "connector": "slack", "status": status});
    with(command, json!({"expected_generation": generation}))
}

/// A world in which a user's own, its company's and the organization's credential are of generation 2.
fn linked_twice() -> (World, String, [(Value, &'static str); 3]) {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    for pack in ["own", "team", "all", "own", "team", "all"] {
        world.links(&user, "slack", Some(pack));
    }
    let owners = [(individual(&user), "own"), (shared("c1"), "team"), (organization(), "all")];
    (world, user, owners)
}

#[test]
fn cr_6_a_late_report_about_an_old_grant_does_not_touch_the_new_one() {
    let (mut world, user, owners) = linked_twice();
    for (owner, pack) in owners {
        for generation in [1, 3] {
            let late = report(&owner, "needs_reauth", json!(generation));
            let rejection = world.rejects_at(system(), late, "version_conflict", "/expected_generation");
            let message = format!("expected generation {generation}, but the present generation is 2");
            assert_eq!(rejection["message"], message);
            assert_eq!(world.decides(&user, pack, "slack__post"), "allow");
        }
        world.accepts(system(), report(&owner, "needs_reauth", json!(2)));
        assert_eq!(world.decides(&user, pack, "slack__post"), "reauth_required");
        // Not even what would change nothing, or mend it, is said of another grant.
        world.rejects_at(
            system(),
            report(&owner, "needs_reauth", json!(1)),
            "version_conflict",
            "/expected_generation",
        );
        world.rejects_at(system(), report(&owner, "active", json!(1)), "version_conflict", "/expected_generation");
        world.accepts(system(), report(&owner, "active", json!(2.0)));
        assert_eq!(world.decides(&user, pack, "slack__post"), "allow");
    }
}

#[test]
fn cr_5_a_revocation_may_name_the_grant_that_it_means() {
    let (mut world, user, owners) = linked_twice();
    for (owner, pack) in owners {
        world.rejects_at(management(), revoke(&owner, json!(1)), "version_conflict", "/expected_generation");
        assert_eq!(world.decides(&user, pack, "slack__post"), "allow");
        let outcome = world.accepts(management(), revoke(&owner, json!(2)));
        assert_eq!(event_names(&outcome), ["credential_revoked"]);
        // What is not live is not found, whatever was expected of it.
        for generation in [1, 2] {
            world.rejects(management(), revoke(&owner, json!(generation)), "credential_not_found");
            world.rejects(system(), report(&owner, "active", json!(generation)), "credential_not_found");
        }
    }
}

#[test]
fn cr_5_whatever_is_expected_is_a_generation() {
    let (mut world, user, _) = linked_twice();
    let owner = individual(&user);
    for generation in [json!(0), json!(-1), json!(1.5), json!("2"), json!(9_007_199_254_740_992_u64), json!([2])] {
        world.rejects_at(system(), revoke(&owner, generation.clone()), "invalid_request", "/expected_generation");
        let reported = report(&owner, "active", generation);
        world.rejects_at(system(), reported, "invalid_request", "/expected_generation");
    }
    // Null is absent (C-6).
    world.accepts(system(), report(&owner, "needs_reauth", Value::Null));
    world.accepts(system(), revoke(&owner, Value::Null));
}

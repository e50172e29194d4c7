//! AC-10: what a patch changes of an account, and who may change what.

use tenantry::{AccountId, AccountPatch, Metadata, Name, Role, UpdateUser};
use tenantry_tests::accounts::create_user;
use tenantry_tests::actors::{account, host, of, system};
use tenantry_tests::{ACME, OTHER, Value, World, event_names, json, text, with};

fn update(id: &str, patch: Value) -> Value {
    json!({"command": "update_user", "user_id": id, "patch": patch})
}

fn id_of(actor: &Value) -> String {
    text(actor, "/user_id")
}

/// An account of `org_acme` with everything that an account may have.
fn full(world: &mut World) -> String {
    world.account_with(
        "erin@b.c",
        json!({
            "organization_id": ACME, "external_id": "hr-1", "resource_id": "res-1", "metadata": {"level": 3, "team": "red"},
        }),
    )
}

/// The patch changes this, in one event that says so.
#[track_caller]
fn changes(world: &mut World, id: &str, patch: Value, changes: &Value, after: Value) {
    let before = world.account_view(id);
    let version = before["version"].as_u64().unwrap() + 1;
    let outcome = world.accepts(host(), update(id, patch));
    let mut expected = with(with(before, after), json!({"version": version}));
    expected.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    assert_eq!(outcome["response"], json!({"user": expected}));
    assert_eq!(world.account_view(id), expected);
    assert_eq!((event_names(&outcome), &outcome["effects"]), (vec!["account_updated".to_owned()], &json!([])));
    let event = &outcome["events"][0];
    assert_eq!((&event["changes"], &event["version"], event.get("redacted")), (changes, &json!(version), None));
}

#[track_caller]
fn changes_nothing(world: &mut World, actor: Value, id: &str, patch: Value) {
    let before = world.account_view(id);
    let outcome = world.accepts(actor, update(id, patch));
    assert_eq!(outcome["events"], json!([]));
    assert_eq!(outcome["response"], json!({"user": before}));
    assert_eq!(world.account_view(id), before);
}

#[test]
fn ac_10_a_patch_changes_what_it_names_and_nothing_else() {
    let mut world = World::new();
    let id = full(&mut world);
    world.admin();
    for patch in [
        json!({"name": "Erin Doe"}),
        json!({"email": "Erin.Doe@b.c"}),
        json!({"external_id": "hr-2"}),
        json!({"resource_id": "res-2"}),
        json!({"role": "organization_admin"}),
        json!({"name": "E", "email": "e@b.c", "external_id": "hr-3", "resource_id": "res-3", "role": "admin"}),
    ] {
        changes(&mut world, &id, patch.clone(), &patch, patch.clone());
    }
    changes(
        &mut world,
        &id,
        json!({"metadata": {"level": 4}}),
        &json!({"metadata": {"level": 4, "team": "red"}}),
        json!({"metadata": {"level": 4, "team": "red"}}),
    );
    // A value that stays the same is not among the changes.
    changes(
        &mut world,
        &id,
        json!({"name": "E", "role": "member"}),
        &json!({"role": "member"}),
        json!({"role": "member"}),
    );
}

#[test]
fn ac_10_null_clears_what_an_account_may_lack_and_nothing_else() {
    let mut world = World::new();
    let id = full(&mut world);
    for field in ["external_id", "resource_id", "metadata"] {
        changes(&mut world, &id, json!({field: null}), &json!({field: null}), json!({field: null}));
        changes_nothing(&mut world, host(), &id, json!({field: null}));
    }
    for (field, code) in [("name", "name_required"), ("email", "email_required"), ("role", "invalid_request")] {
        world.rejects_at(host(), update(&id, json!({field: null})), code, &format!("/patch/{field}"));
    }
    let all = json!({"name": null, "email": null, "role": null, "external_id": null});
    let rejection = world.rejects(host(), update(&id, all), "name_required");
    assert_eq!(rejection["violations"].as_array().unwrap().len(), 3);
}

#[test]
fn ac_10_a_patch_that_changes_nothing_writes_no_event() {
    let mut world = World::new();
    let id = full(&mut world);
    for patch in [
        json!({}),
        json!({"name": "Agent Smith", "email": "erin@b.c", "external_id": "hr-1", "resource_id": "res-1"}),
        json!({"role": "member", "metadata": {}}),
        json!({"metadata": {"level": 3.0, "absent": null}}),
    ] {
        changes_nothing(&mut world, host(), &id, patch);
    }
}

#[test]
fn ac_10_metadata_is_merged_at_every_depth() {
    // The cases of RFC 7396 that are objects, and ours.
    for (before, patch, after) in [
        (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
        (json!({"a": "b"}), json!({"a": null}), json!({})),
        (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
        (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
        (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
        (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
        (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
        (json!(null), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        (json!(null), json!({}), json!({})),
        (json!({"__proto__": {"x": 1}}), json!({"__proto__": {"y": 2}}), json!({"__proto__": {"x": 1, "y": 2}})),
        (json!({"é": 1, "𝒜": 2}), json!({"z": 3, "𝒜": null}), json!({"z": 3, "é": 1})),
    ] {
        let mut world = World::new();
        let id = world.account_with("a@b.c", json!({"metadata": before}));
        let outcome = world.accepts(host(), update(&id, json!({"metadata": patch})));
        assert_eq!(outcome["response"]["user"]["metadata"], after, "{before} and {patch}");
        assert_eq!(outcome["events"][0]["changes"]["metadata"], after);
    }
}

#[test]
fn ac_10_metadata_has_its_limits_after_the_merge_too() {
    let mut world = World::new();
    let id = world.account_with("a@b.c", json!({"metadata": {"a": "x".repeat(8_000)}}));
    // `{"a":"…","b":"…"}` is 15 characters and what it holds: 16 KiB, and one more.
    let room = (16 << 10) - 15 - 8_000;
    let rejection = world.rejects_at(
        host(),
        update(&id, json!({"metadata": {"b": "y".repeat(room + 1)}})),
        "invalid_metadata",
        "/patch/metadata",
    );
    assert_eq!(rejection["message"], "larger than 16 KiB of canonical JSON");
    world.accepts(host(), update(&id, json!({"metadata": {"b": "y".repeat(room)}})));
    // What takes the place of another value needs no room beside it.
    world.accepts(host(), update(&id, json!({"metadata": {"a": "z".repeat(8_000), "b": null, "c": 1}})));
    for (metadata, code) in [
        (json!(7), "invalid_request"),
        (json!([]), "invalid_request"),
        (json!({"a": "x".repeat(16 << 10)}), "invalid_metadata"),
    ] {
        world.rejects_at(host(), update(&id, json!({"metadata": metadata})), code, "/patch/metadata");
    }
    let beyond = json!({"metadata": {"a": 9_007_199_254_740_992_i64}});
    world.rejects_at(host(), update(&id, beyond), "invalid_metadata", "/patch/metadata/a");
    let deep = |levels: usize| (1..levels).fold(json!({}), |inner, _| json!({"d": inner}));
    world.accepts(host(), update(&id, json!({"metadata": deep(8)})));
    world.rejects(host(), update(&id, json!({"metadata": deep(9)})), "invalid_metadata");
}

#[test]
fn ac_10_the_expected_version_is_the_present_one() {
    let mut world = World::new();
    let id = full(&mut world);
    world.accepts(host(), update(&id, json!({"name": "B"})));
    for version in [1, 3] {
        let late = with(update(&id, json!({"name": "C"})), json!({"expected_version": version}));
        world.rejects_at(host(), late, "version_conflict", "/expected_version");
    }
    // Also where nothing would change; and before the rules of state.
    let same = with(update(&id, json!({"name": "B"})), json!({"expected_version": 1}));
    world.rejects(host(), same, "version_conflict");
    world.account_with("taken@b.c", json!({}));
    let both = with(update(&id, json!({"email": "taken@b.c"})), json!({"expected_version": 1}));
    world.rejects(host(), both, "version_conflict");
    world.accepts(host(), with(update(&id, json!({"name": "C"})), json!({"expected_version": 2})));
    world.rejects_at(
        host(),
        with(update(&id, json!({})), json!({"expected_version": 0})),
        "invalid_request",
        "/expected_version",
    );
}

#[test]
fn ac_10_an_address_has_one_account_and_the_old_one_is_free_at_once() {
    let mut world = World::new();
    let id = world.account_with("first@b.c", json!({"organization_id": ACME}));
    let other = world.account_with("second@b.c", json!({"organization_id": OTHER}));
    for taken in ["second@b.c", "SECOND@B.C"] {
        world.rejects_at(host(), update(&id, json!({"email": taken})), "email_exists", "/patch/email");
    }
    world.accepts(host(), json!({"command": "set_user_status", "user_id": other, "status": "inactive"}));
    world.rejects(host(), update(&id, json!({"email": "second@b.c"})), "email_exists");
    // Its own in another case is kept as it is given now.
    changes(
        &mut world,
        &id,
        json!({"email": "First@b.c"}),
        &json!({"email": "First@b.c"}),
        json!({"email": "First@b.c"}),
    );
    world.rejects(host(), create_user("first@b.c"), "email_exists");
    world.accepts(host(), update(&id, json!({"email": "third@b.c"})));
    world.accepts(host(), update(&other, json!({"email": "FIRST@b.c"})));
    world.accepts(host(), create_user("second@b.c"));
    for email in ["", " a@b.c", "a@b", "a@b.9"] {
        world.rejects_at(host(), update(&id, json!({"email": email})), "invalid_email", "/patch/email");
    }
    world.rejects_at(host(), update(&id, json!({"name": " "})), "name_required", "/patch/name");
    world.rejects_at(host(), update(&id, json!({"name": "n".repeat(256)})), "invalid_request", "/patch/name");
    world.accepts(host(), update(&id, json!({"name": "n".repeat(255)})));
}

#[test]
fn ac_10_an_external_id_has_one_account_of_an_organization() {
    let mut world = World::new();
    let with_id = |world: &mut World, email: &str, organization: Value, external: &str| {
        world.account_with(email, json!({"organization_id": organization, "external_id": external}))
    };
    let id = with_id(&mut world, "a@b.c", json!(ACME), "x");
    with_id(&mut world, "b@b.c", json!(ACME), "y");
    with_id(&mut world, "c@b.c", json!(OTHER), "z");
    let without = with_id(&mut world, "d@b.c", json!(null), "x");
    with_id(&mut world, "e@b.c", json!(null), "y");
    for account in [&id, &without] {
        let taken = update(account, json!({"external_id": "y"}));
        world.rejects_at(host(), taken, "external_id_exists", "/patch/external_id");
        world.accepts(host(), update(account, json!({"external_id": "z"})));
        // The former one is free at once.
        let organization = if *account == id { json!(ACME) } else { json!(null) };
        let email = if *account == id { "f@b.c" } else { "g@b.c" };
        with_id(&mut world, email, organization, "x");
        world.rejects(host(), update(account, json!({"external_id": "x"})), "external_id_exists");
    }
}

#[test]
fn ac_10_who_may_give_which_role() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    let member = full(&mut world);
    let role = |role: &str| json!({"role": role});
    world.rejects_at(boss.clone(), update(&member, role("admin")), "forbidden", "/patch/role");
    // As it depends on the actor alone, it comes before the look-up.
    world.rejects_at(boss.clone(), update("usr_unknown", role("admin")), "forbidden", "/patch/role");
    for actor in [boss.clone(), admin.clone(), of(admin.clone(), OTHER), host()] {
        world.accepts(actor.clone(), update(&member, role("organization_admin")));
        world.accepts(actor, update(&member, role("member")));
    }
    for actor in [admin.clone(), system()] {
        world.accepts(actor.clone(), update(&member, role("admin")));
        world.accepts(actor, update(&member, role("member")));
    }
    // The role holds at once.
    let list = json!({"query": "list_users"});
    world.refuses(account(&member), list.clone(), "forbidden");
    world.accepts(boss.clone(), update(&member, role("organization_admin")));
    world.answers(account(&member), list);

    let nowhere = world.account_with("nowhere@b.c", json!({}));
    let refused = update(&nowhere, role("organization_admin"));
    world.rejects_at(host(), refused, "organization_id_required", "/patch/role");
    world.accepts(host(), update(&nowhere, role("admin")));
}

#[test]
fn ac_10_an_account_does_not_change_its_own_role() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    world.account_with("second@b.c", json!({"role": "admin"}));
    for (actor, own, other) in [(admin, "admin", "member"), (boss, "organization_admin", "member")] {
        let id = id_of(&actor);
        let rejection =
            world.rejects_at(actor.clone(), update(&id, json!({"role": other})), "forbidden", "/patch/role");
        assert_eq!(rejection["message"], "an account cannot change its own role");
        // The role that it has is no change. What it is called is its own business.
        changes_nothing(&mut world, actor.clone(), &id, json!({"role": own}));
        assert_eq!(
            event_names(&world.accepts(actor.clone(), update(&id, json!({"name": "Me", "role": own})))),
            ["account_updated"]
        );
    }
}

#[test]
fn ac_10_an_organization_admin_changes_nothing_of_an_admin() {
    let mut world = World::new();
    let boss = world.organization_admin(ACME);
    let admin = world.account_with("root@b.c", json!({"role": "admin", "organization_id": ACME}));
    let elsewhere = world.account_with("there@b.c", json!({"organization_id": OTHER}));
    for patch in [json!({"role": "member"}), json!({"name": "X"}), json!({"email": "mine@b.c"}), json!({})] {
        let rejection = world.rejects(boss.clone(), update(&admin, patch.clone()), "forbidden");
        assert_eq!(rejection["message"], "an `organization_admin` may not change an `admin`");
        world.rejects(boss.clone(), update(&elsewhere, patch.clone()), "user_not_found");
        world.rejects(boss.clone(), update("usr_unknown", patch), "user_not_found");
    }
    let peer = world.account_with("peer@b.c", json!({"role": "organization_admin", "organization_id": ACME}));
    world.accepts(boss, update(&peer, json!({"name": "P", "role": "member"})));
}

#[test]
fn ac_10_the_last_active_admin_keeps_its_role() {
    let mut world = World::new();
    let first = world.account_with("first@b.c", json!({"role": "admin", "organization_id": ACME}));
    for role in ["member", "organization_admin"] {
        for actor in [host(), system()] {
            world.rejects(actor, update(&first, json!({"role": role})), "last_admin");
        }
    }
    changes_nothing(&mut world, host(), &first, json!({"role": "admin"}));
    // One that is not active does not count, neither when it gets the role nor when it loses it.
    let second = world.account_with("second@b.c", json!({}));
    let set = |status: &str| json!({"command": "set_user_status", "user_id": second, "status": status});
    world.accepts(host(), set("suspended"));
    world.accepts(host(), update(&second, json!({"role": "admin"})));
    world.rejects(host(), update(&first, json!({"role": "member"})), "last_admin");
    world.accepts(host(), update(&second, json!({"role": "member"})));
    world.accepts(host(), update(&second, json!({"role": "admin"})));
    world.accepts(host(), set("active"));
    // By its role alone there is another one now.
    world.accepts(account(&second), update(&first, json!({"role": "member"})));
    world.rejects(host(), set("inactive"), "last_admin");
    world.accepts(host(), update(&first, json!({"role": "admin"})));
    world.accepts(host(), set("inactive"));
    world.rejects(host(), update(&first, json!({"role": "member"})), "last_admin");
}

#[test]
fn ac_10_the_form() {
    let mut world = World::new();
    let id = full(&mut world);
    for (patch, pointer) in [
        (json!({"nam": "x"}), "/patch/nam"),
        (json!({"status": "active"}), "/patch/status"),
        (json!({"organization_id": ACME}), "/patch/organization_id"),
        (json!({"role": "owner"}), "/patch/role"),
        (json!({"name": 1}), "/patch/name"),
        (json!({"external_id": ""}), "/patch/external_id"),
        (json!([]), "/patch"),
        (json!(null), "/patch"),
    ] {
        world.rejects_at(host(), update(&id, patch), "invalid_request", pointer);
    }
    world.rejects_at(host(), json!({"command": "update_user", "user_id": id}), "invalid_request", "/patch");
    world.rejects_at(host(), json!({"command": "update_user", "patch": {}}), "invalid_request", "/user_id");
    // No entropy is needed: nothing is minted.
    let context = json!({"now": world.now(), "actor": host()});
    world.execute_in(&context, &update(&id, json!({"name": "X"}))).unwrap();
}

#[test]
fn ac_10_a_typed_patch_says_the_same() {
    let mut world = World::new();
    let id = full(&mut world);
    let metadata = tenantry::json::parse_command(r#"{"level": null}"#).unwrap();
    let patch = AccountPatch::new()
        .name(Name::new("Erin").unwrap())
        .external_id(None)
        .metadata(Metadata::from_json(&metadata).unwrap())
        .role(Role::Member);
    let command = UpdateUser::new(AccountId::from_text(&id), patch).expected_version(1);
    let written: Value = serde_json::from_str(&tenantry::json::to_canonical(&command)).unwrap();
    let expected = json!({"name": "Erin", "external_id": null, "metadata": {"level": null}, "role": "member"});
    assert_eq!(written["patch"], expected);
    let user = world.accepts(host(), written)["response"]["user"].clone();
    assert_eq!(
        (&user["name"], &user["metadata"], user.get("external_id")),
        (&json!("Erin"), &json!({"team": "red"}), None)
    );
}

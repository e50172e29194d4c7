//! AC-5: addresses and names.

use tenantry_tests::accounts::create_user;
use tenantry_tests::actors::{anonymous, host, system};
use tenantry_tests::{ACME, OTHER, World, json, with, without};

#[test]
fn ac_5_the_form_of_an_address() {
    let mut world = World::new();
    let longest_host = |length: usize| format!("{}.{}.{}.example", "a".repeat(63), "b".repeat(63), "c".repeat(length));
    let total = |length: usize| {
        let local = "l".repeat(64);
        let host = longest_host(length - local.len() - 1 - longest_host(0).len());
        format!("{local}@{host}")
    };
    assert_eq!((total(254).len(), total(255).len()), (254, 255));
    let valid = [
        "a@b.c",
        "smith@example.com",
        "first.last+tag@sub.domain.example",
        "!#$%&'*+-/=?^_`{|}~@example.com",
        "UPPER@EXAMPLE.COM",
        "a@1.c2",
        "a@127.0.0.example",
        "a@xn--bcher-kva.example",
        &format!("{}@b.c", "l".repeat(64)),
        &format!("a@{}.c", "h".repeat(63)),
        &total(254),
    ];
    for email in valid {
        assert_eq!(world.accepts(host(), create_user(email))["response"]["email"], email, "kept as given");
    }
    let invalid = [
        "",
        "smith",
        "@example.com",
        "smith@",
        "smith@example",
        "smith@@example.com",
        "smith@exa@mple.com",
        "smith@.com",
        "smith@example.",
        "smith@example..com",
        "smith@-example.com",
        "smith@example-.com",
        "smith@exa_mple.com",
        ".smith@example.com",
        "smith.@example.com",
        "smi..th@example.com",
        "smi th@example.com",
        " smith@example.com",
        "smith@example.com ",
        "smith@example.com\n",
        "\tsmith@example.com",
        "sm\u{0}ith@example.com",
        "\"smith\"@example.com",
        "smi(th)@example.com",
        "smith@[127.0.0.1]",
        "smith@127.0.0.1",
        "smith@acme.1",
        "smith@acme.007",
        "smïth@example.com",
        "smith@exämple.com",
        "Smith <smith@example.com>",
        "smith@example.com,jones@example.com",
        &format!("{}@b.c", "l".repeat(65)),
        &format!("a@{}.c", "h".repeat(64)),
        &total(255),
    ];
    for email in invalid {
        let rejection = world.rejects_at(host(), create_user(email), "invalid_email", "/email");
        assert_eq!(rejection["message"], "not an email address of the form `local@host.tld` in ASCII");
    }
}

#[test]
fn ac_5_an_address_is_required() {
    let mut world = World::new();
    world.rejects_at(host(), without(create_user("a@b.c"), "email"), "email_required", "/email");
    world.rejects_at(host(), with(create_user("a@b.c"), json!({"email": null})), "email_required", "/email");
    for email in [json!(1), json!(true), json!([]), json!({})] {
        world.rejects_at(host(), with(create_user("a@b.c"), json!({"email": email})), "invalid_request", "/email");
    }
}

#[test]
fn ac_5_addresses_are_unique_over_the_whole_system_without_regard_to_case() {
    let mut world = World::new();
    world.account_with("Smith@Example.com", json!({"organization_id": ACME}));
    for email in ["Smith@Example.com", "smith@example.com", "SMITH@EXAMPLE.COM"] {
        for organization_id in [json!(ACME), json!(OTHER), json!(null)] {
            let command = with(create_user(email), json!({"organization_id": organization_id}));
            world.rejects_at(host(), command, "email_exists", "/email");
        }
    }
    world.account_with("smith@example.org", json!({}));
    world.account_with("smith1@example.com", json!({}));
}

#[test]
fn ac_5_an_address_stays_taken_whatever_the_status() {
    let mut world = World::new();
    let id = world.account_with("smith@example.com", json!({}));
    for status in ["suspended", "inactive"] {
        world.accepts(host(), json!({"command": "set_user_status", "user_id": id, "status": status}));
        world.rejects(host(), create_user("smith@example.com"), "email_exists");
    }
}

#[test]
fn ac_5_users_of_the_customers_need_no_address_of_their_own() {
    let mut world = World::new();
    world.account_with("smith@example.com", json!({}));
    for origin_user_id in ["a", "b"] {
        world.user_with(origin_user_id, json!({"origin_user_email": "smith@example.com"}));
    }
    let command =
        json!({"command": "create_registered_user", "origin_user_id": "c", "origin_user_email": " smith@example.com"});
    world.rejects_at(system(), command, "invalid_email", "/origin_user_email");
}

#[test]
fn ac_5_a_users_address_may_be_beyond_ascii() {
    let mut world = World::new();
    let create =
        |email: &str| json!({"command": "create_registered_user", "origin_user_id": email, "origin_user_email": email});
    let long = format!("{}@b.example", "é".repeat(254 - "@b.example".len()));
    for email in [
        "jörg@müller.example",
        "用户@例え.example",
        "abc.@docomo.example",
        "a..b@c.example",
        "guest_outside.example#EXT#@acme.example",
        "\"quoted\"@b.example",
        "a@b.c1",
        "a@1.2.3.d",
        "a@-b-.example",
        &long,
    ] {
        assert_eq!(world.accepts(system(), create(email))["response"]["registered_user"]["origin_user_email"], email);
        let patch = json!({"origin_user_email": email});
        let user = world.user("patched");
        assert_eq!(world.patch(&user, patch)["response"]["registered_user"]["origin_user_email"], email);
    }
    for email in [
        "",
        "jörg",
        "@müller.example",
        "jörg@",
        "jörg@müller",
        "jörg@müller.",
        "jörg@.example",
        "jörg@müller..example",
        "jörg@@müller.example",
        "jö@rg@müller.example",
        "jö rg@müller.example",
        "jörg@müller.example\n",
        "\u{a0}jörg@müller.example",
        "jö\u{0}rg@müller.example",
        "jörg@192.0.2.1",
        "jörg@müller.42",
        "jörg@müller.４２",
        &format!("é{long}"),
    ] {
        let command = json!({"command": "create_registered_user", "origin_user_id": "x", "origin_user_email": email});
        let rejection = world.rejects_at(system(), command, "invalid_email", "/origin_user_email");
        assert_eq!(rejection["message"], "not an email address of the form `local@host.tld`");
    }
}

#[test]
fn ac_5_names_of_all_kinds() {
    let mut world = World::new();
    let commands = [
        (host(), json!({"command": "create_organization"})),
        (host(), json!({"command": "create_user", "email": "a@b.c"})),
        (system(), json!({"command": "put_tool_pack", "tool_pack_id": "p", "connectors": []})),
        (system(), json!({"command": "put_group", "group_id": "g", "rule": {"all": []}})),
    ];
    for (actor, command) in commands {
        world.rejects_at(actor.clone(), command.clone(), "name_required", "/name");
        for name in [json!(null), json!(""), json!(" "), json!("\t\n"), json!("\u{a0}\u{3000}")] {
            let command = with(command.clone(), json!({"name": name}));
            world.rejects_at(actor.clone(), command, "name_required", "/name");
        }
        for name in [json!("n".repeat(256)), json!("é".repeat(256)), json!(1), json!(["n"])] {
            let command = with(command.clone(), json!({"name": name}));
            world.rejects_at(actor.clone(), command, "invalid_request", "/name");
        }
        let mut longest = world.clone();
        longest.accepts(actor.clone(), with(command.clone(), json!({"name": "é".repeat(255)})));
        world.accepts(actor, with(command, json!({"name": " n "})));
    }
    world.rejects(anonymous(), json!({"command": "create_user", "email": "b@b.c"}), "name_required");
}

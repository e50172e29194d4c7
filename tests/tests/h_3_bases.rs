//! H-3: each change names the revision that it is based on, or that there was no row. That every change of random
//! sequences is based on what is there is asserted wherever one is written (`Table::commit`).

use std::collections::BTreeMap;
use tenantry_tests::actors::system;
use tenantry_tests::rows::{Table, partial, run};
use tenantry_tests::{Value, World, json};

/// Executes on rows: kind of row → base of its change.
fn bases(world: &mut World, table: &mut Table, command: Value) -> BTreeMap<String, Value> {
    let (command, context) = (command.to_string(), world.context(system()).to_string());
    let mut instance = partial();
    table.prepare(&mut instance, &command, &context, None);
    let mut outcome: Value = serde_json::from_str(&run(&mut instance, &command, &context).unwrap()).unwrap();
    let changes = outcome["changes"].as_array().unwrap().iter();
    let bases = changes.map(|change| (change["key"][0].as_str().unwrap().to_owned(), change["base"].clone())).collect();
    table.commit(&mut outcome);
    bases
}

#[test]
fn h_3_a_change_names_the_row_that_it_is_based_on() {
    let mut world = World::new();
    let mut table = Table::of(&world.state());
    let group = json!({"origin_company_id": "globex"});
    let create =
        json!({"command": "create_registered_user", "origin_user_id": "alice", "shared_credential_group": group});
    let created = bases(&mut world, &mut table, create);
    for kind in ["registered_user", "origin_user_id", "company", "company_id"] {
        assert_eq!(created[kind], Value::Null, "{kind}");
    }
    // The second member: the company is a row that is there, under the revision of its last write.
    let create =
        json!({"command": "create_registered_user", "origin_user_id": "bob", "shared_credential_group": group});
    let joined = bases(&mut world, &mut table, create);
    assert_eq!(joined["registered_user"], Value::Null);
    assert!(joined["company"]["revision"].is_u64(), "{joined:?}");
    assert!(!joined.contains_key("company_id"), "{joined:?}");
}

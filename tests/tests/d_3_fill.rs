//! D-3: values are filled into the steps of remedies, and an explanation is shown as a table.

use tenantry::{
    Affects, Command, OriginCompanyId, Policy, RegisteredUserId, RemedyKind, RemedyStep, RemedyValues, StepCommand,
    wire,
};
use tenantry_tests::actors::{runtime, system};
use tenantry_tests::{Value, World, json};

/// A user without a company, for whom a pack asks for his company's credential.
fn without_company() -> (World, Value) {
    let mut world = World::new();
    world.catalogue();
    let pack = json!({"command": "put_tool_pack", "tool_pack_id": "shared", "name": "Shared",
        "connectors": [{"connector": "slack", "auth_scope": "SHARED"}]});
    world.accepts(system(), pack);
    let user = world.user_with("alice", json!({}));
    (world, json!({"registered_user_id": user, "tool_pack_id": "shared", "tool": "slack__read"}))
}

fn step(world: &mut World, actor: Value, call: &Value) -> Value {
    let explanation = world.explains(actor, call);
    let steps = &explanation["remedies"][0]["steps"];
    assert_eq!(steps[0]["kind"], "set_company");
    steps[0].clone()
}

fn fill(step: &Value, values: &Value) -> Result<Value, (String, Option<String>)> {
    let filled = wire::fill(&*step.to_string(), &*values.to_string());
    let shown = |mistake: tenantry::UsageError| {
        (mistake.message().to_owned(), mistake.violations().first().map(|first| first.pointer.clone()))
    };
    filled.map(|command| serde_json::from_str(&command).unwrap()).map_err(shown)
}

#[test]
fn d_3_a_filled_step_is_the_command_that_helps() {
    let (mut world, call) = without_company();
    let host = system();
    let step = step(&mut world, host.clone(), &call);
    let command = fill(&step, &json!({"origin_company_id": "acme"})).unwrap();
    assert_eq!(command["patch"], json!({"shared_credential_group": {"origin_company_id": "acme"}}));
    world.accepts(host.clone(), command);
    assert_eq!(world.verdict(host, &call), "credential_required");
}

#[test]
fn d_3_an_open_parameter_is_named() {
    let (mut world, call) = without_company();
    let host = system();
    let step = step(&mut world, host.clone(), &call);
    for values in [json!({}), Value::Null, json!({"origin_company_id": null})] {
        let (message, _) = fill(&step, &values).unwrap_err();
        assert_eq!(message, "the parameter `origin_company_id` has no value: pass one");
    }
    let rejection = world.execute(host, step["command"].clone()).unwrap_err();
    let violation = &rejection["violations"][0];
    assert_eq!(violation["pointer"], "/patch/shared_credential_group/origin_company_id");
    assert_eq!(violation["message"], "`origin_company_id` is a remedy's parameter without a value: set it with `fill`");
}

#[test]
fn d_3_values_are_read_strictly() {
    let (mut world, call) = without_company();
    let step = step(&mut world, system(), &call);
    let pointer = |values| fill(&step, &values).unwrap_err().1;
    assert_eq!(pointer(json!({"company": "acme"})).as_deref(), Some("/values/company"));
    assert_eq!(pointer(json!({"origin_company_id": 1})).as_deref(), Some("/values/origin_company_id"));
}

#[test]
fn d_3_a_step_without_its_command_cannot_be_filled() {
    let (mut world, call) = without_company();
    let step = step(&mut world, runtime(), &call);
    assert!(step.get("command").is_none());
    let (message, _) = fill(&step, &json!({"origin_company_id": "acme"})).unwrap_err();
    assert_eq!(message, "the step has no command, since this actor is not allowed to run one");
}

#[test]
fn d_3_a_typed_step_is_filled_alike() {
    let registered_user_id = RegisteredUserId::from_text("019c137e-c100-70c8-83b1-bb8a7fb3d9b0");
    let command = StepCommand::SetCompany { registered_user_id };
    let step = RemedyStep {
        kind: RemedyKind::SetCompany,
        affects: Affects::User,
        parameters: command.parameters(),
        command: Some(command),
        group_ids: None,
    };
    assert!(step.fill(&RemedyValues::new()).unwrap_err().message().contains("`origin_company_id`"));
    let values = RemedyValues::new().origin_company_id(OriginCompanyId::new("acme").ok());
    let text = fill(&serde_json::to_value(&step).unwrap(), &json!({"origin_company_id": "acme"})).unwrap().to_string();
    assert_eq!(step.fill(&values).unwrap(), Command::from_json(&*text, &Policy::default()).unwrap());
    assert!(RemedyStep { command: None, ..step }.fill(&values).is_err());
}

#[test]
fn d_3_an_explanation_is_a_table_to_read() {
    let (mut world, call) = without_company();
    let explanation = world.explains(runtime(), &call);
    let table = wire::explanation_table(&*explanation.to_string()).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("deny: invalid_company_for_shared_scope: "), "{table}");
    let marks = |mark: &str| lines.iter().filter(|line| line.starts_with(&format!("| {mark} | "))).count();
    assert_eq!((marks("✓"), marks("✗"), marks(" ")), (7, 1, 2), "{table}");
    assert!(
        lines.contains(
            &"1. set_company (for this user, fill in origin_company_id, not by this actor), then \
                             link (for this company, not by this actor)"
        ),
        "{table}"
    );
    let widths: Vec<usize> =
        lines.iter().filter(|line| line.starts_with('|')).map(|line| line.chars().count()).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
}

#[test]
fn d_3_nothing_that_a_customer_wrote_draws_anything_in_the_table() {
    let hostile = "`|<img src=x onerror=alert(1)>&\n";
    let explanation = json!({
        "decision": {"effect": "deny", "code": hostile, "message": hostile},
        "checks": [{"check": hostile, "result": "failed", "compared": {"name": hostile}}],
        "remedies": [{"steps": [{"kind": hostile, "affects": hostile}], "complete": false}],
    });
    let table = wire::explanation_table(&*explanation.to_string()).unwrap();
    assert!(!table.contains('<') && !table.contains('&'), "{table}");
    let row = table.lines().nth(4).unwrap();
    assert_eq!((row.matches('|').count(), row.matches('`').count()), (4, 3), "{row}");
    assert!(wire::explanation_table("{}").unwrap().starts_with("allow"), "what is no explanation is shown, too");
    assert!(wire::explanation_table("{").is_err());
}

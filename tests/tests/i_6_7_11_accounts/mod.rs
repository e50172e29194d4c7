//! I-6, I-7, I-11: whatever is asked of accounts and tokens in whatever order, beside a model of them.

mod model;
mod steps;

use model::Model;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;
use steps::{Step, steps};
use tenantry::json::parse_command;
use tenantry::wire;
use tenantry_tests::actors::host;
use tenantry_tests::{ACME, World, event_names, json, text};

/// In every secret and every password, and nowhere else.
const MARK: &str = "Marked";
const CASES: u32 = 200;

#[derive(Debug, Default)]
struct Coverage {
    events: BTreeMap<String, u32>,
    codes: BTreeMap<String, u32>,
    reasons: BTreeMap<&'static str, u32>,
    accepted: u32,
    asked: u32,
}

#[track_caller]
fn clean(shown: &str) {
    assert!(!shown.contains(MARK), "I-11: {shown}");
}

fn run(steps: &[(usize, Step)], coverage: &mut Coverage) {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let mut model = Model::default();
    for role in ["admin", "organization_admin", "member"] {
        let members = json!({"role": role, "organization_id": ACME});
        let id = world.account_with(&format!("{}@b.c", role.replace('_', "-")), members);
        model.accounts.push((id, role.to_owned()));
    }
    for (actor, step) in steps {
        if let Step::Wait { seconds } = step {
            world.advance(Duration::from_secs(seconds.unsigned_abs()));
            model.second += seconds;
            continue;
        }
        let (actor, command) = (model.actor(*actor), model.command(step));
        let context = world.context(actor);
        let untouched = world.tenantry.clone();
        coverage.asked += 1;
        match world.execute_in(&context, &command) {
            Ok(outcome) => {
                coverage.accepted += 1;
                clean(&outcome.to_string());
                for name in event_names(&outcome) {
                    *coverage.events.entry(name).or_default() += 1;
                }
                model.follow(&command, &outcome);
            }
            Err(rejection) => {
                clean(&rejection.to_string());
                let code = text(&rejection, "/code");
                if code == "invalid_token" {
                    // The same again, where the part that is for the host alone shows.
                    let (command_text, context) = (command.to_string(), context.to_string());
                    let (parsed, context) = (parse_command(&command_text).unwrap(), parse_command(&context).unwrap());
                    let rejection = wire::execute(&mut { untouched }, &parsed, &context).unwrap_err();
                    let reason = model.open(&command).unwrap_err();
                    assert_eq!(rejection.internal, Some(reason));
                    clean(&format!("{rejection:?}"));
                    *coverage.reasons.entry(reason).or_default() += 1;
                }
                *coverage.codes.entry(code).or_default() += 1;
            }
        }
        model.check(&mut world);
    }
    clean(&world.state());
    for query in ["list_users", "list_registration_tokens"] {
        clean(&world.answers(host(), json!({"query": query})).to_string());
    }
}

#[test]
fn i_6_7_11_tokens_never_over_admit_addresses_stay_unique_secrets_stay_in() {
    let coverage = RefCell::new(Coverage::default());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&steps(), |steps| {
        run(&steps, &mut coverage.borrow_mut());
        Ok(())
    });
    let coverage = coverage.into_inner();
    println!("{coverage:#?}");
    result.unwrap();

    let events: Vec<&str> = coverage.events.keys().map(String::as_str).collect();
    assert_eq!(
        events,
        [
            "account_created",
            "account_status_changed",
            "registration_token_issued",
            "registration_token_revoked",
            "registration_token_used",
        ]
    );
    let codes: Vec<&str> = coverage.codes.keys().map(String::as_str).collect();
    assert_eq!(
        codes,
        [
            "email_exists",
            "external_id_exists",
            "forbidden",
            "invalid_metadata",
            "invalid_request",
            "invalid_token",
            "last_admin",
            "name_required",
            "not_authenticated",
            "organization_id_required",
            "organization_not_found",
            "password_required",
            "registration_token_not_found",
            "self_action",
            "user_not_found",
            "weak_password",
        ]
    );
    let reasons: Vec<&str> = coverage.reasons.keys().copied().collect();
    assert_eq!(reasons, ["exhausted", "expired", "other_organization", "revoked", "unknown", "unknown_organization"]);
    let share = f64::from(coverage.accepted) / f64::from(coverage.asked);
    assert!(share >= 0.3, "only {share:.2} of the commands were accepted");
}

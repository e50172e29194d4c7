//! I-6, I-7, I-11: whatever is asked of accounts and tokens in whatever order, beside a model of them.

mod model;
mod steps;

use model::Model;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Duration;
use steps::{Step, steps};
use tenantry::json::parse_command;
use tenantry::wire;
use tenantry_tests::actors::host;
use tenantry_tests::{ACME, OTHER, World, event_names, json, rejected, text};

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

fn run(steps: &[(usize, Step)], stories: &mut Stories) {
    let Stories { coverage, worlds, written } = stories;
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
                written.push(outcome.to_string());
                for name in event_names(&outcome) {
                    *coverage.events.entry(name).or_default() += 1;
                }
                model.follow(&command, &outcome);
            }
            Err(rejection) => {
                written.push(rejection.to_string());
                let code = text(&rejection, "/code");
                if code == "invalid_token" {
                    // The same again, where the part that is for the host alone shows.
                    let (command_text, context) = (command.to_string(), context.to_string());
                    let (parsed, context) = (parse_command(&command_text).unwrap(), parse_command(&context).unwrap());
                    let rejection = rejected(wire::execute(&mut { untouched }, &parsed, &context));
                    let reason = model.open(&command).unwrap_err();
                    assert_eq!(rejection.internal, Some(reason));
                    written.push(format!("{rejection:?}"));
                    *coverage.reasons.entry(reason).or_default() += 1;
                }
                *coverage.codes.entry(code).or_default() += 1;
            }
        }
        model.check(&mut world);
    }
    written.extend([world.state(), format!("{:?}", world.tenantry)]);
    for query in ["list_users", "list_registration_tokens", "journal"] {
        written.push(world.answers(host(), json!({"query": query, "limit": 200})).to_string());
    }
    worlds.push(world);
}

/// What came of all sequences, which run once for all tests. The model has looked at each step.
#[derive(Default)]
struct Stories {
    coverage: Coverage,
    worlds: Vec<World>,
    /// Everything that came out.
    written: Vec<String>,
}

static STORIES: LazyLock<Stories> = LazyLock::new(|| {
    let stories = RefCell::new(Stories::default());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&steps(), |steps| {
        run(&steps, &mut stories.borrow_mut());
        Ok(())
    });
    result.unwrap();
    stories.into_inner()
});

#[test]
fn i_7_addresses_stay_unique_over_the_whole_system_without_regard_to_case() {
    let (mut accounts, mut mixed) = (0, 0);
    for world in &STORIES.worlds {
        let mut world = world.clone();
        let users = world.answers(host(), json!({"query": "list_users", "limit": 200}))["items"].clone();
        let emails: Vec<String> = users.as_array().unwrap().iter().map(|user| text(user, "/email")).collect();
        let folded: BTreeSet<String> = emails.iter().map(|email| email.to_ascii_lowercase()).collect();
        assert_eq!(folded.len(), emails.len(), "{emails:?}");
        mixed += emails.iter().filter(|email| email.to_ascii_lowercase() != **email).count();
        // Nobody else gets one, in whatever case, in whatever organization, active or not.
        for email in &emails {
            for other in [email.to_ascii_lowercase(), email.to_ascii_uppercase()] {
                for organization_id in [ACME, OTHER] {
                    let command = json!({"command": "create_user", "name": "N", "email": other, "organization_id": organization_id});
                    world.rejects(host(), command, "email_exists");
                }
            }
        }
        accounts += emails.len();
    }
    println!("{accounts} addresses, {mixed} of them not in lower case");
    assert!(accounts > 500 && mixed > 10);
}

#[test]
fn i_11_no_secret_and_no_password_comes_out() {
    let Stories { written, coverage, .. } = &*STORIES;
    for shown in written {
        assert!(!shown.contains(MARK), "{shown}");
    }
    println!("{} answers, {} uses of a secret", written.len(), coverage.events["registration_token_used"]);
    assert!(written.len() > 2000 && coverage.events["registration_token_used"] > 100);
}

#[test]
fn i_6_tokens_never_admit_more_often_than_they_may() {
    // That no token is used more than it may be, the model asserts after each step.
    let coverage = &STORIES.coverage;
    println!("{coverage:#?}");
    let events: Vec<&str> = coverage.events.keys().map(String::as_str).collect();
    assert_eq!(
        events,
        [
            "account_created",
            "account_deleted",
            "account_status_changed",
            "account_updated",
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

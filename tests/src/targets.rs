//! What is fuzzed: each function takes any bytes, and panics where they break a promise (P-3, P-4, P-6, S-1, D-3, D-5). `fuzz/` runs them under
//! libFuzzer; a test runs them on stable over the corpus in the tree, and changes of it.

#[path = "../../bindings-wasm/src/arguments.rs"]
mod arguments;

use crate::actors::system;
use crate::random::{Known, Roll, lively, peopled};
use crate::{Value, World, json, text};
use std::sync::LazyLock;
use tenantry::json::{parse_document, to_canonical};
use tenantry::wire::{self, Input};
use tenantry::{Email, Error, OriginUserEmail, Tenantry};

/// A target's name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("command", command),
    ("context", context),
    ("scenario", scenario),
    ("restore", restore),
    ("fold", fold),
    ("load", load),
    ("email_and_password", email_and_password),
    ("remedies", remedies),
    ("values", values),
    ("json", json_text),
];

const CONTEXT: &str = r#"{"now":"2031-01-01T00:00:00Z","actor":{"type":"system","organization_id":"org_demo","environment":"test"},"entropy":"0123456789abcdef0123456789abcdef"}"#;

static EXAMPLE: LazyLock<Tenantry> = LazyLock::new(Tenantry::example);
static PEOPLED: LazyLock<(World, Known)> = LazyLock::new(peopled);

/// Any bytes as a command, a query, a call or a policy: what is refused has changed nothing, and what is accepted gives
/// what its preview gives.
pub fn command(data: &[u8]) {
    let given = || Input::Text(data);
    let mut world = EXAMPLE.clone();
    let previewed = wire::preview(&world, given(), CONTEXT);
    let executed = wire::execute(&mut world, given(), CONTEXT);
    match (&previewed, &executed) {
        (Ok(previewed), Ok(outcome)) => {
            let previewed = parse_document(previewed).unwrap();
            for member in ["response", "events", "effects"] {
                let outcome = parse_document(outcome).unwrap();
                assert_eq!(previewed.get(member), outcome.get(member), "preview gave something else (D-5)");
            }
            is_restored(&world);
        }
        (Err(previewed), Err(refused)) => {
            assert_eq!(to_canonical(previewed.recorded()), to_canonical(refused.recorded()));
            assert_eq!(wire::snapshot(&world), wire::snapshot(&EXAMPLE), "a rejected command changed something (P-3)");
            is_a_refusal(refused);
        }
        _ => panic!("preview and execute differ (D-5)"),
    }
    let _ = wire::query(&world, given(), CONTEXT);
    let _ = wire::authorize(&world, given(), CONTEXT);
    let _ = wire::authorize_batch(&world, given(), CONTEXT);
    let _ = wire::explain(&world, given(), CONTEXT);
    let _ = wire::validate(given(), "{}");
    let _ = wire::validate("{}", given());
    let _ = wire::new(given());
    let _ = wire::redact(given());
    let _ = wire::read_rejection(given());
}

/// Any bytes as a context.
pub fn context(data: &[u8]) {
    let command = r#"{"command":"create_registered_user","origin_user_id":"a"}"#;
    let mut world = EXAMPLE.clone();
    match wire::execute(&mut world, command, Input::Text(data)) {
        Ok(_) => is_restored(&world),
        Err(refused) => {
            assert_eq!(wire::snapshot(&world), wire::snapshot(&EXAMPLE), "a rejected command changed something (P-3)");
            is_a_refusal(&refused);
        }
    }
    let _ = wire::query(&world, r#"{"query":"list_registered_users"}"#, Input::Text(data));
    if let Ok(actor) = wire::read_actor(Input::Text(data)) {
        assert!(!wire::describe_actor(&actor).is_empty());
    }
    let _ = wire::subset_of(Input::Text(data), Input::Text(data));
}

/// Any bytes as a scenario: its transcript can be printed as a story.
pub fn scenario(data: &[u8]) {
    if let Ok(transcript) = wire::simulate(Input::Text(data)) {
        assert!(wire::story(transcript.as_str()).is_ok());
    }
    let _ = wire::story(Input::Text(data));
}

/// Any bytes as a snapshot: what is restored is whole.
pub fn restore(data: &[u8]) {
    if let Ok(world) = wire::restore(Input::Text(data), "{}") {
        is_restored(&world);
        goes_on(world);
    }
}

/// Any bytes as a journal, and as one that goes on from a snapshot.
pub fn fold(data: &[u8]) {
    if let Ok(world) = wire::fold(Input::Text(data), "{}") {
        is_restored(&world);
        goes_on(world);
    }
}

/// Any bytes as rows that a host has loaded.
pub fn load(data: &[u8]) {
    let mut instance = wire::new(r#"{"rows":true}"#).unwrap();
    if wire::load(&mut instance, Input::Text(data)).is_ok() {
        for command in [r#"{"command":"advance_time"}"#, r#"{"command":"create_registered_user","origin_user_id":"a"}"#]
        {
            let _ = wire::requirements(&instance, command, CONTEXT);
            let _ = wire::execute(&mut instance, command, CONTEXT);
        }
    }
}

/// Any text as an address, up to the first line break, and the rest as a password: what is an account's address may be a
/// registered user's, and no password comes back.
pub fn email_and_password(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (address, password) = text.split_once('\n').unwrap_or((text, "Correct-Horse-9"));
    let is_email = Email::new(address).is_ok();
    assert!(!is_email || OriginUserEmail::new(address).is_ok());
    assert!(!is_email || address.is_ascii() && address.matches('@').count() == 1);
    // A mark that is in no answer of itself.
    let password = format!("🔑{password}🔑");
    let create = json!({"command": "create_user", "name": "N", "email": address, "password": password});
    let mut world = EXAMPLE.clone();
    let answer = match wire::execute(&mut world, create.to_string().as_str(), CONTEXT) {
        Ok(outcome) => outcome + &wire::snapshot(&world),
        Err(refused) => to_canonical(refused.recorded()),
    };
    assert!(!answer.contains('🔑') || address.contains('🔑'), "a password comes back (P-4)");
}

/// A random walk of a few commands, a call, and what its explanation says helps: it does (D-3).
pub fn remedies(data: &[u8]) {
    const COMPANY: &str = "the caller's own";
    let rolls: Vec<Roll> = data.chunks_exact(8).take(24).map(|roll| roll.try_into().unwrap()).collect();
    let Some((last, rolls)) = rolls.split_last() else { return };
    let (mut world, mut known) = PEOPLED.clone();
    for roll in rolls {
        let now = world.now();
        if let Ok(outcome) = world.execute(known.actor(*roll, &now), known.command(lively(*roll), &now)) {
            known.learn(&outcome);
        }
    }
    let call = known.call(*last);
    let explanation = world.explains(system(), &call);
    for remedy in explanation["remedies"].as_array().unwrap() {
        let mut world = world.clone();
        for step in remedy["steps"].as_array().unwrap().iter().filter(|step| step.get("command").is_some()) {
            let needs = step["parameters"].as_array().is_some_and(|parameters| !parameters.is_empty());
            let values = if needs { json!({"origin_company_id": COMPANY}) } else { json!({}) };
            let filled = wire::fill(step.to_string().as_str(), values.to_string().as_str()).unwrap();
            let outcome = world.accepts(system(), serde_json::from_str(&filled).unwrap());
            if step["kind"] == "link" {
                let session = text(&outcome, "/response/link_session_id");
                world.accepts(system(), json!({"command": "complete_link", "link_session_id": session}));
            }
        }
        if remedy["complete"] == true {
            assert_eq!(world.verdict(system(), &call), "allow", "a complete remedy does not help: {explanation}");
        }
    }
}

/// Any bytes as what JavaScript's walk has written: whatever is read is JSON.
pub fn values(data: &[u8]) {
    let mut arguments = arguments::Arguments::new(data);
    if let Ok(value) = arguments.plain() {
        let written = to_canonical(&value);
        assert_eq!(to_canonical(&parse_document(&written).unwrap()), written);
    }
    let mut arguments = arguments::Arguments::new(data);
    let [command, context] = [arguments.command(), arguments.document()];
    if arguments.end().is_ok() {
        let _ = wire::execute(&mut EXAMPLE.clone(), command, context);
    }
}

/// Any bytes as JSON: what is read another reader reads, too, and what is written is read as the same (S-1).
pub fn json_text(data: &[u8]) {
    let Ok(written) = wire::canonical(Input::Text(data)) else { return };
    assert_eq!(wire::canonical(written.as_str()).as_ref(), Ok(&written));
    let other: Result<Value, _> = serde_json::from_slice(data);
    let again: Value = serde_json::from_str(&written).unwrap();
    let other = other.unwrap_or_else(|fault| panic!("serde_json refuses it: {fault}"));
    assert_eq!(crate::canonical_text(&other), crate::canonical_text(&again));
}

/// The state comes back from its snapshot, byte for byte.
fn is_restored(world: &Tenantry) {
    let snapshot = wire::snapshot(world);
    let again = wire::restore(snapshot.as_str(), "{}").unwrap_or_else(|fault| panic!("not whole: {fault}"));
    assert_eq!(wire::snapshot(&again), snapshot);
}

/// A state that came from outside decides, and passes time.
fn goes_on(mut world: Tenantry) {
    let _ = wire::query(&world, r#"{"query":"list_registered_users"}"#, CONTEXT);
    if wire::execute(&mut world, r#"{"command":"advance_time"}"#, CONTEXT).is_ok() {
        is_restored(&world);
    }
}

fn is_a_refusal(refused: &Error) {
    let recorded = refused.recorded();
    assert!(recorded.violation_count >= recorded.violations.len() && recorded.violations.len() <= 50);
    parse_document(&to_canonical(recorded)).unwrap();
}

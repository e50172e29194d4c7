//! D-1, D-6: the certification scenario of AuthZEN, as its text has it: every request of it, with what it expects.

use crate::authzen::{BadRequest, DecisionPoint, Mapping, connector, pack, user};
use crate::suites::{judge, read, reasons};
use serde_json::{Value, json};
use tenantry_tests::World;
use tenantry_tests::actors::system;

/// The records that the fixture has; a record that is archived has the pack `archived`, whatever the record.
struct Records;

impl Mapping for Records {
    fn calls(&self, _: &Value, action: &Value, resource: &Value) -> Vec<(String, String)> {
        let archived = resource["properties"]["status"] == "archived";
        let pack = if archived { "archived" } else { resource["id"].as_str().unwrap() };
        let packs = [pack.to_owned(), format!("{pack} of one's own")];
        let tool = match action["properties"]["soft"].as_bool() {
            Some(true) => "record__soft_delete".to_owned(),
            _ => format!("record__{}", action["name"].as_str().unwrap()),
        };
        packs.map(|pack| (pack, tool.clone())).into()
    }
}

fn decision_point() -> DecisionPoint<Records> {
    let mut world = World::new();
    connector(&mut world, "record", &["read", "write", "delete", "soft_delete"]);
    let everyone = json!({"all": []});
    pack(&mut world, "record-1", "record", &["read"], everyone.clone());
    let owner = json!({"attribute": "owns", "equals": "record-1"});
    pack(&mut world, "record-1 of one's own", "record", &["write", "soft_delete"], owner);
    pack(&mut world, "record-2", "record", &["read"], everyone);
    pack(&mut world, "record-2 of one's own", "record", &[], json!({"any": []}));
    pack(&mut world, "archived", "record", &["read", "write"], json!({"attribute": "role", "equals": "admin"}));
    pack(&mut world, "archived of one's own", "record", &[], json!({"any": []}));
    user(&mut world, "alice", &json!({"owns": "record-1"}));
    user(&mut world, "bob", &json!({"role": "admin"}));
    DecisionPoint { world, mapping: Records }
}

const ACTIONS: [&str; 3] = ["read", "write", "delete"];
const RECORDS: [(&str, &str); 2] = [("record-1", "active"), ("record-2", "archived")];

impl DecisionPoint<Records> {
    /// The three Search APIs: everything of the kind, of which the decision allows what is asked.
    fn search(&mut self, kind: &str, request: &Value) -> Result<Value, BadRequest> {
        let found: Vec<Value> = match kind {
            "subject" => {
                let [action, resource] = [input(request, "action")?, input(request, "resource")?];
                let users = self.world.answers(system(), json!({"query": "list_registered_users"}));
                let users = users["items"].as_array().unwrap().iter();
                let subjects = users.map(|user| json!({"type": "user", "id": user["origin_user_id"]}));
                let searched = request["subject"]["type"].as_str().ok_or(BadRequest)?;
                subjects
                    .filter(|subject| subject["type"] == searched && self.decides(subject, action, resource))
                    .collect()
            }
            "resource" => {
                let [subject, action] = [input(request, "subject")?, input(request, "action")?];
                let searched = request["resource"]["type"].as_str().ok_or(BadRequest)?;
                let records = RECORDS
                    .iter()
                    .map(|(id, status)| json!({"type": "record", "id": id, "properties": {"status": status}}));
                records.filter(|record| record["type"] == searched && self.decides(subject, action, record)).collect()
            }
            _ => {
                let [subject, resource] = [input(request, "subject")?, input(request, "resource")?];
                let actions = ACTIONS.iter().map(|name| json!({"name": name}));
                actions.filter(|action| self.decides(subject, action, resource)).collect()
            }
        };
        Ok(json!({"results": found}))
    }
}

/// An entity that is given, whole.
fn input<'r>(request: &'r Value, name: &str) -> Result<&'r Value, BadRequest> {
    let members: &[&str] = if name == "action" { &["name"] } else { &["type", "id"] };
    let entity = request.get(name).ok_or(BadRequest)?;
    members.iter().all(|member| entity[*member].is_string()).then_some(entity).ok_or(BadRequest)
}

/// A request of the text, and what is expected of it.
struct Case {
    name: String,
    asked: &'static str,
    request: Value,
    expected: Expected,
}

enum Expected {
    Refused,
    /// The answer itself, or for searches what is at least in it.
    Answer(Value),
    /// The answer to an earlier request.
    Same(String),
    /// That there is one.
    Accepted,
}

/// The sections of the text that have requests, but for those that are of HTTP alone.
fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for section in text.split("\n### ").skip(1) {
        let Some(name) = section.split("{#").nth(1).and_then(|rest| rest.split('}').next()) else { continue };
        let mut parts = section.split("~~~").collect::<Vec<_>>().into_iter();
        let mut title = parts.next().unwrap_or_default();
        let mut number = 0;
        while let Some(block) = parts.next() {
            let after = parts.next().unwrap_or_default();
            let json: Option<Value> = block.strip_prefix(" json").and_then(|json| serde_json::from_str(json).ok());
            if let Some(request) = json.filter(|_| title.contains("**Request") || title.contains("Search (")) {
                // What is in angle brackets may be anything: a block with more of them than a context says no answer.
                let of_block = parts.clone().next().unwrap_or_default();
                let of_block = of_block.trim_start_matches(" json").replace(", \"context\": <context>", "");
                let answer = serde_json::from_str(&of_block).ok();
                let expected = match (after, answer) {
                    (after, _) if after.contains("HTTP 400") => Expected::Refused,
                    (after, Some(answer)) if after.contains("**Expected") && !after.contains("**Request") => {
                        Expected::Answer(answer)
                    }
                    (after, _) if after.contains("identical to [](#") => {
                        let earlier = after.split("identical to [](#").nth(1).and_then(|rest| rest.split(')').next());
                        Expected::Same(format!("{} 1", earlier.unwrap()))
                    }
                    (after, _) if after.contains("`\"decision\": true`") => Expected::Answer(json!({"decision": true})),
                    _ => Expected::Accepted,
                };
                number += 1;
                cases.push(Case { name: format!("{name} {number}"), asked: asked(name, title), request, expected });
            }
            title = after;
        }
    }
    cases
}

/// The API that a section is about.
fn asked(section: &str, title: &str) -> &'static str {
    let says = |word: &str| title.rfind(word).map_or(0, |at| at + 1);
    match section {
        _ if section.starts_with("c-2") => "evaluation",
        _ if section.starts_with("c-3") => "evaluations",
        _ if section.starts_with("c-4-2") => "subject",
        _ if section.starts_with("c-4-3") => "resource",
        _ if section.starts_with("c-4-4") => "action",
        _ => {
            let named = ["Subject Search", "Resource Search", "Action Search"].map(says);
            let kinds = ["subject", "resource", "action"];
            // Pages are shown on a search for subjects, without its name.
            let last = named.iter().zip(kinds).filter(|(at, _)| **at > 0).max_by_key(|(at, _)| **at);
            last.map_or("subject", |(_, kind)| kind)
        }
    }
}

#[test]
fn d_1_authzens_certification_scenario_is_answered_as_its_text_says() {
    const JUDGE: &str = "AuthZEN certification";
    let Some(text) = read(JUDGE, "authzen-certification.md") else { return };
    let cases = cases(&text);
    let mut point = decision_point();
    let mut differ = Vec::new();
    let mut of_each = [0; 4];
    let mut answers = std::collections::BTreeMap::new();
    for case in &cases {
        let answer = match case.asked {
            "evaluation" => point.evaluation(&case.request),
            "evaluations" => point.evaluations(&case.request),
            kind => point.search(kind, &case.request),
        };
        let as_expected = match (&case.expected, &answer) {
            (Expected::Refused, answer) => {
                of_each[0] += 1;
                answer.is_err()
            }
            (Expected::Answer(expected), answer) => {
                of_each[1] += 1;
                answer.as_ref().is_ok_and(|answer| has(answer, expected))
            }
            (Expected::Same(earlier), answer) => {
                of_each[2] += 1;
                answers.get(earlier) == Some(answer)
            }
            (Expected::Accepted, answer) => {
                of_each[3] += 1;
                answer.is_ok()
            }
        };
        if !as_expected {
            differ.push(case.name.clone());
        }
        // The same again gives the same.
        let again = if case.asked == "evaluation" { point.evaluation(&case.request) } else { answer.clone() };
        assert_eq!(again, answer);
        answers.insert(case.name.clone(), answer);
    }
    judge(JUDGE, cases.len(), &differ, &reasons(&[]));
    // Refused, answered, answered as before, accepted: read from the text, so that a text which is read wrongly fails.
    assert_eq!(of_each, [16, 25, 5, 4]);
}

/// Whether the answer is as expected; a list of results may have more.
fn has(answer: &Value, expected: &Value) -> bool {
    let Some(wanted) = expected["results"].as_array() else { return answer == expected };
    let found = answer["results"].as_array().unwrap();
    let is_there = |one: &Value| {
        let mut all = found.iter();
        all.any(|found| ["type", "id", "name"].iter().all(|member| found.get(member) == one.get(member)))
    };
    wanted.iter().all(is_there) && (!wanted.is_empty() || found.is_empty())
}

//! D-1, D-6: the decisions of AuthZEN's interoperability scenario, a list of things to do that five people share.

use crate::authzen::{DecisionPoint, Mapping, connector, pack, user};
use crate::suites::{judge, read, reasons};
use serde_json::{Value, json};
use tenantry_tests::World;

/// The five of the scenario, in the order in which the file has them first, with the roles that the scenario gives.
const PEOPLE: [(&str, &[&str]); 5] = [
    ("rick", &["admin", "evil_genius"]),
    ("morty", &["editor"]),
    ("summer", &["editor"]),
    ("beth", &["viewer"]),
    ("jerry", &["viewer"]),
];

/// Subjects by their ids, each with its name.
struct Todo {
    subjects: Vec<String>,
}

impl Mapping for Todo {
    /// Everything is asked of the packs `everyone`, `editing` and `anyones`; one's own things of `own`, too.
    fn calls(&self, subject: &Value, action: &Value, resource: &Value) -> Vec<(String, String)> {
        let place = self.subjects.iter().position(|id| subject["id"] == **id).unwrap();
        let owner = resource["properties"]["ownerID"].as_str().unwrap_or_default();
        let owns = owner.split('@').next() == Some(PEOPLE[place].0);
        let packs = ["everyone", "editing", "destroying", "anyones"].into_iter().chain(owns.then_some("own"));
        let tool = format!("todo__{}", action["name"].as_str().unwrap());
        packs.map(|pack| (pack.to_owned(), tool.clone())).collect()
    }
}

fn decision_point(subjects: Vec<String>) -> DecisionPoint<Todo> {
    let mut world = World::new();
    let has = |role: &str| json!({"attribute": role, "equals": "yes"});
    let tools = ["can_read_user", "can_read_todos", "can_create_todo", "can_update_todo", "can_delete_todo"];
    connector(&mut world, "todo", &tools);
    pack(&mut world, "everyone", "todo", &tools[..2], json!({"all": []}));
    pack(&mut world, "editing", "todo", &tools[2..3], json!({"any": [has("admin"), has("editor")]}));
    pack(&mut world, "destroying", "todo", &tools[4..], has("admin"));
    pack(&mut world, "anyones", "todo", &tools[3..4], has("evil_genius"));
    pack(&mut world, "own", "todo", &tools[3..], has("editor"));
    for (subject, (_, roles)) in subjects.iter().zip(PEOPLE) {
        let roles: Value = roles.iter().map(|role| ((*role).to_owned(), json!("yes"))).collect();
        user(&mut world, subject, &roles);
    }
    DecisionPoint { world, mapping: Todo { subjects } }
}

#[test]
fn d_1_authzens_interoperability_scenario_is_decided_alike() {
    const JUDGE: &str = "AuthZEN interoperability: Todo";
    let Some(suite) = read(JUDGE, "authzen-todo.json") else { return };
    let suite: Value = serde_json::from_str(&suite).unwrap();
    let (single, batches) = (suite["evaluation"].as_array().unwrap(), suite["evaluations"].as_array().unwrap());
    let mut subjects = Vec::new();
    for case in single {
        let id = case["request"]["subject"]["id"].as_str().unwrap().to_owned();
        if !subjects.contains(&id) {
            subjects.push(id);
        }
    }
    assert_eq!(subjects.len(), PEOPLE.len());
    let mut point = decision_point(subjects);
    let mut differ = Vec::new();
    for (index, case) in single.iter().enumerate() {
        if point.evaluation(&case["request"]).unwrap()["decision"] != case["expected"] {
            differ.push(format!("evaluation {index}"));
        }
    }
    for (index, case) in batches.iter().enumerate() {
        if point.evaluations(&case["request"]).unwrap()["evaluations"] != case["expected"] {
            differ.push(format!("evaluations {index}"));
        }
    }
    judge(JUDGE, single.len() + batches.len(), &differ, &reasons(&[]));
    assert!(single.len() >= 40 && batches.len() >= 3);
}

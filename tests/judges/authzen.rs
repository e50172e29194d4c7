//! An adapter from AuthZEN's requests to Tenantry, for the tests: what a decision point would do before it asks the
//! core. Subjects are registered users; what an action on a resource needs is a tool of a tool pack.

use serde_json::{Value, json};
use tenantry_tests::actors::system;
use tenantry_tests::decisions::call;
use tenantry_tests::{World, text};

/// A request that lacks what it must have: HTTP's 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRequest;

/// How one deployment maps a call: the tools, each by its pack, any of which allows it.
pub trait Mapping {
    /// The packs and tools to ask for.
    fn calls(&self, subject: &Value, action: &Value, resource: &Value) -> Vec<(String, String)>;
}

/// A world with a catalogue, and how requests map to it.
pub struct DecisionPoint<M> {
    pub world: World,
    pub mapping: M,
}

impl<M: Mapping> DecisionPoint<M> {
    /// The Access Evaluation API.
    pub fn evaluation(&mut self, request: &Value) -> Result<Value, BadRequest> {
        let [subject, action, resource] = entities(request)?;
        Ok(json!({"decision": self.decides(subject, action, resource)}))
    }

    /// The Access Evaluations API: what an evaluation leaves out it takes from the request. One that lacks something
    /// nonetheless is denied.
    pub fn evaluations(&mut self, request: &Value) -> Result<Value, BadRequest> {
        let Some(items) = request["evaluations"].as_array().filter(|items| !items.is_empty()) else {
            return self.evaluation(request);
        };
        let whole = |item: &Value| {
            let member = |name: &str| (name.to_owned(), item.get(name).unwrap_or(&request[name]).clone());
            Value::Object(["subject", "action", "resource"].map(member).into_iter().collect())
        };
        let answers = items.iter().map(|item| self.evaluation(&whole(item)).unwrap_or(json!({"decision": false})));
        Ok(json!({"evaluations": answers.collect::<Vec<_>>()}))
    }

    /// Whether one of the calls is allowed. What the request says of its subject holds for this decision alone: on a
    /// copy of the world.
    pub fn decides(&self, subject: &Value, action: &Value, resource: &Value) -> bool {
        let mut world = self.world.clone();
        let of_subject = json!({"query": "find_registered_user", "origin_user_id": subject["id"]});
        let id = match world.query(system(), of_subject) {
            Ok(found) => text(&found, "/registered_user_id"),
            Err(refused) if refused["code"] == "registered_user_not_found" => return false,
            Err(refused) => panic!("{refused}"),
        };
        if let Some(properties) = subject.get("properties") {
            let patch = json!({"custom_groupings": properties});
            world.accepts(
                system(),
                json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch}),
            );
        }
        let calls = self.mapping.calls(subject, action, resource);
        calls.iter().any(|(pack, tool)| world.verdict(system(), &call(&id, pack, tool)) == "allow")
    }
}

/// Subject, action and resource, each with its required members.
fn entities(request: &Value) -> Result<[&Value; 3], BadRequest> {
    let entity = |name: &str, members: &[&str]| {
        let entity = request.get(name).ok_or(BadRequest)?;
        members.iter().all(|member| entity[*member].is_string()).then_some(entity).ok_or(BadRequest)
    };
    Ok([entity("subject", &["type", "id"])?, entity("action", &["name"])?, entity("resource", &["type", "id"])?])
}

/// Puts a connector without credentials.
pub fn connector(world: &mut World, connector: &str, tools: &[&str]) {
    world.accepts(system(), json!({"command": "put_connector", "connector": connector, "tools": tools}));
}

/// Puts a pack of some tools of a connector, for those of whom the rule holds.
pub fn pack(world: &mut World, pack: &str, connector: &str, tools: &[&str], rule: Value) {
    world.accepts(system(), json!({"command": "put_group", "group_id": pack, "name": pack, "rule": rule}));
    let entry = json!({"connector": connector, "auth_scope": "NONE", "tool_names": tools});
    world.accepts(
        system(),
        json!({"command": "put_tool_pack", "tool_pack_id": pack, "name": pack, "connectors": [entry], "group_ids": [pack]}),
    );
}

/// Creates a user with these attributes.
pub fn user(world: &mut World, origin_user_id: &str, attributes: &Value) {
    world.accepts(
        system(),
        json!({"command": "create_registered_user", "origin_user_id": origin_user_id, "custom_groupings": attributes}),
    );
}

//! A catalogue, links and decisions in a world.

use crate::actors::{runtime, system};
use crate::{World, canonical, checked, text, with};
use serde_json::{Value, json};
use tenantry::json::parse_command;
use tenantry::{Error, Timestamp, wire};

impl World {
    /// A world with two connectors and three packs: `own` (INDIVIDUAL), `team` (SHARED), `all`
    /// (ORGANIZATION), each with all tools of both.
    #[must_use]
    #[track_caller]
    pub fn shop() -> Self {
        World::shop_with(json!({}))
    }

    /// The same with a policy.
    #[must_use]
    #[track_caller]
    pub fn shop_with(policy: Value) -> Self {
        let mut world = World::with_policy(policy);
        world.connector("slack", &["post", "read"]);
        world.connector("github", &["merge"]);
        for (pack, scope) in [("own", "INDIVIDUAL"), ("team", "SHARED"), ("all", "ORGANIZATION")] {
            let entry = |slug: &str| json!({"connector": slug, "auth_scope": scope});
            world.pack(pack, json!([entry("slack"), entry("github")]));
        }
        world
    }

    /// Puts a connector.
    #[track_caller]
    pub fn connector(&mut self, slug: &str, tools: &[&str]) -> Value {
        self.accepts(system(), json!({"command": "put_connector", "connector": slug, "tools": tools}))
    }

    /// Puts a tool pack.
    #[track_caller]
    pub fn pack(&mut self, id: &str, connectors: Value) -> Value {
        self.accepts(
            system(),
            json!({"command": "put_tool_pack", "tool_pack_id": id, "name": id, "connectors": connectors}),
        )
    }

    /// Puts a group.
    #[track_caller]
    pub fn group(&mut self, id: &str, rule: Value) -> Value {
        self.accepts(system(), json!({"command": "put_group", "group_id": id, "name": id, "rule": rule}))
    }

    /// Starts a link, by a pack where one is given: the session's id.
    #[track_caller]
    pub fn start_link(&mut self, user: &str, connector: &str, pack: Option<&str>) -> String {
        let command =
            json!({"command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": pack});
        text(&self.accepts(system(), command), "/response/link_session_id")
    }

    /// Starts a link and completes it: the outcome of the completion.
    #[track_caller]
    pub fn link(&mut self, user: &str, connector: &str, pack: Option<&str>, members: Value) -> Value {
        let session = self.start_link(user, connector, pack);
        self.accepts(system(), with(json!({"command": "complete_link", "link_session_id": session}), members))
    }

    /// Decides a call by every way that there is, which must agree (D-6).
    ///
    /// # Errors
    /// The rejection of a malformed call.
    #[track_caller]
    pub fn authorize(&mut self, actor: Value, call: &Value) -> Result<Value, Value> {
        let before = self.state();
        let context = self.context(actor.clone());
        let (context_text, call_text) = (context.to_string(), call.to_string());
        let (context, read) = (parse_command(&context_text).unwrap(), parse_command(&call_text).unwrap());
        let decided = wire::authorize(&self.tenantry, &read, &context);
        let is_usage = matches!(decided, Err(Error::Usage(_)));
        let answer = match decided {
            Ok(decision) => Ok(canonical(&decision)),
            Err(error) => Err(checked(&error)),
        };
        self.agrees_in_a_batch(&call_text, &context_text, &answer);
        self.agrees_on_the_hot_path(&actor, call, &answer, is_usage);
        assert_eq!(self.state(), before, "a decision changed something");
        answer
    }

    #[track_caller]
    fn agrees_in_a_batch(&self, call: &str, context: &str, answer: &Result<Value, Value>) {
        let (calls, context) = (format!("[{call},{call}]"), parse_command(context).unwrap());
        match wire::authorize_batch(&self.tenantry, &parse_command(&calls).unwrap(), &context) {
            Ok(batch) => {
                let place = answer.clone().unwrap_or_else(|rejection| json!({"rejection": rejection}));
                assert_eq!(canonical(&batch), json!([place, place]), "a batch decides otherwise (D-6): {call}");
            }
            // A malformed context is no single call's fault: the whole batch is refused, as each call is.
            Err(mistake) => {
                assert!(matches!(mistake, Error::Usage(_)), "{mistake}");
                let of_batch = checked(&mistake)["violations"].clone();
                let alone = answer.clone().expect_err("a batch was refused, and the call alone was not");
                let of_context = alone["violations"].as_array().unwrap().iter();
                let of_context = of_context.filter(|violation| text(violation, "/pointer").starts_with("/context/"));
                assert_eq!(of_batch, of_context.cloned().collect::<Value>(), "{call}");
            }
        }
    }

    #[track_caller]
    fn agrees_on_the_hot_path(&self, actor: &Value, call: &Value, answer: &Result<Value, Value>, is_usage: bool) {
        let member = |name: &str| call[name].as_str();
        let (Some(user), Some(pack), Some(tool)) =
            (member("registered_user_id"), member("tool_pack_id"), member("tool"))
        else {
            return;
        };
        let actor_text = actor.to_string();
        let actor = wire::read_actor(&parse_command(&actor_text).unwrap()).unwrap();
        let acting = self.tenantry.acting_as(&actor);
        let now = Timestamp::parse(&self.now()).unwrap();
        let expected = match answer {
            Ok(decision) => decision.get("code").cloned(),
            Err(rejection) => Some(rejection["code"].clone()),
        };
        let code = acting.code(user, pack, tool, now);
        let allows = acting.allows(user, pack, tool, now);
        let codes = acting.codes(&[user, user], &[pack, pack], &[tool, tool], now);
        if is_usage {
            let mistake = code.unwrap_err();
            assert!(mistake.pointer().unwrap().starts_with("/context/actor/"), "{mistake}: {call} by {actor_text}");
            assert_eq!((allows, codes), (Err(mistake.clone()), Err(mistake)));
            return;
        }
        let code = code.unwrap();
        let shown = code.map(|code| json!(code.as_str()));
        assert_eq!(shown, expected, "the hot path decides otherwise: {call} by {actor_text}");
        assert_eq!(allows, Ok(expected.is_none()), "{call} by {actor_text}");
        let number = code.map_or(0, tenantry::Code::number);
        assert_eq!(codes.unwrap(), [number, number]);
    }

    /// The code of a decision for a runtime key, or `allow`.
    #[track_caller]
    pub fn decides(&mut self, user: &str, pack: &str, tool: &str) -> String {
        let call = json!({"registered_user_id": user, "tool_pack_id": pack, "tool": tool});
        let decision = self.authorize(runtime(), &call).unwrap();
        decision["code"].as_str().unwrap_or("allow").to_owned()
    }

    /// The credential that a user's list shows first with this scope and connector.
    #[track_caller]
    pub fn credential(&mut self, user: &str, scope: &str, connector: &str) -> Option<Value> {
        let all = self.answers(system(), json!({"query": "list_credentials", "registered_user_id": user}));
        let items = all["items"].as_array().unwrap();
        items.iter().find(|held| held["owner"]["scope"] == scope && held["connector"] == connector).cloned()
    }

    /// Starts a tool call that is allowed: its id.
    #[track_caller]
    pub fn start_call(&mut self, user: &str, pack: &str, tool: &str) -> String {
        let command =
            json!({"command": "start_tool_call", "registered_user_id": user, "tool_pack_id": pack, "tool": tool});
        text(&self.accepts(runtime(), command), "/response/tool_call_id")
    }

    /// Writes what is due: the outcome.
    #[track_caller]
    pub fn sweep(&mut self) -> Value {
        self.accepts(crate::actors::host(), json!({"command": "advance_time"}))
    }
}

//! Decisions, explanations and previews of a world, and a catalogue to try them on.

use crate::world::{canonical, checked};
use crate::{World, json, text, with};
use serde_json::Value;
use tenantry::json::parse_command;
use tenantry::{Error, Tenantry, wire};

/// A function of the JSON API that changes nothing: of an instance, what is asked, and the context.
type Asked = fn(&Tenantry, &tenantry::json::Value<'_>, &tenantry::json::Value<'_>) -> Result<String, Error>;

/// A tool call as it is asked for.
#[must_use]
pub fn call(registered_user_id: &str, tool_pack_id: &str, tool: &str) -> Value {
    json!({"registered_user_id": registered_user_id, "tool_pack_id": tool_pack_id, "tool": tool})
}

/// The owner of a registered user's own credential.
#[must_use]
pub fn individual(registered_user_id: &str) -> Value {
    json!({"scope": "INDIVIDUAL", "registered_user_id": registered_user_id})
}

/// The owner of a company's credential.
#[must_use]
pub fn shared(origin_company_id: &str) -> Value {
    json!({"scope": "SHARED", "origin_company_id": origin_company_id})
}

/// The owner of the organization's credential.
#[must_use]
pub fn organization() -> Value {
    json!({"scope": "ORGANIZATION"})
}

impl World {
    /// `allow`, or the code of the denial.
    #[track_caller]
    pub fn verdict(&mut self, actor: Value, call: &Value) -> String {
        let decision = self.authorize(actor, call).unwrap_or_else(|rejection| panic!("rejected: {call}: {rejection}"));
        if decision["effect"] == "allow" { "allow".to_owned() } else { text(&decision, "/code") }
    }

    /// Explains a decision.
    #[track_caller]
    pub fn explains(&mut self, actor: Value, call: &Value) -> Value {
        self.asks(|tenantry, call, context| wire::explain(tenantry, call, context), actor, call)
            .unwrap_or_else(|rejection| panic!("rejected: {call}: {rejection}"))
    }

    /// Previews a command: what it would give, with its impact.
    ///
    /// # Errors
    /// The rejection.
    #[track_caller]
    pub fn preview(&mut self, actor: Value, command: &Value) -> Result<Value, Value> {
        self.asks(|tenantry, command, context| wire::preview(tenantry, command, context), actor, command)
    }

    /// Asks something that changes nothing, and looks that it does not.
    fn asks(&mut self, asked: Asked, actor: Value, what: &Value) -> Result<Value, Value> {
        let context = self.context(actor).to_string();
        let context = parse_command(&context).unwrap();
        let what = what.to_string();
        let before = self.state();
        let answer = parse_command(&what).map_err(Error::from).and_then(|what| asked(&self.tenantry, &what, &context));
        assert_eq!(self.state(), before, "something changed: {what}");
        match answer {
            Ok(answer) => Ok(canonical(&answer)),
            Err(rejection) => Err(checked(&rejection)),
        }
    }

    /// A tool pack with these entries `{connector, auth_scope?, tool_names?}` and more members of the command.
    #[track_caller]
    pub fn pack_with(&mut self, tool_pack_id: &str, connectors: Value, members: Value) {
        let command = json!({"command": "put_tool_pack", "tool_pack_id": tool_pack_id, "name": tool_pack_id, "connectors": connectors});
        self.accepts(crate::actors::system(), with(command, members));
    }

    /// Links a connector for a user, at the scope that the pack gives; INDIVIDUAL without one.
    #[track_caller]
    pub fn links(&mut self, registered_user_id: &str, connector: &str, tool_pack_id: Option<&str>) {
        self.links_until(registered_user_id, connector, tool_pack_id, None);
    }

    /// The same with an instant at which the credential expires.
    #[track_caller]
    pub fn links_until(&mut self, user: &str, connector: &str, pack: Option<&str>, expires_at: Option<&str>) {
        let system = crate::actors::system;
        let start =
            json!({"command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": pack});
        let session = text(&self.accepts(system(), start), "/response/link_session_id");
        self.accepts(
            system(),
            json!({"command": "complete_link", "link_session_id": session, "expires_at": expires_at}),
        );
    }

    /// Revokes a credential.
    #[track_caller]
    pub fn revokes(&mut self, owner: Value, connector: &str) {
        self.accepts(
            crate::actors::system(),
            json!({"command": "revoke_credential", "owner": owner, "connector": connector}),
        );
    }

    /// Reports that a credential needs to be authenticated again.
    #[track_caller]
    pub fn needs_reauth(&mut self, owner: Value, connector: &str) {
        self.accepts(
            crate::actors::system(),
            json!({"command": "report_credential", "owner": owner, "connector": connector, "status": "needs_reauth"}),
        );
    }
}

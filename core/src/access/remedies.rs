//! Remedies: repairing the first failing check on a copy, deciding again, until allow (D-3).

use super::authority::{Right, authenticate};
use super::call::ToolCall;
use super::decision::{Decision, decide};
use crate::catalog::connector::Connector;
use crate::catalog::tool_pack::{PackConnector, ToolPack};
use crate::context::{Actor, Context, Entropy};
use crate::credential::AuthScope;
use crate::decide::{Refusal, run};
use crate::error::{Code, Rejection};
use crate::id::OrganizationId;
use crate::json::{parse_command, to_canonical};
use crate::policy::Policy;
use crate::request::Command;
use crate::state::{Draft, Rows};
use crate::wire::read::{Form, words};
use alloc::vec::Vec;
use serde::Serialize;
use serde_json::{Value, json};

words! {
    /// What a step of a remedy does.
    StepKind {
        /// Reactivates the registered user.
        Reactivate "reactivate",
        /// Links the connector: start and complete.
        Link "link",
        /// Gives the registered user a company.
        SetCompany "set_company",
        /// Lets the pack look for the user's own credential instead.
        SwitchScope "switch_scope",
        /// Adds the connector to the pack.
        AddConnector "add_connector",
        /// Adds the tool to the connector or to the pack.
        AddTool "add_tool",
        /// Makes the user a member of one of the groups: by which of its attributes only the customer knows.
        MatchGroup "match_group",
    }

    /// Whom a step affects.
    Affects {
        /// This registered user alone.
        User "user",
        /// All users of its company.
        Company "company",
        /// All users of the organization.
        Organization "organization",
    }
}

/// A step of a remedy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// Whom it affects.
    pub affects: Affects,
    /// The command, where there is one and the actor may run it; `{"$parameter": name}` stands for
    /// a value that only the caller knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Value>,
    /// For `match_group`: the groups of which one must be matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_ids: Option<Value>,
}

/// A way from a denial to an allow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remedy {
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// Whether the steps alone give an allow.
    pub complete: bool,
}

/// More repairs than checks there can be none: each check fails at most twice.
const MOST_STEPS: usize = 16;

/// The company that stands for the one that only the caller knows. No customer's own id has this
/// form by accident, and on the copy it has no credential.
const SOME_COMPANY: &str = "$parameter: origin_company_id";

/// The ways out of a denial: the first, and one by another scope where a company is missing.
pub(crate) fn remedies(
    draft: Draft<'_>,
    call: &ToolCall,
    context: &Context,
    policy: &Policy,
    code: Code,
) -> Result<Vec<Remedy>, Refusal> {
    let mut found = Vec::new();
    let mut copy = Copy { draft, call, context, policy, steps: Vec::new(), pack_step: None, needed_company: false };
    let alternative = copy.clone_at_start();
    if let Some(remedy) = copy.repair(code, false)? {
        found.push(remedy);
    }
    if copy.needed_company {
        let mut copy = alternative;
        if let Some(remedy) = copy.repair(code, true)? {
            found.push(remedy);
        }
    }
    Ok(found)
}

/// The copy on which repairs are tried, and the steps so far.
struct Copy<'c> {
    draft: Draft<'c>,
    call: &'c ToolCall,
    context: &'c Context,
    policy: &'c Policy,
    steps: Vec<Step>,
    /// Which step puts the pack.
    pack_step: Option<usize>,
    /// Whether a company was missing, so that another scope would help as well.
    needed_company: bool,
}

impl<'c> Copy<'c> {
    fn clone_at_start(&self) -> Self {
        Copy { draft: self.draft.clone(), steps: Vec::new(), ..*self }
    }

    /// Repairs until allow. None where no remedy leads there.
    fn repair(&mut self, first: Code, switch_scope: bool) -> Result<Option<Remedy>, Refusal> {
        let mut code = first;
        while self.steps.len() < MOST_STEPS {
            let (kind, affects, command) = match self.step(code, switch_scope)? {
                Repair::By(kind, affects, command) => (kind, affects, command),
                Repair::MatchGroup(group_ids) => {
                    let (kind, affects) = (StepKind::MatchGroup, Affects::User);
                    self.steps.push(Step { kind, affects, command: None, group_ids: Some(group_ids) });
                    return Ok(Some(Remedy { steps: core::mem::take(&mut self.steps), complete: false }));
                }
                Repair::None => return Ok(None),
            };
            let shown = self.may_run(&command)?.then(|| command.clone());
            if !self.apply(kind, &command)? {
                return Ok(None);
            }
            if command.get("command").is_some_and(|name| name == "put_tool_pack") {
                // A put replaces the pack whole, so that it does what an earlier one did as well.
                if let Some(earlier) = self.pack_step {
                    self.steps.remove(earlier);
                }
                self.pack_step = Some(self.steps.len());
            }
            self.steps.push(Step { kind, affects, command: shown, group_ids: None });
            match decide(&self.draft, self.call, self.context)?? {
                Decision::Allow(_) => {
                    return Ok(Some(Remedy { steps: core::mem::take(&mut self.steps), complete: true }));
                }
                Decision::Deny(next) => code = next,
            }
        }
        Ok(None)
    }

    /// The step that repairs a failing check.
    fn step(&mut self, code: Code, switch_scope: bool) -> Result<Repair, Refusal> {
        let user = self.call.registered_user_id;
        Ok(match code {
            Code::RegisteredUserInactive => Repair::By(
                StepKind::Reactivate,
                Affects::User,
                json!({"command": "update_registered_user", "registered_user_id": user, "patch": {"is_active": true}}),
            ),
            Code::ToolPackNotPermitted => match self.pack()?.and_then(|pack| pack.group_ids.as_ref()) {
                Some(group_ids) if !group_ids.is_empty() => Repair::MatchGroup(json!(group_ids)),
                // A pack that serves nobody has no group to match.
                _ => Repair::None,
            },
            Code::ConnectorNotInToolPack => self.add_connector()?,
            Code::ToolNotInToolPack => self.add_tool()?,
            Code::InvalidCompanyForSharedScope if switch_scope => {
                self.needed_company = true;
                self.put_pack(StepKind::SwitchScope, |entry| entry.auth_scope = AuthScope::Individual)?
            }
            Code::InvalidCompanyForSharedScope => {
                self.needed_company = true;
                let company = json!({"origin_company_id": {"$parameter": "origin_company_id"}});
                let patch = json!({"shared_credential_group": company});
                let command = json!({"command": "update_registered_user", "registered_user_id": user, "patch": patch});
                Repair::By(StepKind::SetCompany, Affects::User, command)
            }
            Code::CredentialRequired | Code::CredentialRevoked | Code::ReauthRequired => self.link()?,
            _ => Repair::None,
        })
    }

    fn link(&self) -> Result<Repair, Refusal> {
        let scope = self.pack()?.and_then(|pack| Some(pack.connector(self.slug())?.auth_scope));
        let affects = match scope {
            Some(AuthScope::Shared) => Affects::Company,
            Some(AuthScope::Organization) => Affects::Organization,
            _ => Affects::User,
        };
        let command = json!({
            "command": "start_link",
            "registered_user_id": self.call.registered_user_id,
            "connector": self.call.tool.connector,
            "tool_pack_id": self.call.tool_pack_id,
        });
        Ok(Repair::By(StepKind::Link, affects, command))
    }

    /// The connector with this tool alone: a remedy opens no more than what was asked for.
    fn add_connector(&self) -> Result<Repair, Refusal> {
        if let Some(repair) = self.add_to_catalogue()? {
            return Ok(repair);
        }
        let call = self.call;
        self.put_pack_with(StepKind::AddConnector, |connectors| {
            connectors.push(PackConnector {
                connector: call.tool.connector.clone(),
                auth_scope: AuthScope::Individual,
                tool_names: Some(alloc::vec![call.tool.tool.clone()]),
            });
        })
    }

    fn add_tool(&self) -> Result<Repair, Refusal> {
        if let Some(repair) = self.add_to_catalogue()? {
            return Ok(repair);
        }
        let tool = self.call.tool.tool.clone();
        self.put_pack(StepKind::AddTool, |entry| {
            if let Some(names) = &mut entry.tool_names {
                names.push(tool);
            }
        })
    }

    /// What the catalogue lacks comes first.
    fn add_to_catalogue(&self) -> Result<Option<Repair>, Refusal> {
        let connector = &self.call.tool.connector;
        let row = self.draft.connector(&self.organization_id()?, connector)?;
        if row.is_some_and(|row| row.has_tool(self.call.tool.tool.as_str())) {
            return Ok(None);
        }
        let mut tools = row.map(|row: &Connector| row.tools.clone()).unwrap_or_default();
        tools.push(self.call.tool.tool.clone());
        let name = row.and_then(|row| row.name.as_ref());
        let command = json!({"command": "put_connector", "connector": connector, "name": name, "tools": tools});
        Ok(Some(Repair::By(StepKind::AddTool, Affects::Organization, command)))
    }

    fn put_pack(&self, kind: StepKind, change: impl FnOnce(&mut PackConnector)) -> Result<Repair, Refusal> {
        self.put_pack_with(kind, |connectors| {
            let slug = &self.call.tool.connector;
            if let Some(entry) = connectors.iter_mut().find(|entry| entry.connector == *slug) {
                change(entry);
            }
        })
    }

    fn put_pack_with(&self, kind: StepKind, change: impl FnOnce(&mut Vec<PackConnector>)) -> Result<Repair, Refusal> {
        let Some(pack) = self.pack()? else { return Ok(Repair::None) };
        let mut connectors = pack.connectors.clone();
        change(&mut connectors);
        let command = json!({
            "command": "put_tool_pack",
            "tool_pack_id": pack.tool_pack_id,
            "name": pack.name,
            "connectors": connectors,
            "group_ids": pack.group_ids,
        });
        Ok(Repair::By(kind, Affects::Organization, command))
    }

    fn pack(&self) -> Result<Option<&ToolPack>, Refusal> {
        let pack = self.draft.tool_pack(&self.organization_id()?, self.call.tool_pack_id.as_str());
        Ok(pack?)
    }

    fn slug(&self) -> &str {
        self.call.tool.connector.as_str()
    }

    fn organization_id(&self) -> Result<OrganizationId, Refusal> {
        let identity = authenticate(&self.draft, &self.context.actor, self.context.now, Right::Decide)?;
        identity.organization_id.cloned().ok_or_else(|| Code::OrganizationNotFound.into())
    }

    /// Whether the actor itself may run a step's command as things would stand.
    fn may_run(&self, command: &Value) -> Result<bool, Refusal> {
        let context = Context { entropy: Some(self.entropy()), ..self.context.clone() };
        match self.run_on(&self.draft, command, &context) {
            Ok(_) => Ok(true),
            Err(missing @ Refusal::NotLoaded(_)) => Err(missing),
            Err(Refusal::Rejected(_)) => Ok(false),
        }
    }

    /// Does a step on the copy, as the host itself would; a link is completed as well.
    fn apply(&mut self, kind: StepKind, command: &Value) -> Result<bool, Refusal> {
        let actor = Actor::System {
            organization_id: Some(self.organization_id()?),
            environment: self.context.actor.environment(),
        };
        let context = Context { now: self.context.now, actor, entropy: Some(self.entropy()) };
        let mut done = self.run_on(&self.draft, command, &context);
        if kind == StepKind::Link
            && let Ok((draft, response)) = done
        {
            let complete = json!({"command": "complete_link", "link_session_id": response.get("link_session_id")});
            done = self.run_on(&draft, &complete, &context);
        }
        match done {
            Ok((draft, _)) => {
                self.draft = draft;
                Ok(true)
            }
            Err(missing @ Refusal::NotLoaded(_)) => Err(missing),
            Err(Refusal::Rejected(_)) => Ok(false),
        }
    }

    /// Runs a command from its JSON, as a caller of the remedy would.
    fn run_on(&self, draft: &Draft<'c>, command: &Value, context: &Context) -> Result<(Draft<'c>, Value), Refusal> {
        let text = to_canonical(command).replace(PARAMETER, &to_canonical(SOME_COMPANY));
        let value = parse_command(&text).map_err(Rejection::from)?;
        let mut form = Form::new(Some(context.now), self.policy);
        let (command, _) = crate::wire::read_named::<Command>(&value, &mut form);
        if let Some(rejection) = form.violations.into_rejection() {
            return Err(rejection.into());
        }
        let command = command.ok_or(Code::InvalidRequest)?;
        let (response, case) = run(&command, draft.clone(), context, self.policy, None)?;
        let response = serde_json::to_value(&response).unwrap_or_default();
        let (done, ..) = case.into_parts();
        Ok((draft.with(done.into_rows()), response))
    }

    /// The copy's ids are nobody's: they only must not meet an id that exists.
    fn entropy(&self) -> Entropy {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(b"a copy to try remedies on");
        hash.update(to_canonical(&self.call.registered_user_id));
        hash.update(to_canonical(&self.steps));
        let digest: [u8; 32] = hash.finalize().into();
        Entropy::new(core::array::from_fn(|index| digest.get(index).copied().unwrap_or_default()))
    }
}

/// The place of a value that only the caller knows, in canonical JSON.
const PARAMETER: &str = r#"{"$parameter":"origin_company_id"}"#;

/// How a failing check is repaired.
enum Repair {
    By(StepKind, Affects, Value),
    MatchGroup(Value),
    None,
}

//! Remedies: repair the first failing check on a copy and decide again, until the call is allowed (D-3).

use super::call::ToolCall;
use super::check::{Check, Untraced};
use super::gate::check_call;
use super::step::{Affects, Remedy, RemedyKind, RemedyStep, StepCommand};
use crate::authority::{Right, authenticate};
use crate::catalog::connector::ConnectorRow;
use crate::catalog::group::Rule;
use crate::catalog::tool_pack::{PackConnector, ToolPackRow};
use crate::catalog::{PutConnector, PutToolPack};
use crate::context::{Actor, Context, Entropy};
use crate::credential::{AuthScope, CompleteLink, StartLink};
use crate::decide::{Refusal, run, validate};
use crate::error::Code;
use crate::id::{GroupId, OrganizationId, OriginCompanyId};
use crate::json::{COMMAND_BYTES, to_canonical};
use crate::policy::Policy;
use crate::registered_user::CustomGroupings;
use crate::request::{Command, CommandResponse};
use crate::state::{Draft, GroupRow, Rows};
use alloc::vec::Vec;

/// A bound for the search. Each check needs two repairs at most.
const MOST_STEPS: usize = 2 * Check::ALL.len();

/// The remedies for a denial: the first, and one by another scope where a company is missing.
pub(crate) fn remedies(
    draft: Draft<'_>,
    call: &ToolCall,
    context: &Context,
    policy: &Policy,
    failed: Check,
) -> Result<Vec<Remedy>, Refusal> {
    let mut found = Vec::new();
    let mut trial =
        Trial { draft, call, context, policy, steps: Vec::new(), pack_step: None, tried: 0, no_company: false };
    let mut other = Trial { draft: trial.draft.clone(), steps: Vec::new(), ..trial };
    found.extend(trial.repair(failed, false)?);
    if trial.no_company {
        found.extend(other.repair(failed, true)?);
    }
    Ok(found)
}

/// The copy on which repairs are tried, and the steps so far.
struct Trial<'c> {
    draft: Draft<'c>,
    call: &'c ToolCall,
    context: &'c Context,
    policy: &'c Policy,
    steps: Vec<RemedyStep>,
    /// Which step puts the pack.
    pack_step: Option<usize>,
    /// How many steps were tried.
    tried: u8,
    /// Whether a company was missing, so that another scope would help as well.
    no_company: bool,
}

/// How a failing check is repaired.
enum Repair {
    By(RemedyKind, Affects, StepCommand),
    /// One of the groups, by what only the customer knows.
    MatchOneOf(Vec<GroupId>),
    /// This group, by the grouping for which it asks.
    Match(GroupId, StepCommand),
    None,
}

impl<'c> Trial<'c> {
    /// Repairs until the call is allowed. None where no remedy leads there.
    fn repair(&mut self, first: Check, switch_scope: bool) -> Result<Option<Remedy>, Refusal> {
        let mut failed = first;
        while self.steps.len() < MOST_STEPS {
            let (kind, affects, command, group_ids) = match self.step(failed, switch_scope)? {
                Repair::By(kind, affects, command) => (kind, affects, command, None),
                Repair::Match(group_id, command) => {
                    (RemedyKind::MatchGroup, Affects::User, command, Some(alloc::vec![group_id]))
                }
                Repair::MatchOneOf(group_ids) => {
                    let (kind, affects, group_ids) = (RemedyKind::MatchGroup, Affects::User, Some(group_ids));
                    self.steps.push(RemedyStep { kind, affects, parameters: &[], command: None, group_ids });
                    return Ok(Some(self.remedy(false)));
                }
                Repair::None => return Ok(None),
            };
            // A command that is too large to be sent (ER-2) is no way out.
            if to_canonical(&command).len() > COMMAND_BYTES {
                return Ok(None);
            }
            let may_run = self.may_run(&command)?;
            let Some(draft) = self.applied(&command)? else { return Ok(None) };
            self.draft = draft;
            if let StepCommand::PutToolPack(_) = command {
                // A put replaces the pack whole, so that this one does what an earlier one did as well.
                if let Some(earlier) = self.pack_step {
                    self.steps.remove(earlier);
                }
                self.pack_step = Some(self.steps.len());
            }
            let (parameters, command) = (command.parameters(), may_run.then_some(command));
            self.steps.push(RemedyStep { kind, affects, parameters, command, group_ids });
            match check_call(&self.draft, self.call, self.context, Right::Explain, &mut Untraced)? {
                Ok(_) => return Ok(Some(self.remedy(true))),
                Err(denied) => failed = denied.check,
            }
        }
        Ok(None)
    }

    fn remedy(&mut self, complete: bool) -> Remedy {
        Remedy { steps: core::mem::take(&mut self.steps), complete }
    }

    /// The step that repairs a failing check.
    fn step(&mut self, failed: Check, switch_scope: bool) -> Result<Repair, Refusal> {
        let registered_user_id = self.call.registered_user_id;
        Ok(match failed {
            Check::Actor | Check::UserFound | Check::PackFound => Repair::None,
            Check::UserActive => {
                let command = StepCommand::Reactivate { registered_user_id };
                Repair::By(RemedyKind::Reactivate, Affects::User, command)
            }
            Check::PackPermitted => self.match_group()?,
            Check::ConnectorInPack => self.add_connector()?,
            Check::ToolInPack => self.add_tool()?,
            Check::Company => {
                self.no_company = true;
                if switch_scope {
                    self.put_pack(RemedyKind::SwitchScope, |entry| entry.auth_scope = AuthScope::Individual)?
                } else {
                    let command = StepCommand::SetCompany { registered_user_id };
                    Repair::By(RemedyKind::SetCompany, Affects::User, command)
                }
            }
            Check::Credential => self.link()?,
        })
    }

    /// By the first group that asks for one value of one grouping, where the user can take it.
    fn match_group(&mut self) -> Result<Repair, Refusal> {
        let organization_id = self.organization_id()?;
        let group_ids = self.pack()?.and_then(|pack| pack.group_ids.clone()).unwrap_or_default();
        for group_id in &group_ids {
            let group = self.draft.row::<GroupRow>(&(organization_id.clone(), group_id.clone()))?;
            let Some(Rule::Equals { attribute, equals }) = group.map(|group| &group.rule) else { continue };
            let registered_user_id = self.call.registered_user_id;
            let custom_groupings = CustomGroupings::from_iter([(attribute.clone(), equals.clone())]);
            let command = StepCommand::MatchGroup { registered_user_id, custom_groupings };
            // One grouping more may be too many.
            if self.applied(&command)?.is_some() {
                return Ok(Repair::Match(group_id.clone(), command));
            }
            break;
        }
        // A pack that serves nobody has no group to match.
        Ok(if group_ids.is_empty() { Repair::None } else { Repair::MatchOneOf(group_ids) })
    }

    fn link(&self) -> Result<Repair, Refusal> {
        let connector = &self.call.tool.connector;
        let Some(entry) = self.pack()?.and_then(|pack| pack.connector(connector.as_str())) else {
            return Ok(Repair::None);
        };
        let affects = match entry.auth_scope {
            AuthScope::Individual => Affects::User,
            AuthScope::Shared => Affects::Company,
            AuthScope::Organization => Affects::Organization,
            AuthScope::None => return Ok(Repair::None),
        };
        let command = StartLink::new(self.call.registered_user_id, connector.clone())
            .tool_pack_id(self.call.tool_pack_id.clone());
        Ok(Repair::By(RemedyKind::Link, affects, StepCommand::StartLink(command)))
    }

    /// The connector with this tool alone: a remedy opens no more than what was asked for.
    fn add_connector(&self) -> Result<Repair, Refusal> {
        if let Some(repair) = self.add_to_catalogue()? {
            return Ok(repair);
        }
        let call = self.call;
        self.put_pack_with(RemedyKind::AddConnector, |connectors| {
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
        self.put_pack(RemedyKind::AddTool, |entry| {
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
        let mut tools = row.map(|row: &ConnectorRow| row.tools.clone()).unwrap_or_default();
        tools.push(self.call.tool.tool.clone());
        let name = row.and_then(|row| row.name.clone());
        let command = PutConnector::new(connector.clone(), tools).name(name);
        Ok(Some(Repair::By(RemedyKind::AddTool, Affects::Organization, StepCommand::PutConnector(command))))
    }

    fn put_pack(&self, kind: RemedyKind, change: impl FnOnce(&mut PackConnector)) -> Result<Repair, Refusal> {
        self.put_pack_with(kind, |connectors| {
            let slug = &self.call.tool.connector;
            if let Some(entry) = connectors.iter_mut().find(|entry| entry.connector == *slug) {
                change(entry);
            }
        })
    }

    fn put_pack_with(&self, kind: RemedyKind, change: impl FnOnce(&mut Vec<PackConnector>)) -> Result<Repair, Refusal> {
        let Some(pack) = self.pack()? else { return Ok(Repair::None) };
        let ToolPackRow { organization_id: _, tool_pack_id, name, mut connectors, group_ids } = pack.clone();
        change(&mut connectors);
        let command = PutToolPack::new(tool_pack_id, name, connectors).group_ids(group_ids);
        Ok(Repair::By(kind, Affects::Organization, StepCommand::PutToolPack(command)))
    }

    fn pack(&self) -> Result<Option<&ToolPackRow>, Refusal> {
        let pack = self.draft.tool_pack(&self.organization_id()?, self.call.tool_pack_id.as_str());
        Ok(pack?)
    }

    fn organization_id(&self) -> Result<OrganizationId, Refusal> {
        let identity = authenticate(&self.draft, &self.context.actor, self.context.now, Right::Explain)?;
        identity.organization_id.cloned().ok_or_else(|| Code::OrganizationNotFound.into())
    }

    /// Whether the actor itself may run a step's command on the copy as it is.
    fn may_run(&mut self, command: &StepCommand) -> Result<bool, Refusal> {
        let context = Context { entropy: Some(self.entropy()), ..self.context.clone() };
        Ok(accepted(self.run(&self.draft, &Self::typed(command), &context))?.is_some())
    }

    /// The copy after a step that the host itself does, a link being completed as well; none where it is refused.
    fn applied(&mut self, command: &StepCommand) -> Result<Option<Draft<'c>>, Refusal> {
        let actor = Actor::System {
            organization_id: Some(self.organization_id()?),
            environment: self.context.actor.environment(),
        };
        let context = Context { now: self.context.now, actor, entropy: Some(self.entropy()) };
        let mut done = accepted(self.run(&self.draft, &Self::typed(command), &context))?;
        if let Some((draft, CommandResponse::StartLink(started))) = &done {
            let complete = CompleteLink::new(started.link_session_id);
            done = accepted(self.run(draft, &complete.into(), &context))?;
        }
        Ok(done.map(|(draft, _)| draft))
    }

    /// The company that only the caller knows is replaced by one that no text can name, so that no such company
    /// exists or has a credential.
    fn typed(command: &StepCommand) -> Command {
        command.with_company(&OriginCompanyId::beyond_text())
    }

    fn run(
        &self,
        draft: &Draft<'c>,
        command: &Command,
        context: &Context,
    ) -> Result<(Draft<'c>, CommandResponse), Refusal> {
        validate(command, context, self.policy)?;
        let (response, tx) = run(command, draft.clone(), context, self.policy, None)?;
        let (done, ..) = tx.into_parts();
        Ok((draft.with(done.into_rows()), response))
    }

    /// The copy's ids are nobody's: they only must not meet an id that exists.
    fn entropy(&mut self) -> Entropy {
        use sha2::{Digest, Sha256};
        self.tried = self.tried.saturating_add(1);
        let mut hash = Sha256::new();
        hash.update(b"a copy to try remedies on");
        hash.update(to_canonical(&self.call.registered_user_id));
        hash.update([self.tried]);
        let digest: [u8; 32] = hash.finalize().into();
        Entropy::new(core::array::from_fn(|index| digest.get(index).copied().unwrap_or_default()))
    }
}

/// The result of a trial; none where the rules refuse it.
fn accepted<T>(tried: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match tried {
        Ok(done) => Ok(Some(done)),
        Err(Refusal::Rejected(_) | Refusal::Usage(_)) => Ok(None),
        Err(missing @ Refusal::NotLoaded(_)) => Err(missing),
    }
}

//! An actor bound to a store: decisions by bare strings.

use crate::database::Database;
use crate::error::Error;
use crate::store::Store;
use tenantry::{Actor, Code, Context, RegisteredUserId, RowKey, Tenantry, Timestamp, ToolCall};

/// An actor that acts on a store. Always answers what [`Store::authorize`] answers.
#[derive(Debug)]
pub struct Acting<'s, D> {
    pub(crate) store: &'s Store<D>,
    pub(crate) actor: Actor,
}

impl<D: Database> Acting<'_, D> {
    /// Whether a tool call may start. A malformed call may not.
    ///
    /// # Errors
    /// What went wrong; a call that may not start is an answer.
    pub fn allows(
        &self,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        Ok(self.code(registered_user_id, tool_pack_id, tool, now)?.is_none())
    }

    /// `None` where a tool call may start, else D-1's code; for a malformed call the rejection's.
    ///
    /// # Errors
    /// As [`allows`](Self::allows).
    pub fn code(
        &self,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
        now: Timestamp,
    ) -> Result<Option<Code>, Error> {
        let call = [(registered_user_id, tool_pack_id, tool)];
        self.store.ask(
            |instance| self.requirements(instance, call.into_iter(), now),
            |instance| instance.acting_as(&self.actor).code(registered_user_id, tool_pack_id, tool, now),
        )
    }

    /// One byte for each call, all decided on one moment: 0 for allow, else the code's number.
    ///
    /// # Errors
    /// As [`allows`](Self::allows), and lists of different lengths.
    pub fn codes(
        &self,
        registered_user_ids: &[&str],
        tool_pack_ids: &[&str],
        tools: &[&str],
        now: Timestamp,
    ) -> Result<Vec<u8>, Error> {
        let users = registered_user_ids.iter().copied();
        let calls = || users.clone().zip(tool_pack_ids.iter().copied()).zip(tools.iter().copied());
        self.store.ask(
            |instance| self.requirements(instance, calls().map(|((user, pack), tool)| (user, pack, tool)), now),
            |instance| instance.acting_as(&self.actor).codes(registered_user_ids, tool_pack_ids, tools, now),
        )
    }

    /// The rows that calls need; a malformed one needs none of its own.
    fn requirements<'c>(
        &self,
        instance: &Tenantry,
        calls: impl Iterator<Item = (&'c str, &'c str, &'c str)>,
        now: Timestamp,
    ) -> Result<Vec<RowKey>, tenantry::Error> {
        let context = Context { now, actor: self.actor.clone(), entropy: None };
        let mut keys = instance.may_requirements("authorize", &context);
        for (user, pack, tool) in calls {
            if let (Ok(pack), Ok(tool)) = (pack.parse(), tool.parse()) {
                let call = ToolCall::new(RegisteredUserId::from_text(user), pack, tool);
                keys.extend(instance.call_requirements(&call, &context)?);
            }
        }
        Ok(keys)
    }
}

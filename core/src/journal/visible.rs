//! Who sees which events (E-2).

use crate::account::Role;
use crate::context::{Actor, Environment};
use crate::decide::Transaction;
use crate::event::{Event, Stream};
use crate::id::OrganizationId;

/// What an actor may see of a journal.
pub(super) struct JournalFilter<'c> {
    actor: &'c Actor,
    /// The bounds; none where `system` or an `admin` names no organization.
    pub(super) organization_id: Option<&'c OrganizationId>,
    /// None where the actor names no environment.
    pub(super) environment: Option<Environment>,
    /// An actor that is bound to an organization and has none sees nothing (P-1).
    is_bound: bool,
}

impl<'c> JournalFilter<'c> {
    pub(super) fn of(tx: &'c Transaction<'_>) -> Self {
        let actor = tx.actor();
        let is_bound = match actor {
            Actor::System { .. } => false,
            Actor::Account { .. } => tx.authority.role != Some(Role::Admin),
            Actor::AccessKey(_) | Actor::RegisteredUser { .. } | Actor::Anonymous => true,
        };
        let organization_id = tx.authority.organization_id.as_ref();
        JournalFilter { actor, organization_id, environment: actor.environment(), is_bound }
    }

    /// What an actor that is bound to an organization sees.
    #[cfg(test)]
    pub(super) fn bound(actor: &'c Actor, organization_id: Option<&'c OrganizationId>) -> Self {
        JournalFilter { actor, organization_id, environment: actor.environment(), is_bound: true }
    }

    /// Whether an event is visible: of the organization, of the environment or of none, and of a kind
    /// of stream that such an actor sees.
    pub(super) fn sees(&self, event: &Event) -> bool {
        let in_bounds = match self.organization_id {
            Some(id) => event.organization_id.as_ref() == Some(id),
            None => !self.is_bound,
        };
        let in_environment = match (self.environment, event.environment) {
            (Some(own), Some(of_event)) => own == of_event,
            _ => true,
        };
        in_bounds && in_environment && self.sees_stream(&event.stream)
    }

    pub(super) fn sees_stream(&self, stream: &Stream) -> bool {
        match self.actor {
            Actor::System { .. } | Actor::Account { .. } => true,
            Actor::AccessKey(key) => match stream {
                Stream::RegisteredUser(id) => key.sees_user(*id),
                Stream::Company(_) | Stream::Organization(_) => !key.is_restricted(),
                Stream::Account(_) | Stream::RegistrationToken(_) => false,
            },
            Actor::RegisteredUser { .. } | Actor::Anonymous => false,
        }
    }
}

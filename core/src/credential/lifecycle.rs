//! The lives of a credential and of a link session, as tables (CR-1, CR-3…6).

use super::CredentialStatus;
use super::link_session::LinkStatus;
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::lifecycle::{Lifecycle, Next};
use Next::{Refuse, Stay, To};

string_enum! {
    /// A state in the life of a credential: one of an owner for a connector.
    CredentialState {
        /// Nobody has ever linked the connector for this owner.
        Missing "missing",
        /// Usable.
        Active "active",
        /// Live, and not usable until somebody authenticates again.
        NeedsReauth "needs_reauth",
        /// Dead.
        Revoked "revoked",
    }

    /// What moves a credential from state to state.
    CredentialTrigger {
        /// `complete_link`.
        Link "complete_link",
        /// `report_credential` with `active`.
        ReportActive "report_active",
        /// `report_credential` with `needs_reauth`.
        ReportNeedsReauth "report_needs_reauth",
        /// Its `expires_at` has come.
        Expire "expire",
        /// `revoke_credential`, or the end of its owner.
        Revoke "revoke",
    }

    /// What moves a link session from state to state.
    LinkTrigger {
        /// `complete_link`.
        Complete "complete_link",
        /// `fail_link`.
        Fail "fail_link",
        /// A change of the registered user.
        Cancel "cancel",
        /// Its `expires_at` has come.
        Expire "expire",
    }
}

impl CredentialState {
    /// The state of an owner's credential for a connector.
    pub(crate) fn of(status: Option<CredentialStatus>) -> Self {
        match status {
            None => CredentialState::Missing,
            Some(CredentialStatus::Active) => CredentialState::Active,
            Some(CredentialStatus::NeedsReauth) => CredentialState::NeedsReauth,
            Some(CredentialStatus::Revoked) => CredentialState::Revoked,
        }
    }

    /// The status that a credential in this state keeps.
    fn status(self) -> Option<CredentialStatus> {
        match self {
            CredentialState::Missing => None,
            CredentialState::Active => Some(CredentialStatus::Active),
            CredentialState::NeedsReauth => Some(CredentialStatus::NeedsReauth),
            CredentialState::Revoked => Some(CredentialStatus::Revoked),
        }
    }
}

/// The status after a trigger.
pub(super) fn after(status: Option<CredentialStatus>, trigger: CredentialTrigger) -> Option<CredentialStatus> {
    CREDENTIAL.after(CredentialState::of(status), trigger).status()
}

const NONE: Next<CredentialState> = Refuse(Code::CredentialNotFound);

/// The table of credentials.
pub(crate) const CREDENTIAL: Lifecycle<CredentialState, CredentialTrigger> = {
    use CredentialState::{Active, Missing, NeedsReauth, Revoked};
    use CredentialTrigger::{Expire, Link, ReportActive, ReportNeedsReauth, Revoke};
    Lifecycle {
        name: "credential",
        start: Missing,
        state_name: CredentialState::as_str,
        trigger_name: CredentialTrigger::as_str,
        rows: &[
            (Missing, Link, To(Active)),
            (Missing, ReportActive, NONE),
            (Missing, ReportNeedsReauth, NONE),
            (Missing, Revoke, NONE),
            (Active, Link, To(Active)),
            (Active, ReportActive, To(Active)),
            (Active, ReportNeedsReauth, To(NeedsReauth)),
            (Active, Expire, To(NeedsReauth)),
            (Active, Revoke, To(Revoked)),
            (NeedsReauth, Link, To(Active)),
            (NeedsReauth, ReportActive, To(Active)),
            (NeedsReauth, ReportNeedsReauth, Stay),
            (NeedsReauth, Revoke, To(Revoked)),
            (Revoked, Link, To(Active)),
            (Revoked, ReportActive, NONE),
            (Revoked, ReportNeedsReauth, NONE),
            (Revoked, Revoke, NONE),
        ],
    }
};

const CLOSED: Next<LinkStatus> = Refuse(Code::LinkSessionClosed);
const OVER: Next<LinkStatus> = Refuse(Code::LinkSessionExpired);

/// The table of link sessions.
pub(crate) const LINK_SESSION: Lifecycle<LinkStatus, LinkTrigger> = {
    use LinkStatus::{Cancelled, Completed, Expired, Failed, Pending};
    use LinkTrigger::{Cancel, Complete, Expire, Fail};
    Lifecycle {
        name: "link_session",
        start: Pending,
        state_name: LinkStatus::as_str,
        trigger_name: LinkTrigger::as_str,
        rows: &[
            (Pending, Complete, To(Completed)),
            (Pending, Fail, To(Failed)),
            (Pending, Cancel, To(Cancelled)),
            (Pending, Expire, To(Expired)),
            (Completed, Complete, CLOSED),
            (Completed, Fail, CLOSED),
            (Failed, Complete, CLOSED),
            (Failed, Fail, CLOSED),
            (Cancelled, Complete, CLOSED),
            (Cancelled, Fail, CLOSED),
            (Expired, Complete, OVER),
            (Expired, Fail, OVER),
        ],
    }
};

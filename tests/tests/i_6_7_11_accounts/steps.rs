//! What is asked: steps that are mostly sound, so that they lead somewhere.

use proptest::prelude::*;
use tenantry_tests::{ACME, OTHER};

const STEPS: usize = 50;

#[derive(Clone, Debug)]
pub(super) enum Step {
    Issue {
        organization: &'static str,
        secret: usize,
        role: Option<&'static str>,
        max_uses: Option<Option<u64>>,
        lives: Option<i64>,
    },
    Revoke {
        token: usize,
    },
    Create {
        email: usize,
        upper: bool,
        fault: Option<Fault>,
        /// Whose secret, and with it whose organization.
        token: Option<usize>,
        organization: Option<&'static str>,
        external_id: Option<&'static str>,
        role: Option<&'static str>,
    },
    Status {
        account: usize,
        status: &'static str,
    },
    Update {
        account: usize,
        email: Option<usize>,
        external_id: Option<Option<&'static str>>,
        role: Option<&'static str>,
    },
    Delete {
        account: usize,
    },
    Wait {
        seconds: i64,
    },
}

/// What may be wrong with a new account.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    WeakPassword,
    NoPassword,
    PasswordOfAnotherType,
    BlankName,
    Metadata,
    NoOrganization,
    Secret,
}

const FAULTS: [Fault; 7] = [
    Fault::WeakPassword,
    Fault::NoPassword,
    Fault::PasswordOfAnotherType,
    Fault::BlankName,
    Fault::Metadata,
    Fault::NoOrganization,
    Fault::Secret,
];

fn organizations() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(ACME), 3 => Just(OTHER), 1 => Just("org_unknown")]
}

fn roles() -> impl Strategy<Value = Option<&'static str>> {
    let some = prop_oneof![3 => Just("organization_admin"), 2 => Just("admin"), 1 => Just("member")];
    proptest::option::weighted(0.2, some)
}

/// Of an administrator, mostly: an index for [`Model::actor`].
fn administrators() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(0usize), 1 => Just(1), 3 => Just(2), 3 => Just(3), 1 => 4..7usize]
}

/// Each with the index of its actor.
pub(super) fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let max_uses =
        prop_oneof![2 => Just(None), 1 => Just(Some(None)), 6 => (0..4u64).prop_map(|uses| Some(Some(uses)))];
    let issue = (organizations(), 0..8usize, roles(), max_uses, proptest::option::weighted(0.4, 0..8i64)).prop_map(
        |(organization, secret, role, max_uses, lives)| Step::Issue { organization, secret, role, max_uses, lives },
    );
    let create = (
        (0..60usize, any::<bool>()),
        proptest::option::weighted(0.2, proptest::sample::select(&FAULTS[..])),
        proptest::option::weighted(0.9, 0..8usize),
        proptest::option::weighted(0.1, organizations()),
        proptest::option::weighted(0.2, proptest::sample::select(&["x", "y"][..])),
        roles(),
    )
        .prop_map(|((email, upper), fault, token, organization, external_id, role)| Step::Create {
            email,
            upper,
            fault,
            token,
            organization,
            external_id,
            role,
        });
    let status = (0..12usize, proptest::sample::select(&["active", "inactive", "suspended"][..]))
        .prop_map(|(account, status)| Step::Status { account, status });
    let external_ids = proptest::option::weighted(0.8, proptest::sample::select(&["x", "y"][..]));
    let update = (
        0..12usize,
        proptest::option::weighted(0.5, 0..60usize),
        proptest::option::weighted(0.3, external_ids),
        proptest::option::weighted(0.5, prop_oneof![Just("admin"), Just("organization_admin"), Just("member")]),
    )
        .prop_map(|(account, email, external_id, role)| Step::Update { account, email, external_id, role });
    let step = prop_oneof![
        4 => (administrators(), issue),
        1 => (administrators(), (0..8usize).prop_map(|token| Step::Revoke { token })),
        10 => (prop_oneof![1 => administrators(), 2 => 4..7usize], create),
        3 => (administrators(), status),
        3 => (administrators(), update),
        1 => (administrators(), (0..12usize).prop_map(|account| Step::Delete { account })),
        2 => (Just(0usize), (1..3i64).prop_map(|seconds| Step::Wait { seconds })),
    ];
    proptest::collection::vec(step, 1..STEPS)
}

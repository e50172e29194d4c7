//! The one path of every request: validation, authority, decision (C-5). Commands end in events
//! and a response, queries in an answer.

mod refusal;
mod request;
mod transaction;

pub use refusal::Refusal;
pub(crate) use refusal::{expect_generation, expect_version};
pub use request::{Declared, Request};
pub use transaction::Transaction;

use crate::authority::{Authority, authenticate};
use crate::context::{Context, Needs};
use crate::declare::read::Reader;
use crate::error::{Error, UsageError, Violations};
use crate::policy::Policy;
use crate::prefetch::Prefetch;
use crate::state::Draft;

/// Takes a request through C-5's order, up to its decision. Where a row is missing and somebody wants
/// to know which, the request prefetches.
pub(crate) fn run<'s, Q: Request>(
    request: &Q,
    draft: Draft<'s>,
    context: &'s Context,
    policy: &'s Policy,
    journal: Option<&'s crate::journal::Journal>,
) -> Result<(Q::Response, Transaction<'s>), Refusal> {
    let before = draft.is_recording().then(|| draft.clone());
    let decided = decide(request, draft, context, policy, journal);
    if let (Some(before), Err(Refusal::NotLoaded(_))) = (&before, &decided) {
        request.prefetch(&Prefetch::new(before, context, policy));
    }
    decided
}

fn decide<'s, Q: Request>(
    request: &Q,
    draft: Draft<'s>,
    context: &'s Context,
    policy: &'s Policy,
    journal: Option<&'s crate::journal::Journal>,
) -> Result<(Q::Response, Transaction<'s>), Refusal> {
    let identity = authenticate(&draft, &context.actor, context.now, request.right())?;
    identity.check_right(&context.actor, request.right())?;
    identity.check_place(&context.actor, request.needs())?;
    let authority = Authority::from(identity);
    let mut tx = Transaction::new(draft, context, policy, journal, authority);
    let response = request.decide(&mut tx)?;
    Ok((response, tx))
}

/// The validation of a typed request: what its types cannot express.
pub(crate) fn validate<Q: Request>(request: &Q, context: &Context, policy: &Policy) -> Result<(), Error> {
    let mut reader = Reader::new(Some(context.now), policy);
    request.check(&mut reader);
    request.check_together(&mut reader);
    let mut violations = reader.violations;
    context.check(request.needs(), &mut violations);
    violations.check()
}

/// The validation of a typed context alone.
pub(crate) fn validate_context(context: &Context, needs: Needs) -> Result<(), UsageError> {
    let mut violations = Violations::default();
    context.check(needs, &mut violations);
    violations.check_context()
}

//! The one path of every request: validation, authority, decision (C-5). Commands end in events
//! and a response, queries in an answer.

mod case;
mod refusal;
mod request;

pub use case::Case;
pub use refusal::Refusal;
pub(crate) use refusal::{expect_generation, expect_version};
pub use request::{Declared, Request};

use crate::access::authority::{Authority, authenticate};
use crate::ahead::Ahead;
use crate::context::{Context, Needs};
use crate::error::{Error, UsageError, Violations};
use crate::policy::Policy;
use crate::state::Draft;
use crate::wire::read::Form;

/// Takes a request through C-5's order, up to its decision. Where a row is missing and somebody wants
/// to know which, the request looks ahead.
pub(crate) fn run<'s, Q: Request>(
    request: &Q,
    draft: Draft<'s>,
    context: &'s Context,
    policy: &'s Policy,
    journal: Option<&'s crate::journal::Journal>,
) -> Result<(Q::Response, Case<'s>), Refusal> {
    let before = draft.is_recording().then(|| draft.clone());
    let decided = decide(request, draft, context, policy, journal);
    if let (Some(before), Err(Refusal::NotLoaded(_))) = (&before, &decided) {
        request.look_ahead(&Ahead::new(before, context, policy));
    }
    decided
}

fn decide<'s, Q: Request>(
    request: &Q,
    draft: Draft<'s>,
    context: &'s Context,
    policy: &'s Policy,
    journal: Option<&'s crate::journal::Journal>,
) -> Result<(Q::Response, Case<'s>), Refusal> {
    let identity = authenticate(&draft, &context.actor, context.now, request.right())?;
    identity.check_right(&context.actor, request.right())?;
    identity.check_place(&context.actor, request.needs())?;
    let authority = Authority::from(identity);
    let mut case = Case::new(draft, context, policy, journal, authority);
    let response = request.decide(&mut case)?;
    Ok((response, case))
}

/// The validation of a typed request: what its types cannot hold.
pub(crate) fn validate<Q: Request>(request: &Q, context: &Context, policy: &Policy) -> Result<(), Error> {
    let mut form = Form::new(Some(context.now), policy);
    request.check(&mut form);
    request.check_together(&mut form);
    let mut violations = form.violations;
    context.check(request.needs(), &mut violations);
    violations.check()
}

/// The validation of a typed context alone.
pub(crate) fn validate_context(context: &Context, needs: Needs) -> Result<(), UsageError> {
    let mut violations = Violations::default();
    context.check(needs, &mut violations);
    violations.check_context()
}

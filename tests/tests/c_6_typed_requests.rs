//! The typed API holds what its types cannot hold to the same bounds as the wire does (C-6, section 11).

use tenantry::{
    Actor, AdvanceTime, CharacterClass, CommandRequest, Context, DeleteRegisteredUser, Environment, GroupsOf,
    ListCompanies, ListConnectors, ListCredentials, ListGroups, ListLinkSessions, ListRegisteredUsers,
    ListRegistrationTokens, ListToolPacks, ListTools, ListUsers, Options, OrganizationId, Page, PasswordPolicy, Policy,
    QueryRequest, ReadJournal, RegisteredUserId, RegisteredUserPatch, Rejection, Tenantry, Timestamp, ToolPackId,
    UpdateRegisteredUser,
};
use tenantry_tests::rejected;

fn context() -> Context {
    Context {
        now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
        actor: Actor::System {
            organization_id: Some(OrganizationId::new("org_demo").unwrap()),
            environment: Some(Environment::Test),
        },
        entropy: None,
    }
}

#[track_caller]
fn invalid_at(rejection: &Rejection, pointer: &str) {
    assert_eq!(
        (rejection.code.as_str(), rejection.pointer.as_deref(), rejection.violations.len()),
        ("invalid_request", Some(pointer), 1),
        "{rejection:?}"
    );
}

#[track_caller]
fn bounded<Q: QueryRequest>(query: impl Fn(Page) -> Q) {
    let options = Options { journal: true, ..Options::default() };
    let world = Tenantry::restore(&Tenantry::example().snapshot(), options).unwrap();
    for limit in [0, 201, usize::MAX] {
        let rejection = rejected(world.query(&query(Page { limit, after: None }), &context()));
        invalid_at(&rejection, "/limit");
    }
    for limit in [1, 200] {
        let refused = world.query(&query(Page { limit, after: None }), &context()).err().map(|error| error.code());
        assert!(refused.is_none_or(|code| code.as_str() == "registered_user_not_found"), "{refused:?}");
    }
}

#[test]
fn c_6_a_typed_page_has_1_to_200_items() {
    let registered_user_id = RegisteredUserId::from_text("nobody");
    let tool_pack_id = ToolPackId::new("support").unwrap();
    bounded(|page| ListCompanies::new().page(page));
    bounded(|page| ListConnectors::new().page(page));
    bounded(|page| ListGroups::new().page(page));
    bounded(|page| ListToolPacks::new().page(page));
    bounded(|page| ListUsers::new().page(page));
    bounded(|page| ListRegistrationTokens::new().page(page));
    bounded(|page| ListRegisteredUsers::new().page(page));
    bounded(|page| ReadJournal::new().page(page));
    bounded(|page| GroupsOf::new(registered_user_id).page(page));
    bounded(|page| ListCredentials::new().registered_user_id(registered_user_id).page(page));
    bounded(|page| ListLinkSessions::new(registered_user_id).page(page));
    bounded(|page| ListTools::new(registered_user_id, tool_pack_id.clone()).page(page));
}

#[track_caller]
fn refused<C: CommandRequest>(command: &C, pointer: &str) {
    let mut world = Tenantry::example();
    let before = world.snapshot();
    invalid_at(&rejected(world.execute(command, &context())), pointer);
    assert_eq!(world.snapshot(), before);
}

#[test]
fn c_6_typed_versions_and_limits_count_from_1() {
    let registered_user_id = RegisteredUserId::from_text("nobody");
    for number in [0, 1 << 53, u64::MAX] {
        let delete = DeleteRegisteredUser::new(registered_user_id).expected_version(number);
        refused(&delete, "/expected_version");
        let update = UpdateRegisteredUser::new(registered_user_id, RegisteredUserPatch::new()).expected_version(number);
        refused(&update, "/expected_version");
        refused(&AdvanceTime::new().limit(number), "/limit");
    }
    let first = DeleteRegisteredUser::new(registered_user_id).expected_version((1 << 53) - 1);
    let rejection = rejected(Tenantry::example().execute(&first, &context()));
    assert_eq!(rejection.code.as_str(), "registered_user_not_found");
    let advance = AdvanceTime::new().limit((1 << 53) - 1);
    assert_eq!(Tenantry::example().execute(&advance, &context()).unwrap().response.processed, 0);
}

#[test]
fn section_11_a_typed_policy_has_the_same_bounds() {
    let policy = Policy::new;
    let password = |password: PasswordPolicy| policy().password(password);
    let rules = PasswordPolicy::new;
    let right = [
        policy(),
        policy().retention_days(0_u32).link_ttl_seconds(60_u32).tool_call_ttl_seconds(60_u32),
        policy().retention_days(3650_u32).link_ttl_seconds(86_400_u32).tool_call_ttl_seconds(2_592_000_u32),
        password(rules().min_length(8_u32).max_length(8_u32).require(vec![CharacterClass::Digit])),
        password(rules().min_length(128_u32).max_length(1024_u32)),
    ];
    for policy in right {
        let world = Tenantry::with_options(Options { policy: policy.clone(), ..Options::default() }).unwrap();
        assert_eq!(world.policy(), &policy);
    }
    let wrong = [
        (policy().retention_days(3651_u32), "/policy/retention_days"),
        (policy().link_ttl_seconds(59_u32), "/policy/link_ttl_seconds"),
        (policy().link_ttl_seconds(86_401_u32), "/policy/link_ttl_seconds"),
        (policy().tool_call_ttl_seconds(0_u32), "/policy/tool_call_ttl_seconds"),
        (policy().tool_call_ttl_seconds(u32::MAX), "/policy/tool_call_ttl_seconds"),
        (password(rules().min_length(0_u32)), "/policy/password/min_length"),
        (password(rules().min_length(129_u32)), "/policy/password/min_length"),
        (password(rules().max_length(1025_u32)), "/policy/password/max_length"),
        (password(rules().max_length(11_u32)), "/policy/password/max_length"),
    ];
    for (policy, pointer) in wrong {
        let options = Options { policy, ..Options::default() };
        invalid_at(&Tenantry::with_options(options.clone()).map(|_| ()).unwrap_err(), pointer);
        let snapshot = Tenantry::example().snapshot();
        invalid_at(&Tenantry::restore(&snapshot, options.clone()).map(|_| ()).unwrap_err(), pointer);
        invalid_at(&Tenantry::fold(&[], options).map(|_| ()).unwrap_err(), pointer);
    }
}

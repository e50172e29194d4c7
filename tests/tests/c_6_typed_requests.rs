//! The typed face holds what its types cannot hold to the same bounds as the wire does (C-6, section 11).

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
    bounded(|page| ListCompanies { page });
    bounded(|page| ListConnectors { page });
    bounded(|page| ListGroups { page });
    bounded(|page| ListToolPacks { page });
    bounded(|page| ListUsers { page, status: None });
    bounded(|page| ListRegistrationTokens { page });
    bounded(|page| ListRegisteredUsers { page, ..ListRegisteredUsers::default() });
    bounded(|page| ReadJournal { page, ..ReadJournal::default() });
    bounded(|page| GroupsOf { registered_user_id, page });
    bounded(|page| ListCredentials { registered_user_id, page });
    bounded(|page| ListLinkSessions { registered_user_id, page });
    bounded(|page| ListTools {
        registered_user_id,
        tool_pack_id: tool_pack_id.clone(),
        authenticated_only: false,
        page,
    });
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
        let expected_version = Some(number);
        refused(&DeleteRegisteredUser { registered_user_id, expected_version }, "/expected_version");
        let patch = RegisteredUserPatch::default();
        refused(&UpdateRegisteredUser { registered_user_id, patch, expected_version }, "/expected_version");
        refused(&AdvanceTime { limit: Some(number) }, "/limit");
    }
    let first = DeleteRegisteredUser { registered_user_id, expected_version: Some((1 << 53) - 1) };
    let rejection = rejected(Tenantry::example().execute(&first, &context()));
    assert_eq!(rejection.code.as_str(), "registered_user_not_found");
    let limit = Some((1 << 53) - 1);
    assert_eq!(Tenantry::example().execute(&AdvanceTime { limit }, &context()).unwrap().response.processed, 0);
}

#[test]
fn section_11_a_typed_policy_has_the_same_bounds() {
    let policy = Policy::default;
    let password = |password: PasswordPolicy| Policy { password, ..policy() };
    let rules = PasswordPolicy::default;
    let right = [
        policy(),
        Policy { retention_days: 0, link_ttl_seconds: 60, tool_call_ttl_seconds: 60, ..policy() },
        Policy { retention_days: 3650, link_ttl_seconds: 86_400, tool_call_ttl_seconds: 2_592_000, ..policy() },
        password(PasswordPolicy { min_length: 8, max_length: 8, require: vec![CharacterClass::Digit], ..rules() }),
        password(PasswordPolicy { min_length: 128, max_length: 1024, ..rules() }),
    ];
    for policy in right {
        let world = Tenantry::with_options(Options { policy: policy.clone(), ..Options::default() }).unwrap();
        assert_eq!(world.policy(), &policy);
    }
    let wrong = [
        (Policy { retention_days: 3651, ..policy() }, "/policy/retention_days"),
        (Policy { link_ttl_seconds: 59, ..policy() }, "/policy/link_ttl_seconds"),
        (Policy { link_ttl_seconds: 86_401, ..policy() }, "/policy/link_ttl_seconds"),
        (Policy { tool_call_ttl_seconds: 0, ..policy() }, "/policy/tool_call_ttl_seconds"),
        (Policy { tool_call_ttl_seconds: u32::MAX, ..policy() }, "/policy/tool_call_ttl_seconds"),
        (password(PasswordPolicy { min_length: 0, ..rules() }), "/policy/password/min_length"),
        (password(PasswordPolicy { min_length: 129, ..rules() }), "/policy/password/min_length"),
        (password(PasswordPolicy { max_length: 1025, ..rules() }), "/policy/password/max_length"),
        (password(PasswordPolicy { max_length: 11, ..rules() }), "/policy/password/max_length"),
    ];
    for (policy, pointer) in wrong {
        let options = Options { policy, ..Options::default() };
        invalid_at(&Tenantry::with_options(options.clone()).map(|_| ()).unwrap_err(), pointer);
        let snapshot = Tenantry::example().snapshot();
        invalid_at(&Tenantry::restore(&snapshot, options.clone()).map(|_| ()).unwrap_err(), pointer);
        invalid_at(&Tenantry::fold(&[], options).map(|_| ()).unwrap_err(), pointer);
    }
}

//! What several do at once, and what may come of it.

use super::{Ring, all_events, form, host, refusals, slack};
use crate::database::Database;
use crate::error::Error;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tenantry::{
    AccountStatus, Actor, Code, CompanyChoice, CompleteLink, Context, CreateRegisteredUser, CreateUser,
    DeleteRegisteredUser, Email, Environment, Event, EventBody, EventName, IssueRegistrationToken, LinkSessionId,
    ListCompanies, ListRegisteredUsers, ListUsers, Name, OriginCompanyId, OriginUserId, Page, RegisteredUserCreation,
    RegisteredUserId, Role, Secret, SetUserStatus, StartLink, Stream, Timestamp,
};

const SECRET: &str = "ort_0123456789abcdefghijklmnop";
const MINUTE: Duration = Duration::from_secs(60);

type Race<D> = fn(&Ring<'_, D>) -> Result<(), Error>;

pub(super) fn all<D: Database>() -> [(&'static str, Race<D>); 9] {
    [
        ("one-id", one_id),
        ("one-id-in-two-environments", one_id_in_two_environments),
        ("one-address", one_address),
        ("token-of-three-uses", token_of_three_uses),
        ("members-of-a-company", members_of_a_company),
        ("last-admins", last_admins),
        ("sweeps-beside-commands", sweeps_beside_commands),
        ("deletions-beside-links", deletions_beside_links),
        ("effects-are-taken-once", effects_are_taken_once),
    ]
}

/// Many create the user of one `origin_user_id`: it is created once, and all get the same one (RU-1).
fn one_id<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let answers = ring.each(|store, _| ring.run(store, &user("user_1")?))?;
    assert_eq!(refusals(&answers), [], "creates of one id were refused");
    let users: BTreeSet<_> = answers.iter().flatten().map(|answer| answer.registered_user_id).collect();
    assert_eq!(users.len(), 1, "two users have one `origin_user_id`");
    let created = answers.iter().flatten().filter(|answer| answer.created).count();
    assert_eq!(created, 1, "one user was created so often");
    Ok(())
}

/// One environment gets the id (RU-2). What must be absent for that, neither of them writes.
fn one_id_in_two_environments<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let environment =
        |number: usize| if number.is_multiple_of(2) { Environment::Test } else { Environment::Production };
    let answers = ring.each(|store, number| {
        let context = Context::now(ring.actor(environment(number)))?;
        store.execute(&user("user_1")?, &context).map(|_| environment(number).as_str())
    })?;
    let taken: BTreeSet<&str> = answers.into_iter().flatten().collect();
    assert_eq!(taken.len(), 1, "the environments that have one `origin_user_id`");
    Ok(())
}

/// An address is given once, without regard to case (I-7).
fn one_address<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let answers = ring.each(|store, number| {
        let create = account(ring, if number.is_multiple_of(2) { "ada" } else { "Ada" }, 0)?;
        store.execute(&create, &Context::now(host())?).map(drop)
    })?;
    assert_eq!(answers.iter().flatten().count(), 1, "so many accounts have one address");
    assert!(refusals(&answers).iter().all(|code| *code == Code::EmailExists), "refused: {:?}", refusals(&answers));
    Ok(())
}

/// A registration token admits as many as it says (AC-3).
fn token_of_three_uses<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let issue = IssueRegistrationToken::new(ring.organization_id.clone(), Secret::new(SECRET));
    ring.run(ring.first, &issue.max_uses(3))?;
    let answers = ring.each(|store, number| {
        let register = account(ring, "n", number)?
            .password(Secret::new("SecurePassword123!"))
            .organization_id(ring.organization_id.clone())
            .org_token(Secret::new(SECRET));
        store.execute(&register, &Context::now(Actor::Anonymous)?).map(drop)
    })?;
    let admitted = answers.iter().flatten().count();
    assert_eq!(admitted, ring.stores.len().min(3), "so many were admitted by a token of three uses");
    Ok(())
}

/// A company counts its members, whoever joins and leaves at once (RU-7).
fn members_of_a_company<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let member = |name: String| Ok::<_, Error>(user(&name)?.shared_credential_group(company("globex")?));
    let joined = ring.each(|store, number| ring.run(store, &member(format!("user_{number}"))?))?;
    assert_eq!(refusals(&joined), [], "members were refused");
    let joined: Vec<RegisteredUserCreation> = joined.into_iter().flatten().collect();
    ring.each(|store, number| match joined.get(number) {
        Some(user) if number % 2 == 1 => ring.run(store, &DeleteRegisteredUser::new(user.registered_user_id)).map(drop),
        _ => ring.run(store, &member(format!("more_{number}"))?).map(drop),
    })?;
    let context = Context::now(ring.actor(Environment::Test))?;
    let companies = ring.first.query(&ListCompanies::new(), &context)?.items;
    let counted: Vec<usize> = companies.iter().map(|company| company.members as usize).collect();
    let of_globex = ListRegisteredUsers::new().origin_company_id(id("globex")?).page(whole());
    let users = ring.first.query(&of_globex, &context)?.items.len();
    assert_eq!(counted, [users], "what the company counts is not how many users it has");
    Ok(())
}

/// Of an organization's admins one stays (AC-9).
fn last_admins<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let now = || Ok::<_, Error>(Context::now(host())?);
    let mut admins = Vec::new();
    for number in 0..ring.stores.len() {
        let admin = account(ring, "a", number)?.role(Role::Admin);
        admins.push(ring.first.execute(&admin, &now()?)?.response.id);
    }
    let answers = ring.each(|store, number| {
        let suspend = admins.get(number).map(|admin| SetUserStatus::new(*admin, AccountStatus::Suspended));
        suspend.map_or(Ok(()), |suspend| store.execute(&suspend, &now()?).map(drop))
    })?;
    assert!(refusals(&answers).iter().all(|code| *code == Code::LastAdmin), "refused: {:?}", refusals(&answers));
    let active = ring.first.query(&ListUsers::new().status(AccountStatus::Active).page(whole()), &now()?)?.items;
    let left = active.iter().filter(|account| account.role == Role::Admin).count();
    // The next ring begins with admins of its own.
    assert_eq!(left, 1, "so many admins are left where all were to be suspended");
    Ok(())
}

/// A session is completed or expires, never both, while others sweep (CR-4).
fn sweeps_beside_commands<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let start = Timestamp::now()?.millis() - 60 * 60_000;
    let start = Timestamp::from_millis(start).unwrap_or(Timestamp::MIN);
    let at = |now| Context { now, actor: ring.actor(Environment::Test), entropy: None };
    let user = ring.run(ring.first, &user("user_1")?)?.registered_user_id;
    let mut sessions: Vec<LinkSessionId> = Vec::new();
    for _ in 0..ring.stores.len() / 2 {
        let context = Context { now: start, ..Context::now(ring.actor(Environment::Test))? };
        let started = ring.first.execute(&StartLink::new(user, slack()?), &context)?;
        sessions.push(started.response.link_session_id);
    }
    let answers = ring.each(|store, number| match sessions.get(number) {
        Some(session) => {
            store.execute(&CompleteLink::new(*session), &at(start.saturating_add(20 * MINUTE))).map(|_| true)
        }
        None => store.sweep(start.saturating_add(60 * MINUTE)).map(|_| false),
    })?;
    let closed = [Code::LinkSessionExpired, Code::LinkSessionClosed, Code::LinkSessionNotFound];
    assert!(refusals(&answers).iter().all(|code| closed.contains(code)), "refused: {:?}", refusals(&answers));
    let completed = answers.iter().flatten().filter(|completed| **completed).count();
    let granted = [EventName::CredentialGranted, EventName::CredentialReplaced];
    let granted = of(ring, user)?.iter().filter(|event| granted.contains(&event.body.name())).count();
    assert_eq!(granted, completed, "credentials were granted by so many completed links");
    Ok(())
}

/// Whoever is deleted keeps nothing, whatever was linked meanwhile (I-4, RU-12).
fn deletions_beside_links<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let created = ring.run(ring.first, &user("user_1")?.shared_credential_group(company("globex")?))?;
    let user = created.registered_user_id;
    ring.each(|store, number| match number {
        0 => ring.run(store, &DeleteRegisteredUser::new(user)).map(drop),
        _ => link(ring, store, user),
    })?;
    let events = of(ring, user)?;
    let mut last = BTreeMap::new();
    for event in &events {
        match &event.body {
            EventBody::CredentialGranted { connector, .. } | EventBody::CredentialReplaced { connector, .. } => {
                last.insert(connector, event.body.name());
            }
            EventBody::CredentialRevoked { connector, .. } => drop(last.remove(connector)),
            _ => {}
        }
    }
    assert!(last.is_empty(), "a deleted user has {last:?}");
    let last = events.last().map(|event| event.body.name());
    assert_eq!(last, Some(EventName::RegisteredUserDeleted), "the last that happened to a deleted user");
    Ok(())
}

/// Whoever takes an effect has it alone.
fn effects_are_taken_once<D: Database>(ring: &Ring<'_, D>) -> Result<(), Error> {
    let most = 2 * ring.stores.len();
    for number in 0..most {
        let user = ring.run(ring.first, &user(&format!("user_{number}"))?)?.registered_user_id;
        link(ring, ring.first, user)?;
        ring.run(ring.first, &DeleteRegisteredUser::new(user))?;
    }
    let taken = ring.each(|store, _| {
        let mut numbers = Vec::new();
        loop {
            let taken = store.take_effects(3, 10 * MINUTE)?;
            if taken.is_empty() {
                return Ok(numbers);
            }
            for one in taken {
                numbers.push(one.number);
                store.effect_done(one.number)?;
            }
        }
    })?;
    let taken: Vec<i64> = taken.into_iter().flatten().flatten().collect();
    assert!(taken.len() >= most, "of {most} effects {} were taken", taken.len());
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), taken.len(), "an effect was taken twice");
    Ok(())
}

fn link<D: Database>(ring: &Ring<'_, D>, store: &Store<D>, user: RegisteredUserId) -> Result<(), Error> {
    let started = ring.run(store, &StartLink::new(user, slack()?))?;
    ring.run(store, &CompleteLink::new(started.link_session_id)).map(drop)
}

pub(super) fn user(origin_user_id: &str) -> Result<CreateRegisteredUser, Error> {
    Ok(CreateRegisteredUser::new(OriginUserId::new(origin_user_id).map_err(form)?))
}

pub(super) fn id(company: &str) -> Result<OriginCompanyId, Error> {
    OriginCompanyId::new(company).map_err(form)
}

pub(super) fn company(company: &str) -> Result<CompanyChoice, Error> {
    Ok(CompanyChoice { origin_company_id: id(company)?, origin_company_name: None })
}

/// The longest page.
const fn whole() -> Page {
    Page { limit: 200, after: None }
}

fn account<D>(ring: &Ring<'_, D>, name: &str, number: usize) -> Result<CreateUser, Error> {
    let domain = ring.organization_id.as_str().replace('_', "-");
    let email = Email::new(format!("{name}{number}@{domain}.example")).map_err(form)?;
    Ok(CreateUser::new(Name::new("Somebody").map_err(form)?, email))
}

fn of<D: Database>(ring: &Ring<'_, D>, user: RegisteredUserId) -> Result<Vec<Event>, Error> {
    let events = all_events(ring.first)?.into_iter().map(|stored| stored.event);
    Ok(events.filter(|event| event.stream == Stream::RegisteredUser(user)).collect())
}

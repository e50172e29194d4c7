//! A common history, by many writers.

use super::races::{company, id, user};
use super::{Ring, all_events, follow, form, shared, slack};
use crate::database::Database;
use crate::error::Error;
use crate::store::{Store, StoredEvent};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tenantry::{
    AdvanceTime, Command, CompanyPatch, CompleteLink, Context, DeleteCompany, DeleteRegisteredUser, Environment,
    EventBody, EventId, LinkSessionId, ListRegisteredUsers, PutConnector, RegisteredUserPatch, StartLink,
    StartToolCall, ToolCall, ToolName, UpdateRegisteredUser,
};

const COMPANIES: [&str; 3] = ["globex", "initech", "umbrella"];

/// All write a common history. Nothing that was answered is lost, and whoever follows the events sees all of them.
pub(super) fn check<D: Database>(ring: &Ring<'_, D>, how_long: Duration) -> Result<(), Error> {
    let writing = AtomicUsize::new(ring.stores.len());
    let mut followed = all_events(ring.first)?;
    let answered = thread::scope(|scope| {
        let following = scope.spawn(|| {
            while writing.load(Ordering::SeqCst) > 0 {
                follow(ring.first, &mut followed)?;
                thread::sleep(Duration::from_millis(5));
            }
            while follow(ring.first, &mut followed)? {}
            Ok::<_, Error>(())
        });
        let answered = ring.each(|store, number| {
            let noted = write(ring, store, number, how_long);
            writing.fetch_sub(1, Ordering::SeqCst);
            noted
        });
        let followed = following.join().unwrap_or_else(|end| std::panic::resume_unwind(end));
        followed.and(answered)
    })?;
    let answered: Vec<EventId> = answered.into_iter().flatten().flatten().collect();
    assert!(!answered.is_empty(), "nothing was written");

    let events = all_events(ring.first)?;
    let seen = |events: &[StoredEvent]| -> Vec<(i64, EventId)> {
        events.iter().map(|stored| (stored.position, stored.event.id())).collect()
    };
    assert!(seen(&followed) == seen(&events), "whoever followed the events has missed some, or saw another order");
    let kept: BTreeSet<String> = events.iter().map(|stored| stored.event.id().to_string()).collect();
    assert_eq!(kept.len(), events.len(), "an event is there twice");
    let noted: BTreeSet<String> = answered.iter().map(EventId::to_string).collect();
    assert_eq!(noted.len(), answered.len(), "two commands were answered with the same event");
    let lost: Vec<&String> = noted.difference(&kept).collect();
    assert!(lost.is_empty(), "events of commands that were answered are lost: {lost:?}");
    Ok(())
}

/// One writer: commands at random on what all of them share. The events that it was answered with.
fn write<D: Database>(
    ring: &Ring<'_, D>,
    store: &Store<D>,
    seed: usize,
    how_long: Duration,
) -> Result<Vec<EventId>, Error> {
    let (mut chance, mut sessions, mut noted) = (Chance(seed as u64 + 1), Vec::new(), Vec::new());
    let start = Instant::now();
    while start.elapsed() < how_long {
        let context = Context::now(ring.actor(Environment::Test))?;
        let outcome = match store.execute(&command(ring, store, &mut chance, &sessions)?, &context) {
            Ok(outcome) => outcome,
            Err(Error::Rejected(_)) => continue,
            Err(error) => return Err(error),
        };
        for event in outcome.events {
            noted.push(event.id());
            if let EventBody::LinkSessionStarted { link_session_id, .. } = event.body {
                sessions.push(link_session_id);
            }
        }
    }
    Ok(noted)
}

/// Any command that changes a user, a company or the organization.
fn command<D: Database>(
    ring: &Ring<'_, D>,
    store: &Store<D>,
    chance: &mut Chance,
    sessions: &[LinkSessionId],
) -> Result<Command, Error> {
    let globex = *chance.one_of(&COMPANIES).unwrap_or(&"globex");
    let context = Context::now(ring.actor(Environment::Test))?;
    let users = store.query(&ListRegisteredUsers::new(), &context)?.items;
    let Some(somebody) = chance.one_of(&users).filter(|_| chance.below(5) > 0) else {
        let create = user(&format!("user_{}", chance.below(8)))?;
        return Ok(create.shared_credential_group(company(globex)?).into());
    };
    let somebody = somebody.registered_user_id;
    let patch = RegisteredUserPatch::new();
    Ok(match chance.below(10) {
        0 => UpdateRegisteredUser::new(somebody, patch.shared_credential_group(CompanyPatch::Join(company(globex)?)))
            .into(),
        1 => UpdateRegisteredUser::new(somebody, patch.is_active(chance.below(2) == 0)).into(),
        2 => DeleteRegisteredUser::new(somebody).into(),
        3 => StartLink::new(somebody, slack()?).into(),
        4 => StartLink::new(somebody, slack()?).tool_pack_id(shared()?).into(),
        5 | 6 if !sessions.is_empty() => {
            let session = chance.one_of(sessions).copied();
            CompleteLink::new(session.unwrap_or_else(|| LinkSessionId::from_text("none"))).into()
        }
        5..=7 => {
            let tool = "slack__read".parse().map_err(form)?;
            StartToolCall::new(ToolCall::new(somebody, shared()?, tool)).into()
        }
        8 if chance.below(2) == 0 => DeleteCompany::new(id(globex)?).into(),
        8 => AdvanceTime::new().limit(10).into(),
        _ => {
            let tool = if chance.below(2) == 0 { "write" } else { "post" };
            let tools = ["read", tool].map(|tool| ToolName::new(tool).map_err(form));
            PutConnector::new(slack()?, tools.into_iter().collect::<Result<_, _>>()?).into()
        }
    })
}

/// A sequence of numbers that look random: splitmix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }

    fn one_of<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        let most = u64::try_from(things.len()).unwrap_or_default().max(1);
        things.get(usize::try_from(self.below(most)).unwrap_or_default())
    }
}

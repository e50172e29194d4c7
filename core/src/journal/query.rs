//! The query `journal`: what happened, to whom, when (E-2).

use super::Journal;
use super::cursor::ByEvent;
use super::visible::JournalFilter;
use crate::authority::Right;
use crate::catalog::group;
use crate::company::CompanyRow;
use crate::context::{Environment, Needs};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::member::{Member, Optional};
use crate::declare::object::request;
use crate::declare::read::{Object, Reader};
use crate::error::{Code, Rejection};
use crate::event::{Event, EventName, Stream};
use crate::id::{GroupId, OrganizationId, OriginCompanyId, RegisteredUserId};
use crate::json::Path;
use crate::page::{Items, Page};
use crate::registered_user::LiveUser;
use crate::shape::Field;
use crate::state::{GroupRow, company_key};
use crate::time::Timestamp;
use alloc::boxed::Box;
use alloc::collections::{BTreeSet, BinaryHeap};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::cmp::Reverse;
use serde::ser::SerializeMap;

request! {
    /// Events in the order in which they happened; all filters must match.
    ///
    /// The actor's organization bounds what is seen, and its environment does, with the events that
    /// belong to none. `system` and an `admin` may name neither and see everything; with
    /// `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the
    /// page ended, whatever was added or purged meanwhile.
    query ReadJournal "journal" {
        /// Only this user's own stream, also when it is deleted.
        registered_user_id: Option<RegisteredUserId>,
        /// Only this company's stream and those of its present members.
        origin_company_id: Option<OriginCompanyId>,
        /// Only the streams of this group's present members.
        group_id: Option<GroupId>,
        /// Only events of this name.
        event: Option<EventName>,
        /// Only events at this instant or later.
        from: Option<Timestamp>,
        /// Only events before this instant.
        to: Option<Timestamp> => EndOfInterval = None,
        /// Which page.
        ..page: Page as ByEvent = Page::default(),
    }
}

impl Request for ReadJournal {
    type Response = Items<Event>;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Journal;
    const WALKS: bool = true;

    fn needs(&self) -> Needs {
        needs(self.origin_company_id.is_some(), self.group_id.is_some())
    }

    fn needs_of(object: &Object<'_, '_>) -> Needs {
        needs(object.has("origin_company_id"), object.has("group_id"))
    }

    fn check_together(&self, reader: &mut Reader<'_>) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            let _ = check_interval(from, to, reader);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Event>, Refusal> {
        let Some(journal) = tx.journal else {
            let message = "this instance keeps no journal: create it with `\"journal\": \"memory\"`, or query the events that you stored";
            return Err(Rejection::because(Code::InvalidRequest, message).at("/query").into_usage().into());
        };
        let sight = JournalFilter::of(tx);
        let streams = self.streams(tx, &sight)?.map(|streams| journal.visible(streams, &sight));
        let start = match &self.page.after {
            None => 0,
            Some(after) => match journal.place(after, |event| sight.sees(event)) {
                Some(place) => place + 1,
                None => {
                    let message = "not a cursor of this journal: send the `next` of the previous page";
                    return Err(Rejection::because(Code::InvalidRequest, message).at("/after").into());
                }
            },
        };
        let places = journal.places(streams, sight.organization_id, start);
        let found =
            places.filter_map(|place| journal.at(place)).filter(|event| self.matches(event) && sight.sees(event));
        Ok(page(found, self.page.limit))
    }
}

/// The end of the interval, which must not be before its beginning.
struct EndOfInterval;

impl Member<Option<Timestamp>> for EndOfInterval {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<Timestamp>> {
        let to = object.optional(name, reader)?;
        let from = object.present("from").and_then(|from| Timestamp::given(from).ok());
        if let (Some(from), Some(to)) = (from, to) {
            check_interval(from, to, reader)?;
        }
        Some(to)
    }

    fn write<M: SerializeMap>(value: &Option<Timestamp>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        <Optional<Timestamp> as Member<_>>::write(value, name, out)
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        <Optional<Timestamp> as Member<Option<Timestamp>>>::field(name, doc)
    }
}

/// An interval that ends before it begins is a mistake of the caller, not an empty answer.
fn check_interval(from: Timestamp, to: Timestamp, reader: &mut Reader<'_>) -> Option<()> {
    if from > to {
        let message = format!("`from` is after `to`: {from} is later than {to}");
        return reader.report(Code::InvalidRequest, &Path::ROOT.key("from"), message);
    }
    Some(())
}

fn needs(names_company: bool, names_group: bool) -> Needs {
    if names_company {
        Needs::PLACE
    } else if names_group {
        Needs::ORGANIZATION
    } else {
        Needs::NOTHING
    }
}

fn page<'j>(mut found: impl Iterator<Item = &'j Event>, limit: usize) -> Items<Event> {
    let items: Vec<Event> = found.by_ref().take(limit).cloned().collect();
    let next = items.last().filter(|_| found.next().is_some()).map(|event| event.id().to_string());
    Items { items, next }
}

impl ReadJournal {
    fn matches(&self, event: &Event) -> bool {
        self.event.is_none_or(|name| event.body.name() == name)
            && self.from.is_none_or(|from| event.at >= from)
            && self.to.is_none_or(|to| event.at < to)
    }

    /// The only streams that are asked for; none where the filters name none.
    fn streams(&self, tx: &Transaction<'_>, sight: &JournalFilter<'_>) -> Result<Option<BTreeSet<Stream>>, Refusal> {
        let user = self.registered_user_id.map(|id| BTreeSet::from([Stream::RegisteredUser(id)]));
        let company = match &self.origin_company_id {
            Some(id) => Some(company_streams(tx, id)?),
            None => None,
        };
        let group = match &self.group_id {
            Some(id) => Some(group_streams(tx, id, sight.environment)?),
            None => None,
        };
        let filters = [user, company, group].into_iter().flatten();
        Ok(filters.reduce(|one, other| one.intersection(&other).cloned().collect()))
    }
}

fn company_streams(tx: &Transaction<'_>, id: &OriginCompanyId) -> Result<BTreeSet<Stream>, Refusal> {
    let (organization_id, environment) = tx.place()?;
    let is_member = |live: &LiveUser| live.origin_company_id.as_ref() == Some(id);
    let mut streams = members(tx, &organization_id, environment, is_member)?;
    let company = tx.row::<CompanyRow>(&company_key(&organization_id, environment, id))?;
    streams.extend(company.map(|company| Stream::Company(company.company_id)));
    Ok(streams)
}

fn group_streams(
    tx: &Transaction<'_>,
    id: &GroupId,
    environment: Option<Environment>,
) -> Result<BTreeSet<Stream>, Refusal> {
    let organization_id = tx.organization_id()?;
    let group = tx.row::<GroupRow>(&(organization_id.clone(), id.clone()))?.ok_or(Code::GroupNotFound)?;
    let mut streams = BTreeSet::new();
    for place in [Environment::Production, Environment::Test] {
        if environment.is_none_or(|own| own == place) {
            let is_member = |live: &LiveUser| group::holds(&group.rule, live);
            streams.extend(members(tx, &organization_id, place, is_member)?);
        }
    }
    Ok(streams)
}

/// The streams of the users of a place that match a condition now.
fn members(
    tx: &Transaction<'_>,
    organization_id: &OrganizationId,
    environment: Environment,
    holds: impl Fn(&LiveUser) -> bool,
) -> Result<BTreeSet<Stream>, Refusal> {
    let mut streams = BTreeSet::new();
    for user in tx.list_users((organization_id, environment), None, usize::MAX) {
        let user = user?;
        if user.live().is_some_and(&holds) {
            streams.insert(Stream::RegisteredUser(user.registered_user_id));
        }
    }
    Ok(streams)
}

impl Journal {
    /// The streams of users and companies that the actor may see. The events of others are not looked at, since timing
    /// would reveal how many there are (P-2). One event of a stream gives the organization and environment of all.
    fn visible(&self, streams: BTreeSet<Stream>, sight: &JournalFilter<'_>) -> BTreeSet<Stream> {
        let sees = |stream: &Stream| {
            let last = self.stream(stream).last().and_then(|place| self.at(*place));
            sight.sees_stream(stream) && last.is_some_and(|event| sight.sees(event))
        };
        streams.into_iter().filter(sees).collect()
    }

    /// The places to look at, in order: those of some streams, of an organization, or all.
    fn places<'j>(
        &'j self,
        streams: Option<BTreeSet<Stream>>,
        organization_id: Option<&OrganizationId>,
        start: usize,
    ) -> Box<dyn Iterator<Item = usize> + 'j> {
        let from = |places: &'j [usize]| {
            let index = places.partition_point(|place| *place < start);
            places.get(index..).unwrap_or_default()
        };
        match (streams, organization_id) {
            (Some(streams), _) => Box::new(Merged::new(streams.iter().map(|stream| from(self.stream(stream))))),
            (None, Some(id)) => {
                let places = self.organizations.get(id).map(Vec::as_slice).unwrap_or_default();
                Box::new(from(places).iter().copied())
            }
            (None, None) => Box::new(start..self.events.len()),
        }
    }
}

/// Ascending lists of places as one: only what is looked at is merged.
struct Merged<'j>(BinaryHeap<Reverse<&'j [usize]>>);

impl<'j> Merged<'j> {
    /// Slices compare by their first place, and no place is in two streams.
    fn new(lists: impl Iterator<Item = &'j [usize]>) -> Self {
        Merged(lists.filter(|list| !list.is_empty()).map(Reverse).collect())
    }
}

impl Iterator for Merged<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let Reverse(list) = self.0.pop()?;
        let (first, rest) = list.split_first()?;
        if !rest.is_empty() {
            self.0.push(Reverse(rest));
        }
        Some(*first)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Journal, JournalFilter};
    use crate::context::{AccessKey, Actor, Environment, KeyScope};
    use crate::event::{Stream, read_events};
    use crate::id::{OrganizationId, RegisteredUserId};
    use crate::json::parse_document;
    use alloc::collections::BTreeSet;
    use alloc::{format, vec};

    const MINE: &str = "01890000-0000-7000-8000-000000000001";
    const FOREIGN: &str = "01890000-0000-7000-8000-000000000002";
    const ELSEWHERE: &str = "01890000-0000-7000-8000-000000000003";
    const NOBODY: &str = "01890000-0000-7000-8000-000000000004";

    /// Three users of two organizations, each with a hundred events.
    fn journal() -> Journal {
        let users = [(MINE, "org_acme"), (FOREIGN, "org_acme"), (ELSEWHERE, "org_other")];
        let event = |(id, organization): (&str, &str), sequence: u64| {
            format!(
                r#"{{"stream":{{"kind":"registered_user","id":"{id}"}},"sequence":{sequence},"at":"2026-01-31T10:00:00Z",
                "organization_id":"{organization}","environment":"production","event":"registered_user_deactivated","version":1,
                "actor":{{"type":"system","organization_id":null,"environment":null}}}}"#
            )
        };
        let events = users.into_iter().flat_map(|user| (1..=100).map(move |sequence| event(user, sequence)));
        let text = format!("[{}]", events.collect::<vec::Vec<_>>().join(","));
        Journal::of(&read_events(&parse_document(&text).unwrap()).unwrap())
    }

    /// How many events are looked at for a user whom a key asks for.
    fn visited(held_to: Option<&str>, asked: &str) -> usize {
        let organization_id = OrganizationId::new("org_acme").unwrap();
        let actor = Actor::AccessKey(
            AccessKey::new(organization_id.clone(), Environment::Production, vec![KeyScope::Management])
                .registered_user_ids(held_to.map(|id| vec![RegisteredUserId::from_text(id)].into())),
        );
        let sight = JournalFilter::bound(&actor, Some(&organization_id));
        let journal = journal();
        let streams = BTreeSet::from([Stream::RegisteredUser(RegisteredUserId::from_text(asked))]);
        let streams = journal.visible(streams, &sight);
        journal.places(Some(streams), Some(&organization_id), 0).count()
    }

    #[test]
    fn p_2_no_event_of_an_invisible_user_is_looked_at() {
        assert_eq!(visited(Some(MINE), MINE), 100);
        assert_eq!(visited(None, FOREIGN), 100);
        for asked in [FOREIGN, ELSEWHERE, NOBODY] {
            assert_eq!(visited(Some(MINE), asked), 0, "{asked}");
        }
        for asked in [ELSEWHERE, NOBODY] {
            assert_eq!(visited(None, asked), 0, "{asked}");
        }
    }
}

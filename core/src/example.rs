//! A small world to try things in: `org_demo` with three connectors, three tool packs, a group and a user of a company.

use crate::catalog::PutToolPack;
use crate::catalog::connector::PutConnector;
use crate::catalog::group::{PutGroup, Rule};
use crate::catalog::tool_pack::PackConnector;
use crate::company::CompanyChoice;
use crate::context::{Actor, Context, Entropy, Environment};
use crate::credential::AuthScope;
use crate::error::FormError;
use crate::error::{Error, Rejection};
use crate::id::{
    ConnectorSlug, GroupId, Label, Name, OrganizationId, OriginCompanyId, OriginUserId, ToolName, ToolPackId,
};
use crate::organization::CreateOrganization;
use crate::registered_user::CreateRegisteredUser;
use crate::tenantry::{Options, Tenantry};
use crate::time::Timestamp;
use alloc::vec::Vec;

const CONNECTORS: [(&str, &[&str]); 3] = [
    ("github", &["create_issue", "list_pull_requests", "merge_pull_request"]),
    ("jira", &["create_issue", "search_issues", "transition_issue"]),
    ("slack", &["list_channels", "post_message", "search_messages"]),
];

/// Each pack's connectors with their scopes and, where not all, their tools.
type PackEntry = (&'static str, AuthScope, Option<&'static [&'static str]>);

const GROUP: &str = "engineers";

/// The groups that a pack is for; none where it is for all.
type Groups = Option<&'static [&'static str]>;

/// Each with its name, its connectors and the groups that it is for, if not for all.
const PACKS: [(&str, &str, &[PackEntry], Groups); 3] = [
    (
        "engineering",
        "Engineering",
        &[
            ("github", AuthScope::Individual, None),
            ("jira", AuthScope::Shared, None),
            ("slack", AuthScope::Organization, Some(&["post_message"])),
        ],
        None,
    ),
    ("releases", "Releases", &[("github", AuthScope::Individual, Some(&["merge_pull_request"]))], Some(&[GROUP])),
    (
        "support",
        "Support",
        &[
            ("jira", AuthScope::Shared, Some(&["create_issue", "search_issues"])),
            ("slack", AuthScope::Individual, None),
        ],
        None,
    ),
];

impl Tenantry {
    /// A small world: organization `org_demo`; connectors `github`, `jira`, `slack`; the packs
    /// `engineering` (github by each user's own credential, jira by its company's, slack by the
    /// organization's), `support` (slack by each user's own, jira by its company's) and `releases` (github by each
    /// user's own) for the group `engineers`, whose rule is the grouping `team`; in the environment `test` the
    /// registered user `user_demo` of the company `company_demo`, who is no engineer.
    ///
    /// ```
    /// use tenantry::{Actor, CompleteLink, Context, CreateRegisteredUser, Entropy, Environment, LinkMethod};
    /// use tenantry::{OrganizationId, OriginUserId, StartLink, Tenantry, Timestamp};
    ///
    /// let mut world = Tenantry::example();
    /// let actor = Actor::System {
    ///     organization_id: Some(OrganizationId::new("org_demo")?),
    ///     environment: Some(Environment::Test),
    /// };
    /// let now = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
    /// let context = Context { now, actor: actor.clone(), entropy: Some(Entropy::new([7; 16])) };
    /// let create = CreateRegisteredUser::new(OriginUserId::new("user_a3f9b2")?);
    /// let user = world.execute(&create, &context)?.response.registered_user_id;
    /// let id = user.to_string();
    /// assert!(!world.acting_as(&actor).allows(&id, "support", "slack__post_message", now)?);
    ///
    /// let connector = "slack".parse()?;
    /// let start =
    ///     StartLink::new(user, connector).method(LinkMethod::Link);
    /// let link_session_id = world.execute(&start, &context)?.response.link_session_id;
    /// let complete = CompleteLink::new(link_session_id);
    /// let linked = world.execute(&complete, &context)?;
    /// assert!(!linked.events.is_empty());
    /// assert!(world.acting_as(&actor).allows(&id, "support", "slack__post_message", now)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn example() -> Self {
        // The commands are constant and a test executes them; an empty world would be their failure.
        build(Tenantry::new()).unwrap_or_default()
    }

    /// The same with a policy of one's own and, where the options say so, its journal.
    ///
    /// # Errors
    /// What the policy is refused with, also where it does not admit this world.
    pub fn example_with(options: Options) -> Result<Self, Rejection> {
        build(Tenantry::with_options(Options { rows: false, ..options })?).map_err(|error| match error {
            Error::Rejected(rejection) => rejection,
            Error::Usage(mistake) => Rejection::because(mistake.code(), mistake.message()),
        })
    }
}

fn build(mut tenantry: Tenantry) -> Result<Tenantry, Error> {
    let organization_id = OrganizationId::new("org_demo")?;
    let context = |organization_id, environment| Context {
        now: Timestamp::EXAMPLE,
        actor: Actor::System { organization_id, environment },
        entropy: Some(Entropy::new([0; 16])),
    };
    let name = Name::new("Demo")?;
    let create = CreateOrganization::new(name).organization_id(organization_id.clone());
    let _ = tenantry.execute(&create, &context(None, None))?;
    let context = context(Some(organization_id), Some(Environment::Test));
    let names = |tools: &[&str]| tools.iter().map(ToolName::new).collect::<Result<Vec<_>, FormError>>();
    for (slug, tools) in CONNECTORS {
        let connector = ConnectorSlug::new(slug)?;
        let _ = tenantry.execute(&PutConnector::new(connector, names(tools)?), &context)?;
    }
    let (team, engineering) = ("team".into(), "engineering".into());
    let rule = Rule::Equals { attribute: team, equals: engineering };
    let _ = tenantry.execute(&PutGroup::new(GroupId::new(GROUP)?, Name::new("Engineers")?, rule), &context)?;
    for (id, name, entries, groups) in PACKS {
        let mut connectors = Vec::new();
        for (slug, auth_scope, tools) in entries {
            connectors.push(PackConnector {
                connector: ConnectorSlug::new(slug)?,
                auth_scope: *auth_scope,
                tool_names: tools.map(names).transpose()?,
            });
        }
        let tool_pack_id = ToolPackId::new(id)?;
        let name = Name::new(name)?;
        let group_ids =
            groups.map(|ids| ids.iter().map(GroupId::new).collect::<Result<Vec<_>, FormError>>()).transpose()?;
        let _ = tenantry.execute(&PutToolPack::new(tool_pack_id, name, connectors).group_ids(group_ids), &context)?;
    }
    let company = CompanyChoice {
        origin_company_id: OriginCompanyId::new("company_demo")?,
        origin_company_name: Some(Label::new("Demo Company")?),
    };
    let create = CreateRegisteredUser::new(OriginUserId::new("user_demo")?)
        .origin_user_name(Some(Label::new("Dana Demo")?))
        .shared_credential_group(Some(company));
    let _ = tenantry.execute(&create, &context)?;
    Ok(tenantry)
}

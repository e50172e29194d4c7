//! `tenantry explain`: why a tool call would be allowed or denied.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tenantry::json::to_canonical;
use tenantry::{
    Context, Environment, FormError, FullToolName, OrganizationId, RegisteredUserId, ToolCall, ToolPackId, wire,
};

use crate::console::{BAD, Console, Failure, GOOD, PLAIN, TITLE, named};
use crate::world::{Conditions, Place, World, impossible, text};

/// Explain whether a user may call a tool, and what would change that
#[derive(Args, Debug)]
#[command(
    after_help = "Example: tenantry explain world.snapshot.json --user alice --pack support --tool slack__post_message"
)]
pub(crate) struct Explain {
    /// The state; `-` is the standard input
    #[arg(value_name = "SNAPSHOT")]
    snapshot: PathBuf,
    /// The user, by your own id or by the registered user's id
    #[arg(long)]
    user: String,
    /// The tool pack
    #[arg(long)]
    pack: ToolPackId,
    /// The full name of the tool
    #[arg(long)]
    tool: FullToolName,
    /// The user's organization, where several have such a user
    #[arg(long, value_name = "ID")]
    organization: Option<OrganizationId>,
    /// The user's environment, where both have such a user
    #[arg(long, value_parser = environments())]
    environment: Option<Environment>,
    #[command(flatten)]
    conditions: Conditions,
    /// Print the explanation as canonical JSON
    #[arg(long)]
    json: bool,
}

/// Reads an environment.
fn environments() -> impl TypedValueParser<Value = Environment> {
    let names = Environment::ALL.iter().map(|environment| environment.as_str());
    PossibleValuesParser::new(names).try_map(|name| -> Result<_, FormError> { name.parse() })
}

impl Explain {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let now = self.conditions.now(console)?;
        let world = self.conditions.open(console, &self.snapshot)?;
        let (place, registered_user_id) = self.user(&world)?;
        let context = Context { now, actor: place.host(), entropy: None };
        let call = ToolCall::new(registered_user_id, self.pack.clone(), self.tool.clone());
        let explanation = to_canonical(&world.tenantry.explain(&call, &context).map_err(|error| impossible(&error))?);
        if self.json {
            console.raw(&format!("{explanation}\n"))?;
            return Ok(0);
        }
        console.line(&[(TITLE, &format!("{} in {} at {now}", self.user, place.name()))])?;
        let table = wire::explanation_table(explanation.as_str()).map_err(|rejection| impossible(&rejection.into()))?;
        for line in table.lines() {
            let style = match line {
                _ if line.starts_with("| ✓") || line.starts_with("allow:") => GOOD,
                _ if line.starts_with("| ✗") || line.starts_with("deny:") => BAD,
                _ => PLAIN,
            };
            console.line(&[(style, line)])?;
        }
        Ok(0)
    }

    /// Where the user is, and its id.
    fn user(&self, world: &World) -> Result<(Place, RegisteredUserId), Failure> {
        let is_meant = |row: &_| {
            let names = ["/registered_user_id", "/life/present/origin_user_id"];
            names.iter().any(|name| text(row, name) == Some(self.user.as_str()))
        };
        let rows: Vec<_> = world.table("registered_users").iter().filter(|row| is_meant(row)).collect();
        let mut found = Vec::new();
        for place in world.places(self.organization.as_ref(), self.environment) {
            let here = rows.iter().filter(|row| place.has(row)).filter_map(|row| text(row, "/registered_user_id"));
            found.extend(here.map(|id| (place.clone(), RegisteredUserId::from_text(id))));
        }
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(Failure::Invalid(vec![named(&self.snapshot, &format!("no user `{}`", self.user))])),
            several => {
                let places: Vec<String> = several.iter().map(|(place, _)| place.name()).collect();
                let user = &self.user;
                let message = format!(
                    "several users are `{user}`, in {}: name one by --organization and --environment",
                    places.join(", ")
                );
                Err(Failure::impossible(message))
            }
        }
    }
}

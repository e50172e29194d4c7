//! `tenantry permissions`: who may send which request.

use clap::Args;
use tenantry::json::to_canonical;
use tenantry::{Permission, PermittedKey, Role, permissions};

use crate::console::{Console, Failure, PLAIN, TITLE, columns};

/// Show who may ever send which command, query or call
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry permissions")]
pub(crate) struct Permissions {
    /// Print canonical JSON
    #[arg(long)]
    json: bool,
}

const HEAD: [&str; 5] = ["request", "access keys", "accounts", "registered user", "anonymous"];

impl Permissions {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let table = permissions();
        if self.json {
            console.raw(&format!("{}\n", to_canonical(&table)))?;
            return Ok(0);
        }
        let rows: Vec<Vec<String>> =
            std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(table.iter().map(row)).collect();
        for (index, line) in columns(&rows).iter().enumerate() {
            console.line(&[(if index == 0 { TITLE } else { PLAIN }, line)])?;
        }
        console.line(&[])?;
        console.line(&[(PLAIN, "The trusted host (`system`) may send everything.")])?;
        Ok(0)
    }
}

fn row(row: &Permission) -> Vec<String> {
    let permitted = &row.permitted;
    let accounts = match permitted.account_roles {
        [] => "no".to_owned(),
        Role::ALL => "every role".to_owned(),
        roles => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "),
    };
    let yes = |may: bool| if may { "yes" } else { "no" }.to_owned();
    vec![
        row.when.map_or_else(|| row.request.to_owned(), |when| format!("{} if {}", row.request, when.replace('`', ""))),
        permitted.access_key.as_ref().map_or_else(|| "no".to_owned(), key),
        accounts,
        yes(permitted.registered_user),
        yes(permitted.anonymous),
    ]
}

fn key(needed: &PermittedKey) -> String {
    let mut parts = Vec::new();
    if let Some(scopes) = needed.scopes {
        parts.push(scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" or "));
    }
    parts.extend(needed.environment.map(|environment| format!("of {environment}")));
    if !needed.without.is_empty() {
        let fields: Vec<&str> = needed.without.iter().map(|field| field.as_str()).collect();
        parts.push(format!("without {}", fields.join(" and ")));
    }
    if parts.is_empty() { "every key".to_owned() } else { parts.join(", ") }
}

//! `tenantry errors`: the table of codes.

use clap::Args;
use clap::builder::PossibleValuesParser;
use tenantry::json::to_canonical;
use tenantry::{Code, ErrorInfo, error_catalog};

use crate::console::{Console, Failure, PLAIN, TITLE, columns};

/// List the codes of errors and denials, or say what one means and what to do
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry errors credential_required")]
pub(crate) struct Errors {
    /// The code
    #[arg(value_parser = codes(), hide_possible_values = true)]
    code: Option<String>,
    /// Print canonical JSON
    #[arg(long)]
    json: bool,
}

fn codes() -> PossibleValuesParser {
    PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str()))
}

impl Errors {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let catalog = error_catalog();
        let one = self.code.as_ref().and_then(|code| catalog.iter().find(|info| info.code == code));
        if self.json {
            let json = one.map_or_else(|| to_canonical(&catalog), to_canonical);
            console.raw(&format!("{json}\n"))?;
        } else if let Some(info) = one {
            print(console, info)?;
        } else {
            let row = |info: &ErrorInfo| vec![info.status.to_string(), info.code.to_owned(), info.meaning.to_owned()];
            let rows: Vec<_> = catalog.iter().map(row).collect();
            columns(&rows).iter().try_for_each(|line| console.line(&[(PLAIN, line)]))?;
        }
        Ok(0)
    }
}

fn print(console: &mut Console<'_>, info: &ErrorInfo) -> Result<(), Failure> {
    let retry = if info.retryable { "the same request may succeed later" } else { "the same request fails again" };
    console.line(&[
        (TITLE, info.code),
        (PLAIN, &format!(" ({}, {}, number {})", info.status, info.kind.as_str(), info.number)),
    ])?;
    console.line(&[(PLAIN, &format!("  what it means: {}", info.meaning))])?;
    console.line(&[(PLAIN, &format!("  what to do: {}", info.what_to_do))])?;
    if let Some(message) = info.user_message {
        console.line(&[(PLAIN, &format!("  for the end user: {message}"))])?;
    }
    console.line(&[(PLAIN, &format!("  retry: {retry}"))])
}

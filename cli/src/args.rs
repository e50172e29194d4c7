//! The arguments: all commands, in the order in which the help lists them.

use clap::{Parser, Subcommand};

use crate::console::{Console, Failure};
use crate::simulate::Simulate;

const STATUS: &str = "\
Exit status: 0; 1 where a scenario did not do what was expected of it, or a file is invalid; 2 where the usage is wrong, or a file \
cannot be read or written.";

/// Runs scenarios, explains decisions, and looks into snapshots of Tenantry.
#[derive(Debug, Parser)]
#[command(name = "tenantry", version, after_help = STATUS, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Simulate(Simulate),
}

impl Command {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        match self {
            Command::Simulate(command) => command.run(console),
        }
    }
}

//! The arguments: all commands, in the order in which the help lists them.

use clap::{Parser, Subcommand};

use crate::console::{Console, Failure};
use crate::diff::Diff;
use crate::errors::Errors;
use crate::explain::Explain;
use crate::inspect::Inspect;
use crate::make::{Completion, New, Playground, Secret};
use crate::permissions::Permissions;
use crate::reference::{Diagram, Schema};
use crate::simulate::Simulate;
use crate::validate::Validate;

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
    Explain(Explain),
    Validate(Validate),
    Inspect(Inspect),
    Diff(Diff),
    Errors(Errors),
    Diagram(Diagram),
    Schema(Schema),
    Permissions(Permissions),
    New(New),
    Secret(Secret),
    Playground(Playground),
    Completion(Completion),
}

impl Command {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        match self {
            Command::Simulate(command) => command.run(console),
            Command::Explain(command) => command.run(console),
            Command::Validate(command) => command.run(console),
            Command::Inspect(command) => command.run(console),
            Command::Diff(command) => command.run(console),
            Command::Errors(command) => command.run(console),
            Command::Diagram(command) => command.run(console),
            Command::Schema(command) => command.run(console),
            Command::Permissions(command) => command.run(console),
            Command::New(command) => command.run(console),
            Command::Secret(command) => command.run(console),
            Command::Playground(command) => command.run(console),
            Command::Completion(command) => command.run(console),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CommandLine, Parser};
    use clap::CommandFactory;

    #[test]
    fn each_command_has_an_example_that_it_takes() {
        CommandLine::command().debug_assert();
        for command in CommandLine::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = help.lines().next().and_then(|line| line.strip_prefix("Example: ")).unwrap_or_default();
            let line = example.trim_start_matches("npx ").split('>').next().unwrap_or_default();
            assert!(line.starts_with(&format!("tenantry {}", command.get_name())), "{}: {help}", command.get_name());
            assert!(CommandLine::try_parse_from(line.split_whitespace()).is_ok(), "{example}");
            // All languages print its help, and the docs show it.
            let cases = include_str!("../../tests/command-line/cases.json");
            assert!(cases.contains(&format!("\"{} --help\"", command.get_name())), "{}", command.get_name());
        }
    }
}

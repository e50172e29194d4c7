//! What is made anew: a scenario to begin with, a secret, completions for a shell.

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

use crate::args::CommandLine;
use crate::console::{Console, Failure};

/// Print a file to begin with
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry new scenario > first.scenario.json")]
pub(crate) struct New {
    /// What to make
    what: Template,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Template {
    /// A scenario that passes: a user links an account, and it expires
    Scenario,
}

impl New {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        match self.what {
            Template::Scenario => console.raw(include_str!("new.scenario.json"))?,
        }
        Ok(0)
    }
}

/// Print a fresh random secret for `issue_registration_token`
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry secret

The core keeps no more than a digest of it: hand it to those who are to register, once.")]
pub(crate) struct Secret {}

impl Secret {
    /// 43 letters of 64 kinds: 256 bits, and a little more.
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut bytes = [0; 43];
        let drawn = console.host.entropy(&mut bytes);
        drawn.map_err(|error| Failure::impossible(format!("the system gives no randomness: {error}")))?;
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte & 63)).copied().map(char::from));
        console.raw(&format!("ort_{}\n", letters.collect::<String>()))?;
        Ok(0)
    }
}

/// Print a script that completes the commands and options in a shell
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry completion bash > ~/.local/share/bash-completion/completions/tenantry")]
pub(crate) struct Completion {
    /// The shell
    shell: Shell,
}

impl Completion {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut CommandLine::command(), "tenantry", &mut script);
        console.raw(&String::from_utf8_lossy(&script))?;
        Ok(0)
    }
}

/// Open the playground: write scenarios and drag time in the browser
///
/// It comes with the npm package, where it takes options of its own.
#[derive(Args, Debug)]
#[command(after_help = "Example: npx tenantry playground --port 8080")]
pub(crate) struct Playground {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

impl Playground {
    pub(crate) fn run(&self, _console: &mut Console<'_>) -> Result<u8, Failure> {
        Err(Failure::impossible("the playground comes with the npm package: `npx tenantry playground` opens it"))
    }
}

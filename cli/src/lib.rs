//! The command line of Tenantry, once for all languages.
//!
//! [`run`] is the whole of it, and [`Host`] what it needs of the outside. The binary, the Python package and the npm package each
//! bring a host of their own, so the same arguments give the same bytes in all three.

mod access;
mod args;
mod change;
mod console;
mod diff;
mod errors;
mod explain;
mod file;
mod host;
mod inspect;
mod junit;
mod make;
mod permissions;
mod reference;
mod simulate;
#[cfg(not(target_family = "wasm"))]
mod system;
mod validate;
mod world;

use std::ffi::OsString;

use clap::Parser;

use args::CommandLine;
use console::Console;
pub use host::Host;
#[cfg(not(target_family = "wasm"))]
pub use system::System;

/// Runs one command line, without the program's name: the exit status.
///
/// 0; 1 where a scenario did not do what was expected of it, or a file is invalid; 2 where the usage is wrong, or a file
/// cannot be read or written.
pub fn run(args: impl IntoIterator<Item = OsString>, host: &mut dyn Host) -> u8 {
    let args = std::iter::once(OsString::from("tenantry")).chain(args);
    let mut console = Console::on(host);
    let done = match CommandLine::try_parse_from(args) {
        Ok(line) => line.command.run(&mut console),
        Err(error) => console.usage_error(&error),
    };
    done.unwrap_or_else(|failure| console.fail(&failure))
}

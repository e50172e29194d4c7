//! The program `tenantry`.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(tenantry_cli::run(env::args_os().skip(1), &mut tenantry_cli::System))
}

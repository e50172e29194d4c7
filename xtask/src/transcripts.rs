//! The transcripts of all scenarios: what every language must give, byte for byte.

use std::{env, error::Error, fs, path::Path, process::Command};

const SCENARIOS: &str = "examples/scenarios";
const TRANSCRIPTS: &str = "tests/transcripts";

/// Each transcript's file and text, as the program that people run prints it.
pub(crate) fn transcripts() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let scenarios = json_files(SCENARIOS)?;
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--package", "tenantry-cli", "--", "simulate", "--json"])
        .args(scenarios.iter().map(|name| format!("{SCENARIOS}/{name}")))
        .output()?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("a scenario does not do what it expects: try `make simulate`\n{stderr}").into());
    }
    let lines = String::from_utf8(output.stdout)?;
    let files = scenarios.iter().zip(lines.lines());
    Ok(files.map(|(name, line)| (format!("{TRANSCRIPTS}/{name}"), format!("{line}\n"))).collect())
}

/// Transcripts whose scenario is gone.
pub(crate) fn orphans() -> Result<Vec<String>, Box<dyn Error>> {
    let scenarios = json_files(SCENARIOS)?;
    let orphans = json_files(TRANSCRIPTS)?.into_iter().filter(|name| !scenarios.contains(name));
    Ok(orphans.map(|name| format!("{TRANSCRIPTS}/{name}")).collect())
}

/// The names of the JSON files in a folder, sorted.
fn json_files(folder: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder)? {
        let name = file?.file_name().into_string().map_err(|name| format!("{}: not Unicode", name.display()))?;
        if Path::new(&name).extension().is_some_and(|extension| extension == "json") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

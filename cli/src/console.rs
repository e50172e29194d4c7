//! What is printed, and how a command fails.

use std::io;
use std::path::Path;

use clap::builder::styling::AnsiColor;
pub(crate) use clap::builder::styling::Style;
use clap::error::ErrorKind;
use tenantry::wire::visible;

use crate::Host;

/// For what is as it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// For failures.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// For what the eye looks for.
pub(crate) const TITLE: Style = Style::new().bold();
/// For all else.
pub(crate) const PLAIN: Style = Style::new();

/// Why a command ends before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Files that are not what they should be, a line for each fault.
    Invalid(Vec<String>),
    /// What cannot be done at all, a line for each reason.
    Impossible(Vec<String>),
    /// The standard output takes nothing more.
    Output(io::Error),
}

impl Failure {
    pub(crate) fn impossible(reason: impl Into<String>) -> Self {
        Failure::Impossible(vec![reason.into()])
    }
}

/// The host's streams, for text that people read.
pub(crate) struct Console<'h> {
    pub(crate) host: &'h mut dyn Host,
    colours: bool,
}

impl<'h> Console<'h> {
    pub(crate) fn on(host: &'h mut dyn Host) -> Self {
        let is_set = |name| host.variable(name).is_some_and(|value| !value.is_empty());
        let colours = host.is_terminal() && !is_set("NO_COLOR") && host.variable("TERM").as_deref() != Some("dumb");
        Console { host, colours }
    }

    /// Writes a line of parts. Whatever of it comes from a file, nothing in it moves the cursor or reorders the line.
    pub(crate) fn line(&mut self, parts: &[(Style, &str)]) -> Result<(), Failure> {
        let mut line = String::new();
        for (style, text) in parts {
            let text = visible(text);
            if self.colours && *style != PLAIN {
                line.push_str(&format!("{style}{text}{style:#}"));
            } else {
                line.push_str(&text);
            }
        }
        line.push('\n');
        self.raw(&line)
    }

    /// Writes what other programs read, as it is.
    pub(crate) fn raw(&mut self, text: &str) -> Result<(), Failure> {
        self.host.out(text).map_err(Failure::Output)
    }

    /// Clears a terminal; elsewhere an empty line keeps runs apart.
    pub(crate) fn clear(&mut self) -> Result<(), Failure> {
        let separator = if self.host.is_terminal() { "\u{1b}[2J\u{1b}[H" } else { "\n" };
        self.raw(separator)
    }

    /// Writes a line to the standard error.
    pub(crate) fn complain(&mut self, line: &str) {
        self.host.err(&format!("{}\n", visible(line)));
    }

    /// Help and the version go to the standard output, with status 0; what is wrong with the usage to the standard error.
    pub(crate) fn usage_error(&mut self, error: &clap::Error) -> Result<u8, Failure> {
        let text = error.render();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                self.raw(&text.to_string())?;
                Ok(0)
            }
            _ => {
                text.to_string().lines().for_each(|line| self.complain(line));
                Ok(2)
            }
        }
    }

    /// Says why a command has ended: the exit status.
    pub(crate) fn fail(&mut self, failure: &Failure) -> u8 {
        match failure {
            Failure::Invalid(faults) => {
                faults.iter().for_each(|fault| self.complain(fault));
                1
            }
            Failure::Impossible(reasons) => {
                reasons.iter().for_each(|reason| self.complain(&format!("error: {reason}")));
                2
            }
            // A reader that has seen enough, such as `head`, is no failure; a full disk is one.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Output(error) => {
                self.complain(&format!("error: the standard output: {}", why(error)));
                2
            }
        }
    }
}

/// Why a file cannot be read or written, in the same words in every language.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is no folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// A file's name, as messages begin with it.
pub(crate) fn named(file: &Path, what: &str) -> String {
    format!("{}: {what}", file.display())
}

/// Rows of texts as lines, in columns as wide as their longest text.
pub(crate) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let length = |text: &String| text.chars().count();
    let mut widths = Vec::new();
    for row in rows {
        widths.resize(row.len().max(widths.len()), 0);
        widths.iter_mut().zip(row).for_each(|(width, text)| *width = length(text).max(*width));
    }
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(text, width)| format!("{text:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

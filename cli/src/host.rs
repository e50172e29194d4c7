//! What the command line needs of the outside.

use std::io;
use std::path::Path;

/// Files, streams, time and randomness, as a program on some system has them. Nothing else of the outside is used.
pub trait Host {
    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be read. Of the error only the kind matters, where it is one of the usual ones: its words would differ
    /// between languages.
    fn read(&mut self, file: &Path) -> io::Result<Vec<u8>>;

    /// All of the standard input.
    ///
    /// # Errors
    /// It cannot be read.
    fn read_input(&mut self) -> io::Result<Vec<u8>>;

    /// Makes or replaces a file.
    ///
    /// # Errors
    /// It cannot be written.
    fn write(&mut self, file: &Path, content: &[u8]) -> io::Result<()>;

    /// Writes to the standard output at once.
    ///
    /// # Errors
    /// It cannot be written; a reader who has gone away is `BrokenPipe`.
    fn out(&mut self, text: &str) -> io::Result<()>;

    /// Writes to the standard error, if that can be.
    fn err(&mut self, text: &str);

    /// Whether the standard output is a terminal.
    fn is_terminal(&self) -> bool;

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;

    /// Milliseconds since 1970.
    fn now(&self) -> i64;

    /// Fills it with random bytes.
    ///
    /// # Errors
    /// No randomness is available.
    fn entropy(&mut self, bytes: &mut [u8]) -> io::Result<()>;

    /// Waits.
    ///
    /// # Errors
    /// Somebody has interrupted it, and wants the program to end.
    fn sleep(&mut self, millis: u64) -> io::Result<()>;

    /// Something that changes when a file does; none where there is no such file.
    fn modified(&mut self, file: &Path) -> Option<u64>;

    /// The JSON Schema of the wire, which each package carries already.
    ///
    /// # Errors
    /// It is missing from the installation.
    fn schema(&mut self) -> io::Result<String>;
}

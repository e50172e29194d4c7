//! The command line: `tenantry_cli` on Python's own streams.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tenantry_cli::{Host, System};

use crate::error::guarded;

/// Runs a command line without the program's name, on `sys.stdin`, `sys.stdout` and `sys.stderr`: the exit status.
#[pyfunction]
pub(crate) fn command_line(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    guarded(|| tenantry_cli::run(arguments, &mut Streams { py, system: System }))
}

/// Python's streams; all else is the system's.
struct Streams<'py> {
    py: Python<'py>,
    system: System,
}

impl Streams<'_> {
    /// Writes UTF-8, whatever the stream says of itself, and at once.
    fn write_to(&self, name: &str, text: &str) -> PyResult<()> {
        let stream = self.py.import("sys")?.getattr(name)?;
        match stream.getattr("buffer") {
            Ok(bytes) => {
                stream.call_method0("flush")?;
                // An unbuffered stream may take a part, or nothing for now.
                let mut rest = text.as_bytes();
                while !rest.is_empty() {
                    let written = bytes.call_method1("write", (PyBytes::new(self.py, rest),))?;
                    match written.extract::<Option<usize>>()? {
                        Some(written) => rest = rest.get(written..).unwrap_or_default(),
                        None => self.pause()?,
                    }
                }
                bytes.call_method0("flush")?;
            }
            // A stream of text alone, such as `io.StringIO`.
            Err(_) => {
                stream.call_method1("write", (text,))?;
            }
        }
        Ok(())
    }

    /// Waits for a stream that takes nothing for now. Ctrl+C ends it.
    fn pause(&self) -> PyResult<()> {
        std::thread::sleep(Duration::from_millis(5));
        self.py.check_signals()
    }

    /// Gives the standard output nothing more to write when the interpreter ends: the reader has gone away.
    fn abandon_output(&self) -> PyResult<()> {
        let os = self.py.import("os")?;
        let nowhere = os.call_method1("open", (os.getattr("devnull")?, os.getattr("O_WRONLY")?))?;
        let output = self.py.import("sys")?.getattr("stdout")?.call_method0("fileno")?;
        os.call_method1("dup2", (nowhere, output))?;
        Ok(())
    }
}

impl Host for Streams<'_> {
    fn read(&mut self, file: &Path) -> io::Result<Vec<u8>> {
        self.system.read(file)
    }

    fn read_input(&mut self) -> io::Result<Vec<u8>> {
        let read = || self.py.import("sys")?.getattr("stdin")?.getattr("buffer")?.call_method0("read")?.extract();
        Ok(read()?)
    }

    fn write(&mut self, file: &Path, content: &[u8]) -> io::Result<()> {
        self.system.write(file, content)
    }

    fn out(&mut self, text: &str) -> io::Result<()> {
        let written = self.write_to("stdout", text).map_err(io::Error::from);
        if written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            // If that fails, Python says so when it ends.
            let _ = self.abandon_output();
        }
        written
    }

    fn err(&mut self, text: &str) {
        // Nobody is left to hear that it failed.
        let _ = self.write_to("stderr", text);
    }

    fn is_terminal(&self) -> bool {
        let is_terminal = || self.py.import("sys")?.getattr("stdout")?.call_method0("isatty")?.extract();
        is_terminal().unwrap_or(false)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.system.variable(name)
    }

    fn now(&self) -> i64 {
        self.system.now()
    }

    fn entropy(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.system.entropy(bytes)
    }

    /// Ctrl+C ends it: Python only takes note of the signal, and raises what is due when it is asked.
    fn sleep(&mut self, millis: u64) -> io::Result<()> {
        self.system.sleep(millis)?;
        Ok(self.py.check_signals()?)
    }

    fn modified(&mut self, file: &Path) -> Option<u64> {
        self.system.modified(file)
    }

    fn schema(&mut self) -> io::Result<String> {
        let read = || {
            let files = self.py.import("importlib.resources")?.call_method1("files", ("tenantry",))?;
            files.call_method1("joinpath", ("tenantry.schema.json",))?.call_method1("read_text", ("utf-8",))?.extract()
        };
        Ok(read()?)
    }
}

//! The command line for `bin.js` of the npm package: `tenantry_cli` on what Node has.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use tenantry_cli::Host;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object that `bin.js` hands in.
    pub type Node;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Node, file: &str) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readInput)]
    fn read_input(this: &Node) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Node, file: &str, content: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn out(this: &Node, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn err(this: &Node, text: &str);
    #[wasm_bindgen(method, js_name = isTerminal)]
    fn is_terminal(this: &Node) -> bool;
    #[wasm_bindgen(method)]
    fn variable(this: &Node, name: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn now(this: &Node) -> f64;
    #[wasm_bindgen(method, catch)]
    fn entropy(this: &Node, length: usize) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method)]
    fn sleep(this: &Node, millis: f64);
    #[wasm_bindgen(method)]
    fn modified(this: &Node, file: &str) -> Option<f64>;
    #[wasm_bindgen(method, catch)]
    fn schema(this: &Node) -> Result<String, JsValue>;

    /// An error of Node's.
    type NodeError;

    #[wasm_bindgen(method, getter)]
    fn code(this: &NodeError) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &NodeError) -> Option<String>;
}

/// Runs a command line without the program's name: the exit status.
#[wasm_bindgen]
pub fn run(arguments: Vec<String>, node: Node) -> u8 {
    tenantry_cli::run(arguments.into_iter().map(OsString::from), &mut Synchronous(node))
}

struct Synchronous(Node);

/// The kinds of errors that the command line knows.
fn error(thrown: JsValue) -> io::Error {
    let thrown: NodeError = thrown.unchecked_into();
    let kind = match thrown.code().as_deref() {
        Some("ENOENT") => io::ErrorKind::NotFound,
        Some("EACCES" | "EPERM") => io::ErrorKind::PermissionDenied,
        Some("EISDIR") => io::ErrorKind::IsADirectory,
        Some("ENOTDIR") => io::ErrorKind::NotADirectory,
        Some("ENOSPC") => io::ErrorKind::StorageFull,
        Some("EPIPE") => io::ErrorKind::BrokenPipe,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, thrown.message().unwrap_or_default())
}

fn name(file: &Path) -> &str {
    file.to_str().unwrap_or_default()
}

impl Host for Synchronous {
    fn read(&mut self, file: &Path) -> io::Result<Vec<u8>> {
        self.0.read(name(file)).map_err(error)
    }

    fn read_input(&mut self) -> io::Result<Vec<u8>> {
        self.0.read_input().map_err(error)
    }

    fn write(&mut self, file: &Path, content: &[u8]) -> io::Result<()> {
        self.0.write(name(file), content).map_err(error)
    }

    fn out(&mut self, text: &str) -> io::Result<()> {
        self.0.out(text).map_err(error)
    }

    fn err(&mut self, text: &str) {
        self.0.err(text);
    }

    fn is_terminal(&self) -> bool {
        self.0.is_terminal()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }

    fn now(&self) -> i64 {
        self.0.now() as i64
    }

    fn entropy(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        let drawn = self.0.entropy(bytes.len()).map_err(error)?;
        bytes.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        Ok(())
    }

    /// Node itself ends the program where somebody interrupts it.
    fn sleep(&mut self, millis: u64) -> io::Result<()> {
        self.0.sleep(millis as f64);
        Ok(())
    }

    fn modified(&mut self, file: &Path) -> Option<u64> {
        self.0.modified(name(file)).map(f64::to_bits)
    }

    fn schema(&mut self) -> io::Result<String> {
        self.0.schema().map_err(error)
    }
}

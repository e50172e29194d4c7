//! Build steps that need Rust, run by `make`.

mod blocks;
mod contract;
mod docs;
mod generate;
mod licenses;
mod links;
mod npm;
mod schema;
mod tidy;
mod transcripts;

use std::error::Error;

/// What every step answers: nothing, or why the build must stop.
type Step = Result<(), Box<dyn Error>>;

fn main() -> Step {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["npm", wasm, cli, source] => npm::assemble(wasm.as_ref(), cli.as_ref(), source.as_ref()),
        ["licenses", member, target, file] => licenses::write(&[member], target, file.as_ref()),
        ["generate"] => generate::generate(false),
        ["generate", "--check"] => generate::generate(true),
        ["tidy"] => tidy::check(),
        _ => Err("usage: xtask npm <compiled.wasm> <compiled command line> <source folder> | licenses <member> <target> <file> | generate [--check] | tidy".into()),
    }
}

//! Writes what is generated and checked in, or compares it.

use std::{error::Error, fs};

use crate::{Step, docs, schema, transcripts};

/// A generated file, and what makes its whole text.
type Generated = (&'static str, fn() -> Result<String, Box<dyn Error>>);

const FILES: &[Generated] = &[
    (docs::ERRORS_PAGE, docs::errors_page),
    (docs::LIFECYCLES_PAGE, docs::lifecycles_page),
    (docs::LIFECYCLES, docs::lifecycles),
    (docs::PERMISSIONS_PAGE, docs::permissions_page),
    (docs::COMMAND_LINE_PAGE, docs::command_line_page),
    ("bindings-python/README.md", || docs::package_readme("bindings-python/README.md")),
    ("bindings-wasm/npm/README.md", || docs::package_readme("bindings-wasm/npm/README.md")),
    ("schema/tenantry.schema.json", json_schema),
    // The wheel ships it, too.
    ("bindings-python/python/tenantry/tenantry.schema.json", json_schema),
    ("bindings-python/python/tenantry/_tenantry.pyi", || schema::stub(&schema::Schema::read())),
    ("bindings-python/python/tenantry/types.py", || Ok(schema::types(&schema::Schema::read())?)),
    ("bindings-python/python/tenantry/_methods.py", || Ok(schema::python_methods(&schema::Schema::read()))),
    ("bindings-python/python/tenantry/stores/_store.pyi", || schema::stores_stub(&schema::Schema::read())),
    // One schema for the stores of all languages.
    ("bindings-python/python/tenantry/stores/sqlite.sql", || Ok(fs::read_to_string("stores/schema/sqlite.sql")?)),
    ("bindings-python/python/tenantry/stores/postgresql.sql", || {
        Ok(fs::read_to_string("stores/schema/postgresql.sql")?)
    }),
    // For those who need the texts and not the core.
    ("bindings-wasm/npm/errors.json", docs::errors_json),
    ("bindings-wasm/npm/requests.js", || Ok(schema::javascript_methods(&schema::Schema::read()))),
    ("bindings-wasm/npm/types.d.ts", || Ok(schema::typescript(&schema::Schema::read())?)),
];

fn json_schema() -> Result<String, Box<dyn Error>> {
    Ok(schema::json_schema(&schema::Schema::read())?)
}

/// Writes every generated file or, with `check`, only compares it with what is there.
pub(crate) fn generate(check: bool) -> Step {
    let mut files = transcripts::transcripts()?;
    files.extend(schema::reference()?);
    for &(path, text) in FILES {
        files.push((path.to_owned(), text()?));
    }
    let mut stale = transcripts::orphans()?;
    if !check {
        stale.iter().try_for_each(fs::remove_file)?;
    }
    for (path, text) in &files {
        if fs::read_to_string(path).is_ok_and(|there| there == *text) {
            continue;
        }
        stale.push(path.clone());
        if !check {
            fs::write(path, text)?;
        }
    }
    if check && !stale.is_empty() {
        return Err(format!("out of date, run `make generate`: {}", stale.join(", ")).into());
    }
    println!("generated: {} of {} files differed", stale.len(), files.len());
    Ok(())
}

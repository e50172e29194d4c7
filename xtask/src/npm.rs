//! Puts together what the npm package is made of: wasm-bindgen's output beside the hand-written files of
//! `bindings-wasm/npm`. `tools/npm.mjs` makes the package of them.

use std::{fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Step, licenses};

/// The classes that jest's jsdom lacks.
const TEXT: &str = "import { TextDecoder, TextEncoder } from \"./text.js\";\n";

/// Fills `source` from the compiled core in `wasm`, and from the command line's.
pub(crate) fn assemble(wasm: &Path, cli: &Path, source: &Path) -> Step {
    if source.exists() {
        fs::remove_dir_all(source)?;
    }
    fs::create_dir_all(source)?;

    let mut bindgen = bindgen(wasm, "tenantry");
    bindgen.reset_state_function(true); // for `lost.js`
    let mut web = bindgen.web(true)?.omit_default_module_path(true).generate_output()?;
    fs::write(source.join("tenantry.wasm"), web.wasm_mut().emit_wasm())?;
    fs::write(source.join("tenantry.js"), format!("{TEXT}{}", web.js()))?;
    // For `bin.js` alone: `cli.js`, which reads `cli_bg.wasm`.
    self::bindgen(cli, "cli").nodejs_module(true)?.generate(source)?;

    copy(Path::new("bindings-wasm/npm"), source)?;
    // One schema for the stores of all languages.
    copy(Path::new("stores/schema"), &source.join("stores"))?;
    let package = source.join("package.json");
    fs::write(&package, with_addresses(&fs::read_to_string(&package)?))?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(license, source.join(license))?;
    }
    licenses::write(&["tenantry-wasm", "tenantry-cli-wasm"], "wasm32-unknown-unknown", &source.join(licenses::FILE))
}

fn bindgen(wasm: &Path, name: &str) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen
}

/// All files of a folder, and of those in it.
fn copy(from: &Path, to: &Path) -> Step {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        let target = to.join(file.file_name());
        if file.file_type()?.is_dir() {
            copy(&file.path(), &target)?;
        } else {
            fs::copy(file.path(), target)?;
        }
    }
    Ok(())
}

/// The package's description of itself, with the addresses that the workspace has.
fn with_addresses(package: &str) -> String {
    let (homepage, repository) = (env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY"));
    let addresses = format!(
        "  \"homepage\": \"{homepage}\",\n  \"repository\": {{ \"type\": \"git\", \"url\": \"git+{repository}\" }},\n  \"license\""
    );
    package.replacen("  \"license\"", &addresses, 1)
}

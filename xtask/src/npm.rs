//! Puts together what the npm package is made of: wasm-bindgen's output beside the hand-written files of
//! `bindings-wasm/npm`. `tools/npm.mjs` makes the package of them.

use std::{fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Step, licenses};

/// The classes that jest's jsdom lacks.
const TEXT: &str = "import { TextDecoder, TextEncoder } from \"./text.js\";\n";

/// Fills `source` from the compiled `wasm`.
pub(crate) fn assemble(wasm: &Path, source: &Path) -> Step {
    if source.exists() {
        fs::remove_dir_all(source)?;
    }
    fs::create_dir_all(source)?;

    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("tenantry").typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.reset_state_function(true); // for `lost.js`
    let mut web = bindgen.web(true)?.omit_default_module_path(true).generate_output()?;
    fs::write(source.join("tenantry.wasm"), web.wasm_mut().emit_wasm())?;
    fs::write(source.join("tenantry.js"), format!("{TEXT}{}", web.js()))?;

    for file in fs::read_dir("bindings-wasm/npm")? {
        let file = file?;
        fs::copy(file.path(), source.join(file.file_name()))?;
    }
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(license, source.join(license))?;
    }
    licenses::write("tenantry-wasm", "wasm32-unknown-unknown", &source.join(licenses::FILE))
}

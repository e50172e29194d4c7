//! Assembles the npm package: wasm-bindgen's output beside the hand-written files of `bindings-wasm/npm`.
//!
//! Node gets CommonJS, which `import` and `require` alike can load synchronously in every version, so that
//! a process never holds two instances; all others get ES modules. Both are made from the same sources and
//! share the one `.wasm` file.

use std::{fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Step, licenses};

/// Hand-written modules which exist once, as ES modules, and which Node gets as CommonJS.
const SHARED: [&str; 12] = [
    "acting",
    "answer",
    "api",
    "decide",
    "decision",
    "error",
    "functions",
    "instance",
    "kinds",
    "lost",
    "requests",
    "values",
];

/// Fills `package` from the compiled `wasm`.
pub(crate) fn assemble(wasm: &Path, package: &Path) -> Step {
    if package.exists() {
        fs::remove_dir_all(package)?;
    }
    fs::create_dir_all(package)?;

    let mut web = bindgen(wasm).web(true)?.omit_default_module_path(true).generate_output()?;
    let mut node = bindgen(wasm).nodejs(true)?.generate_output()?;
    let bytes = web.wasm_mut().emit_wasm();
    if bytes != node.wasm_mut().emit_wasm() {
        return Err("wasm-bindgen's web and nodejs targets no longer share one .wasm file".into());
    }
    fs::write(package.join("tenantry_bg.wasm"), bytes)?;
    fs::write(package.join("tenantry.js"), web.js())?;
    fs::write(package.join("tenantry.cjs"), node.js())?;

    for file in fs::read_dir("bindings-wasm/npm")? {
        let file = file?;
        fs::copy(file.path(), package.join(file.file_name()))?;
    }
    for name in SHARED {
        let source = fs::read_to_string(package.join(format!("{name}.js")))?;
        let (converted, exports) =
            to_commonjs(&source).map_err(|line| format!("{name}.js: cannot convert `{line}`"))?;
        fs::write(package.join(format!("{name}.cjs")), converted)?;
        if name == "api" {
            let module = format!("import api from \"./api.cjs\";\nexport const {{ {exports} }} = api;\n");
            fs::write(package.join("node.js"), module)?;
        }
    }
    // The same types, told to a CommonJS importer.
    for name in ["index", "types"] {
        let types = fs::read_to_string(package.join(format!("{name}.d.ts")))?;
        fs::write(package.join(format!("{name}.d.cts")), types.replace("\"./types.js\"", "\"./types.cjs\""))?;
    }
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(license, package.join(license))?;
    }
    licenses::write("tenantry-wasm", "wasm32-unknown-unknown", &package.join(licenses::FILE))
}

fn bindgen(wasm: &Path) -> Bindgen {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("tenantry").typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.reset_state_function(true); // for `lost.js`
    bindgen
}

/// Turns an ES module of the two forms that ours keep to, one-line named imports and one closing export
/// list, into CommonJS; also answers that list. Any other form is given back as the error.
fn to_commonjs(source: &str) -> Result<(String, String), String> {
    let mut converted = String::from("\"use strict\";\n");
    let mut exports = None;
    for line in source.lines() {
        if let Some(import) = line.strip_prefix("import ") {
            let parts = import.strip_suffix(".js\";").and_then(|import| import.split_once(" from "));
            let (names, module) = parts.filter(|_| !import.contains(" as ")).ok_or(line)?;
            converted.push_str(&format!("const {names} = require({module}.cjs\");\n"));
        } else if let Some(export) = line.strip_prefix("export ") {
            let names = export.strip_prefix("{ ").and_then(|list| list.strip_suffix(" };"));
            let names = names.filter(|_| exports.is_none() && !export.contains(" as ")).ok_or(line)?;
            converted.push_str(&format!("module.exports = {{ {names} }};\n"));
            exports = Some(names.to_owned());
        } else {
            converted.push_str(line);
            converted.push('\n');
        }
    }
    Ok((converted, exports.ok_or("no export list")?))
}

#[cfg(test)]
mod tests {
    use super::to_commonjs;

    #[test]
    fn named_imports_and_the_export_list_become_commonjs() {
        let source = "import { a, b } from \"./x.js\";\nconst c = a + b;\nexport { a, c };\n";
        let expected =
            "\"use strict\";\nconst { a, b } = require(\"./x.cjs\");\nconst c = a + b;\nmodule.exports = { a, c };\n";
        assert_eq!(to_commonjs(source), Ok((expected.to_owned(), "a, c".to_owned())));
    }

    #[test]
    fn other_forms_are_refused_rather_than_passed_on() {
        for line in [
            "import x from \"./x\";",
            "import { a as b } from \"./x.js\";",
            "export class A {}",
            "export * from \"./x.js\";",
            "const a = 1;",
        ] {
            assert!(to_commonjs(line).is_err(), "{line}");
        }
    }
}

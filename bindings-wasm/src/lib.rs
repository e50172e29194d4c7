//! The npm package `tenantry`: converts JavaScript values and calls the core. It holds no rule.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "./error.js")]
extern "C" {
    /// The JavaScript class of `error.js`.
    pub type TenantryError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> TenantryError;
}

/// The version of the core inside.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Throws a `TenantryError`, to show that the class which a host sees is the one that the core throws.
#[wasm_bindgen]
pub fn refuse(message: &str) -> Result<(), TenantryError> {
    Err(TenantryError::new(message))
}

//! The steps in Rust.

use crate::host_values::Made;
use serde_json::Value;
use tenantry::json::{self, parse_document, to_canonical};
use tenantry::wire::{self, Input};
use tenantry::{Error, Tenantry};

/// The instance that the steps are taken on, and the snapshot that it began from.
#[derive(Default)]
pub(super) struct Instance {
    tenantry: Option<Tenantry>,
    began: String,
}

impl Instance {
    pub(super) fn state(&self) -> Option<String> {
        self.tenantry.as_ref().map(wire::snapshot)
    }

    /// Takes a step: the canonical JSON of its answer, or how it was refused.
    pub(super) fn takes(&mut self, call: &str, given: &Value) -> Result<String, Value> {
        let text = given.to_string();
        let given = parse_document(&text).unwrap();
        let json::Value::Array(given) = given else { panic!("no arguments: {text}") };
        let made: Vec<Made> = given.iter().map(Made::of).collect();
        self.called(call, &made).map_err(|error| refused(&error))
    }

    fn called(&mut self, call: &str, made: &[Made]) -> Result<String, Error> {
        let one = || made[0].input();
        let two = || made[1].input();
        if call == "restore" {
            let tenantry = wire::restore(one(), two())?;
            self.began = wire::snapshot(&tenantry);
            self.tenantry = Some(tenantry);
            return Ok(self.began.clone());
        }
        let tenantry = self.tenantry.as_mut().unwrap();
        match call {
            "execute" => wire::execute(tenantry, one(), two()),
            "query" => wire::query(tenantry, one(), two()),
            "authorize" => wire::authorize(tenantry, one(), two()),
            "authorize_batch" => wire::authorize_batch(tenantry, one(), two()),
            "explain" => wire::explain(tenantry, one(), two()),
            "preview" => wire::preview(tenantry, one(), two()),
            "validate" => Ok(to_canonical(&wire::validate(one(), two())?)),
            "subset_of" => Ok(to_canonical(&wire::subset_of(one(), two())?)),
            "redact" => Ok(wire::redact(one())?),
            "may" => {
                let name = made[0].value.as_ref().ok().and_then(json::Value::as_str).unwrap();
                Ok(wire::may(tenantry, name, two())?.to_string())
            }
            "snapshot" => Ok(wire::snapshot(tenantry)),
            // These make another instance, which must be whole.
            "restored" => Ok(wire::snapshot(&wire::restore(one(), two())?)),
            "folded" => {
                let events = made[0].value.clone().unwrap();
                let onto = json::Value::Object(vec![
                    ("onto".into(), json::Value::from(self.began.clone())),
                    ("events".into(), events),
                ]);
                Ok(wire::snapshot(&wire::fold(&onto, Input::from("{}"))?))
            }
            other => panic!("unknown call `{other}`"),
        }
    }
}

/// A rejection whole; of the host's own mistake what it says, as every language says it.
fn refused(error: &Error) -> Value {
    let text = to_canonical(error.recorded());
    let recorded: Value = serde_json::from_str(&text).unwrap();
    match error {
        Error::Rejected(_) => serde_json::json!({"whose": "client", "rejection": text}),
        Error::Usage(_) => serde_json::json!({
            "whose": "program", "code": recorded["code"], "message": recorded["message"], "pointer": recorded["pointer"],
        }),
    }
}

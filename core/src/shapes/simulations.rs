//! Scenarios and their transcripts.

use crate::declare::read::FromWire;
use crate::policy::Policy;
use crate::shape::{Definition, Field, Named, Shown, Type, json_object};
use crate::time::Timestamp;

/// A story to be run.
pub(super) fn scenario() -> Definition {
    let fields = alloc::vec![
        Field::required("scenario", "What it is called.", Type::TEXT),
        Field::optional("description", "What it tells.", Type::TEXT.or_null()),
        Field::optional("policy", "The policy of its world.", Policy::shape().or_null()),
        Field::required("start", "The instant at which it begins.", Timestamp::shape()),
        Field::required("seed", "What its entropy comes from.", Type::TEXT),
        Field::required("actors", "Who acts, by a name of the scenario's own.", Type::map(json_object())),
        Field::required("steps", "What happens, in order.", Type::list(json_object(), None)),
    ];
    let doc = "A story to be run (contract section 13). A string that is exactly `$name` stands for a saved value.";
    Definition::object("Scenario", doc, fields)
}

fn step() -> Definition {
    let mismatches = Type::list(Type::Named(Named::of(mismatch)), None);
    let fields = alloc::vec![
        Field::required("step", "Its number, from 1.", u64::shown()),
        Field::required("now", "The instant.", Timestamp::shown()),
        Field::required("request", "What was asked.", json_object()),
        Field::required("result", "What came of it.", Type::Any),
        Field::required("pass", "Whether that is what was expected.", Type::Boolean),
        Field::optional("mismatches", "Where it is not.", mismatches),
    ];
    let doc = "What a step did, and where that is not what was expected of it.";
    Definition::object("TranscriptStep", doc, fields)
}

fn mismatch() -> Definition {
    let fields = alloc::vec![
        Field::required("pointer", "The place in the result.", Type::TEXT),
        Field::optional("expected", "What was expected there.", Type::Any),
        Field::optional("found", "What was found there.", Type::Any),
    ];
    Definition::object("Mismatch", "A place in a result that is not as expected.", fields)
}

/// What a scenario did.
pub(super) fn transcript() -> Definition {
    let summary = || {
        let fields = alloc::vec![
            Field::required("steps", "All steps.", u64::shown()),
            Field::required("passed", "Those that did as they should.", u64::shown()),
            Field::required("failed", "Those that did not.", u64::shown()),
        ];
        Definition::object("TranscriptSummary", "How many steps did as they should.", fields)
    };
    let steps = Type::list(Type::Named(Named::of(step)), None);
    let fields = alloc::vec![
        Field::required("scenario", "What it is called.", Type::TEXT),
        Field::required("steps", "What each step did.", steps),
        Field::required("summary", "How it went.", Type::Named(Named::of(summary))),
    ];
    Definition::object("Transcript", "What a scenario did, step by step.", fields)
}

//! What commands and queries answer: the outcome and the preview of each response, and the lists of all.

use super::hosting::parts;
use crate::access::Impact;
use crate::request::{Command, Query};
use crate::shape::{Definition, Field, Named, Object, Shape, Shown, Type};
use alloc::format;
use alloc::vec::Vec;

/// What a request answers, and what comes around it where that is a command's response.
#[derive(Clone, Copy)]
pub(crate) struct Answered {
    answer: fn() -> Type,
    outcome: fn() -> Definition,
    preview: fn() -> Definition,
}

impl Answered {
    /// That of a request which answers an `A`.
    pub(crate) const fn by<A: Shown>() -> Answered {
        Answered { answer: A::shown, outcome: outcome::<A>, preview: preview::<A> }
    }
}

const OUTCOME: &str = "What an accepted command gives; nothing has happened but this.";
const PREVIEW: &str = "The outcome that a command would give, and whom it would touch.";

fn outcome<A: Shown>() -> Definition {
    around(parts, "Outcome", OUTCOME, Field::required("response", "The answer.", A::shown()), &A::shown())
}

fn preview<A: Shown>() -> Definition {
    let impact = Field::required("impact", "Who would lose and gain access.", Impact::shown());
    around(outcome::<A>, "Preview", PREVIEW, impact, &A::shown())
}

/// The base with one field more.
fn around(base: fn() -> Definition, what: &str, doc: &'static str, field: Field, answer: &Type) -> Definition {
    let answer = if let Type::Named(named) = answer { named.name.as_ref() } else { "" };
    let object = Object { base: Some(Named::of(base)), fields: alloc::vec![field], ..Object::default() };
    Definition { name: format!("{answer}{what}").into(), doc, shape: Shape::Object(object) }
}

/// All of them, and the unions of all.
pub(super) fn all() -> Vec<Definition> {
    let each = |one: fn(&Answered) -> fn() -> Definition| {
        let mut members: Vec<Named> = Vec::new();
        for named in Command::ANSWERS.iter().map(|answered| Named::of(one(answered))) {
            if members.iter().all(|known| known.name != named.name) {
                members.push(named);
            }
        }
        members
    };
    let (outcomes, previews) = (each(|answered| answered.outcome), each(|answered| answered.preview));
    let mut answers: Vec<Named> = Vec::new();
    for answered in Query::ANSWERS {
        if let Type::Named(named) = (answered.answer)()
            && answers.iter().all(|known| known.name != named.name)
        {
            answers.push(named);
        }
    }
    let mut all = alloc::vec![Definition::union("Answer", "What any query answers.", answers)];
    all.extend(outcomes.iter().zip(&previews).flat_map(|(outcome, preview)| [(outcome.define)(), (preview.define)()]));
    all.push(Definition::union("Outcome", OUTCOME, outcomes));
    all.push(Definition::union("Preview", PREVIEW, previews));
    all
}

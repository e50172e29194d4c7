//! Values as hosts have them, in the notation of `tests/hostile.json`: also those that JSON cannot say.

use tenantry::Tenantry;
use tenantry::json::{Malformed, NoJson, Value, parse_document};
use tenantry::wire::Input;

/// An argument.
pub struct Made {
    text: Option<String>,
    /// The value, or why there is none.
    pub value: Result<Value<'static>, Malformed>,
}

impl Made {
    /// The argument that an entry describes.
    #[must_use]
    pub fn of(given: &Value<'_>) -> Self {
        if let Some(Value::Array(pieces)) = given.get("text") {
            let piece = |piece: &Value<'_>| match (piece.at("/0"), piece.at("/1")) {
                (Some(Value::String(of)), Some(Value::Int(times))) => of.repeat((*times).try_into().unwrap()),
                other => panic!("no piece: {other:?}"),
            };
            return Made { text: Some(pieces.iter().map(piece).collect()), value: Ok(Value::Null) };
        }
        Made { text: None, value: made(given.get("value").unwrap(), "") }
    }

    /// The argument, lent to a call.
    #[must_use]
    pub fn input(&self) -> Input<'_> {
        match (&self.text, &self.value) {
            (Some(text), _) => Input::from(text.as_str()),
            (None, Ok(value)) => Input::from(value),
            (None, Err(fault)) => Input::Fault(fault.clone()),
        }
    }
}

/// The value that an entry describes, or the fault that a walk finds in it.
fn made(given: &Value<'_>, pointer: &str) -> Result<Value<'static>, Malformed> {
    let text = |name: &str| given.get(name).and_then(Value::as_str).unwrap();
    let number = |name: &str| match given.get(name) {
        Some(Value::Int(number)) => usize::try_from(*number).unwrap(),
        other => panic!("no number: {other:?}"),
    };
    match (given.get("$host").and_then(Value::as_str), given) {
        (None, Value::Array(items)) => {
            let item = |(index, item)| made(item, &format!("{pointer}/{index}"));
            items.iter().enumerate().map(item).collect::<Result<_, _>>().map(Value::Array)
        }
        (None, Value::Object(members)) => {
            let member = |(key, value): &(std::borrow::Cow<'_, str>, Value<'_>)| {
                let escaped = key.replace('~', "~0").replace('/', "~1");
                Ok((key.clone().into_owned().into(), made(value, &format!("{pointer}/{escaped}"))?))
            };
            members.iter().map(member).collect::<Result<_, _>>().map(Value::Object)
        }
        (None, plain) => Ok(plain.clone().into_owned()),
        (Some("NaN"), _) => Err(NoJson::NaN.at(pointer)),
        (Some("Infinity" | "-Infinity"), _) => Err(NoJson::Infinite.at(pointer)),
        (Some("lone_surrogate" | "lone_surrogate_key"), _) => Err(NoJson::LoneSurrogate.at(pointer)),
        (Some("instant"), _) => Ok(Value::Instant(tenantry::Timestamp::parse(text("at")).unwrap())),
        (Some("text"), _) => Ok(Value::from(text("of").repeat(number("times")))),
        (Some("nested"), _) => {
            Ok((1..number("levels")).fold(Value::Array(vec![]), |inner, _| Value::Array(vec![inner])))
        }
        (Some("snapshot"), _) => {
            let mut snapshot = parse_document(&Tenantry::example().snapshot()).unwrap().into_owned();
            if let Some(Value::Array(put)) = given.get("put") {
                let [Value::String(at), value] = put.as_slice() else { panic!("nothing to put: {put:?}") };
                put_at(&mut snapshot, at.strip_prefix('/').unwrap(), made(value, at)?);
            }
            Ok(snapshot)
        }
        (Some(unknown), _) => panic!("unknown notation `{unknown}`"),
    }
}

fn put_at(value: &mut Value<'static>, at: &str, given: Value<'static>) {
    let (key, rest) = at.split_once('/').map_or((at, None), |(key, rest)| (key, Some(rest)));
    let place = match value {
        Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
        Value::Object(members) => {
            if !members.iter().any(|(name, _)| name == key) {
                members.push((key.to_owned().into(), Value::Null));
            }
            &mut members.iter_mut().find(|(name, _)| name == key).unwrap().1
        }
        other => panic!("nothing below {other:?}"),
    };
    match rest {
        Some(rest) => put_at(place, rest, given),
        None => *place = given,
    }
}

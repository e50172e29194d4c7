//! The company in a create and in a patch: the member `shared_credential_group` (RU-6, RU-7).

use super::{CompanyChoice, CompanyPatch};
use crate::declare::member::Member;
use crate::declare::read::{Object, Reader};
use crate::error::Code;
use crate::id::{Label, OriginCompanyId, WireText};
use crate::json::Value;
use crate::registered_user::groupings::{choice, patch};
use crate::shape::{Definition, Field, Object as Fields, Shape, Type};
use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The groupings among them are the user's own.
const FIELDS: &[&str] = &["origin_company_id", "origin_company_name", "custom_groupings"];

/// A name is for a company that the same object names.
const NAME_WITH_ID: &str = r#"{"if": {"required": ["origin_company_name"], "properties": {"origin_company_name": {"type": "string"}}}, "then": {"required": ["origin_company_id"], "properties": {"origin_company_id": {"type": "string"}}}}"#;
/// A company that is left gets no name.
const NAME_WITHOUT_NULL: &str = r#"{"not": {"required": ["origin_company_id", "origin_company_name"], "properties": {"origin_company_id": {"type": "null"}, "origin_company_name": {"type": "string"}}}}"#;

fn definition(name: &'static str, doc: &'static str, rule: &'static str, groupings: Type) -> Definition {
    let object = Fields { fields: fields(groupings), rules: alloc::vec![rule], ..Fields::default() };
    Definition { name: name.into(), doc, shape: Shape::Object(object) }
}

fn fields(groupings: Type) -> Vec<Field> {
    let text = |reader| Type::Text(reader).or_null();
    alloc::vec![
        Field::optional("origin_company_id", "The customer's own id.", text(OriginCompanyId::form())),
        Field::optional("origin_company_name", "What the company is called from now on.", text(Label::form())),
        Field::optional("custom_groupings", "The user's own groupings, here or beside this object.", groupings),
    ]
}

/// The company in a create: a name needs an id (RU-7).
pub(crate) struct ChosenCompany;

impl Member<Option<CompanyChoice>> for ChosenCompany {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<CompanyChoice>> {
        let Some(value) = object.present(name) else { return Some(None) };
        let path = object.at(name);
        let group = &Object::open(value, &path, FIELDS, reader)?;
        let is_nameless = group.has("origin_company_name") && !group.has("origin_company_id");
        let id = if is_nameless { name_alone(group, reader) } else { group.optional("origin_company_id", reader) };
        let name = group.optional("origin_company_name", reader);
        let (id, origin_company_name) = (id?, name?);
        Some(id.map(|origin_company_id| CompanyChoice { origin_company_id, origin_company_name }))
    }

    fn write<M: SerializeMap>(value: &Option<CompanyChoice>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        value.iter().try_for_each(|choice| out.serialize_entry(name, choice))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        let kind = Type::named("CompanyChoice", || {
            let doc = "The company that a new user belongs to.";
            definition("CompanyChoice", doc, NAME_WITH_ID, choice().or_null())
        });
        Field::optional(name, doc, kind.or_null())
    }
}

/// The company in a patch: null or a null id leaves it, a name without an id renames it (RU-6).
pub(crate) struct PatchedCompany;

impl Member<Option<CompanyPatch>> for PatchedCompany {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<CompanyPatch>> {
        let path = object.at(name);
        let group = &match object.given(name) {
            None => return Some(None),
            Some(Value::Null) => return Some(Some(CompanyPatch::Leave)),
            Some(value) => Object::open(value, &path, FIELDS, reader)?,
        };
        let leaves = matches!(group.given("origin_company_id"), Some(Value::Null));
        let is_nameless = leaves && group.has("origin_company_name");
        let id = if is_nameless { name_alone(group, reader) } else { group.optional("origin_company_id", reader) };
        let name = group.optional::<Label>("origin_company_name", reader);
        Some(match (id?, name?) {
            _ if leaves => Some(CompanyPatch::Leave),
            (Some(origin_company_id), origin_company_name) => {
                Some(CompanyPatch::Join(CompanyChoice { origin_company_id, origin_company_name }))
            }
            (None, Some(name)) => Some(CompanyPatch::Rename(name)),
            (None, None) => None,
        })
    }

    fn write<M: SerializeMap>(value: &Option<CompanyPatch>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        value.iter().try_for_each(|patch| out.serialize_entry(name, patch))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        let kind = Type::named("CompanyPatch", || {
            let doc = "Joins or renames a company; a null id leaves it.";
            definition("CompanyPatch", doc, NAME_WITHOUT_NULL, patch().or_null())
        });
        Field::optional(name, doc, kind.or_null())
    }
}

impl Serialize for CompanyPatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, value) = match self {
            CompanyPatch::Join(choice) => return choice.serialize(serializer),
            CompanyPatch::Leave => ("origin_company_id", None),
            CompanyPatch::Rename(name) => ("origin_company_name", Some(name)),
        };
        let mut out = serializer.serialize_map(Some(1))?;
        out.serialize_entry(name, &value)?;
        out.end()
    }
}

fn name_alone<T>(group: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<T> {
    let message = "`origin_company_name` is given without an `origin_company_id`";
    reader.report(Code::OriginCompanyIdRequired, &group.at("origin_company_id"), message)
}

/// What stands in the company's member, unless that is no object: [`ChosenCompany`] and [`PatchedCompany`] report it.
pub(crate) fn nested_groupings<'v>(object: &Object<'v, '_>) -> Option<&'v Value<'v>> {
    match object.present("shared_credential_group")? {
        group @ Value::Object(_) => group.get("custom_groupings"),
        _ => None,
    }
}

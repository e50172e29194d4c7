//! A tool call as it is asked for: who, by which pack, which tool (contract section 6).

use crate::error::Code;
use crate::id::{ConnectorSlug, RegisteredUserId, ToolName, ToolPackId};
use crate::json::{Path, Value};
use crate::wire::read::{Form, FromWire, Minted, Object};
use alloc::format;
use alloc::string::String;

/// A tool's full name, `connector__tool`, split at the first `__` (TP-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullToolName {
    /// The connector.
    pub connector: ConnectorSlug,
    /// The tool inside it.
    pub tool: ToolName,
}

impl FullToolName {
    /// Reads `connector__tool`.
    ///
    /// # Errors
    /// `invalid_slug` for any other form.
    pub fn parse(text: &str) -> Result<Self, crate::id::FormError> {
        let Some((connector, tool)) = split(text) else {
            let message = format!("`{}` is not of the form `connector__tool`", crate::error::quoted(text));
            return Err(crate::id::FormError { code: Code::InvalidSlug, message });
        };
        Ok(FullToolName { connector: ConnectorSlug::new(connector)?, tool: ToolName::new(tool)? })
    }

    /// The full name.
    #[must_use]
    pub fn full(&self) -> String {
        full_name(self.connector.as_str(), self.tool.as_str())
    }
}

/// Splits at the first `__` (TP-1). Byte by byte: a general search for a text costs more to set up than
/// a name is long, and every decision splits one.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let at = text.as_bytes().windows(2).position(|pair| pair == b"__")?;
    Some((text.get(..at)?, text.get(at + 2..)?))
}

/// `connector__tool`.
pub(crate) fn full_name(connector: &str, tool: &str) -> String {
    format!("{connector}__{tool}")
}

/// A tool call that is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolCall {
    /// The user on whose behalf the agent calls.
    pub registered_user_id: RegisteredUserId,
    /// The pack by which it calls.
    pub tool_pack_id: ToolPackId,
    /// What it calls.
    pub tool: FullToolName,
}

/// The fields of a call.
pub(crate) const CALL_FIELDS: &[&str] = &["registered_user_id", "tool_pack_id", "tool"];

impl ToolCall {
    pub(crate) fn read_fields(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let registered_user_id = object.required::<Minted<_>>("registered_user_id", form);
        let tool_pack_id = object.required("tool_pack_id", form);
        let tool = object.required("tool", form);
        Some(ToolCall { registered_user_id: registered_user_id?.0, tool_pack_id: tool_pack_id?, tool: tool? })
    }
}

impl FromWire for ToolCall {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, path, CALL_FIELDS, form)?;
        Self::read_fields(&object, form)
    }
}

impl crate::id::WireText for FullToolName {
    fn from_wire(text: &str) -> Result<Self, crate::id::FormError> {
        Self::parse(text)
    }
}

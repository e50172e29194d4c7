//! A tool call as it is asked for: who, by which pack, which tool (contract section 6).

use crate::declare::object::input;
use crate::error::Code;
use crate::id::{ConnectorSlug, RegisteredUserId, ToolName, ToolPackId};
use crate::shape::Text;
use alloc::format;
use alloc::string::String;
use core::fmt;
use serde::{Serialize, Serializer};

/// A tool's full name, `connector__tool`, split at the first `__` (TP-1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    pub fn parse(text: &str) -> Result<Self, crate::error::FormError> {
        let Some((connector, tool)) = split(text) else {
            let message = format!("`{}` does not have the form `connector__tool`", crate::error::quoted(text));
            return Err(crate::error::FormError { code: Code::InvalidSlug, message });
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

input! {
    /// A tool call to be decided.
    ToolCall {
        /// The user on whose behalf the agent calls.
        registered_user_id: RegisteredUserId,
        /// The pack by which it calls.
        tool_pack_id: ToolPackId,
        /// What it calls: the tool's full name, `connector__tool`.
        tool: FullToolName,
    }
}

crate::convert::from_text!(FullToolName, crate::error::FormError, Self::parse);

impl fmt::Display for FullToolName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}__{}", self.connector, self.tool)
    }
}

impl crate::id::WireText for FullToolName {
    fn from_wire(text: &str) -> Result<Self, crate::error::FormError> {
        Self::parse(text)
    }

    fn form() -> Text {
        // The connector has at most 64 characters, the tool 128.
        let pattern =
            r"^(?=[A-Za-z0-9_.-]{1,64}?__)_?[A-Za-z0-9.-]+(_[A-Za-z0-9.-]+)*__[^\u0000-\u001f\u007f-\u009f]{1,128}$";
        Text { least: 4, most: Some(64 + 2 + 128), pattern: Some(pattern), ..Text::default() }
    }
}

impl Serialize for FullToolName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

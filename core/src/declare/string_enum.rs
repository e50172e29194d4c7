//! Enums of fixed words.

use super::read::Reader;
use crate::error::FormError;
use crate::error::{Code, quoted};
use crate::json::{Path, Value};
use alloc::format;
use alloc::string::String;

/// Declares enums of fixed words: how they are read, written and described. `Name [non_exhaustive] { … }` where words
/// will come.
macro_rules! string_enum {
    ($($(#[doc = $doc:literal])* $name:ident $([$mark:ident])? { $($(#[$variant_doc:meta])* $variant:ident $word:literal,)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $(#[$mark])?
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)* }

        #[allow(dead_code, reason = "not each list of words is listed or printed")]
        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            const WORDS: &[&str] = &[$($word,)*];

            /// The word that the wire uses.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        $crate::convert::from_text!($name, $crate::FormError, |text: &str| match text {
            $($word => Ok($name::$variant),)*
            other => Err($crate::declare::string_enum::no_word($name::WORDS, other)),
        });

        impl $crate::declare::read::FromWire for $name {
            fn read(
                value: &$crate::json::Value<'_>,
                path: &$crate::json::Path<'_>,
                reader: &mut $crate::declare::read::Reader<'_>,
            ) -> Option<Self> {
                match value {
                    $($crate::json::Value::String(text) if text == $word => Some($name::$variant),)*
                    other => $crate::declare::string_enum::unknown_word(Self::WORDS, other, path, reader),
                }
            }

            fn shape() -> $crate::shape::Type {
                <Self as $crate::shape::Shown>::shown()
            }
        }

        impl $crate::shape::Shown for $name {
            fn shown() -> $crate::shape::Type {
                $crate::shape::Type::named(stringify!($name), || {
                    $crate::shape::Definition::words(stringify!($name), concat!($($doc, "\n"),*), $name::WORDS.iter().copied())
                })
            }
        }
    )*};
}
pub(crate) use string_enum;

pub(crate) fn unknown_word<T>(
    words: &[&str],
    value: &Value<'_>,
    path: &Path<'_>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let message = match value {
        Value::String(text) => no_word(words, text).message,
        other => expected(words, other.type_name()),
    };
    reader.report(Code::InvalidRequest, path, message)
}

/// What a text says that is none of the words.
pub(crate) fn no_word(words: &[&str], text: &str) -> FormError {
    FormError::new(expected(words, &format!("`{}`", quoted(text))))
}

fn expected(words: &[&str], found: &str) -> String {
    format!("expected one of `{}`, found {found}", words.join("`, `"))
}

//! How everything that has a text is made of it: all alike.

/// `FromStr` and `TryFrom` of texts, by a function that reads one.
macro_rules! from_text {
    ($name:ident, $error:ty, $read:expr) => {
        impl core::str::FromStr for $name {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                $read(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $error;
            fn try_from(text: &str) -> Result<Self, $error> {
                $read(text)
            }
        }

        impl TryFrom<alloc::string::String> for $name {
            type Error = $error;
            fn try_from(text: alloc::string::String) -> Result<Self, $error> {
                $read(&text)
            }
        }
    };
}
pub(crate) use from_text;

//! Instants of other crates, behind the features `jiff` and `chrono`. What is finer than a millisecond is cut off.

use crate::error::FormError;
use crate::time::{BEYOND, Timestamp};

#[cfg(feature = "jiff")]
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = FormError;
    fn try_from(at: jiff::Timestamp) -> Result<Self, FormError> {
        let millis = i64::try_from(at.as_nanosecond().div_euclid(1_000_000)).ok();
        millis.and_then(Timestamp::from_millis).ok_or_else(|| FormError::new(BEYOND))
    }
}

/// jiff ends a day before the year 9999 does.
#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = FormError;
    fn try_from(at: Timestamp) -> Result<Self, FormError> {
        jiff::Timestamp::from_millisecond(at.millis())
            .map_err(|_| FormError::new("the timestamp is outside the range of `jiff`"))
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> TryFrom<chrono::DateTime<Z>> for Timestamp {
    type Error = FormError;
    fn try_from(at: chrono::DateTime<Z>) -> Result<Self, FormError> {
        Timestamp::from_millis(at.timestamp_millis()).ok_or_else(|| FormError::new(BEYOND))
    }
}

#[cfg(feature = "chrono")]
impl From<Timestamp> for chrono::DateTime<chrono::Utc> {
    fn from(at: Timestamp) -> Self {
        // chrono reaches far beyond the year 9999.
        chrono::DateTime::from_timestamp_millis(at.millis()).unwrap_or(chrono::DateTime::<chrono::Utc>::MAX_UTC)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::Timestamp;

    const TEXTS: [&str; 4] =
        ["2026-01-31T10:00:00.123Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "9999-12-30T00:00:00Z"];

    #[cfg(feature = "jiff")]
    #[test]
    fn an_instant_of_jiff_keeps_its_milliseconds() {
        for text in TEXTS {
            let at = Timestamp::parse(text).unwrap();
            let there = jiff::Timestamp::try_from(at).unwrap();
            assert_eq!(there.as_millisecond(), at.millis());
            assert_eq!(Timestamp::try_from(there), Ok(at));
        }
        let finer = jiff::Timestamp::from_nanosecond(-1).unwrap();
        assert_eq!(Timestamp::try_from(finer), Ok(Timestamp::from_millis(-1).unwrap()), "what is finer is cut off");
        assert!(Timestamp::try_from(jiff::Timestamp::MIN).is_err());
        assert!(jiff::Timestamp::try_from(Timestamp::MAX).is_err());
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn an_instant_of_chrono_keeps_its_milliseconds() {
        use chrono::{DateTime, Utc};
        for text in TEXTS {
            let at = Timestamp::parse(text).unwrap();
            let there = DateTime::<Utc>::from(at);
            assert_eq!(there.timestamp_millis(), at.millis());
            assert_eq!(Timestamp::try_from(there), Ok(at));
        }
        assert_eq!(DateTime::<Utc>::from(Timestamp::MAX).timestamp_millis(), Timestamp::MAX.millis());
        let finer = DateTime::from_timestamp(-1, 999_999_999).unwrap();
        assert_eq!(Timestamp::try_from(finer), Ok(Timestamp::from_millis(-1).unwrap()), "what is finer is cut off");
        assert!(Timestamp::try_from(DateTime::<Utc>::MAX_UTC).is_err());
    }
}

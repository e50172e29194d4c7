//! Time and randomness of the system, for hosts that want no words about it. Behind the feature `std`, and the core
//! itself never calls it: what is decided comes of arguments alone.

use crate::context::{Actor, Context, Entropy};
use crate::error::FormError;
use crate::error::UsageError;
use crate::time::{BEYOND, Timestamp};
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

impl Entropy {
    /// Random bytes of the operating system: new ones for each command.
    ///
    /// # Errors
    /// The system gives none.
    pub fn random() -> Result<Self, UsageError> {
        let mut bytes = [0; 16];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(Entropy::new(bytes)),
            Err(error) => Err(UsageError::new(alloc::format!("the system gives no randomness: {error}"))),
        }
    }
}

impl Timestamp {
    /// What the system's clock shows.
    ///
    /// # Errors
    /// The clock is outside the years 0001–9999.
    #[expect(clippy::disallowed_methods, reason = "for hosts; nothing in the core calls it")]
    pub fn now() -> Result<Self, UsageError> {
        Timestamp::try_from(SystemTime::now()).map_err(|error| UsageError::new(error.message))
    }
}

impl Context {
    /// Someone acts now, with new entropy: for one command, or any number of queries and decisions.
    ///
    /// # Errors
    /// Those of [`Timestamp::now`] and [`Entropy::random`].
    pub fn now(actor: Actor) -> Result<Self, UsageError> {
        Ok(Context { now: Timestamp::now()?, actor, entropy: Some(Entropy::random()?) })
    }
}

/// What is finer than a millisecond is cut off.
impl TryFrom<SystemTime> for Timestamp {
    type Error = FormError;
    fn try_from(time: SystemTime) -> Result<Self, FormError> {
        let since = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i128::try_from(since.as_nanos()),
            Err(before) => i128::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
        };
        let millis = since.ok().and_then(|nanos| i64::try_from(nanos.div_euclid(1_000_000)).ok());
        millis.and_then(Timestamp::from_millis).ok_or_else(|| FormError::new(BEYOND))
    }
}

/// Not every system's clock reaches over all the years.
impl TryFrom<Timestamp> for SystemTime {
    type Error = FormError;
    fn try_from(at: Timestamp) -> Result<Self, FormError> {
        let apart = Duration::from_millis(at.millis().unsigned_abs());
        let time = if at.millis() < 0 { UNIX_EPOCH.checked_sub(apart) } else { UNIX_EPOCH.checked_add(apart) };
        time.ok_or_else(|| FormError::new("the timestamp is outside the range of the system clock"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

    use super::{Context, Duration, Entropy, SystemTime, Timestamp, UNIX_EPOCH};
    use crate::context::Actor;

    #[test]
    fn an_instant_of_the_system_keeps_its_milliseconds() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        for text in ["2026-01-31T10:00:00.123Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z"] {
            let time = SystemTime::try_from(at(text)).unwrap();
            assert_eq!(Timestamp::try_from(time), Ok(at(text)));
            assert_eq!(
                Timestamp::try_from(time + Duration::from_nanos(999_999)),
                Ok(at(text)),
                "what is finer is cut off"
            );
        }
        let late = UNIX_EPOCH + Duration::from_millis(Timestamp::MAX.millis().unsigned_abs());
        assert_eq!(Timestamp::try_from(late), Ok(Timestamp::MAX));
        assert!(Timestamp::try_from(late + Duration::from_millis(1)).is_err());
    }

    #[test]
    fn a_context_of_the_system_has_its_time_and_new_entropy() {
        let context = Context::now(Actor::Anonymous).unwrap();
        let now = Timestamp::try_from(SystemTime::now()).unwrap();
        assert!(context.now <= now && now <= context.now.saturating_add(Duration::from_secs(60)));
        assert_ne!(context.entropy, Some(Entropy::random().unwrap()));
    }
}

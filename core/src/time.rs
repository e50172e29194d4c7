//! Instants and their text (T-5): UTC milliseconds, RFC 3339, years 0001–9999.
//!
//! The grammar is stricter than what date libraries accept (`:60`, `24:00`, missing seconds and
//! brackets are all refused here), so a library would only save the calendar arithmetic, which tests compare
//! with that of one.

use crate::error::FormError;
use crate::error::quoted;
use core::fmt;
use core::time::Duration;
use serde::{Serialize, Serializer};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, within the years 0001–9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const DAY: i64 = 86_400_000;

impl Timestamp {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Timestamp = Timestamp(-62_135_596_800_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Timestamp = Timestamp(253_402_300_799_999);

    /// 2026-01-01T00:00:00Z, when the example world was made.
    pub(crate) const EXAMPLE: Timestamp = Timestamp(1_767_225_600_000);

    /// The instant of so many milliseconds since 1970; `None` outside the years 0001–9999.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Option<Self> {
        if millis < Self::MIN.0 || millis > Self::MAX.0 { None } else { Some(Timestamp(millis)) }
    }

    /// Milliseconds since 1970; negative before.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Milliseconds since 1970 as ids contain them: times before count as 0 (contract section 2).
    #[must_use]
    pub(crate) const fn id_millis(self) -> u64 {
        if self.0 < 0 { 0 } else { self.0.unsigned_abs() }
    }

    /// The later instant; the sum saturates at the end of the year 9999.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.0.saturating_add(millis).min(Self::MAX.0))
    }

    /// Reads RFC 3339. Offsets are converted, and stop at the ends of the years 0001–9999; fractions finer than a
    /// millisecond are cut off.
    ///
    /// ```
    /// use tenantry::Timestamp;
    /// let at = Timestamp::parse("2026-01-31T10:00:00.1239+02:00").unwrap();
    /// assert_eq!(at.to_string(), "2026-01-31T08:00:00.123Z");
    /// assert_eq!(Timestamp::parse("2026-01-31T24:00:00Z"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scan(text.as_bytes());
        let year = scan.number(4)?;
        scan.one_of(b"-")?;
        let month = scan.number(2)?;
        scan.one_of(b"-")?;
        let day = scan.number(2)?;
        scan.one_of(b"Tt")?;
        let hour = scan.number(2)?;
        scan.one_of(b":")?;
        let minute = scan.number(2)?;
        scan.one_of(b":")?;
        let second = scan.number(2)?;
        let millis = scan.fraction()?;
        let offset = scan.offset()?;
        let in_range = year >= 1
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour <= 23
            && minute <= 59
            && second <= 59;
        if !in_range || !scan.0.is_empty() {
            return None;
        }
        let minutes = (hour * 60 + minute) - offset;
        let millis = days_since_1970(year, month, day) * DAY + minutes * 60_000 + second * 1000 + millis;
        // An offset may lead out of the years; like a sum, it stops at their end.
        Some(Timestamp(millis.clamp(Self::MIN.0, Self::MAX.0)))
    }
}

/// What is left of a text that is being read from the front.
struct Scan<'t>(&'t [u8]);

impl Scan<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !allowed.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn digit(&mut self) -> Option<i64> {
        self.one_of(b"0123456789").map(|digit| i64::from(digit - b'0'))
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    fn fraction(&mut self) -> Option<i64> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let mut millis = self.digit()? * 100;
        let mut unit = 10;
        while let Some(digit) = self.digit() {
            millis += digit * unit;
            unit /= 10;
        }
        Some(millis)
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2)?;
        self.one_of(b":")?;
        let minutes = self.number(2)?;
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that
/// begin on the first of March, so that the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let of_day = self.0.rem_euclid(DAY);
        let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
        let (second, millis) = (of_day / 1000 % 60, of_day % 1000);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if millis != 0 {
            write!(formatter, ".{millis:03}")?;
        }
        formatter.write_str("Z")
    }
}

crate::convert::from_text!(Timestamp, FormError, |text: &str| {
    Timestamp::parse(text)
        .ok_or_else(|| FormError::new(alloc::format!("`{}` is not an RFC 3339 timestamp", quoted(text))))
});

/// From milliseconds since 1970.
impl TryFrom<i64> for Timestamp {
    type Error = FormError;
    fn try_from(millis: i64) -> Result<Self, FormError> {
        Timestamp::from_millis(millis).ok_or_else(|| FormError::new(BEYOND))
    }
}

/// What an instant outside the years 0001–9999 says.
pub(crate) const BEYOND: &str = "an instant must be in the years 0001 to 9999";

impl fmt::Debug for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Only the text that the instant prints as.
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::read_text(deserializer, |text| {
            Timestamp::parse(text).filter(|at| at.prints_as(text)).ok_or("not a canonical RFC 3339 timestamp")
        })
    }
}

impl Timestamp {
    fn prints_as(self, text: &str) -> bool {
        /// What is left of a text that must be written word for word.
        struct Rest<'t>(&'t str);
        impl fmt::Write for Rest<'_> {
            fn write_str(&mut self, written: &str) -> fmt::Result {
                self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
                Ok(())
            }
        }
        let mut rest = Rest(text);
        fmt::write(&mut rest, format_args!("{self}")).is_ok() && rest.0.is_empty()
    }
}

//! What a store needs of a database.

use crate::error::Error;
use crate::rows::Write;

/// A connection to a database with the tables of `schema/`, and what this kind of database does differently.
///
/// SQL has parameters `$1`, `$2` and so on, in the order in which they come up.
pub trait Database: Send + Sized {
    /// What is written differently here.
    const DIALECT: Dialect;

    /// Makes the tables, or sees that they are of this version.
    ///
    /// # Errors
    /// [`Error::Version`], and those of the database.
    fn migrate(&mut self) -> Result<(), Error>;

    /// The rows that a statement gives: integers and texts.
    ///
    /// # Errors
    /// Those of the database.
    fn run(&mut self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, Error>;

    /// Begins a transaction that keeps others from changing what is read and written here; none means all rows.
    ///
    /// # Errors
    /// Those of the database.
    fn lock(&mut self, rows: Option<&Write>) -> Result<(), Error>;

    /// Writes all of it or, where a guard does not hold, nothing. It ends the transaction, and says whether it has written.
    ///
    /// # Errors
    /// Those of the database.
    fn commit(&mut self, write: &Write) -> Result<bool, Error>;

    /// Ends the transaction, where there is one, and nothing of it is written. Each request ends with it.
    ///
    /// # Errors
    /// Those of the database.
    fn settle(&mut self) -> Result<(), Error>;

    /// Gives positions to new events, where they have none from the beginning.
    ///
    /// # Errors
    /// Those of the database.
    fn give_positions(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Whether it was lost while nobody used it: then another one is tried. Asked after an error.
    fn was_lost(&mut self) -> bool {
        false
    }
}

/// What databases write differently.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// Whether a command is first decided beside others, and holds off nobody while it is.
    pub optimistic: bool,
    /// The condition that a row's key is among those of `?`, a list of texts.
    pub key_among: &'static str,
    /// What has a row passed over that somebody else has locked.
    pub skip_locked: &'static str,
}

/// A parameter of a statement.
#[derive(Clone, Copy)]
pub enum Parameter<'a> {
    /// An integer.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// A list of texts.
    Texts(&'a [String]),
}

/// A row that a statement gives.
#[derive(Clone)]
pub struct Row(pub Vec<Field>);

/// A field of such a row.
#[derive(Clone)]
pub enum Field {
    /// NULL.
    Null,
    /// An integer.
    Integer(i64),
    /// A text.
    Text(String),
}

impl Row {
    pub(crate) fn text(&mut self, index: usize) -> Result<String, Error> {
        match self.0.get_mut(index) {
            Some(Field::Text(text)) => Ok(std::mem::take(text)),
            _ => Err(Error::database("a text was expected")),
        }
    }

    pub(crate) fn integer(&self, index: usize) -> Result<i64, Error> {
        self.integer_or_null(index)?.ok_or_else(|| Error::database("an integer was expected, not NULL"))
    }

    pub(crate) fn integer_or_null(&self, index: usize) -> Result<Option<i64>, Error> {
        match self.0.get(index) {
            Some(Field::Integer(integer)) => Ok(Some(*integer)),
            Some(Field::Null) => Ok(None),
            _ => Err(Error::database("an integer was expected")),
        }
    }
}

//! The one statement that reads all rows that are wanted, as they are at one moment.

use crate::database::{Database, Parameter, Row};
use crate::error::Error;
use crate::rows::Found;
use std::collections::BTreeSet;
use tenantry::{Environment, RowKey, RowRange};

const COLUMNS: &str = "SELECT key, revision, body, CAST(NULL AS bigint) FROM tenantry_rows WHERE";

/// A statement that grows with its parameters.
#[derive(Default)]
struct Statement<'k> {
    selects: Vec<String>,
    parameters: Vec<Parameter<'k>>,
}

/// The rows of keys: those themselves, of lists, and the first `portion` of those that are due.
pub(crate) fn read<D: Database>(db: &mut D, keys: &BTreeSet<RowKey>, portion: usize) -> Result<Vec<Found>, Error> {
    let (mut statement, mut plain) = (Statement::default(), Vec::new());
    for key in keys {
        if let Some(range) = key.range() {
            statement.in_range(range);
        } else if let Some(until) = key.due() {
            statement.due(until.millis(), portion);
        } else {
            plain.push(key.to_string());
        }
    }
    if !plain.is_empty() {
        statement.among::<D>(&plain);
    }
    db.run(&statement.selects.join(" UNION ALL "), &statement.parameters)?.into_iter().map(found).collect()
}

/// All rows.
pub(crate) fn all<D: Database>(db: &mut D) -> Result<Vec<Found>, Error> {
    db.run(&format!("{COLUMNS} true"), &[])?.into_iter().map(found).collect()
}

fn found(mut row: Row) -> Result<Found, Error> {
    Ok(Found { key: row.text(0)?, revision: row.integer(1)?, body: row.text(2)?, due: row.integer_or_null(3)? })
}

impl<'k> Statement<'k> {
    /// The name of a new parameter.
    fn bind(&mut self, parameter: Parameter<'k>) -> String {
        self.parameters.push(parameter);
        format!("${}", self.parameters.len())
    }

    /// Rows that stand next to each other in a list.
    fn in_range(&mut self, range: &'k RowRange) {
        // The kind is one of the core's words, and stands in the text for the index that serves it alone.
        let mut select = format!("{COLUMNS} kind = '{}'", range.kind);
        // What is not named is not looked at. No id is empty, and none holds a NUL, which PostgreSQL would not take.
        let after = range.after.as_deref().unwrap_or_default().split('\0').next();
        for (column, wanted) in [
            ("organization_id =", range.organization_id.as_ref().map(AsRef::as_ref)),
            ("environment =", range.environment.map(Environment::as_str)),
            ("place >", after),
        ] {
            if let Some(wanted) = wanted {
                select += &format!(" AND {column} {}", self.bind(Parameter::Text(wanted)));
            }
        }
        let limit = self.bind(Parameter::Integer(i64::try_from(range.limit).unwrap_or(i64::MAX)));
        self.selects.push(format!("SELECT * FROM ({select} ORDER BY place LIMIT {limit}) AS listed"));
    }

    /// The first rows that are due, and all that are due at the same instant as the last of them.
    fn due(&mut self, until: i64, portion: usize) {
        let until = self.bind(Parameter::Integer(until));
        let offset = self.bind(Parameter::Integer(i64::try_from(portion).unwrap_or(i64::MAX) - 1));
        self.selects.push(format!(
            "SELECT key, revision, body, next_due_at FROM tenantry_rows WHERE next_due_at <= coalesce(
             (SELECT next_due_at FROM tenantry_rows WHERE next_due_at <= {until} ORDER BY next_due_at LIMIT 1
              OFFSET {offset}), {until})"
        ));
    }

    fn among<D: Database>(&mut self, keys: &'k [String]) {
        let keys = self.bind(Parameter::Texts(keys));
        self.selects.push(format!("{COLUMNS} {}", D::DIALECT.key_among.replace('?', &keys)));
    }
}

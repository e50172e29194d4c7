//! Stores for [`tenantry`]: the state of all organizations in a database, which as many threads and processes serve as
//! you like, in Rust and in Python. With the feature `sqlite` it is a file ([`SqliteStore`]), with `postgresql` a
//! PostgreSQL database ([`PostgresStore`]).
//!
//! ```
//! # #[cfg(feature = "sqlite")] {
//! use tenantry::{Actor, Context, CreateOrganization, Name, Options};
//! use tenantry_store::SqliteStore;
//!
//! # let file = std::env::temp_dir().join(format!("tenantry-store-{}.sqlite", std::process::id()));
//! let store = SqliteStore::open(&file, Options::default())?;
//! store.migrate()?;
//! let host = Actor::System { organization_id: None, environment: None };
//! let acme = store.execute(&CreateOrganization::new(Name::new("Acme")?), &Context::now(host)?)?.response.organization;
//! assert_eq!(acme.name.as_str(), "Acme");
//! # std::fs::remove_file(&file)?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A store blocks its thread while the database works. SQLite can do nothing else, and so there is one protocol for both,
//! written once. In an asynchronous program call it within `tokio::task::spawn_blocking`: the driver of PostgreSQL refuses to
//! work on a thread that runs tasks.
#![forbid(unsafe_code)]

mod acting;
mod database;
mod erase;
mod error;
mod hints;
mod plan;
mod pool;
#[cfg(feature = "postgresql")]
mod postgresql;
mod read;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
pub mod testing;

pub use acting::Acting;
pub use database::{Database, Dialect, Field, Parameter, Row};
pub use erase::erase;
pub use error::Error;
/// The driver, as [`PostgresStore::connecting`] takes its clients.
#[cfg(feature = "postgresql")]
pub use postgres;
#[cfg(feature = "postgresql")]
pub use postgresql::{Postgres, PostgresStore};
pub use rows::{ChangedRow, GuardedRow, Write, WrittenEffect, WrittenEvent};
#[cfg(feature = "sqlite")]
pub use sqlite::{Sqlite, SqliteStore};
pub use store::{Store, StoredEvent, TakenEffect};

/// The Rust blocks of the page, compiled and run.
#[cfg(all(doctest, feature = "sqlite"))]
#[doc = include_str!("../../docs/stores.md")]
pub struct Page;

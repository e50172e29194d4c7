//! Connections, each used by one request at a time.

use crate::database::Database;
use crate::error::Error;
use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

type Connect<D> = Box<dyn Fn() -> Result<D, Error> + Send + Sync>;

pub(crate) struct Pool<D> {
    connect: Connect<D>,
    /// How many there may be at once. Who finds none waits.
    pub(crate) most: usize,
    connections: Mutex<Connections<D>>,
    given_back: Condvar,
}

struct Connections<D> {
    idle: Vec<D>,
    used: usize,
}

impl<D: Database> Pool<D> {
    pub(crate) fn new(connect: Connect<D>) -> Self {
        let connections = Mutex::new(Connections { idle: Vec::new(), used: 0 });
        Pool { connect, most: 10, connections, given_back: Condvar::new() }
    }

    /// Does something with a connection. One that broke while nobody used it is put aside for the next.
    pub(crate) fn with<T>(&self, mut work: impl FnMut(&mut D) -> Result<T, Error>) -> Result<T, Error> {
        let mut lease = self.lease();
        loop {
            let (mut connection, is_new) = match lease.idle() {
                Some(idle) => (idle, false),
                None => ((self.connect)()?, true),
            };
            let done = work(&mut connection);
            if done.is_err() && !is_new && connection.was_lost() {
                continue;
            }
            if connection.settle().is_ok() {
                lease.connection = Some(connection);
            }
            return done;
        }
    }

    fn lease(&self) -> Lease<'_, D> {
        let mut connections = self.lock();
        while connections.used >= self.most.max(1) {
            connections = self.given_back.wait(connections).unwrap_or_else(PoisonError::into_inner);
        }
        connections.used += 1;
        Lease { pool: self, connection: None }
    }

    fn lock(&self) -> MutexGuard<'_, Connections<D>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to one connection; with its end, the connection that is left in it is the next one's.
struct Lease<'p, D: Database> {
    pool: &'p Pool<D>,
    connection: Option<D>,
}

impl<D: Database> Lease<'_, D> {
    fn idle(&self) -> Option<D> {
        self.pool.lock().idle.pop()
    }
}

impl<D: Database> Drop for Lease<'_, D> {
    fn drop(&mut self) {
        let mut connections = self.pool.lock();
        connections.idle.extend(self.connection.take());
        connections.used -= 1;
        self.pool.given_back.notify_one();
    }
}

impl<D> fmt::Debug for Pool<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pool").field("most", &self.most).finish_non_exhaustive()
    }
}

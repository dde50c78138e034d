//! Whether something between us and the server gives every transaction another session.

use super::session;
use crate::database::{Connection, DatabaseError};
use crate::dialect::Dialect;

/// Finds out whether a pooler hands sessions out by the transaction, so that none is ours.
///
/// Two connections of ours are two sessions, and each stays the same. A pooler gives the session
/// that was free last to whoever asks next: to our second connection, or to the first when the
/// second has it in a transaction. On MySQL poolers know `GET_LOCK` and keep its session.
pub(super) fn is_between(
    first: &mut dyn Connection,
    second: &mut dyn Connection,
) -> Result<bool, DatabaseError> {
    if first.dialect() != Dialect::Postgres {
        return Ok(false);
    }
    // Others at the same pooler may hide it from one look by chance.
    for _ in 0..LOOKS {
        if is_seen(first, second)? {
            return Ok(true);
        }
    }
    Ok(false)
}

const LOOKS: usize = 5;

fn is_seen(first: &mut dyn Connection, second: &mut dyn Connection) -> Result<bool, DatabaseError> {
    let before = session(second)?;
    first.begin()?;
    let other = session(first);
    let after = session(second);
    first.rollback()?;
    let (other, after) = (other?, after?);
    Ok(before != after || other == after)
}

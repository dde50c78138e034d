//! What views lose that a script makes anew.

use super::CompareError;
use crate::database::Connection;
use crate::dialect::{Dialect, Lowered, Scripted, Statement};
use crate::introspect;
use crate::operation::{Operation, ViewChange};
use crate::schema::ObjectName;
use crate::sql::{Deed, Fold, subject};

/// A view that is dropped and made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remade {
    name: ObjectName,
    /// What it is then: `VIEW`, `MATERIALIZED VIEW`.
    kind: String,
}

/// The views that changes drop and make again.
pub fn remade_views(dialect: Dialect, changes: &[Scripted]) -> Vec<Remade> {
    let done = changes.iter().flat_map(|it| &it.operations);
    let done: Vec<_> = done.filter_map(|it| of_view(dialect, it)).collect();
    let of = |wanted: Deed| {
        let those = done.iter().filter(move |(_, deed)| *deed == wanted);
        those.map(|(view, _)| view)
    };
    let is_dropped = |view: &&Remade| of(Deed::Drops).any(|it| it.name == view.name);
    of(Deed::Makes).filter(is_dropped).cloned().collect()
}

/// What gives these views, once they are made again, what stands around them now: owner, rights, what
/// is said of them.
///
/// # Errors
///
/// What the engine says.
pub fn around_views(
    connection: &mut dyn Connection,
    views: &[Remade],
) -> Result<Vec<Scripted>, CompareError> {
    let mut given = Vec::new();
    for Remade { name, kind } in views {
        for sql in introspect::around_view(connection, name, kind)? {
            given.push(Scripted {
                operations: vec![Operation::Raw { sql: sql.clone() }],
                lowered: Lowered::plain(vec![Statement::new(sql)]),
                presumed: Vec::new(),
            });
        }
    }
    Ok(given)
}

/// The view that an operation makes or drops.
fn of_view(dialect: Dialect, operation: &Operation) -> Option<(Remade, Deed)> {
    let plain = |name: &ObjectName| Remade {
        name: name.clone(),
        kind: "VIEW".to_owned(),
    };
    if let Operation::View(ViewChange::Drop { name, .. }) = operation {
        return Some((plain(name), Deed::Drops));
    }
    if let Operation::View(ViewChange::Create { view, .. }) = operation {
        return Some((plain(&view.name), Deed::Makes));
    }
    let Operation::Raw { sql } = operation else {
        return None;
    };
    let syntax = dialect.syntax();
    let fold = match syntax.folds_to_lower {
        true => Fold::Lower,
        false => Fold::Keep,
    };
    let (found, deed) = subject(sql, fold, syntax.backslash_escapes)?;
    let is_view = ["view", "materialized view"].contains(&found.kind);
    let view = || Remade {
        name: found.name,
        kind: found.kind.to_uppercase(),
    };
    is_view.then(|| (view(), deed))
}

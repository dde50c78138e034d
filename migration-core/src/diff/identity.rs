//! How rows are numbered, from one state to the other.

use crate::operation::{IdentityChange, Operation};
use crate::schema::{Column, Identity, ObjectName};

/// What makes a column number rows as another does. One that counts on demand, in the words of the
/// standard, is as good as the engine's own: nothing else can be made of a column that is there.
pub(super) fn change(table: &ObjectName, from: &Column, to: &Column) -> Vec<Operation> {
    let by_default = Identity::Standard { always: false };
    let changes = match (from.identity, to.identity) {
        (None, None) => Vec::new(),
        (a, b) if a == b => Vec::new(),
        (None, Some(identity)) => vec![IdentityChange::Add(identity)],
        (Some(_), None) => vec![IdentityChange::Drop { if_exists: false }],
        (Some(Identity::Standard { .. }), Some(Identity::Standard { always })) => {
            vec![IdentityChange::Set { always }]
        }
        (Some(former), Some(Identity::Serial | Identity::AutoIncrement))
            if former == by_default =>
        {
            Vec::new()
        }
        (Some(Identity::Standard { .. }), Some(_)) => {
            vec![IdentityChange::Set { always: false }]
        }
        (Some(_), Some(identity)) => vec![
            IdentityChange::Drop { if_exists: false },
            IdentityChange::Add(identity),
        ],
    };
    let changes = changes.into_iter();
    changes
        .map(|change| Operation::SetIdentity {
            table: table.clone(),
            column: to.name.clone(),
            change,
        })
        .collect()
}

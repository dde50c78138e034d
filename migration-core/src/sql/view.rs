//! Views: `CREATE VIEW`, `DROP VIEW`, `ALTER VIEW ... RENAME TO`.

use super::cursor::Cursor;
use super::token::TokenKind;
use crate::operation::{Operation, ViewChange};
use crate::schema::{CheckOption, Expression, View};

/// Reads what follows `CREATE`, if it is a view.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let or_replace = cursor.accept(&["OR", "REPLACE"]);
    let temporary = cursor.accept(&["TEMPORARY"]) || cursor.accept(&["TEMP"]);
    cursor.expect(&["VIEW"])?;
    let if_not_exists = cursor.if_not_exists();
    let name = cursor.object_name()?;
    let columns = if cursor.kind() == Some(TokenKind::Open) {
        cursor.ident_list()?
    } else {
        Vec::new()
    };
    cursor.expect(&["AS"])?;
    let (query, check_option) = query(cursor)?;
    Some(Operation::View(ViewChange::Create {
        view: View {
            name,
            columns,
            query,
            temporary,
            check_option,
        },
        or_replace,
        if_not_exists,
    }))
}

/// Reads the rest of the statement as a query, and what may stand behind one in a view.
fn query(cursor: &mut Cursor<'_>) -> Option<(Expression, Option<CheckOption>)> {
    let is_query = cursor.at_any(&["SELECT", "WITH", "VALUES", "TABLE"])
        || cursor.kind() == Some(TokenKind::Open);
    if !is_query {
        return None;
    }
    let start = cursor.mark();
    loop {
        let end = cursor.mark();
        let check_option = check_option(cursor);
        if cursor.is_at_end() {
            let tokens = &cursor.since(start)[..end - start];
            return Some((Expression::new(cursor.as_written(tokens)?), check_option));
        }
        cursor.reset(end);
        cursor.advance()?;
    }
}

fn check_option(cursor: &mut Cursor<'_>) -> Option<CheckOption> {
    if cursor.accept(&["WITH", "LOCAL", "CHECK", "OPTION"]) {
        return Some(CheckOption::Local);
    }
    let is_said = cursor.accept(&["WITH", "CHECK", "OPTION"])
        || cursor.accept(&["WITH", "CASCADED", "CHECK", "OPTION"]);
    is_said.then_some(CheckOption::Cascaded)
}

/// Reads what follows `DROP VIEW`: one operation for each view.
pub(super) fn drop(cursor: &mut Cursor<'_>) -> Option<Vec<Operation>> {
    let if_exists = cursor.if_exists();
    let names = cursor.object_names()?;
    let cascade = cursor.cascade();
    let drop = |name| {
        Operation::View(ViewChange::Drop {
            name,
            if_exists,
            cascade,
        })
    };
    Some(names.into_iter().map(drop).collect())
}

/// Reads what follows `ALTER VIEW`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Option<Operation> {
    let from = cursor.object_name()?;
    cursor.expect(&["RENAME", "TO"])?;
    let to = cursor.ident()?;
    Some(Operation::View(ViewChange::Rename { from, to }))
}

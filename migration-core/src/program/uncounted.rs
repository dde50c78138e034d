//! What a downgrade does to rows that nobody can count beforehand.
//!
//! The other half of [`losses`](super::losses): a statement that says itself which rows it changes,
//! a type that may not hold what the old one held, what `CASCADE` takes along, and procedures.

use super::lower::options_of;
use super::{Action, Program, Work};
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::DataType;
use crate::sql::{emptied, headline};

/// Something that may change or remove rows or values, which are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    /// What is done, in the words of operations.
    pub what: String,
    /// The revision that is undone.
    pub revision: Option<RevisionId>,
}

/// First words of statements that leave all rows as they are.
const HARMLESS: [&str; 14] = [
    "ALTER", "ANALYZE", "COMMENT", "COMMIT", "CREATE", "DROP", "GRANT", "INSERT", "PRAGMA",
    "REINDEX", "REVOKE", "SELECT", "SET", "VACUUM",
];

/// What the downgrades of a program do to rows that [`losses`](super::losses) does not find.
pub fn uncounted(program: &Program) -> Vec<Uncounted> {
    let steps = program.steps.iter();
    let down = steps.filter(|step| step.direction == Direction::Downgrade);
    let found = down.flat_map(|step| {
        let actions = step.actions.iter();
        let named = actions.flat_map(|action| named(program.dialect, action));
        named.map(|what| Uncounted {
            what,
            revision: step.revision.clone(),
        })
    });
    found.collect()
}

fn named(dialect: Dialect, action: &Action) -> Vec<String> {
    if let Work::Procedure(name) = &action.work {
        return vec![format!("call procedure `{name}`")];
    }
    let operations = action.operations();
    let operations = operations.iter().filter(|it| is_uncounted(dialect, it));
    operations.map(ToString::to_string).collect()
}

fn is_uncounted(dialect: Dialect, operation: &Operation) -> bool {
    if let Operation::DropTable { cascade, .. } = operation {
        return *cascade;
    }
    if let Operation::Raw { sql } = operation {
        let options = options_of(dialect, "");
        let cascades = || sql.to_ascii_uppercase().contains("CASCADE");
        let is_harmless = HARMLESS.contains(&headline(sql, &options).verb.as_str());
        return !is_harmless && (cascades() || emptied(sql, &options).is_empty());
    }
    // Digits are counted, and what cannot be converted the engine refuses.
    match operation {
        Operation::SetType {
            data_type, using, ..
        } => using.is_some() || matches!(data_type, DataType::Other(_)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::uncounted;
    use crate::program::tests::down;

    #[track_caller]
    fn check(downgrade: &str, expected: &[&str]) {
        let found = uncounted(&down(downgrade));
        let found: Vec<&str> = found.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(found, expected, "{downgrade}");
    }

    #[test]
    fn what_chooses_its_rows_itself_is_not_counted() {
        check(
            "DELETE FROM a WHERE id = 3;",
            &["run `DELETE FROM a WHERE id = 3`"],
        );
        check("UPDATE a SET x = NULL;", &["run `UPDATE a SET x = NULL`"]);
        check("-- all\nDELETE FROM a;\nTRUNCATE b;", &[]);
        check("TRUNCATE b CASCADE;", &["run `TRUNCATE b CASCADE`"]);
        check("INSERT INTO a VALUES (1);\nDROP VIEW v;", &[]);
    }

    #[test]
    fn what_may_round_or_takes_others_along_is_not_counted() {
        check(
            "ALTER TABLE a ALTER COLUMN x TYPE INTEGER USING x / 2;",
            &["change type of column `a.x`"],
        );
        check("DROP TABLE a CASCADE;", &["drop table `a`"]);
        check("DROP TABLE a;\nALTER TABLE b DROP COLUMN x;", &[]);
    }
}

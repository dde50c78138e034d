//! Differences between engines that are data.

use crate::schema::{Ident, ObjectName};

/// What differs between engines and needs no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syntax {
    /// Whether DDL rolls back (`false`: it commits implicitly, MySQL).
    pub transactional_ddl: bool,
    /// What sets a session up: the same texts mean the same on every server.
    pub session: &'static [&'static str],
    /// What else sets up the session of the engine's own client, which has its settings from whoever
    /// calls it: that a script is in UTF-8, and that what is said stays.
    pub client_session: &'static [&'static str],
    /// What remembers the settings that [`session`](Self::session) changes, and what brings them
    /// back, in a session of somebody else that reads texts in another way.
    pub session_of_others: Option<[&'static str; 2]>,
    /// What begins a transaction for a migration: takes the write lock at once where there is one.
    pub begin: &'static str,
    /// What ends it.
    pub commit: &'static str,
    /// What undoes it.
    pub rollback: &'static str,
    /// Most bytes of a name, where there is a limit.
    pub identifier_limit: Option<usize>,
    /// Whether unquoted names fold to lower case.
    pub folds_to_lower: bool,
    /// Whether the database keeps types with a name of their own.
    pub named_types: bool,
    /// Whether values become of another kind of type only when a cast says so.
    pub converts_by_cast: bool,
    /// Whether the rights of others in an object go with it when it is dropped and made anew
    /// (PostgreSQL keeps them in its row of the catalog, MySQL beside its name).
    pub drops_rights: bool,
    /// Whether a text that gets another type of text keeps its collation, unless the type that it has
    /// is said.
    pub keeps_collation: bool,
    /// What stands behind a value of any type to have its text; nothing where the driver reads all.
    pub to_text: &'static str,
    /// Whether a backslash escapes inside an ordinary string.
    pub backslash_escapes: bool,
    /// Whether several statements travel in one message, so that waiting for each costs time.
    pub one_message: bool,
    /// Whether the lock of a run is held by its transactions alone: others may write between two.
    pub lock_per_transaction: bool,
    /// What is said behind the program's own tables when they are made, so that they have
    /// transactions.
    pub own_table: &'static str,
    /// What a script that changes rows says of tables that have none; `None` where all have.
    pub untransacted_note: Option<&'static str>,
    /// Returns a row for each reference that leads nowhere (table, row, table referred to); none
    /// where references cannot be broken by a change of a table.
    pub find_violations: Option<&'static str>,
    /// What a person must know before the engine's own client runs a script that changes a table
    /// in another way than by a statement of the engine.
    pub script_note: Option<&'static str>,
    /// Whether the engine's own client cuts a body at every semicolon unless `DELIMITER` is
    /// changed around it.
    pub delimiter_command: bool,
    /// Whether a constraint can get another name; else it is dropped and made anew.
    pub renames_constraints: bool,
    /// Whether the name of a trigger is its table's own, so that `DROP TRIGGER` names the table.
    pub drops_triggers_by_table: bool,
    /// Whether a foreign key needs an index on its columns all the time.
    pub keys_need_indexes: bool,
    /// Whether `RESTRICT` of a foreign key is nothing but `NO ACTION`.
    pub restrict_is_no_action: bool,
    /// Whether no statement changes what stands behind the parenthesis of a table.
    pub keeps_table_options: bool,
    /// Whether the columns of a primary key may hold NULL unless they forbid it themselves.
    pub keys_hold_null: bool,
    /// How the engine changes columns and constraints of a table when it has no statement for it.
    pub table_change: Option<&'static str>,
    /// How the engine's own client runs a script so that it stops at the first error.
    pub client: &'static str,
    /// What tells that client in a script itself to stop there, whoever runs it.
    pub stops: Option<&'static str>,
    /// What tells it so where something runs outside of transactions; inside, the engine does nothing
    /// more behind an error, whatever reads the script.
    pub stops_outside: Option<&'static str>,
}

impl Syntax {
    /// Quotes a name (`"a""b"`); all engines run with ANSI quotes.
    pub fn quote(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    /// Quotes a name with its schema before it, when there is one.
    pub fn qualified(&self, schema: Option<&str>, name: &str) -> String {
        match schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(name)),
            None => self.quote(name),
        }
    }

    /// The same for an object.
    pub fn object(&self, name: &ObjectName) -> String {
        let schema = name.schema.as_ref().map(Ident::as_str);
        self.qualified(schema, name.name.as_str())
    }

    /// Writes a text literal.
    pub fn literal(&self, text: &str) -> String {
        let doubled = text.replace('\'', "''");
        if self.backslash_escapes {
            format!("'{}'", doubled.replace('\\', "\\\\"))
        } else {
            format!("'{doubled}'")
        }
    }
}

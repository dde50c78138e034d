//! The texts of the ledger: one row for each step that was begun, beside the version table.
//!
//! On engines whose DDL commits by itself the row is written before the first statement and
//! brought up to date after each, so that an interrupted step can go on at the exact statement.
//! Names of columns are reserved words on no engine.

use super::moment::{Moment, moment};
use super::version_table::{exists, qualified};
use super::{Dialect, VersionTable};

/// The table of steps, `<version_table>_log`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The schema (on MySQL: database), as the version table's.
    pub schema: Option<String>,
    /// The table.
    pub name: String,
}

/// One step, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry<'a> {
    /// The revision; none for a stamp to base.
    pub revision: Option<&'a str>,
    /// `upgrade`, `downgrade`, `stamp` or `repair`.
    pub direction: &'a str,
    /// The revision's message.
    pub message: &'a str,
    /// Semantic checksum of the revision, hexadecimal; empty for a stamp.
    pub checksum: &'a str,
    /// The downgrade section; empty for a stamp.
    pub downgrade_sql: &'a str,
    /// How many statements the step has.
    pub statements: usize,
    /// How many of them are done.
    pub statements_done: usize,
    /// How far it is.
    pub state: LedgerState,
    /// The user of the operating system.
    pub login: &'a str,
    /// The machine.
    pub host: &'a str,
    /// The program and its version.
    pub program: &'a str,
    /// When it began.
    pub started_at: Moment,
    /// When it ended; none while it runs.
    pub finished_at: Option<Moment>,
    /// The revision as it was applied, but for its downgrade section; none unless it was read.
    pub script: Option<&'a str>,
    /// A short hash of each statement, where the step may have to be continued.
    pub pieces: Option<&'a str>,
    /// The number of the statement that is about to run, where it is not undone with its note.
    pub under_way: Option<&'a str>,
    /// The copy of the database that was taken before the run.
    pub backup: Option<&'a str>,
    /// The digest of the revision's file; none for a stamp.
    pub digest: Option<&'a str>,
    /// What stands in the last row of a run that leaves nothing to say.
    pub seal: Option<&'a str>,
}

/// What the ledger knows of a step that did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// The checksum of the text of which so much is in effect.
    pub checksum: &'a str,
    /// How many statements it has.
    pub statements: i64,
    /// How many of them are done.
    pub statements_done: i64,
    /// Their hashes.
    pub pieces: Option<&'a str>,
    /// The one that was about to run.
    pub under_way: Option<&'a str>,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerState {
    /// Begun; also what a crash leaves behind.
    Running,
    /// Complete.
    Done,
    /// Stopped by an error or a person.
    Failed,
}

impl LedgerState {
    /// The word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// How much of each step is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerReading {
    /// Everything.
    Whole,
    /// The same columns, but NULL in place of the SQL, which may be long.
    WithoutTexts,
    /// The columns that tell whether a step is complete and its revision unchanged: little even for
    /// thousands of steps.
    States,
}

impl LedgerReading {
    fn columns(self) -> &'static str {
        match self {
            Self::Whole | Self::WithoutTexts => COLUMNS,
            Self::States => {
                "id, revision, direction, checksum, statements, statements_done, state, pieces, \
                 under_way, digest"
            }
        }
    }

    /// What is read in place of a column.
    fn of(self, column: &'static str) -> &'static str {
        match (self, column) {
            (Self::WithoutTexts, "downgrade_sql" | "script") => "NULL",
            (Self::States, "pieces") => "CASE WHEN pieces IS NOT NULL THEN '' END",
            (Self::Whole | Self::WithoutTexts | Self::States, _) => column,
        }
    }
}

/// All columns that are read, in order.
pub(super) const COLUMNS: &str = "id, revision, direction, message, checksum, downgrade_sql, statements, \
                       statements_done, state, login, host, program, started_at, finished_at, \
                       script, pieces, under_way, backup, digest, seal";

/// Columns that ledgers of older programs lack; a run adds them, as texts that may be NULL, so that
/// an older program can still write its rows.
pub(super) const ADDED: [&str; 6] = ["script", "pieces", "under_way", "backup", "digest", "seal"];

impl Ledger {
    /// MySQL's code of a note one of whose conditions is not true.
    pub const UNTRUE: &str = "1690";

    /// The ledger of a version table.
    pub fn of(table: &VersionTable) -> Self {
        Self {
            schema: table.schema.clone(),
            name: format!("{}_log", table.name),
        }
    }

    /// The table quoted, its schema before it.
    pub fn qualified(&self, dialect: Dialect) -> String {
        qualified(dialect, self.schema.as_deref(), &self.name)
    }

    /// Returns one row with a number: 1 when the table is there, else 0.
    pub fn exists(&self, dialect: Dialect) -> String {
        exists(dialect, self.schema.as_deref(), &self.name)
    }

    /// Returns the names of the columns there are; none when there is no such table.
    pub fn columns(&self, dialect: Dialect) -> String {
        let syntax = dialect.syntax();
        let (schema, table) = (self.schema.as_deref(), syntax.literal(&self.name));
        match dialect {
            Dialect::Sqlite => {
                let schema = syntax.literal(schema.unwrap_or("main"));
                format!("SELECT name FROM pragma_table_info({table}, {schema}) ORDER BY cid")
            }
            Dialect::Postgres => {
                let quoted = syntax.literal(&self.qualified(dialect));
                format!(
                    "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass({quoted}) \
                     AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
                )
            }
            Dialect::Mysql => {
                let schema =
                    schema.map_or_else(|| "database()".to_owned(), |it| syntax.literal(it));
                format!(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = \
                     {schema} AND table_name = {table} ORDER BY ordinal_position"
                )
            }
        }
    }

    /// What makes the table ready for a run, given its columns: it is created, or columns are added
    /// that an older program did not know.
    pub fn prepare(&self, dialect: Dialect, columns: &[String]) -> Vec<String> {
        if columns.is_empty() {
            return vec![self.create(dialect)];
        }
        let missing = ADDED.iter().filter(|column| !has(columns, column));
        missing
            .map(|column| {
                let table = self.qualified(dialect);
                let kind = long_text(dialect);
                format!("ALTER TABLE {table} ADD COLUMN {column} {kind}")
            })
            .collect()
    }

    /// Creates the table unless it is there.
    pub fn create(&self, dialect: Dialect) -> String {
        // Messages and SQL are any text, whatever a server's own defaults can hold.
        let (id, options) = match dialect {
            Dialect::Sqlite => ("INTEGER PRIMARY KEY", ""),
            Dialect::Postgres => ("BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", ""),
            Dialect::Mysql => (
                "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY",
                " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4",
            ),
        };
        let long = long_text(dialect);
        format!(
            "CREATE TABLE IF NOT EXISTS {table} (\n    \
             id {id},\n    \
             revision VARCHAR(255),\n    \
             direction VARCHAR(16) NOT NULL,\n    \
             message {long} NOT NULL,\n    \
             checksum VARCHAR(64) NOT NULL,\n    \
             downgrade_sql {long} NOT NULL,\n    \
             statements INTEGER NOT NULL,\n    \
             statements_done INTEGER NOT NULL,\n    \
             state VARCHAR(16) NOT NULL,\n    \
             login VARCHAR(255) NOT NULL,\n    \
             host VARCHAR(255) NOT NULL,\n    \
             program VARCHAR(255) NOT NULL,\n    \
             started_at VARCHAR(40) NOT NULL,\n    \
             finished_at VARCHAR(40),\n    \
             script {long},\n    \
             pieces {long},\n    \
             under_way {long},\n    \
             backup {long},\n    \
             digest {long},\n    \
             seal {long}\n){options}",
            table = self.qualified(dialect)
        )
    }

    /// Writes a step down.
    pub fn insert(&self, dialect: Dialect, entry: &LedgerEntry<'_>) -> String {
        self.insert_all(dialect, &[Self::row(dialect, entry)])
    }

    /// Writes several steps down, each as [`row`](Self::row) returned it.
    pub fn insert_all(&self, dialect: Dialect, rows: &[String]) -> String {
        format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.qualified(dialect),
            COLUMNS.trim_start_matches("id, "),
            rows.join(", ")
        )
    }

    /// A step as a row, in parentheses.
    pub fn row(dialect: Dialect, entry: &LedgerEntry<'_>) -> String {
        format!("({})", Self::values(dialect, entry).join(", "))
    }

    /// What stands in each column but the first.
    pub(super) fn values(dialect: Dialect, entry: &LedgerEntry<'_>) -> [String; 19] {
        let literal = |text: &str| dialect.syntax().literal(text);
        let null = || "NULL".to_owned();
        [
            entry.revision.map_or_else(null, literal),
            literal(entry.direction),
            literal(entry.message),
            literal(entry.checksum),
            literal(entry.downgrade_sql),
            entry.statements.to_string(),
            entry.statements_done.to_string(),
            literal(entry.state.word()),
            literal(&shortened(entry.login)),
            literal(&shortened(entry.host)),
            literal(&shortened(entry.program)),
            moment(dialect, entry.started_at),
            entry
                .finished_at
                .map_or_else(null, |at| moment(dialect, at)),
            entry.script.map_or_else(null, literal),
            entry.pieces.map_or_else(null, literal),
            entry.under_way.map_or_else(null, literal),
            entry.backup.map_or_else(null, literal),
            entry.digest.map_or_else(null, literal),
            entry.seal.map_or_else(null, literal),
        ]
    }

    /// Notes that `statements_done` statements of the running step are done, and which one is about
    /// to run, when nothing undoes it together with this note.
    pub fn progress(
        &self,
        dialect: Dialect,
        statements_done: usize,
        under_way: Option<&str>,
    ) -> String {
        self.progress_if(dialect, (statements_done, under_way), &[])
    }

    /// The same; it fails, and the rest of its message with it, unless all conditions are true.
    pub fn progress_if(
        &self,
        dialect: Dialect,
        (statements_done, under_way): (usize, Option<&str>),
        conditions: &[&str],
    ) -> String {
        let under_way = match under_way {
            Some(mark) => dialect.syntax().literal(mark),
            None => "NULL".to_owned(),
        };
        format!(
            "UPDATE {} SET state = {}, statements_done = {statements_done}, under_way = {under_way} \
             WHERE {}",
            self.qualified(dialect),
            demanding(LedgerState::Running, conditions),
            running(dialect)
        )
    }

    /// Lets the running step say again what was known before it began.
    pub fn reinstate(&self, dialect: Dialect, known: &Known<'_>) -> String {
        let literal = |text: &str| dialect.syntax().literal(text);
        let optional = |text: Option<&str>| text.map_or_else(|| "NULL".to_owned(), literal);
        format!(
            "UPDATE {} SET checksum = {}, statements = {}, statements_done = {}, pieces = {}, \
             under_way = {} WHERE {}",
            self.qualified(dialect),
            literal(known.checksum),
            known.statements,
            known.statements_done,
            optional(known.pieces),
            optional(known.under_way),
            running(dialect)
        )
    }

    /// Notes that the running step is complete; it fails, and its transaction with it, unless all
    /// conditions are true.
    pub fn complete_if(&self, dialect: Dialect, at: Moment, conditions: &[&str]) -> String {
        format!(
            "UPDATE {} SET state = {}, statements_done = statements, under_way = NULL, \
             finished_at = {} WHERE {}",
            self.qualified(dialect),
            demanding(LedgerState::Done, conditions),
            moment(dialect, at),
            running(dialect)
        )
    }

    /// Fails, and the rest of its message with it, unless a condition is true; nothing is written.
    pub fn demand(condition: &str) -> String {
        format!("SELECT {}", demanding(LedgerState::Running, &[condition]))
    }

    /// Closes the running step, and those that a crash left open.
    pub fn finish(&self, dialect: Dialect, state: LedgerState, at: Moment) -> String {
        let done = match state {
            LedgerState::Done => ", statements_done = statements, under_way = NULL",
            LedgerState::Running | LedgerState::Failed => "",
        };
        format!(
            "UPDATE {} SET state = '{}'{done}, finished_at = {} WHERE state = 'running'",
            self.qualified(dialect),
            state.word(),
            moment(dialect, at)
        )
    }

    /// Notes that nothing of these steps is in effect any more: somebody undid it.
    pub fn settle(&self, dialect: Dialect, ids: &[i64]) -> String {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        format!(
            "UPDATE {} SET state = 'failed', statements_done = 0, under_way = NULL \
             WHERE id IN ({})",
            self.qualified(dialect),
            ids.join(", ")
        )
    }

    /// Reads the steps, oldest first. Columns that are not among `columns` are NULL; when nobody
    /// asked which there are, all are taken to be there.
    pub fn select(
        &self,
        dialect: Dialect,
        columns: Option<&[String]>,
        reading: LedgerReading,
    ) -> String {
        format!(
            "SELECT {} FROM {} ORDER BY id",
            values(columns, reading),
            self.qualified(dialect)
        )
    }

    /// Reads, in the same columns, the steps with these numbers.
    pub fn select_rows(&self, dialect: Dialect, columns: &[String], rows: &[i64]) -> String {
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        format!(
            "SELECT {} FROM {} WHERE id IN ({}) ORDER BY id",
            values(Some(columns), LedgerReading::Whole),
            self.qualified(dialect),
            rows.join(", ")
        )
    }

    /// Reads the seal of the step that was begun last, when it is complete: whatever was done since
    /// has a row of its own.
    pub fn select_seal(&self, dialect: Dialect) -> String {
        format!(
            "SELECT CASE WHEN state = '{}' THEN seal END FROM {} ORDER BY id DESC LIMIT 1",
            LedgerState::Done.word(),
            self.qualified(dialect)
        )
    }

    /// Reads, in the same columns, the steps that did not come to their end, as long as nothing
    /// was done about their revision since. A stamp says what is true, whatever was begun.
    pub fn select_unfinished(&self, dialect: Dialect, columns: &[String]) -> String {
        let values = values(Some(columns), LedgerReading::WithoutTexts);
        format!("SELECT {values} {} ORDER BY id", self.unfinished(dialect))
    }

    pub(super) fn unfinished(&self, dialect: Dialect) -> String {
        let table = self.qualified(dialect);
        format!(
            "FROM {table} AS step WHERE state <> 'done' AND NOT EXISTS (\
             SELECT 1 FROM {table} AS later WHERE later.id > step.id \
             AND (later.direction = 'stamp' OR later.direction <> 'repair' \
             AND later.revision = step.revision))"
        )
    }
}

/// What is read from a table with these columns.
fn values(columns: Option<&[String]>, reading: LedgerReading) -> String {
    let is_there = |column: &str| columns.is_none_or(|columns| has(columns, column));
    let values: Vec<&str> = reading
        .columns()
        .split(", ")
        .map(|column| match reading.of(column) {
            read if is_there(column) => read,
            _ => "NULL",
        })
        .collect();
    values.join(", ")
}

fn has(columns: &[String], name: &str) -> bool {
    columns
        .iter()
        .any(|column| column.eq_ignore_ascii_case(name))
}

/// The type of a text of any length.
fn long_text(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => "TEXT",
        Dialect::Mysql => "LONGTEXT",
    }
}

/// The word of a state as a value that cannot be computed unless all conditions are true: a number
/// beyond all bounds is an error in every mode of MySQL, and what is not the same for every session
/// is not computed beforehand.
fn demanding(state: LedgerState, conditions: &[&str]) -> String {
    let word = state.word();
    if conditions.is_empty() {
        return format!("'{word}'");
    }
    let all = conditions.join(" AND ");
    format!("CASE WHEN {all} THEN '{word}' ELSE exp(1000 + connection_id()) END")
}

/// The step that is running. It was begun last; a search from the end finds it however long the
/// ledger is.
fn running(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => "state = 'running'",
        Dialect::Mysql => "state = 'running' ORDER BY id DESC LIMIT 1",
    }
}

/// As much of a name as its column holds: a long machine name must not stop a migration.
fn shortened(text: &str) -> String {
    text.chars().take(255).collect()
}

//! The text of a script.

use std::fmt::Write as _;

use super::demand::demands;
use super::part::{Part, asked_first};
use super::statements::statements_of;
use super::{Options, ScriptError};
use crate::dialect::{
    Dialect, Ledger, LedgerEntry, LedgerState, Moment, Scripted, Statement, Syntax, VersionTable,
    Way,
};
use crate::plan::Direction;
use crate::program::{self, Lost, Program, Step};
use crate::revision::RevisionId;
use crate::schema::{DataType, Schema};

/// Writes a program for `psql`, `sqlite3` or the `mysql` client.
///
/// Revisions share transactions as a run would have them; statements that must run outside stand
/// between `COMMIT` and `BEGIN`. Where DDL commits by itself, what changes rows alone is committed
/// together, with the version row when it is the end of its step. The script stops while a run or
/// another script is under way, where a run left a revision half done, and unless the version rows are
/// there that it changes. The ledger gets a row of each step, without its text.
///
/// # Errors
///
/// [`ScriptError`] when a step calls a procedure, or a table is not yet lowered.
pub fn write(program: &Program, options: &Options<'_>) -> Result<String, ScriptError> {
    let actions = || program.steps.iter().flat_map(|step| &step.actions);
    let mut writer = Writer {
        changes_tables: actions().any(|action| action.change.is_some()),
        runs_outside: actions()
            .any(|action| statements_of(action).is_ok_and(|all| all.iter().any(is_outside))),
        asks_of: Some(options.version_table),
        ..Writer::new(program.dialect)
    };
    writer.banner(program, options);
    writer.untransacted(program);
    writer.session();
    writer.start(program);
    for range in program.transactions(options.transaction, false) {
        let steps = &program.steps[range];
        for (at, step) in steps.iter().enumerate() {
            writer.ahead = &steps[at..];
            writer.step(step, options)?;
        }
        writer.commit();
    }
    writer.violations();
    Ok(writer.text)
}

/// Writes changes that are no revision's for the same clients: one transaction where the engine can,
/// which nothing of stays when rows stand against a change; no version row is touched. What is lost of
/// the tables as they are now is said.
pub fn write_alone(dialect: Dialect, changes: &[Scripted], now: &Schema) -> String {
    let mut writer = Writer {
        changes_tables: changes.iter().any(|it| it.lowered.change.is_some()),
        runs_outside: (changes.iter()).any(|it| it.lowered.statements.iter().any(is_outside)),
        ..Writer::new(dialect)
    };
    writer.client();
    writer.session();
    let mut parts: Vec<Part<'_>> = changes.iter().map(Part::of).collect();
    let first = asked_first(dialect, &mut parts);
    let taken = "as it is now";
    for part in &first {
        writer.part(part, taken);
    }
    for part in &parts {
        let mut losses = program::lost_by(dialect, &part.operations);
        losses.retain(|lost| may_happen(dialect, lost, now));
        writer.losses(part, losses);
        writer.part(part, taken);
    }
    writer.commit();
    writer.violations();
    writer.text
}

/// Whether something may be lost of tables as they are now. Of what has another name by then, and of a
/// type that only the engine knows, it may.
fn may_happen(dialect: Dialect, lost: &Lost, now: &Schema) -> bool {
    let Lost::Digits {
        table,
        column,
        data_type,
    } = lost
    else {
        return true;
    };
    let found = now.table(table).and_then(|it| it.column(column));
    found.is_none_or(|old| {
        let is_foreign = matches!(old.data_type, DataType::Other(_));
        is_foreign
            || dialect
                .narrowed(column, &old.data_type, data_type)
                .is_some()
    })
}

/// The ledger's row of a step that is complete. The text is in the script already, and nobody who
/// reads it wants it twice.
fn noted(dialect: Dialect, step: &Step, options: &Options<'_>) -> String {
    // A client that is out of step must not take a line of it for a statement.
    let message = step.message().replace(['\n', '\r'], " ");
    let entry = LedgerEntry {
        revision: step.revision.as_ref().map(RevisionId::as_str),
        direction: step.direction.as_str(),
        message: &message,
        checksum: &step.checksum(),
        downgrade_sql: "",
        statements: step.units(),
        statements_done: step.units(),
        state: LedgerState::Done,
        login: "",
        host: "",
        program: &format!("{} (script)", options.author),
        started_at: Moment::Server,
        finished_at: Some(Moment::Server),
        script: None,
        pieces: None,
        under_way: None,
        backup: None,
        digest: None,
        seal: None,
    };
    Ledger::of(options.version_table).insert_by_script(dialect, &entry)
}

/// Whether the engine refuses a statement inside a transaction.
fn is_outside(statement: &Statement) -> bool {
    statement.check.is_none() && !statement.transactional
}

struct Writer<'s> {
    dialect: Dialect,
    syntax: &'static Syntax,
    /// Whether a table is changed in another way than by a statement of the engine.
    changes_tables: bool,
    /// Whether something runs outside of transactions where others run inside.
    runs_outside: bool,
    /// The version table of which a transaction asks whether it is where the next steps begin; none
    /// where nothing of it changes.
    asks_of: Option<&'s VersionTable>,
    /// The step that is written, and those behind it that share its transaction.
    ahead: &'s [Step],
    text: String,
    /// Whether a transaction is open.
    open: bool,
}

impl<'s> Writer<'s> {
    fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            syntax: dialect.syntax(),
            changes_tables: false,
            runs_outside: false,
            asks_of: None,
            ahead: &[],
            text: String::new(),
            open: false,
        }
    }

    fn banner(&mut self, program: &Program, options: &Options<'_>) {
        let ids = |ids: &[RevisionId]| match ids {
            [] => "base".to_owned(),
            ids => ids
                .iter()
                .map(|id| id.as_str().to_owned())
                .collect::<Vec<_>>()
                .join(", "),
        };
        self.comment(&format!(
            "{}, for {}, from {} to {}",
            options.author,
            program.dialect,
            ids(&program.from),
            ids(&program.to)
        ));
        self.client();
    }

    /// What runs the script, and how.
    fn client(&mut self) {
        self.comment(&format!(
            "to be run by `{}`, which stops at the first error",
            self.syntax.client
        ));
        if let (true, Some(note)) = (self.changes_tables, self.syntax.script_note) {
            self.comment(note);
        }
        if let Some(stops) = self.syntax.stops {
            let _ = writeln!(self.text, "{stops}");
        }
        if let (true, Some(stops)) = (self.runs_outside, self.syntax.stops_outside) {
            self.comment("what runs outside of transactions must not run behind an error");
            let _ = writeln!(self.text, "{stops}");
        }
    }

    /// Says that rows may stay changed where a script stops.
    fn untransacted(&mut self, program: &Program) {
        let actions = program.steps.iter().flat_map(|step| &step.actions);
        let mut statements = actions.filter_map(|it| statements_of(it).ok()).flatten();
        let changes_rows = statements.any(|it| it.check.is_none() && it.changes_rows_only());
        if let (true, Some(note)) = (changes_rows, self.syntax.untransacted_note) {
            self.comment(note);
        }
    }

    /// What makes the client read the texts as they are meant.
    fn session(&mut self) {
        let client = self.syntax.client_session.iter();
        for statement in client.chain(self.syntax.session) {
            self.line(statement);
        }
        self.text.push('\n');
    }

    /// Lists broken references at the end, as a run would look for them.
    fn violations(&mut self) {
        if let (true, Some(find)) = (self.changes_tables, self.syntax.find_violations) {
            self.comment("what this lists refers to rows that are not there");
            self.line(find);
        }
    }

    /// Asks what a script asks once, and makes the version table where it begins at base.
    fn start(&mut self, program: &'s Program) {
        let Some(table) = self.asks_of.filter(|_| !program.steps.is_empty()) else {
            return;
        };
        if program.from.is_empty() {
            self.begin_asking();
            self.statement(&table.create_unless_there(self.dialect));
            self.asked(
                "stops unless the database is at base",
                table.demand_base(self.dialect),
            );
        } else {
            self.ahead = &program.steps;
            self.begin_asking();
        }
        let ledger = Ledger::of(table);
        self.comment("the steps are noted here");
        self.statement(&ledger.create_by_script(self.dialect));
        self.asked(
            "stops where a run left a revision half done",
            ledger.demand_finished(self.dialect),
        );
    }

    /// Begins a transaction, where it may be one, and asks whether nobody else is at work and the
    /// database is where the steps ahead begin.
    fn begin_asking(&mut self) {
        if self.open {
            return;
        }
        if self.syntax.transactional_ddl {
            self.open();
        }
        let Some(table) = self.asks_of else {
            return;
        };
        self.asked(
            "stops while a run or another script is under way",
            table.demand_lock(self.dialect),
        );
        self.asked(
            "stops unless the database is where the next revision begins",
            demands(self.dialect, table, self.ahead),
        );
    }

    fn asked(&mut self, what: &str, statements: Vec<String>) {
        if statements.is_empty() {
            return;
        }
        self.comment(what);
        for statement in &statements {
            self.statement(statement);
        }
    }

    fn step(&mut self, step: &Step, options: &Options<'_>) -> Result<(), ScriptError> {
        self.begin();
        let word = match step.direction {
            Direction::Upgrade | Direction::Downgrade => step.direction.as_str(),
            Direction::Stamp => "stamp_revision",
        };
        let mut title = format!("Running {word} {}", step.path());
        if !step.message().is_empty() && step.direction != Direction::Stamp {
            let _ = write!(title, ", {}", step.message());
        }
        self.comment(&title);
        if let Some(idle) = step.idle(self.dialect) {
            self.comment(&idle);
        }
        self.text.push('\n');
        let taken = "as the revisions made it";
        let mut parts = Part::all_of(step)?;
        for part in asked_first(self.dialect, &mut parts) {
            self.part(&part, taken);
        }
        for part in &parts {
            if step.direction == Direction::Downgrade {
                self.losses(part, program::lost_by(self.dialect, &part.operations));
            }
            self.part(part, taken);
        }
        self.begin();
        self.begin_rows();
        for change in &step.changes {
            let sql = program::version_row(options.version_table, self.dialect, change);
            self.statement(&sql);
        }
        self.statement(&noted(self.dialect, step, options));
        if !self.syntax.transactional_ddl {
            self.commit();
        }
        Ok(())
    }

    /// Says what is gone for good when the statements of a part have run, right above them.
    fn losses(&mut self, part: &Part<'_>, losses: Vec<Lost>) {
        if let Some(first) = part.all().next().filter(|_| !losses.is_empty()) {
            self.place(first);
        }
        for lost in losses {
            self.comment(&match lost {
                Lost::Rows { table } => format!("all rows of table `{table}` are lost"),
                Lost::Values { table, column } => {
                    format!("all values of column `{table}.{column}` are lost")
                }
                Lost::Digits {
                    table,
                    column,
                    data_type,
                } => {
                    let name = self.dialect.compiler().data_type(&data_type);
                    format!(
                        "values of column `{table}.{column}` that are more than {} holds are rounded \
                         or cut off",
                        name.unwrap_or_default()
                    )
                }
                Lost::Schema { name } => format!("everything in schema `{name}` is lost"),
            });
        }
    }

    /// Says of a table what it is taken for, asks whether it is that, and changes it.
    fn part(&mut self, part: &Part<'_>, taken: &str) {
        self.presumed(part, taken);
        for statement in part.all() {
            self.in_or_out(statement);
        }
    }

    fn presumed(&mut self, part: &Part<'_>, taken: &str) {
        let what = match part.change {
            Some(change) => {
                let way = match change.way {
                    Way::Definition => "changes the definition of",
                    Way::Rebuild => "rebuilds",
                };
                format!("{way} `{}` ({})", change.table, change.reasons.join(", "))
            }
            None if part.presumed.is_empty() => return,
            None => "repeats columns of a table".to_owned(),
        };
        self.comment(&format!("{what}, {taken}, and stops where it is otherwise"));
    }

    fn in_or_out(&mut self, statement: &Statement) {
        self.place(statement);
        match &statement.check {
            Some(check) => {
                for assertion in &check.assertion {
                    self.statement(assertion);
                }
            }
            None => self.statement(&statement.sql),
        }
    }

    /// Begins or ends a transaction, as a statement needs it.
    fn place(&mut self, statement: &Statement) {
        let asks = statement.check.is_some();
        if self.syntax.transactional_ddl && (asks || statement.transactional) {
            self.begin();
        } else if !asks && statement.changes_rows_only() {
            self.begin_rows();
        } else {
            // Who asks may make a table, which commits where DDL does.
            self.commit();
        }
    }

    /// Begins a transaction on an engine whose DDL takes part in one.
    fn begin(&mut self) {
        if self.syntax.transactional_ddl {
            self.begin_asking();
        }
    }

    /// Begins one for statements that change rows alone.
    fn begin_rows(&mut self) {
        if !self.open {
            self.open();
        }
    }

    fn open(&mut self) {
        self.open = true;
        self.line(self.syntax.begin);
        self.text.push('\n');
    }

    fn commit(&mut self) {
        if self.open {
            self.open = false;
            self.line(self.syntax.commit);
            self.text.push('\n');
        }
    }

    fn statement(&mut self, sql: &str) {
        if self.syntax.delimiter_command && sql.contains(';') {
            let mark = delimiter(sql);
            let _ = writeln!(self.text, "DELIMITER {mark}\n{sql}\n{mark}\nDELIMITER ;\n");
        } else {
            self.line(sql);
            self.text.push('\n');
        }
    }

    fn line(&mut self, sql: &str) {
        self.text.push_str(sql);
        // A comment at the end would swallow the semicolon.
        if sql.lines().last().is_some_and(|last| last.contains("--")) {
            self.text.push('\n');
        }
        self.text.push_str(";\n");
    }

    /// One comment line for each line of the text: nothing of it is ever run.
    fn comment(&mut self, text: &str) {
        for line in text.split(['\n', '\r']) {
            let _ = writeln!(self.text, "-- {line}");
        }
    }
}

/// A mark that does not occur in the statement.
fn delimiter(sql: &str) -> String {
    let mut mark = "$$".to_owned();
    while sql.contains(&mark) {
        mark.push('$');
    }
    mark
}

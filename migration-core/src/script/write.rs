//! The text of a script.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::part::{Part, asked_first};
use super::{Options, ScriptError};
use crate::dialect::{Dialect, Scripted, Statement, Syntax, Way};
use crate::plan::{Direction, RowChange};
use crate::program::{self, Action, Lost, Program, Step};
use crate::revision::RevisionId;

/// Writes a program for `psql`, `sqlite3` or the `mysql` client.
///
/// Revisions share transactions as a run would have them; statements that must run outside stand
/// between `COMMIT` and `BEGIN`. The script stops unless the version rows are there that it changes, and
/// writes no ledger.
///
/// # Errors
///
/// [`ScriptError`] when a step calls a procedure, or a table is not yet lowered.
pub fn write(program: &Program, options: &Options<'_>) -> Result<String, ScriptError> {
    let mut actions = program.steps.iter().flat_map(|step| &step.actions);
    let mut writer = Writer {
        dialect: program.dialect,
        syntax: program.dialect.syntax(),
        changes_tables: actions.any(|action| action.change.is_some()),
        text: String::new(),
        open: false,
    };
    writer.banner(program, options);
    writer.session();
    if program.from.is_empty() && !program.steps.is_empty() {
        writer.begin();
        let create = options.version_table.create(program.dialect);
        writer.statement(&create);
    }
    let transactions = program.transactions(options.transaction, false);
    for (number, range) in transactions.into_iter().enumerate() {
        let steps = &program.steps[range];
        let asks_for = match (number, writer.syntax.goes_on) {
            (0, _) if program.from.is_empty() => &[],
            (_, true) => steps,
            (0, false) => program.steps.as_slice(),
            (_, false) => &[],
        };
        writer.demand(asks_for, options);
        for step in steps {
            writer.step(step, options)?;
        }
        writer.commit();
    }
    writer.violations();
    Ok(writer.text)
}

/// Writes changes that are no revision's for the same clients: one transaction where the engine can,
/// which nothing of stays when rows stand against a change; no version row is touched.
pub fn write_alone(dialect: Dialect, changes: &[Scripted]) -> String {
    let mut writer = Writer {
        dialect,
        syntax: dialect.syntax(),
        changes_tables: changes.iter().any(|it| it.lowered.change.is_some()),
        text: String::new(),
        open: false,
    };
    writer.client();
    writer.session();
    let mut parts: Vec<Part<'_>> = changes.iter().map(Part::of).collect();
    let first = asked_first(dialect, &mut parts);
    for part in first.iter().chain(&parts) {
        writer.part(part, "as it is now");
    }
    writer.commit();
    writer.violations();
    writer.text
}

/// What has to be true of the version rows before steps change them.
#[derive(Default)]
struct Changed<'s> {
    there: Vec<&'s RevisionId>,
    not_there: Vec<&'s RevisionId>,
}

impl<'s> Changed<'s> {
    fn by(steps: &'s [Step]) -> Self {
        let mut changed = Self::default();
        let mut made: HashSet<&RevisionId> = HashSet::new();
        for change in steps.iter().flat_map(|step| &step.changes) {
            let (gone, new) = match change {
                RowChange::Insert(to) => (None, Some(to)),
                RowChange::Update { from, to } => (Some(from), Some(to)),
                RowChange::Delete(from) => (Some(from), None),
            };
            match gone {
                Some(gone) if !made.remove(gone) => changed.there.push(gone),
                Some(_) => {}
                None => changed
                    .not_there
                    .extend(new.filter(|new| !changed.there.contains(new))),
            }
            made.extend(new);
        }
        changed
    }
}

struct Writer {
    dialect: Dialect,
    syntax: &'static Syntax,
    /// Whether a table is changed in another way than by a statement of the engine.
    changes_tables: bool,
    text: String,
    /// Whether a transaction is open.
    open: bool,
}

impl Writer {
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
            self.text.push_str(stops);
            self.text.push('\n');
        }
    }

    /// What makes the client read the texts as they are meant.
    fn session(&mut self) {
        for statement in self.syntax.session {
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

    /// Asks whether the database is where the next steps begin: whoever runs a script twice would have
    /// what they do to rows twice.
    fn demand(&mut self, steps: &[Step], options: &Options<'_>) {
        if steps.is_empty() {
            return;
        }
        let changed = Changed::by(steps);
        let there = changed.there.iter().map(|id| (id, true));
        let not_there = changed.not_there.iter().map(|id| (id, false));
        self.begin();
        self.comment("stops unless the database is where the next revision begins");
        for (id, is_there) in there.chain(not_there) {
            let table = options.version_table;
            for sql in table.demand(self.dialect, id.as_str(), is_there) {
                self.statement(&sql);
            }
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
        for (action, part) in step.actions.iter().zip(&parts) {
            if step.direction == Direction::Downgrade {
                self.losses(action);
            }
            self.part(part, taken);
        }
        self.begin();
        for change in &step.changes {
            let sql = program::version_row(options.version_table, self.dialect, change);
            self.statement(&sql);
        }
        Ok(())
    }

    /// Says what is gone for good when the next statements have run.
    fn losses(&mut self, action: &Action) {
        for lost in program::lost_by(self.dialect, action) {
            self.comment(&match lost {
                Lost::Rows { table } => format!("all rows of table `{table}` are lost"),
                Lost::Values { table, column } => {
                    format!("all values of column `{table}.{column}` are lost")
                }
                Lost::Schema { name } => format!("everything in schema `{name}` is lost"),
            });
        }
    }

    /// Says of a table what it is taken for, asks whether it is that, and changes it.
    fn part(&mut self, part: &Part<'_>, taken: &str) {
        self.presumed(part, taken);
        for statement in part.presumed.iter().chain(&part.statements) {
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
        if let Some(check) = &statement.check {
            self.begin();
            for assertion in &check.assertion {
                self.statement(assertion);
            }
        } else if statement.transactional {
            self.begin();
            self.statement(&statement.sql);
        } else {
            self.commit();
            self.statement(&statement.sql);
        }
    }

    fn begin(&mut self) {
        if self.syntax.transactional_ddl && !self.open {
            self.open = true;
            self.line(self.syntax.begin);
            self.text.push('\n');
        }
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

//! What should be, found without a scratch place: MySQL and MariaDB for a user who may make no
//! database.
//!
//! Tables are made for one session, which ends with the connection, so that the server itself brings
//! types, defaults, checks and computed columns into its form; what it does not do for a session is
//! added by rules. Views and routines are made under a name of their own and dropped at once. Nothing
//! else of the statements runs.

use super::rehearsal::Rehearsed;
use super::{CompareError, Setting};
use crate::database::scratch::{Passing, Tried};
use crate::database::{self, Connection, DatabaseError};
use crate::diagnostic::Advice as _;
use crate::dialect::Dialect;
use crate::introspect::{self, SessionTable, Unread, Whole};
use crate::operation::{Operation, ViewChange};
use crate::program::{Built, Meant, Passed};
use crate::schema::{Constraint, ConstraintKind, Ident, Index, ObjectName, Schema, Table, View};
use crate::sql;
use crate::text::Place;

/// How what should be was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It was made in a scratch place of the engine.
    InScratch,
    /// By rules, because the user may make no scratch place.
    ByRules {
        /// The statement that gives the right.
        grant: String,
        /// What cannot be compared so, and why.
        unseen: Vec<Unseen>,
    },
}

impl Found {
    /// What cannot be compared so.
    pub fn unseen(&self) -> &[Unseen] {
        match self {
            Self::InScratch => &[],
            Self::ByRules { unseen, .. } => unseen,
        }
    }
}

/// An object that rules do not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its name.
    pub name: ObjectName,
    /// Why.
    pub why: &'static str,
}

const BY_STATEMENT: &str = "a statement changes it that is not understood";
const BY_ENGINE: &str = "the server makes no such table for one session";
const BY_RIGHT: &str = "it needs a right that is missing";

/// Finds what statements build, after a scratch place was refused.
pub(super) fn find(
    setting: &Setting<'_>,
    built: &Built,
    no_scratch: DatabaseError,
) -> Result<Rehearsed, CompareError> {
    let dialect = setting.linker.dialect;
    let meant = built.meant(dialect)?;
    let mut finder = Finder {
        dialect,
        connection: database::open(setting.address, setting.open)?,
        whole: Whole::default(),
        unseen: Vec::new(),
    };
    // Tables of the session would hide those that views read.
    finder.views_and_routines(&meant)?;
    match finder.tables(&meant) {
        Ok(()) => {}
        Err(CompareError::Refused { source, .. }) if source.is_forbidden() => {
            return Err(no_scratch.into());
        }
        Err(error) => return Err(error),
    }
    finder.triggers_and_sequences(&meant);
    for name in &meant.changed {
        finder.leave(name, BY_STATEMENT);
    }
    let Finder {
        mut whole, unseen, ..
    } = finder;
    forget(&mut whole, &unseen);
    Ok(Rehearsed {
        whole,
        left_out: meant.left_out,
        found: Found::ByRules {
            grant: grant(&no_scratch),
            unseen,
        },
    })
}

/// The statement at the end of what an administrator is asked for.
fn grant(no_scratch: &DatabaseError) -> String {
    let hint = no_scratch.hint().unwrap_or_default();
    hint.lines().last().unwrap_or_default().to_owned()
}

/// Takes what was not seen out of a side.
pub(super) fn forget(whole: &mut Whole, unseen: &[Unseen]) {
    let is_unseen = |name: &ObjectName| {
        let same = |it: &Unseen| it.name.to_string().eq_ignore_ascii_case(&name.to_string());
        unseen.iter().any(same)
    };
    super::ours::drop_tables(whole, is_unseen);
    let schema = &mut whole.schema;
    schema.views.retain(|it| !is_unseen(&it.name));
    schema.sequences.retain(|it| !is_unseen(&it.name));
    schema.dependents.retain(|it| !is_unseen(&it.name));
}

/// The view under another name, which is in quotes already.
fn viewed(view: &View, quoted: &str) -> Operation {
    let bare = quoted.trim_matches('"');
    Operation::View(ViewChange::Create {
        view: View {
            name: ObjectName::new(bare),
            ..view.clone()
        },
        or_replace: false,
        if_not_exists: false,
    })
}

fn created(table: Table) -> Operation {
    Operation::CreateTable {
        table,
        if_not_exists: false,
    }
}

/// What makes a table for one session, and the indexes that it cannot have.
fn for_session(schema: &Schema, table: &Table) -> (Vec<Operation>, Vec<Index>) {
    let mut of_session = table.clone();
    of_session.temporary = true;
    let is_reference = |it: &Constraint| matches!(it.kind, ConstraintKind::ForeignKey(_));
    of_session.constraints.retain(|it| !is_reference(it));
    let is_of_words = |it: &&Index| {
        let method = it.method.as_ref().map_or("", Ident::as_str);
        method.eq_ignore_ascii_case("FULLTEXT")
    };
    let indexes = schema.indexes_of(&table.name);
    let (beside, inside): (Vec<&Index>, Vec<&Index>) = indexes.partition(is_of_words);
    let made = inside.into_iter().map(|index| Operation::CreateIndex {
        index: index.clone(),
        concurrently: false,
        if_not_exists: false,
    });
    let operations = [created(of_session)].into_iter().chain(made).collect();
    (operations, beside.into_iter().cloned().collect())
}

fn compile(dialect: Dialect, operations: &[Operation]) -> Result<Vec<String>, CompareError> {
    let mut written = Vec::new();
    for operation in operations {
        let operation = std::slice::from_ref(operation);
        let lowered = dialect.compiler().compile(operation, &Schema::default());
        let statements = lowered.map_err(Box::new)?.statements;
        written.extend(statements.into_iter().map(|it| it.sql));
    }
    Ok(written)
}

/// What the server refuses of something that is made at a place.
fn refused(
    dialect: Dialect,
    (kind, name): (&str, &ObjectName),
    place: Option<&Place>,
    error: CompareError,
) -> CompareError {
    match (error, place) {
        (CompareError::Database(source), Some(place)) => CompareError::Refused {
            description: format!("create {kind} `{name}`"),
            dialect,
            place: place.clone(),
            later: None,
            source: Box::new(source),
        },
        (error, _) => error,
    }
}

/// What was found so far.
struct Finder {
    dialect: Dialect,
    connection: Box<dyn Connection>,
    whole: Whole,
    unseen: Vec<Unseen>,
}

impl Finder {
    fn views_and_routines(&mut self, meant: &Meant) -> Result<(), CompareError> {
        let is_made = |it: &&Passed| ["function", "procedure", "view"].contains(&it.subject.kind);
        let passed: Vec<&Passed> = meant.passed.iter().filter(is_made).collect();
        if passed.is_empty() && meant.schema.views.is_empty() {
            return Ok(());
        }
        let (dialect, escapes) = (self.dialect, self.dialect.syntax().backslash_escapes);
        let mut passing = Passing::begin(self.connection.as_mut())?;
        for view in &meant.schema.views {
            let create = |name: &str| {
                let written = compile(dialect, &[viewed(view, name)]).unwrap_or_default();
                written.into_iter().next().unwrap_or_default()
            };
            let tried = self.try_out(&mut passing, ("view", &create), &view.name);
            let tried = tried.map_err(|error| {
                refused(
                    dialect,
                    ("view", &view.name),
                    meant.place(&view.name),
                    error,
                )
            })?;
            self.keep(tried, &view.name, |whole| {
                whole.schema.views.push(view.clone());
            });
        }
        for it in passed {
            let (kind, name) = (it.subject.kind, &it.subject.name);
            let create = |name: &str| sql::under_name(&it.sql, name, escapes).unwrap_or_default();
            let tried = self.try_out(&mut passing, (kind, &create), name);
            let tried =
                tried.map_err(|error| refused(dialect, (kind, name), Some(&it.place), error))?;
            self.keep(tried, name, |whole| {
                whole.unread.push(Unread {
                    name: name.clone(),
                    ddl: it.sql.clone(),
                });
            });
        }
        Ok(())
    }

    fn try_out(
        &mut self,
        passing: &mut Passing,
        (kind, create): (&str, &dyn Fn(&str) -> String),
        name: &ObjectName,
    ) -> Result<Tried<Whole>, CompareError> {
        passing.through(
            self.connection.as_mut(),
            (&kind.to_ascii_uppercase(), create),
            &mut |connection, there| {
                Ok::<_, CompareError>(introspect::standing_for(connection, kind, there, name)?)
            },
        )
    }

    /// What the live database could not have now is as it is written.
    fn keep(&mut self, tried: Tried<Whole>, name: &ObjectName, written: impl FnOnce(&mut Whole)) {
        match tried {
            Tried::Read(read) => self.add(read),
            Tried::Lacks => written(&mut self.whole),
            Tried::Forbidden(_) => self.leave(name, BY_RIGHT),
        }
    }

    fn tables(&mut self, meant: &Meant) -> Result<(), CompareError> {
        let mut made = Vec::new();
        for table in meant.schema.tables.iter().filter(|it| !it.temporary) {
            let (of_session, beside) = for_session(&meant.schema, table);
            let statements = compile(self.dialect, &of_session)?;
            let meant_whole = compile(self.dialect, &[created(table.clone())])?.remove(0);
            if self.makes(meant, &table.name, &statements)? {
                made.push(SessionTable {
                    name: table.name.clone(),
                    meant: meant_whole,
                    indexes: beside,
                });
            }
        }
        for it in meant.passed.iter().filter(|it| it.subject.kind == "table") {
            let name = &it.subject.name;
            let Some(statement) =
                sql::for_session(&it.sql, self.dialect.syntax().backslash_escapes)
            else {
                self.leave(name, BY_STATEMENT);
                continue;
            };
            if self.makes(meant, name, &[statement])? {
                made.push(SessionTable {
                    name: name.clone(),
                    meant: String::new(),
                    indexes: Vec::new(),
                });
            }
        }
        let read = introspect::session_tables(self.connection.as_mut(), &made)?;
        self.add(read);
        Ok(())
    }

    /// Makes a table for this session, if the server makes such a one.
    fn makes(
        &mut self,
        meant: &Meant,
        name: &ObjectName,
        statements: &[String],
    ) -> Result<bool, CompareError> {
        let texts: Vec<&str> = statements.iter().map(String::as_str).collect();
        let Err(failed) = self.connection.run(&texts) else {
            return Ok(true);
        };
        if introspect::is_beyond_session(&failed.error) {
            self.leave(name, BY_ENGINE);
            return Ok(false);
        }
        Err(refused(
            self.dialect,
            ("table", name),
            meant.place(name),
            failed.error.into(),
        ))
    }

    fn triggers_and_sequences(&mut self, meant: &Meant) {
        for sequence in &meant.schema.sequences {
            let kept = introspect::kept_sequence(sequence.clone());
            self.whole.schema.sequences.push(kept);
        }
        for it in &meant.passed {
            let name = &it.subject.name;
            match (it.subject.kind, &it.subject.table) {
                ("trigger", Some(table)) => {
                    match sql::trigger_parts(&it.sql, self.dialect.syntax().backslash_escapes) {
                        Some((moment, body)) => {
                            let (name, table) = (name.clone(), table.clone());
                            let trigger = introspect::trigger(name, table, (&moment, body));
                            self.whole.schema.dependents.push(trigger);
                        }
                        None => self.leave(name, BY_STATEMENT),
                    }
                }
                ("sequence", _) => self.leave(name, BY_STATEMENT),
                _ => {}
            }
        }
    }

    fn add(&mut self, read: Whole) {
        let schema = &mut self.whole.schema;
        schema.tables.extend(read.schema.tables);
        schema.indexes.extend(read.schema.indexes);
        schema.views.extend(read.schema.views);
        schema.dependents.extend(read.schema.dependents);
        self.whole.unread.extend(read.unread);
    }

    fn leave(&mut self, name: &ObjectName, why: &'static str) {
        if !self.unseen.iter().any(|it| it.name == *name) {
            self.unseen.push(Unseen {
                name: name.clone(),
                why,
            });
        }
    }
}

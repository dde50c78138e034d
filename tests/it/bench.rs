//! The whole way of a drafted revision on a live database: a first revision is applied, the models
//! are compared with what is there, what has to be done is written as a second revision and applied,
//! and taken back; nothing more may be found at any stop.
#![expect(
    clippy::disallowed_methods,
    reason = "revisions are written for a database"
)]

use migration_core::compare::{self, CompareError, Comparison, Filter, Found, Inventory, Setting};
use migration_core::database::{self, Address, Connection, OpenOptions, version_rows};
use migration_core::dialect::{Dialect, VersionTable};
use migration_core::diff::{Answer, Candidate, DiffOptions, diff};
use migration_core::draft::{self, Draft, Sources, Words};
use migration_core::graph::RevisionGraph;
use migration_core::operation::Operation;
use migration_core::plan::{self, Plan};
use migration_core::program::{self, Built, Linker, Written};
use migration_core::render::{self, RenderOptions};
use migration_core::revision::RevisionId;
use migration_core::schema::Schema;
use migration_core::script;
use migration_core::text::Source;
use migration_tests::databases::TestDatabase;
use migration_tests::history::{self, chain, linker, options, read};

/// A database that is emptied before each round.
pub(crate) struct Bench {
    database: TestDatabase,
    /// Where what should be is made.
    address: Address,
    connection: Box<dyn Connection>,
    prefix: &'static str,
}

/// What there is in the beginning and in the end.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    /// What the first revision does.
    pub(crate) before: String,
    /// The models.
    pub(crate) models: String,
    /// What somebody said of renames from the start.
    pub(crate) answers: Vec<Answer>,
    /// Whether what is doubtful then is a rename.
    pub(crate) renames: bool,
}

/// One round, with what was written for it.
struct Round<'t> {
    directory: tempfile::TempDir,
    graph: RevisionGraph,
    task: &'t Task,
    drafted: String,
}

impl Bench {
    pub(crate) fn new(database: TestDatabase, prefix: &'static str) -> Self {
        let connection = database.open();
        Self {
            address: database.address().clone(),
            database,
            connection,
            prefix,
        }
    }

    /// Goes the whole way of one task; gives what was drafted.
    pub(crate) fn round(&mut self, task: &Task) -> Result<Draft, String> {
        self.clear();
        let directory = tempfile::tempdir().expect("a directory");
        let first = file(0, &task.before, "");
        write(&directory, "first.sql", &first);
        let mut round = Round {
            graph: read(directory.path()),
            directory,
            task,
            drafted: String::new(),
        };
        let result = self.go(&mut round);
        result.map_err(|what| {
            let Round { drafted, .. } = &round;
            let Task { before, models, .. } = task;
            format!("{what}\n-- before\n{before}\n-- models\n{models}\n-- drafted\n{drafted}")
        })
    }

    fn go(&mut self, round: &mut Round<'_>) -> Result<Draft, String> {
        let plan = plan::upgrade(&round.graph, &[], &["head"]).expect("a step");
        self.run(&round.graph, &plan)
            .map_err(|it| format!("the first revision: {it}"))?;
        let drafted = self.drafted(round)?;
        round.drafted = file(1, &drafted.upgrade, &drafted.downgrade);
        write(&round.directory, "second.sql", &round.drafted);
        round.graph = read(round.directory.path());

        let plan = plan::upgrade(&round.graph, &[id(0)], &["head"]).expect("a step");
        self.run(&round.graph, &plan)
            .map_err(|it| format!("the upgrade: {it}"))?;
        let (again, _) = self.models(round, 1, &round.task.answers.clone())?;
        sees_all(&again)?;
        nothing("after the upgrade, against the models", &again)?;
        self.dumps_what_is_there(&round.graph, &[id(1)])?;
        let drift = self.revisions(round, 1)?;
        // Rules follow no statement that passes through as written.
        if !drafted.upgrade.contains("MODIFY COLUMN") {
            sees_all(&drift)?;
        }
        nothing("after the upgrade, against the revisions", &drift)?;

        let plan = plan::downgrade(&round.graph, &[id(1)], &["-1"]).expect("a step");
        self.run(&round.graph, &plan)
            .map_err(|it| format!("the downgrade: {it}"))?;
        let drift = self.revisions(round, 0)?;
        nothing("after the downgrade, against the revisions", &drift)?;
        self.dumps_what_is_there(&round.graph, &[id(0)])?;
        Ok(drafted)
    }

    /// Goes the way of a history up and down; at each stop models made of the database ask for
    /// nothing.
    pub(crate) fn walk(&mut self, graph: &RevisionGraph) -> Result<(), String> {
        self.clear();
        let mut rows = Vec::new();
        while let Ok(plan) = plan::upgrade(graph, &rows, &["+1"])
            && !plan.steps.is_empty()
        {
            rows = self.goes(graph, &plan)?;
        }
        while let Ok(plan) = plan::downgrade(graph, &rows, &["-1"]) {
            rows = self.goes(graph, &plan)?;
        }
        match rows.is_empty() {
            true => Ok(()),
            false => Err(format!("it ends at {rows:?}")),
        }
    }

    fn goes(&mut self, graph: &RevisionGraph, plan: &Plan) -> Result<Vec<RevisionId>, String> {
        self.run(graph, plan)?;
        let rows = version_rows(self.connection.as_mut(), &VersionTable::default());
        let rows = rows.map_err(|it| chain(&it))?.unwrap_or_default();
        let found = self.dumps_what_is_there(graph, &rows);
        found.map_err(|it| format!("at {rows:?}: {it}"))?;
        Ok(rows)
    }

    /// Models made of the database ask for nothing, whether its revisions are known or not.
    fn dumps_what_is_there(
        &mut self,
        graph: &RevisionGraph,
        rows: &[RevisionId],
    ) -> Result<(), String> {
        for rows in [rows, &[]] {
            let linker = self.linker(graph);
            let models = dumped(self.connection.as_mut(), &linker, rows)?;
            let source = Source::new("dumped.sql", models.as_str());
            let found = self.compare(
                graph,
                (rows, &[], usize::MAX),
                &mut |setting, connection| {
                    compare::live_with_models(setting, connection, |it| {
                        program::models(it.dialect, &it.prefix, &source)
                    })
                },
            );
            let when = format!("{} revisions, against what was dumped", rows.len());
            found
                .and_then(|(found, _)| nothing(&when, &found))
                .map_err(|it| format!("{it}\n-- dumped\n{models}"))?;
        }
        Ok(())
    }

    fn drafted(&mut self, round: &Round<'_>) -> Result<Draft, String> {
        let mut answers = round.task.answers.clone();
        let (mut comparison, mut written) = self.models(round, 0, &answers)?;
        let doubts = comparison.difference.doubts.clone();
        if !doubts.is_empty() {
            answers.extend(doubts.into_iter().map(|it| answer(it, round.task.renames)));
            (comparison, written) = self.models(round, 0, &answers)?;
        }
        gives_statements(self.database.dialect(), &comparison)?;
        let drafted = self.draft(&comparison, written);
        self.is_found_in_scratch(round, &answers, (&comparison, &drafted))?;
        Ok(drafted)
    }

    /// What is drafted by rules is what is drafted after a comparison in a scratch database.
    fn is_found_in_scratch(
        &mut self,
        round: &Round<'_>,
        answers: &[Answer],
        by_rules: (&Comparison, &Draft),
    ) -> Result<(), String> {
        let Some(administrator) = self.database.unshut() else {
            return Ok(());
        };
        let user = std::mem::replace(&mut self.address, administrator);
        let found = self.models(round, 0, answers);
        self.address = user;
        let (in_scratch, written) = found?;
        let are_told_apart = in_scratch.found == Found::InScratch
            && matches!(by_rules.0.found, Found::ByRules { .. });
        let drafted = self.draft(&in_scratch, written);
        if are_told_apart && drafted == *by_rules.1 {
            return Ok(());
        }
        let texts = |it: &Draft| format!("{}\n-- downgrade\n{}", it.upgrade, it.downgrade);
        let (one, other) = (texts(by_rules.1), texts(&drafted));
        Err(format!("by rules\n{one}\nin a scratch database\n{other}"))
    }

    fn draft(&self, comparison: &Comparison, written: Written) -> Draft {
        let dialect = self.database.dialect();
        let words = |built: Built| Words::new(dialect, built.schema, built.statements);
        draft::draft(
            &comparison.difference.changes,
            &Sources {
                dialect,
                prefix: self.prefix,
                models: &words(written.built),
                history: &words(comparison.history.clone()),
            },
        )
    }

    fn models(
        &mut self,
        round: &Round<'_>,
        at: usize,
        answers: &[Answer],
    ) -> Result<(Comparison, Written), String> {
        let source = Source::new("models.sql", round.task.models.as_str());
        let mut ask = |probe_from| {
            self.compare(
                &round.graph,
                (&[id(at)], answers, probe_from),
                &mut |setting, connection| {
                    compare::live_with_models(setting, connection, |it| {
                        program::models(it.dialect, &it.prefix, &source)
                    })
                },
            )
        };
        let (settled, made) = (ask(1)?, ask(usize::MAX)?);
        assert_eq!(
            settled.0.difference, made.0.difference,
            "what is settled by a probe is what the engine makes"
        );
        assert_eq!(
            (&settled.0.stored, &settled.0.live),
            (&made.0.stored, &made.0.live),
            "what is told by its text is what is read"
        );
        Ok(settled)
    }

    fn revisions(&mut self, round: &Round<'_>, at: usize) -> Result<Comparison, String> {
        self.compare(
            &round.graph,
            (&[id(at)], &[], 1),
            &mut |setting, connection| compare::live_with_revisions(setting, connection),
        )
    }

    fn compare<T>(
        &mut self,
        graph: &RevisionGraph,
        (rows, answers, probe_from): (&[RevisionId], &[Answer], usize),
        compare: &mut dyn FnMut(&Setting<'_>, &mut dyn Connection) -> Result<T, CompareError>,
    ) -> Result<T, String> {
        let setting = Setting {
            address: &self.address,
            open: &OpenOptions::read("tests"),
            linker: self.linker(graph),
            rows,
            version_table: &VersionTable::default(),
            schemas: &[],
            filter: &Filter::default(),
            diff: &DiffOptions {
                answers: answers.to_vec(),
                ..DiffOptions::default()
            },
            run: &options(),
            probe_from,
        };
        compare(&setting, self.connection.as_mut()).map_err(|error| chain(&error))
    }

    fn linker<'g>(&self, graph: &'g RevisionGraph) -> Linker<'g> {
        linker(graph, self.database.dialect(), self.prefix)
    }

    /// An empty database again.
    fn clear(&mut self) {
        let statements: Vec<String> = match (self.database.dialect(), self.database.server()) {
            (Dialect::Mysql, Some(server)) => vec![
                format!("DROP DATABASE \"{}\"", server.database),
                format!("CREATE DATABASE \"{}\"", server.database),
                format!("USE \"{}\"", server.database),
            ],
            (Dialect::Postgres, Some(_)) => vec![DROP_SCHEMAS.to_owned()],
            (Dialect::Sqlite | Dialect::Mysql | Dialect::Postgres, _) => {
                let address = Address::Sqlite {
                    path: ":memory:".into(),
                };
                let opened = database::open(&address, &OpenOptions::write("tests"));
                self.connection = opened.expect("memory opens");
                return;
            }
        };
        let _ = self.connection.rollback();
        for statement in &statements {
            let run = self.connection.run(&[statement]);
            run.unwrap_or_else(|failed| panic!("{statement}: {}", failed.error));
        }
    }

    fn run(&mut self, graph: &RevisionGraph, plan: &Plan) -> Result<(), String> {
        let linker = self.linker(graph);
        history::run(&linker, plan, self.connection.as_mut())
    }
}

const DROP_SCHEMAS: &str = "DO $$ DECLARE it text; BEGIN FOR it IN SELECT nspname FROM pg_namespace \
     WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP EXECUTE \
     format('DROP SCHEMA %I CASCADE', it); END LOOP; CREATE SCHEMA public; END $$";

fn answer(candidate: Candidate, is_rename: bool) -> Answer {
    Answer {
        candidate,
        is_rename,
    }
}

fn id(number: usize) -> RevisionId {
    RevisionId::new(format!("{:012x}", number + 1))
}

/// The file of a revision.
fn file(number: usize, up: &str, down: &str) -> String {
    let before = number.checked_sub(1).map(|before| id(before).to_string());
    format!(
        "-- step {number}\n--\n-- Revision ID: {}\n-- Revises: {}\n\
         -- Create Date: 2020-01-01 00:00:00\n\n\
         -- migrate: upgrade\n\n{up}\n-- migrate: downgrade\n\n{down}",
        id(number),
        before.unwrap_or_default()
    )
}

fn write(directory: &tempfile::TempDir, name: &str, text: &str) {
    let path = directory.path().join(name);
    std::fs::write(path, text).expect("the directory is writable");
}

fn sees_all(comparison: &Comparison) -> Result<(), String> {
    match comparison.found.unseen() {
        [] => Ok(()),
        unseen => Err(format!("not compared: {unseen:?}")),
    }
}

/// The models that a database has, as `models dump` writes them; `rows` are the revisions that are
/// known to be applied.
pub(crate) fn dumped(
    connection: &mut dyn Connection,
    linker: &Linker<'_>,
    rows: &[RevisionId],
) -> Result<String, String> {
    let history = program::built(linker, rows).map_err(|it| chain(&it))?;
    let setting = Inventory {
        schemas: &[],
        version_table: &VersionTable::default(),
        prefix: &linker.prefix,
    };
    let whole = compare::inventory(connection, &setting, &history, &Filter::default());
    let whole = whole.map_err(|it| chain(&it))?;
    let changes = diff(&Schema::default(), &whole.schema, &DiffOptions::default()).changes;
    Ok(draft::statements(&changes, linker.dialect, &linker.prefix))
}

/// Whatever is found is something to be run: without a change there would be other statements.
pub(crate) fn gives_statements(dialect: Dialect, comparison: &Comparison) -> Result<(), String> {
    let changes = &comparison.difference.changes;
    let written = |count: usize| {
        let operations = changes[..count].iter().flat_map(|it| &it.up);
        let (stored, live) = (&comparison.stored, &comparison.live);
        let lowered = compare::statements(dialect, operations, stored, live);
        lowered.map(|it| script::texts(dialect, &it))
    };
    let all: Vec<&Operation> = changes.iter().flat_map(|it| &it.up).collect();
    for (before, change) in changes.iter().enumerate() {
        if change
            .up
            .iter()
            .all(|it| goes_with_others(dialect, it, &all))
        {
            continue;
        }
        // What an engine refuses is told, and no silence.
        if let (Ok(one), Ok(other)) = (written(before), written(before + 1))
            && one == other
        {
            let text = render::section(&change.up, &RenderOptions::default());
            return Err(format!("found, and nothing to be run for it:\n{text}"));
        }
    }
    Ok(())
}

/// Whether an operation is done by what is done to others: a type without a name is nothing but what
/// its columns hold, and a key of SQLite numbers no rows that is none any more or of another type.
fn goes_with_others(dialect: Dialect, operation: &Operation, all: &[&Operation]) -> bool {
    match operation {
        Operation::Enum(_) => !dialect.syntax().named_types && all.len() > 1,
        Operation::SetIdentity { table: of, .. } => all.iter().any(|it| match it {
            Operation::DropConstraint { table, .. } | Operation::SetType { table, .. } => {
                table == of
            }
            _ => false,
        }),
        _ => false,
    }
}

/// Says what was found where nothing should be.
pub(crate) fn nothing(when: &str, comparison: &Comparison) -> Result<(), String> {
    let changes = &comparison.difference.changes;
    if changes.is_empty() && comparison.unread.is_empty() {
        return Ok(());
    }
    let operations: Vec<Operation> = changes.iter().flat_map(|it| it.up.clone()).collect();
    let text = render::section(&operations, &RenderOptions::default());
    Err(format!(
        "{when}:\n{text}{:?} {:?}",
        comparison.unread, comparison.found
    ))
}

//! What the models ask for, found and written as a revision: after it the database is what they
//! say, nothing more is found, models made of the database ask for nothing either, and the way back
//! leads back.

use std::fmt::Debug;
use std::io::Write as _;
use std::time::{Duration, Instant};

use migration_core::compare::{self, CompareError, Comparison, Filter, Setting};
use migration_core::database::OpenOptions;
use migration_core::dialect::{Dialect, VersionTable};
use migration_core::diff::{Answer, Candidate, DiffOptions, diff};
use migration_core::draft::{self, Draft, Sources, Words};
use migration_core::graph::RevisionGraph;
use migration_core::operation::Operation;
use migration_core::plan;
use migration_core::program::{self, Built, Written};
use migration_core::render::{self, RenderOptions};
use migration_core::revision::RevisionId;
use migration_core::schema::{Constraint, ConstraintKind, Ident, Schema, Table};
use migration_core::text::Source;
use migration_tests::databases::{self, TestDatabase};
use migration_tests::history::{self, chain, linker, options};

use super::play::{PREFIX, Stage, id, revision};
use super::story::Story;
use crate::bench::{dumped, gives_statements, nothing};

#[test]
fn a_drafted_revision_makes_the_models_and_takes_them_back_on_sqlite() {
    rounds(databases::fresh(Dialect::Sqlite), 300);
}

#[test]
fn a_drafted_revision_makes_the_models_and_takes_them_back_on_postgresql() {
    rounds(databases::fresh(Dialect::Postgres), 150);
}

#[test]
fn a_drafted_revision_makes_the_models_and_takes_them_back_on_mysql() {
    rounds(databases::fresh(Dialect::Mysql), 60);
}

#[test]
fn a_drafted_revision_makes_the_models_and_takes_them_back_on_mysql_without_a_scratch_database() {
    rounds(databases::fresh_and_shut(), 60);
}

/// Runs as many rounds as are asked for, or fit in half a minute.
fn rounds(database: Option<TestDatabase>, count: u64) {
    let Some(database) = database else {
        return;
    };
    let dialect = database.dialect();
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    let first: u64 = number("LAWS_SEED").unwrap_or(1);
    let asked: Option<u64> = number("LAWS_ROUNDS");
    let mut stage = Stage::new(database);
    let began = Instant::now();
    let mut played = 0;
    for seed in first..first + asked.unwrap_or(count) {
        let story = Story::new(seed);
        let last = story.steps.len();
        if let Err(failure) = stage.differ(&story, last, seed) {
            let shorter = (1..last).find_map(|steps| stage.differ(&story, steps, seed).err());
            panic!("seed {seed} on {dialect}: {}", shorter.unwrap_or(failure));
        }
        played += 1;
        if asked.is_none() && began.elapsed() > Duration::from_secs(30) {
            break;
        }
    }
    // Not by a macro: those the test harness keeps to itself.
    let _ = writeln!(std::io::stderr(), "{dialect}: {played} differences");
}

/// How a comparison is asked for.
struct Asked<'a> {
    /// The revisions that the database has.
    rows: &'a [RevisionId],
    answers: &'a [Answer],
    /// From how many tables on they are probed.
    probe_from: usize,
}

impl<'a> Asked<'a> {
    /// Every table is probed that can be.
    fn of(rows: &'a [RevisionId]) -> Self {
        Self {
            rows,
            answers: &[],
            probe_from: 1,
        }
    }
}

/// One round, with its texts.
struct Round {
    directory: tempfile::TempDir,
    graph: RevisionGraph,
    models: String,
    drafted: String,
}

impl Stage {
    /// From the first schema of the story to the one after some of its steps, and back.
    fn differ(&mut self, story: &Story, steps: usize, seed: u64) -> Result<(), String> {
        self.clear();
        let [first, .., last] = [&story.steps[0], &story.steps[steps - 1]];
        let directory = tempfile::tempdir().expect("a directory");
        // SQLite cannot copy the rows of a table of which nothing stays.
        let is_another = |table: &Table| {
            let before = first.after.table(&table.name);
            before.is_some_and(|before| {
                let mut columns = table.columns.iter();
                !columns.any(|it| it.generated.is_none() && before.column(&it.name).is_some())
            })
        };
        // One index of MySQL's own serves both keys, under the name of the one that came first.
        let is_twice = |table: &Table| {
            let mut first_columns: Vec<_> = table.constraints.iter().filter_map(first_of).collect();
            let count = first_columns.len();
            first_columns.sort_unstable();
            first_columns.dedup();
            first_columns.len() < count
        };
        let mut tables = first.after.tables.iter().chain(&last.after.tables);
        if last.after.tables.iter().any(is_another) || tables.any(is_twice) {
            return Ok(());
        }
        let path = directory.path().join("first.sql");
        let text = revision(0, &first.up, &first.down);
        std::fs::write(path, text).expect("the directory is writable");
        let mut round = Round {
            graph: history::read(directory.path()),
            directory,
            models: models(&last.after),
            drafted: String::new(),
        };
        let result = self.go(&mut round, seed);
        result.map_err(|what| {
            let first = revision(0, &first.up, &[]);
            let Round {
                models, drafted, ..
            } = &round;
            format!("{what}\n-- before\n{first}\n-- models\n{models}\n-- drafted\n{drafted}")
        })
    }

    fn go(&mut self, round: &mut Round, seed: u64) -> Result<(), String> {
        let plan = plan::upgrade(&round.graph, &[], &["head"]).expect("a step");
        self.run(&round.graph, &plan)?;
        let (comparison, written) = self.models(round, &[id(0)], &[])?;
        let doubts = comparison.difference.doubts.iter();
        // Whatever somebody answers, the models are what comes out of it.
        let answers: Vec<Answer> = doubts
            .map(|it| answer(it, seed.is_multiple_of(2)))
            .collect();
        let (comparison, written) = if answers.is_empty() {
            (comparison, written)
        } else {
            self.models(round, &[id(0)], &answers)?
        };
        gives_statements(self.database.dialect(), &comparison)?;
        let drafted = self.draft(&comparison, written);
        round.drafted = format!(
            "-- drafted\n--\n-- Revision ID: {}\n-- Revises: {}\n\n-- migrate: upgrade\n\n{}\n\
             -- migrate: downgrade\n\n{}",
            id(1),
            id(0),
            drafted.upgrade,
            drafted.downgrade
        );
        let path = round.directory.path().join("second.sql");
        std::fs::write(path, &round.drafted).expect("the directory is writable");
        round.graph = history::read(round.directory.path());

        let plan = plan::upgrade(&round.graph, &[id(0)], &["head"]).expect("a step");
        self.run(&round.graph, &plan)?;
        let (again, _) = self.models(round, &[id(1)], &[])?;
        nothing("after the upgrade, against the models", &again)?;
        let drift = self.revisions(round, &[id(1)])?;
        nothing("after the upgrade, against the revisions", &drift)?;
        self.dumps_what_is_there(round, &[id(1)])?;

        let plan = plan::downgrade(&round.graph, &[id(1)], &["-1"]).expect("a step");
        self.run(&round.graph, &plan)?;
        let drift = self.revisions(round, &[id(0)])?;
        nothing("after the downgrade, against the revisions", &drift)
    }

    /// Models made of the database ask for nothing, whether its revisions are known or not.
    fn dumps_what_is_there(&mut self, round: &Round, rows: &[RevisionId]) -> Result<(), String> {
        for rows in [rows, &[]] {
            let linker = linker(&round.graph, self.database.dialect(), PREFIX);
            let models = dumped(self.connection.as_mut(), &linker, rows)?;
            let source = Source::new("dumped.sql", models.as_str());
            let found = self.compare_by(round, Asked::of(rows), &mut |setting, stage| {
                compare::live_with_models(setting, stage.connection.as_mut(), |it| {
                    program::models(it.dialect, &it.prefix, &source)
                })
            });
            let when = format!("{} revisions, against what was dumped", rows.len());
            found
                .and_then(|(found, _)| nothing(&when, &found))
                .map_err(|it| format!("{it}\n-- dumped\n{models}"))?;
        }
        Ok(())
    }

    fn draft(&self, comparison: &Comparison, written: Written) -> Draft {
        let dialect = self.database.dialect();
        let words = |built: Built| Words::new(dialect, built.schema, built.statements);
        draft::draft(
            &comparison.difference.changes,
            &Sources {
                dialect,
                prefix: PREFIX,
                models: &words(written.built),
                history: &words(comparison.history.clone()),
            },
        )
    }

    /// Compares with the models, and makes sure that it is the same whether every table is made in
    /// the scratch place and read, or only those that are not known to be there as they are written.
    fn models(
        &mut self,
        round: &Round,
        rows: &[RevisionId],
        answers: &[Answer],
    ) -> Result<(Comparison, Written), String> {
        let source = Source::new("models.sql", round.models.as_str());
        let mut compare = |probe_from| {
            let asked = Asked {
                rows,
                answers,
                probe_from,
            };
            self.compare_by(round, asked, &mut |setting, stage| {
                compare::live_with_models(setting, stage.connection.as_mut(), |it| {
                    program::models(it.dialect, &it.prefix, &source)
                })
            })
        };
        let found = compare(1)?;
        let (made, _) = compare(usize::MAX)?;
        let same = |one: &dyn Debug, other: &dyn Debug, what: &str| {
            let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
            let is_same = one == other;
            let differ = || format!("{what} with a probe\n{one}\nwith every table made\n{other}");
            is_same.then_some(()).ok_or_else(differ)
        };
        same(&found.0.difference, &made.difference, "the difference")?;
        same(&found.0.stored, &made.stored, "the live database")?;
        Ok(found)
    }

    fn revisions(&mut self, round: &Round, rows: &[RevisionId]) -> Result<Comparison, String> {
        self.compare_by(round, Asked::of(rows), &mut |setting, stage| {
            compare::live_with_revisions(setting, stage.connection.as_mut())
        })
    }

    fn compare_by<T>(
        &mut self,
        round: &Round,
        asked: Asked<'_>,
        compare: &mut dyn FnMut(&Setting<'_>, &mut Self) -> Result<T, CompareError>,
    ) -> Result<T, String> {
        let address = self.database.address().clone();
        let setting = Setting {
            address: &address,
            open: &OpenOptions::read("laws"),
            linker: linker(&round.graph, self.database.dialect(), PREFIX),
            rows: asked.rows,
            version_table: &VersionTable::default(),
            schemas: &[],
            filter: &Filter::default(),
            diff: &DiffOptions {
                answers: asked.answers.to_vec(),
                ..DiffOptions::default()
            },
            run: &options(),
            probe_from: asked.probe_from,
        };
        compare(&setting, self).map_err(|error| chain(&error))
    }
}

/// The first column of a foreign key.
fn first_of(constraint: &Constraint) -> Option<&Ident> {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => key.columns.first(),
        ConstraintKind::PrimaryKey { .. }
        | ConstraintKind::Unique { .. }
        | ConstraintKind::Check { .. } => None,
    }
}

fn answer(candidate: &Candidate, is_rename: bool) -> Answer {
    Answer {
        candidate: candidate.clone(),
        is_rename,
    }
}

/// The statements that make a schema of nothing.
fn models(schema: &Schema) -> String {
    let changes = diff(&Schema::default(), schema, &DiffOptions::default()).changes;
    let operations: Vec<Operation> = changes.into_iter().flat_map(|it| it.up).collect();
    let options = RenderOptions {
        prefix: PREFIX,
        backslash_escapes: false,
        marked: None,
    };
    render::section(&operations, &options)
}

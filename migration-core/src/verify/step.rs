//! One revision: up, down, and up again.

use std::collections::{BTreeSet, HashMap};

use super::rows::{self, Snapshot};
use super::{Finding, Verdict, Verifier, VerifyError, seed};
use crate::database::Connection;
use crate::diff::{DiffOptions, Difference, diff};
use crate::execute::{self, ExecuteError, Options, Problem, Silent, Transaction};
use crate::introspect::{self, BrokenView, Unread};
use crate::operation::Operation;
use crate::plan::{Direction, Plan, RowChange, Step};
use crate::program::{self, Ahead, Data, Program, ProgramError, SpareValues};
use crate::revision::RevisionId;
use crate::schema::{Ident, ObjectName, Schema};

/// A proof under way.
pub(super) struct Run<'v, 'c> {
    verifier: &'v Verifier<'v>,
    connection: &'c mut dyn Connection,
    /// The version rows now.
    rows: Vec<RevisionId>,
    /// The schema now.
    schema: Schema,
    /// What is there now that says more than the schema holds.
    unread: Vec<Unread>,
    /// The views that cannot be read now.
    broken: Vec<BrokenView>,
    /// Tables that rows were to be made up for, and whether they had none before.
    filled: HashMap<ObjectName, bool>,
    /// What values are made of that revisions add to types.
    spares: SpareValues,
    /// What the revisions do to types: for each in its turn, its way up, and down and up again.
    ahead: Vec<Ahead>,
    /// From where on that is still to come behind what runs next.
    next: usize,
}

impl<'v, 'c> Run<'v, 'c> {
    /// Reads what is there before the first revision: tables that others make.
    pub(super) fn new(
        verifier: &'v Verifier<'v>,
        connection: &'c mut dyn Connection,
        plan: &Plan,
    ) -> Result<Self, VerifyError> {
        let mut run = Self {
            verifier,
            connection,
            rows: Vec::new(),
            schema: Schema::default(),
            unread: Vec::new(),
            broken: Vec::new(),
            filled: HashMap::new(),
            spares: SpareValues::default(),
            ahead: ahead(verifier, plan),
            next: 0,
        };
        (run.schema, run.unread) = run.read()?;
        run.broken = introspect::broken_views(run.connection, &run.schema)?;
        Ok(run)
    }

    /// Proves the revision with this number; afterwards it is applied, unless an upgrade failed.
    pub(super) fn prove(&mut self, number: usize, step: &Step) -> Result<Verdict, VerifyError> {
        let below = self.rows.clone();
        let above = after(&below, step);
        let up = link(self.verifier, step, &below, &above)?;
        let mut verdict = Verdict {
            revision: step
                .revision
                .clone()
                .unwrap_or_else(|| RevisionId::from("")),
            message: up.steps.first().map_or("", |it| it.message()).to_owned(),
            findings: Vec::new(),
            notes: Vec::new(),
        };
        let (below_it, above_it) = (2 * number, 2 * number + 1);
        self.next = below_it;
        let before = self.seeded(&mut verdict)?;
        self.next = above_it;
        if !self.run(&up, "upgrade", &mut verdict) {
            return Ok(verdict);
        }
        let former = self.read_anew()?;
        let former_broken = std::mem::take(&mut self.broken);
        self.broken = introspect::broken_views(self.connection, &self.schema)?;
        broken(("upgrade", &up), &self.broken, &former_broken, &mut verdict);
        let back = turned_round(step);
        let down = match link(self.verifier, &back, &above, &below) {
            Ok(down) => down,
            Err(error) => {
                unproved(error, &mut verdict)?;
                self.rows = above;
                return Ok(verdict);
            }
        };
        self.next = below_it;
        if !self.run(&down, "downgrade", &mut verdict) {
            self.rows = above;
            return Ok(verdict);
        }
        let returned = self.check_return(&former, &before, &[&up, &down], &mut verdict)?;
        let again = introspect::broken_views(self.connection, &returned)?;
        broken(("downgrade", &down), &again, &former_broken, &mut verdict);
        self.next = above_it;
        if self.run(&up, "second upgrade", &mut verdict) {
            let first = self.read_anew()?;
            compare("second upgrade", &self.schema, &first.0, &mut verdict);
            compare_unread("second upgrade", &self.unread, &first.1, &mut verdict);
        }
        self.rows = above;
        Ok(verdict)
    }

    /// Compares what is there after the downgrade with what was there before the upgrade.
    fn check_return(
        &mut self,
        (former, former_unread): &(Schema, Vec<Unread>),
        before: &Snapshot,
        programs: &[&Program],
        verdict: &mut Verdict,
    ) -> Result<Schema, VerifyError> {
        let (returned, unread) = self.read()?;
        compare("downgrade", &returned, former, verdict);
        compare_unread("downgrade", &unread, former_unread, verdict);
        let now = rows::snapshot(self.connection, &returned)?;
        let accepted = accepted(programs, ROWS);
        for loss in before.losses(&now, &remade(programs)) {
            match accepted {
                Some(reason) => verdict.notes.push(format!(
                    "not all rows of `{}` come back as they were: {reason}",
                    loss.table
                )),
                None => verdict.findings.push(Finding::Rows {
                    table: loss.table,
                    before: loss.before,
                    kept: loss.kept,
                }),
            }
        }
        Ok(returned)
    }

    /// Makes the rows that the revision is tried with, and remembers them.
    fn seeded(&mut self, verdict: &mut Verdict) -> Result<Snapshot, VerifyError> {
        if let Some(seed) = self.verifier.seeds.get(&verdict.revision) {
            let seed = Program {
                from: self.rows.clone(),
                to: self.rows.clone(),
                ..seed.clone()
            };
            self.run(&seed, "seed", verdict);
        }
        if self.verifier.makes_rows {
            let refused = seed::fill(self.connection, &self.schema, &mut self.filled)?;
            for (table, error) in refused {
                verdict.findings.push(Finding::NoRow { table, error });
            }
        }
        Ok(rows::snapshot(self.connection, &self.schema)?)
    }

    /// Runs a program; what fails is a finding.
    fn run(&mut self, program: &Program, run: &'static str, verdict: &mut Verdict) -> bool {
        match self.execute(program) {
            Ok(()) => true,
            Err(error) => {
                verdict.findings.push(Finding::Fails {
                    run,
                    made_up: self.is_of_made_up_rows(&error),
                    error: Box::new(error),
                });
                false
            }
        }
    }

    /// Whether rows stopped a run that nobody but us wrote.
    fn is_of_made_up_rows(&self, error: &ExecuteError) -> bool {
        let mut known = None;
        if let Problem::Rows { check, .. } = &*error.problem {
            known = self.filled.get(&check.table).copied();
        } else if !error
            .problem
            .engine()
            .is_some_and(|it| it.is_of_rows() || it.is_of_values())
        {
            return false;
        }
        // An engine does not say which table, and one that was renamed is not known by its name.
        known.unwrap_or_else(|| self.filled.values().any(|it| *it))
    }

    fn execute(&mut self, program: &Program) -> Result<(), ExecuteError> {
        let mut program = program.clone();
        // What an engine cannot do outside a transaction it can do inside one here.
        let _ = program::rehearse(&mut program, Data::Runs);
        let mut spares = self.spares.clone();
        let ahead = self.ahead.get(self.next..).unwrap_or_default();
        let _ = spares.spend(&mut program, ahead);
        let verifier = self.verifier;
        let options = Options {
            transaction: Transaction::Revision,
            ..Options::in_scratch(verifier.interrupted, verifier.now, verifier.procedures)
        };
        execute::run(
            &program,
            self.connection,
            verifier.table,
            &options,
            &mut Silent,
        )?;
        self.spares = spares;
        Ok(())
    }

    /// Reads what is there now, and gives what was there before.
    fn read_anew(&mut self) -> Result<(Schema, Vec<Unread>), VerifyError> {
        let (schema, unread) = self.read()?;
        Ok((
            std::mem::replace(&mut self.schema, schema),
            std::mem::replace(&mut self.unread, unread),
        ))
    }

    /// The schema without our own tables, and what says more than it holds.
    fn read(&mut self) -> Result<(Schema, Vec<Unread>), VerifyError> {
        let whole = introspect::whole(self.connection, self.verifier.scope)?;
        let (mut schema, mut unread) = (whole.schema, whole.unread);
        let own = self.verifier.table.name.clone();
        let is_own = |name: &ObjectName| {
            let name = name.name.as_str();
            name == own
                || name
                    .strip_prefix(own.as_str())
                    .is_some_and(|it| it.starts_with('_'))
        };
        schema.tables.retain(|it| !is_own(&it.name));
        schema.indexes.retain(|it| !is_own(&it.table));
        schema.sequences.retain(|it| !is_own(&it.name));
        unread.retain(|it| !is_own(&it.name));
        SpareValues::hide(&mut schema);
        Ok((schema, unread))
    }
}

fn link(
    verifier: &Verifier<'_>,
    step: &Step,
    from: &[RevisionId],
    to: &[RevisionId],
) -> Result<Program, ProgramError> {
    let plan = Plan {
        from: from.to_vec(),
        steps: vec![step.clone()],
        to: to.to_vec(),
    };
    program::link(verifier.linker, plan)
}

/// What the revisions do to types; nothing where types have no names. What cannot be linked is said
/// when its turn comes.
fn ahead(verifier: &Verifier<'_>, plan: &Plan) -> Vec<Ahead> {
    let mut ahead = Vec::new();
    let syntax = verifier.linker.dialect.syntax();
    let mut below = plan.from.clone();
    for step in plan.steps.iter().filter(|_| syntax.named_types) {
        let above = after(&below, step);
        let changes = |program: Result<Program, ProgramError>| {
            program.map_or_else(|_| Vec::new(), |it| it.enum_changes())
        };
        let up = changes(link(verifier, step, &below, &above));
        let mut back = changes(link(verifier, &turned_round(step), &above, &below));
        back.extend(up.iter().cloned());
        ahead.extend([Ahead::Way(up), Ahead::Return(back)]);
        below = above;
    }
    ahead
}

/// Why the way down cannot be proved: a note when the text says that there is none, else a finding.
fn unproved(error: ProgramError, verdict: &mut Verdict) -> Result<(), VerifyError> {
    match error {
        ProgramError::Irreversible { reason, .. } => {
            verdict.notes.push(format!("irreversible: {reason}"));
        }
        ProgramError::NoDowngrade { .. } => verdict.findings.push(Finding::NoDowngrade),
        error => verdict.findings.push(Finding::Unreadable {
            error: Box::new(error),
        }),
    }
    Ok(())
}

fn compare(run: &'static str, found: &Schema, expected: &Schema, verdict: &mut Verdict) {
    let options = DiffOptions {
        keeps_proved: true,
        ..DiffOptions::default()
    };
    let Difference { changes, kept, .. } = diff(found, expected, &options);
    if !changes.is_empty() {
        verdict.findings.push(Finding::Schema { run, changes });
    }
    let kept = kept.into_iter().map(|kept| Finding::Kept { run, kept });
    verdict.findings.extend(kept);
}

/// Of what says more than the schema holds, the texts have to be the same.
fn compare_unread(run: &'static str, found: &[Unread], expected: &[Unread], verdict: &mut Verdict) {
    let lacks = |there: &[Unread], it: &Unread| !there.iter().any(|other| other.says_the_same(it));
    let more = found.iter().filter(|it| lacks(expected, it));
    let less = expected.iter().filter(|it| lacks(found, it));
    let names: BTreeSet<&ObjectName> = more.chain(less).map(|it| &it.name).collect();
    for name in names {
        verdict.findings.push(Finding::Differs {
            run,
            name: name.clone(),
        });
    }
}

/// Views that a run broke: findings, or a note where the text says why that may be.
fn broken(
    run: (&'static str, &Program),
    found: &[BrokenView],
    before: &[BrokenView],
    verdict: &mut Verdict,
) {
    let (run, program) = run;
    let is_new = |view: &&BrokenView| !before.iter().any(|it| it.name == view.name);
    for view in found.iter().filter(is_new).cloned() {
        match accepted(&[program], VIEWS) {
            Some(reason) => verdict.notes.push(format!("{view}: {reason}")),
            None => verdict.findings.push(Finding::View { run, view }),
        }
    }
}

/// Why something may be, when the text says so: `-- migrate: allow rows reason`.
fn accepted<'p>(programs: &[&'p Program], rule: &str) -> Option<&'p str> {
    let steps = programs.iter().flat_map(|program| &program.steps);
    let mut allowed = steps.flat_map(|it| &it.actions).flat_map(|it| &it.allowed);
    let found = allowed.find(|allow| allow.rule == rule);
    found.map(|allow| allow.reason.as_str())
}

/// The rule that rows come through upgrade and downgrade as they were.
const ROWS: &str = "rows";

/// The rule that every view can be read.
const VIEWS: &str = "views";

/// What is dropped on the way and made anew: tables, and columns of tables.
fn remade(programs: &[&Program]) -> BTreeSet<(ObjectName, Option<Ident>)> {
    let steps = programs.iter().flat_map(|program| &program.steps);
    let actions = steps.flat_map(|step| &step.actions);
    let operations = actions.flat_map(|action| action.operations().into_owned());
    operations
        .filter_map(|operation| match operation {
            Operation::DropTable { name, .. } => Some((name, None)),
            Operation::DropColumn { table, column, .. } => Some((table, Some(column))),
            _ => None,
        })
        .collect()
}

/// The version rows after a step.
fn after(rows: &[RevisionId], step: &Step) -> Vec<RevisionId> {
    let mut rows = rows.to_vec();
    for change in &step.changes {
        let (gone, new) = match change {
            RowChange::Insert(id) => (None, Some(id)),
            RowChange::Update { from, to } => (Some(from), Some(to)),
            RowChange::Delete(id) => (Some(id), None),
        };
        rows.retain(|row| Some(row) != gone);
        rows.extend(new.cloned());
    }
    rows.sort_unstable();
    rows
}

/// The step that takes an upgrade back.
fn turned_round(step: &Step) -> Step {
    let changes = step.changes.iter().rev().map(|change| match change {
        RowChange::Insert(id) => RowChange::Delete(id.clone()),
        RowChange::Delete(id) => RowChange::Insert(id.clone()),
        RowChange::Update { from, to } => RowChange::Update {
            from: to.clone(),
            to: from.clone(),
        },
    });
    Step {
        revision: step.revision.clone(),
        direction: Direction::Downgrade,
        before: step.after.clone(),
        after: step.before.clone(),
        changes: changes.collect(),
    }
}

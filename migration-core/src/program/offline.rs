//! A program made complete without a database: what waits for a live table is compiled against
//! the table that the revisions themselves make.

use super::history::History;
use super::link::find;
use super::lower::{Section, statements};
use super::model::Model;
use super::{Action, Linker, Program, ProgramError, Step, Work};
use crate::plan::Direction;
use crate::revision::{RevisionId, read_script};
use crate::schema::Schema;

/// Compiles every [`Work::Table`] of a program against the model: the revisions below
/// `program.from`, replayed, then the program's own steps.
///
/// [`Action::change`] says where a table is changed in a way worth a remark; that the table is what
/// the revisions made of it is assumed. A program without such work is returned as it is, and
/// nothing is read.
///
/// # Errors
///
/// A text below `program.from` that cannot be read, a table that the revisions made by statements
/// which pass through as written, or what the engine cannot do.
pub fn lower_offline(linker: &Linker<'_>, program: Program) -> Result<Program, ProgramError> {
    if !program.steps.iter().any(waits) {
        return Ok(program);
    }
    let mut model = Model::new(linker.dialect);
    let mut history = History::at_base(linker);
    let mut made = linker.graph.ancestors(&program.from)?;
    made.retain(|id| !linker.never_ran.contains(id));
    for id in made {
        replay(&mut history, &id, &mut model)?;
    }
    lower(linker, program, model)
}

/// The same against tables as they are in a database now, `live`, and as the program's own steps leave
/// them.
///
/// # Errors
///
/// A table that is not among them and that no step made, or what the engine cannot do.
pub fn lower_live(
    linker: &Linker<'_>,
    program: Program,
    live: Schema,
) -> Result<Program, ProgramError> {
    lower(linker, program, Model::of(linker.dialect, live))
}

fn lower(
    linker: &Linker<'_>,
    mut program: Program,
    mut model: Model,
) -> Result<Program, ProgramError> {
    let last = program.steps.iter().rposition(waits);
    for step in program.steps.iter_mut().take(last.map_or(0, |it| it + 1)) {
        for action in &mut step.actions {
            if is_waiting(action) {
                compile(linker, step.revision.as_ref(), action, &model)?;
            }
            model.follow_all(action);
        }
    }
    Ok(program)
}

/// Makes sure that no step changes a table in a way that is worth a remark, as far as the revisions
/// alone tell; what only the database knows is found when it is asked.
///
/// # Errors
///
/// [`ProgramError::TableChangeRefused`] for the first such change, or a text that cannot be read.
pub fn refuse_table_changes(linker: &Linker<'_>, program: &Program) -> Result<(), ProgramError> {
    let lowered = match lower_offline(linker, program.clone()) {
        Ok(lowered) => lowered,
        Err(ProgramError::UnknownTable { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut actions = lowered.steps.into_iter().flat_map(|step| step.actions);
    let refused = actions.find_map(|action| Some((action.change?, action.place)));
    match refused {
        Some((change, place)) => Err(ProgramError::TableChangeRefused { change, place }),
        None => Ok(()),
    }
}

fn waits(step: &Step) -> bool {
    step.actions.iter().any(is_waiting)
}

fn is_waiting(action: &Action) -> bool {
    matches!(action.work, Work::Table(_))
}

fn replay(
    history: &mut History<'_>,
    id: &RevisionId,
    model: &mut Model,
) -> Result<(), ProgramError> {
    let linker = history.linker;
    let script = read_script(find(linker, id)?)?;
    let section = Section {
        revision: id,
        direction: Direction::Upgrade,
        source: &script.source,
        span: script.upgrade,
    };
    for statement in statements(linker, &section)? {
        for operation in &statement.operations {
            match history.spelled_out(operation, &[])? {
                None => model.follow(operation),
                Some(spelled) => spelled.iter().for_each(|it| model.follow(it)),
            }
        }
    }
    Ok(())
}

fn compile(
    linker: &Linker<'_>,
    revision: Option<&RevisionId>,
    action: &mut Action,
    model: &Model,
) -> Result<(), ProgramError> {
    let Work::Table(subject) = &action.work else {
        return Ok(());
    };
    let revision = || revision.cloned().unwrap_or_else(|| RevisionId::from(""));
    let compiler = linker.dialect.compiler();
    let scripted = match model.table(subject) {
        Ok(schema) => compiler
            .scripted(&action.operations(), &schema)
            .map_err(|source| ProgramError::Unsupported {
                revision: revision(),
                description: action.description(),
                place: action.place.clone(),
                source: Box::new(source),
            })?,
        // Some changes can do without, such as `DROP INDEX IF EXISTS`.
        Err(source) => compiler
            .scripted(&action.operations(), &Schema::default())
            .map_err(|_| ProgramError::UnknownTable {
                revision: revision(),
                description: action.description(),
                place: action.place.clone(),
                source: Box::new(source),
            })?,
    };
    action.change = scripted.lowered.change.map(Box::new);
    action.presumed = scripted.presumed.into();
    action.work = Work::Statements(scripted.lowered.statements);
    Ok(())
}

//! The models: the desired schema as a program that makes it, and as it is written.

use std::sync::Arc;

use super::built::Built;
use super::history::History;
use super::lower::{self, Section};
use super::{Linker, Program, ProgramError, Step};
use crate::operation::Operation;
use crate::plan::Direction;
use crate::revision::RevisionId;
use crate::schema::{Constraint, ConstraintKind, Ident, ObjectName};
use crate::sql::{self, Renamed, Statement};
use crate::text::{Place, Source, Span};

/// The models, read for one engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// What makes them in an empty database, as one step of no revision.
    pub program: Program,
    /// As they are written.
    pub written: Written,
}

/// What a models file says, before an engine has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub source: Arc<Source>,
    /// What the statements for the engine at hand build.
    pub built: Built,
    /// What had another name before.
    pub renamed: Vec<Renamed>,
}

/// A reference to a table that the models do not make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The table that refers.
    pub table: ObjectName,
    /// The one it refers to.
    pub references: ObjectName,
    /// The statement.
    pub place: Place,
}

/// Reads the models.
///
/// # Errors
///
/// The first thing that is wrong with the text, or that the engine cannot do, with its place.
pub fn models(linker: &Linker<'_>, source: &Arc<Source>) -> Result<Models, ProgramError> {
    let id = RevisionId::from(NAME);
    let span = Span::new(0, source.text().len());
    let section = Section {
        revision: &id,
        direction: Direction::Upgrade,
        source,
        span,
    };
    let mut history = History::new(linker, &[]);
    let actions = lower::section(&mut history, &section)?;
    let options = lower::options(linker);
    let mut built = Built::default();
    built.follow_all(
        linker.dialect,
        sql::parse(source, span, &options)?.statements,
        &options,
    )?;
    let written = Written {
        source: Arc::clone(source),
        built,
        renamed: sql::renamed(source, span, &options)?,
    };
    let step = Step {
        revision: None,
        direction: Direction::Upgrade,
        path: "the models".to_owned(),
        message: String::new(),
        changes: Vec::new(),
        rows: Vec::new(),
        checksum: String::new(),
        downgrade_sql: String::new(),
        script: None,
        actions,
    };
    let program = Program {
        dialect: linker.dialect,
        prefix: linker.prefix.to_owned(),
        from: Vec::new(),
        steps: vec![step],
        to: Vec::new(),
    };
    Ok(Models { program, written })
}

/// Stands where errors name a revision; none can be called so.
pub(super) const NAME: &str = "<models>";

impl Written {
    /// The schemas in which something is created, with whether the models create the schema.
    pub fn namespaces(&self) -> Vec<(Ident, bool)> {
        let schema = &self.built.schema;
        let made = &schema.namespaces;
        let mut found: Vec<(Ident, bool)> = made.iter().map(|it| (it.clone(), true)).collect();
        let raw = self.built.raw.iter();
        let raw_made = raw.filter(|it| it.kind == "schema");
        found.extend(raw_made.map(|it| (it.name.name.clone(), true)));
        let names = (schema.tables.iter().map(|it| &it.name))
            .chain(schema.views.iter().map(|it| &it.name))
            .chain(schema.sequences.iter().map(|it| &it.name))
            .chain(schema.enums.iter().map(|it| &it.name))
            .chain(self.built.raw.iter().map(|it| &it.name));
        for name in names.filter_map(|it| it.schema.as_ref()) {
            if !found.iter().any(|(known, _)| known == name) {
                found.push((name.clone(), false));
            }
        }
        found
    }

    /// The foreign keys that lead out of the models.
    pub fn outside(&self, tells_case_apart: bool) -> Vec<Outside> {
        let mut found = Vec::new();
        for table in &self.built.schema.tables {
            for constraint in &table.constraints {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else {
                    continue;
                };
                if !self.built.names(&key.references, tells_case_apart) {
                    found.push(Outside {
                        table: table.name.clone(),
                        references: key.references.clone(),
                        place: self.place_of_reference(&key.references),
                    });
                }
            }
        }
        found
    }

    /// The first statement for this engine that refers to a table.
    fn place_of_reference(&self, references: &ObjectName) -> Place {
        let refers = |it: &&Statement| it.operations.iter().any(|it| refers_to(it, references));
        let found = self.built.statements.iter().find(refers);
        found.map_or_else(
            || Place::new(&self.source, Span::default()),
            |it| it.place.clone(),
        )
    }
}

fn refers_to(operation: &Operation, name: &ObjectName) -> bool {
    let constraints = if let Operation::CreateTable { table, .. } = operation {
        table.constraints.as_slice()
    } else if let Operation::AddColumn { constraints, .. } = operation {
        constraints.as_slice()
    } else if let Operation::AddConstraint { constraint, .. } = operation {
        std::slice::from_ref(constraint)
    } else {
        &[]
    };
    let refers = |it: &Constraint| matches!(&it.kind, ConstraintKind::ForeignKey(key) if key.references == *name);
    constraints.iter().any(refers)
}

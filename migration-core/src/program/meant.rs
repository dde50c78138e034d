//! What statements build, in terms that the engine has, for an engine on which they cannot be tried
//! out: what is understood as a schema, the rest as the statements that make it.

use super::lower::{is_for, options_of};
use super::{Built, LeftOut, ProgramError};
use crate::dialect::Dialect;
use crate::operation::{Operation, ViewChange, apply};
use crate::schema::{ObjectName, Schema};
use crate::sql::{Deed, Headline, Statement, Subject, headline, mentions, subject};
use crate::text::Place;

/// What statements build, known from the statements alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meant {
    /// What is understood; columns of enumerated types are what the engine makes of them.
    pub schema: Schema,
    /// What is made by statements that pass through as written, in order.
    pub passed: Vec<Passed>,
    /// What other such statements change.
    pub changed: Vec<ObjectName>,
    /// Where what is understood was made.
    pub places: Vec<(ObjectName, Place)>,
    /// What is not known from statements.
    pub left_out: Vec<LeftOut>,
}

/// An object that is known by the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// What it is.
    pub subject: Subject,
    /// The statement, the prefix in place.
    pub sql: String,
    /// Where it stands.
    pub place: Place,
}

impl Built {
    /// What the statements for an engine mean.
    ///
    /// # Errors
    ///
    /// An engine that nobody knows.
    pub fn meant(&self, dialect: Dialect) -> Result<Meant, ProgramError> {
        let mut meant = Meant::default();
        let mut known = Schema::default();
        for statement in &self.statements {
            if is_for(dialect, statement)? {
                meant.follow(dialect, statement, &mut known);
            }
        }
        Ok(meant)
    }
}

impl Meant {
    /// Where something was made.
    pub fn place(&self, name: &ObjectName) -> Option<&Place> {
        let mut places = self.places.iter().rev();
        let found = places.find(|(known, _)| known == name);
        found.map(|(_, place)| place)
    }

    /// Follows a statement; `known` keeps the types that the engine has no name of.
    fn follow(&mut self, dialect: Dialect, statement: &Statement, known: &mut Schema) {
        for operation in &statement.operations {
            if let Operation::Raw { sql } = operation {
                self.pass(dialect, sql, &statement.place);
            } else if let Operation::Call { .. } = operation {
                self.left_out.push(LeftOut {
                    description: operation.to_string(),
                    place: statement.place.clone(),
                });
            } else {
                for spelled in dialect.compiler().spelled_out(operation, known) {
                    self.apply(dialect, &spelled, &statement.place);
                }
                let _ = apply(operation, known);
            }
        }
    }

    fn apply(&mut self, dialect: Dialect, operation: &Operation, place: &Place) {
        if let Operation::RenameTable { from, to } = operation {
            self.rename(from, &from.sibling(to.clone()));
        }
        if let Some(name) = made(operation) {
            self.places.push((name, place.clone()));
        }
        let followed = dialect.compiler().follow(operation, &mut self.schema);
        if followed.is_err() {
            // It changes what only the engine knows.
            let names = self.passed.iter().map(|it| it.subject.name.clone());
            let text = operation.to_string();
            let named = names.filter(|name| mentions(&text, name.name.as_str()));
            self.changed.extend(named.collect::<Vec<_>>());
        }
    }

    /// What stands on a table goes with it.
    fn rename(&mut self, from: &ObjectName, to: &ObjectName) {
        for passed in &mut self.passed {
            if passed.subject.table.as_ref() == Some(from) {
                passed.subject.table = Some(to.clone());
            }
        }
    }

    fn pass(&mut self, dialect: Dialect, sql: &str, place: &Place) {
        let options = options_of(dialect, "");
        match subject(sql, options.fold, options.backslash_escapes) {
            Some((subject, Deed::Makes)) => {
                self.forget(&subject);
                self.passed.push(Passed {
                    subject,
                    sql: sql.to_owned(),
                    place: place.clone(),
                });
                return;
            }
            Some((subject, Deed::Drops)) => return self.forget(&subject),
            None => {}
        }
        let Headline { verb, .. } = headline(sql, &options);
        if !["CREATE", "ALTER", "DROP", "RENAME"].contains(&verb.as_str()) {
            return;
        }
        let tables = self.schema.tables.iter().map(|it| &it.name);
        let views = self.schema.views.iter().map(|it| &it.name);
        let sequences = self.schema.sequences.iter().map(|it| &it.name);
        let passed = self.passed.iter().map(|it| &it.subject.name);
        let names = tables.chain(views).chain(sequences).chain(passed);
        let named = names
            .filter(|name| mentions(sql, name.name.as_str()))
            .cloned();
        self.changed.extend(named.collect::<Vec<_>>());
    }

    /// Names of triggers and routines are apart from each other.
    fn forget(&mut self, subject: &Subject) {
        self.passed
            .retain(|it| it.subject.kind != subject.kind || it.subject.name != subject.name);
    }
}

/// What an operation makes that is known by its name.
fn made(operation: &Operation) -> Option<ObjectName> {
    if let Operation::CreateTable { table, .. } = operation {
        Some(table.name.clone())
    } else if let Operation::RenameTable { from, to } = operation {
        Some(from.sibling(to.clone()))
    } else if let Operation::View(ViewChange::Create { view, .. }) = operation {
        Some(view.name.clone())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::dialect::Dialect;
    use crate::graph::RevisionGraph;
    use crate::program::{Keep, Linker, Meant, models};
    use crate::text::Source;

    fn meant(text: &str) -> Meant {
        let graph = RevisionGraph::default();
        let linker = Linker {
            dialect: Dialect::Mysql,
            graph: &graph,
            prefix: "p_".to_owned(),
            procedures: Vec::new(),
            never_ran: Vec::new(),
            keep: Keep::default(),
        };
        let models = models(
            linker.dialect,
            &linker.prefix,
            &Source::new("models.sql", text),
        )
        .unwrap();
        models.built.meant(Dialect::Mysql).unwrap()
    }

    #[test]
    fn what_passes_through_as_written_is_kept_with_what_it_stands_on() {
        let meant = meant(
            "CREATE TABLE {prefix}a (x INTEGER);\n\
             CREATE TRIGGER g BEFORE INSERT ON {prefix}a FOR EACH ROW SET NEW.x = 1;\n\
             CREATE FUNCTION f() RETURNS INTEGER RETURN 1;\n\
             CREATE FUNCTION old() RETURNS INTEGER RETURN 1;\nDROP FUNCTION old;\n\
             ALTER TABLE {prefix}a RENAME TO {prefix}b;\n",
        );
        let passed = meant.passed.iter().map(|it| {
            let table = it.subject.table.as_ref().map(ToString::to_string);
            format!(
                "{} {} {}",
                it.subject.kind,
                it.subject.name,
                table.unwrap_or_default()
            )
        });
        let passed: Vec<String> = passed.collect();
        assert_eq!(passed, ["trigger g p_b", "function f "]);
        assert!(meant.changed.is_empty(), "{:?}", meant.changed);
        assert_eq!(meant.schema.tables.len(), 1);
        assert!(meant.place(&meant.schema.tables[0].name).is_some());
    }

    #[test]
    fn what_another_statement_changes_is_named() {
        let meant = meant(
            "CREATE TABLE a (x INTEGER);\nCREATE TABLE b (x INTEGER);\n\
             ALTER TABLE a MODIFY COLUMN x BIGINT, ALGORITHM = DEFAULT;\n\
             INSERT INTO b VALUES (1);\n",
        );
        let changed: Vec<String> = meant.changed.iter().map(ToString::to_string).collect();
        assert_eq!(changed, ["a"]);
    }

    #[test]
    fn a_column_of_an_enumerated_type_is_what_the_engine_makes_of_it() {
        let meant = meant(
            "CREATE TYPE mood AS ENUM ('sad', 'glad');\nCREATE TABLE a (now mood NOT NULL);\n",
        );
        let column = &meant.schema.tables[0].columns[0];
        let written = Dialect::Mysql.compiler().data_type(&column.data_type);
        assert_eq!(written.unwrap(), "ENUM('sad', 'glad')");
    }
}

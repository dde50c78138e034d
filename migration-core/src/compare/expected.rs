//! Tables of the models that the live database has in the very words in which it would store them.
//!
//! An engine that keeps the text of a definition needs no reading of one that it would keep itself
//! if the models were made: the same text means the same.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use super::probe::Probe;
use super::rehearsal::Ground;
use super::settled::{Pair, pairs, worthwhile};
use super::texts::Rest;
use crate::introspect;
use crate::parallel::Other;
use crate::program::Written;
use crate::schema::{Index, Table};

/// What the models let expect.
pub(super) struct Expected<'e, 'm, 's> {
    pub(super) ground: &'e Ground<'e>,
    /// Waits for the models; none where something is wrong with them.
    pub(super) models: &'e dyn Fn() -> Option<&'m Written>,
    /// What else is read.
    pub(super) rest: &'e Other<'s, Rest>,
    pub(super) known: OnceCell<Known<'m>>,
    /// By how many tables those in other words outnumber the others.
    pub(super) misses: Cell<usize>,
}

/// After so many tables in other words somebody else has made them, and no more are looked at.
const PATIENCE: usize = 16;

/// Plain tables and their indexes by name.
#[derive(Default)]
pub(super) struct Known<'m> {
    tables: HashMap<&'m str, &'m Table>,
    indexes: HashMap<&'m str, &'m Index>,
}

impl<'m> Known<'m> {
    fn of(ground: &Ground<'_>, written: &'m Written) -> Self {
        let wanted = pairs(&written.built.schema);
        let mut known = Self::default();
        for Pair { table, indexes } in worthwhile(ground, written, &wanted) {
            known.tables.insert(table.name.name.as_str(), table);
            let named = indexes.iter().copied();
            let named = named.filter_map(|it| Some((it.name.as_ref()?.as_str(), it)));
            known.indexes.extend(named);
        }
        known
    }
}

impl<'m> Expected<'_, 'm, '_> {
    fn known(&self) -> &Known<'m> {
        self.known.get_or_init(|| {
            let written = (self.models)();
            written.map_or_else(Known::default, |it| Known::of(self.ground, it))
        })
    }

    fn probe(&self) -> Option<&Probe> {
        let behind = self.rest.get().as_ref()?.as_ref().ok()?;
        behind.begun.as_ref()?.as_ref().ok()?.probe.as_ref()
    }
}

impl introspect::Expected for Expected<'_, '_, '_> {
    fn is_table(&self, name: &str, ddl: &str) -> bool {
        let compiler = self.ground.dialect.compiler();
        let table = self.known().tables.get(name);
        let (Some(table), 0..PATIENCE) = (table, self.misses.get()) else {
            return false;
        };
        let is_kept = compiler.kept_table(table).is_some_and(|kept| kept == ddl);
        let misses = self.misses.get();
        self.misses.set(match is_kept {
            true => misses.saturating_sub(1),
            false => misses + 1,
        });
        is_kept
    }

    fn index(&self, name: &str, ddl: &str) -> Option<Index> {
        let index = *self.known().indexes.get(name)?;
        // An engine without these leaves them out, which its text does not show.
        if !index.include.is_empty() || index.parts.iter().any(|it| it.nulls.is_some()) {
            return None;
        }
        let kept = self.ground.dialect.compiler().kept_index(index)?;
        (kept == ddl).then(|| index.clone())
    }

    fn tables(&self, names: &[&str]) -> Option<HashMap<String, Table>> {
        let table = |probe: &Probe, name: &str| {
            let mut table = probe.stored(self.known().tables.get(name)?)?;
            // No text that is kept has any.
            table.comment = None;
            if table.columns.iter().any(|it| it.comment.is_some()) {
                for column in &mut table.columns {
                    column.comment = None;
                }
            }
            Some((name.to_owned(), table))
        };
        let probe = match names.is_empty() {
            true => return None,
            false => self.probe()?,
        };
        names.iter().map(|name| table(probe, name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, OnceCell};

    use super::{Expected, Ground, PATIENCE};
    use crate::database::{Address, OpenOptions};
    use crate::dialect::Dialect;
    use crate::introspect::Expected as _;
    use crate::parallel::both;
    use crate::program::models;
    use crate::text::Source;

    const MODELS: &str = "CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT);\n\
        CREATE INDEX i ON a (y);\nCREATE TABLE b (x INTEGER CHECK (x > 0));\n\
        CREATE TABLE d (x INTEGER PRIMARY KEY, y TEXT);\n\
        CREATE INDEX j ON d (y) INCLUDE (x);\nCREATE INDEX k ON d (y NULLS FIRST);";

    const A: &str =
        "CREATE TABLE \"a\" (\n    \"x\" INTEGER,\n    \"y\" TEXT,\n    PRIMARY KEY (\"x\")\n)";

    const B: &str =
        "CREATE TABLE \"b\" (\n    \"x\" INTEGER,\n    CONSTRAINT \"b_x_check\" CHECK (x > 0)\n)";

    fn check(of: impl FnOnce(&Expected<'_, '_, '_>)) {
        let written = models(Dialect::Sqlite, "", &Source::new("models.sql", MODELS)).unwrap();
        let ground = Ground {
            address: &Address::Sqlite {
                path: ":memory:".into(),
            },
            open: &OpenOptions::read("tests"),
            dialect: Dialect::Sqlite,
            answers: &[],
            probe_from: 1,
        };
        both(
            || None,
            |rest| {
                of(&Expected {
                    ground: &ground,
                    models: &|| Some(&written),
                    rest,
                    known: OnceCell::new(),
                    misses: Cell::new(0),
                });
            },
        );
    }

    #[test]
    fn what_the_models_would_be_stored_as_is_expected_and_nothing_else() {
        check(|expected| {
            assert!(expected.is_table("a", A));
            assert!(!expected.is_table("a", &A.replace("TEXT", "text")));
            assert!(!expected.is_table("c", &A.replace("\"a\"", "\"c\"")));
            // A check is not plain.
            assert!(!expected.is_table("b", B));
            let index = expected.index("i", "CREATE INDEX \"i\" ON \"a\" (\"y\")");
            assert_eq!(index.unwrap().table.name.as_str(), "a");
            assert!(expected.index("i", "CREATE INDEX i ON a (y)").is_none());
            // Without a probe nobody knows what is stored.
            assert!(expected.tables(&["a"]).is_none());
        });
    }

    #[test]
    fn an_index_is_not_expected_to_hold_what_the_engine_leaves_out() {
        check(|expected| {
            for name in ["j", "k"] {
                let ddl = format!("CREATE INDEX \"{name}\" ON \"d\" (\"y\")");
                assert_eq!(expected.index(name, &ddl), None);
            }
        });
    }

    #[test]
    fn tables_that_somebody_else_has_made_are_soon_no_longer_looked_at() {
        check(|expected| {
            for _ in 0..PATIENCE {
                assert!(expected.is_table("a", A));
                assert!(!expected.is_table("a", "CREATE TABLE a (x)"));
            }
            for _ in 0..PATIENCE {
                assert!(!expected.is_table("a", "CREATE TABLE a (x)"));
            }
            assert!(!expected.is_table("a", A));
        });
    }
}

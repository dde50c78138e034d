//! A change of a column's type on SQLite, which has no statement for it: the table is written anew,
//! or, where every stored value stays what it is, its definition is edited.

use std::path::Path;

use migration_core::database::Address;
use migration_core::dialect::Dialect;
use rusqlite::Connection;

use super::{Pace, grouped};
use crate::contest::{Contest, Measured, Role, Tool};
use crate::engine::{Engine, client};
use crate::failure::{Failure, at, during};
use crate::field::Field;
use crate::files::put;
use crate::floor;
use crate::goal::Goal;
use crate::history::our_settings;
use crate::measure::Process;
use crate::report::Group;

const FIRST: &str = "-- sales
--
-- Revision ID: 000000000001
-- Revises:

-- migrate: upgrade

CREATE TABLE app_sale (
    id INTEGER PRIMARY KEY,
    customer VARCHAR(40) NOT NULL,
    amount INTEGER,
    note TEXT
);
CREATE INDEX app_sale_customer ON app_sale (customer);

-- migrate: downgrade

DROP TABLE app_sale;
";

/// The change of a type, down and up.
struct Retyping {
    job: &'static str,
    to: &'static str,
    goal: Goal,
}

impl Retyping {
    fn revision(&self) -> String {
        format!(
            "-- other amounts
--
-- Revision ID: 000000000002
-- Revises: 000000000001

-- migrate: upgrade

ALTER TABLE app_sale ALTER COLUMN amount TYPE {};

-- migrate: downgrade

ALTER TABLE app_sale ALTER COLUMN amount TYPE INTEGER;
",
            self.to
        )
    }

    /// What a person types who follows the manual of SQLite.
    fn typed(&self) -> String {
        format!(
            "PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE app_sale_new (
    id INTEGER PRIMARY KEY,
    customer VARCHAR(40) NOT NULL,
    amount {},
    note TEXT
);
INSERT INTO app_sale_new (id, customer, amount, note)
    SELECT id, customer, amount, note FROM app_sale;
DROP TABLE app_sale;
ALTER TABLE app_sale_new RENAME TO app_sale;
CREATE INDEX app_sale_customer ON app_sale (customer);
PRAGMA foreign_key_check;
UPDATE alembic_version SET version_num = '000000000002';
COMMIT;
",
            self.to
        )
    }
}

const ROWS: &str = "WITH RECURSIVE number (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?
)
INSERT INTO app_sale
    SELECT n, 'customer ' || (n * 7919 % 100003), n * 31 % 10007, 'sold at the counter, no. ' || n
    FROM number";

pub(super) fn run(field: &Field) -> Result<Vec<Group>, Failure> {
    let engine = Engine::start(Dialect::Sqlite, &field.path(""), Path::new(""))?;
    let sizes: &[usize] = match field.options.quick {
        true => &[100_000],
        false => &[100_000, 1_000_000],
    };
    let rebuild = Retyping {
        job: "rebuild",
        to: "VARCHAR(20)",
        goal: Goal::limit(1.1),
    };
    let edit = Retyping {
        job: "edit of the definition",
        to: "BIGINT",
        goal: Goal::NONE,
    };
    let mut jobs = Vec::new();
    for rows in sizes {
        jobs.push(measure(field, &engine, &rebuild, *rows)?);
        jobs.push(measure(field, &engine, &edit, *rows)?);
    }
    Ok(vec![Group {
        title: "A column's type on SQLite".to_owned(),
        note: "A table of four columns and an index. It is written anew because numbers become \
               `VARCHAR(20)`; where they become `BIGINT`, every stored value stays, and the \
               definition alone is edited. The limits do what the manual of SQLite says for both, \
               foreign keys checked."
            .to_owned(),
        jobs,
        growth: None,
    }])
}

fn measure(
    field: &Field,
    engine: &Engine,
    change: &Retyping,
    rows: usize,
) -> Result<Measured, Failure> {
    let place = field.path("rebuild");
    put(&place.join("versions/000000000001_sales.sql"), FIRST)?;
    put(
        &place.join("versions/000000000002_other.sql"),
        &change.revision(),
    )?;
    let script = place.join("typed.sql");
    put(&script, &change.typed())?;
    let whole = format!("rebuild_{rows}");
    let ours = |address: &Address, name: &str| -> Result<Process, Failure> {
        let ini = field.path(&format!("{name}.ini"));
        put(&ini, &our_settings(address, Some(&place)))?;
        Ok(Process::new(&field.ours)
            .arg("-c")
            .arg(ini)
            .args(["upgrade"]))
    };
    engine.empty(&whole)?;
    let begin = ours(&engine.address(&whole), &whole)?;
    begin.arg("000000000001").measure()?;
    fill(&engine.address(&whole), rows)?;

    let address = engine.address("rebuild_ours");
    let mut tools = vec![(
        "rebuild_ours",
        Tool::new("migrate", Role::Ours, ours(&address, "rebuild_ours")?),
    )];
    let address = engine.address("rebuild_client");
    let typed = client(&address, &script);
    tools.push(("rebuild_client", Tool::new("sqlite3", Role::Limit, typed)));
    if let Address::Sqlite { path } = engine.address("rebuild_floor") {
        let tool = Tool::new("same library", Role::Limit, floor::feed(&path, &script)?);
        tools.push(("rebuild_floor", tool));
    }
    let tools: Vec<Tool<'_>> = tools
        .into_iter()
        .map(|(name, tool)| {
            let whole = whole.clone();
            let tool = tool.leaving(engine.address(name));
            tool.after(move || engine.copy(&whole, name).map(drop))
        })
        .collect();
    let contest = Contest {
        job: format!("{}, {} rows", change.job, grouped(rows)),
        tools,
        goal: match rows {
            1_000_000 => change.goal,
            _ => Goal::NONE,
        },
    };
    contest.run(Pace::Usual.rounds(field))
}

fn fill(address: &Address, rows: usize) -> Result<(), Failure> {
    let Address::Sqlite { path } = address else {
        return Err(Failure::new("tables are written anew on SQLite alone"));
    };
    let connection = Connection::open(path).map_err(at(path))?;
    let rows = i64::try_from(rows).map_err(during("the number of rows"))?;
    connection
        .execute(ROWS, [rows])
        .map_err(during("the rows"))?;
    Ok(())
}

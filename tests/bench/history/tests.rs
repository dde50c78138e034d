//! The three forms of a history have the same effect, and each revision can be taken back.

use migration_core::database::{self, Address, OpenOptions};
use migration_core::dialect::Dialect;
use migration_core::execute::Transaction;
use migration_tests::history::History as Ours;
use rusqlite::Connection;

use super::{Change, History, Way, generate, models, plain_script, tables, write_ours};
use crate::effect;

fn run(scripts: &[String]) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bench.db");
    let connection = Connection::open(&path).unwrap();
    for script in scripts {
        connection.execute_batch(script).unwrap();
    }
    drop(connection);
    effect::of(&Address::Sqlite { path }).unwrap()
}

/// The texts that SQLite keeps of the history's tables and indexes.
fn definitions(connection: &Connection) -> Vec<String> {
    let query = "SELECT sql FROM sqlite_schema
        WHERE tbl_name LIKE 'app\\_%' ESCAPE '\\' AND sql IS NOT NULL ORDER BY type, name";
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map((), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn script(history: &History, way: Way) -> String {
    plain_script(history, Dialect::Sqlite, way)
}

#[test]
fn the_same_seed_makes_the_same_history() {
    let one = script(&generate(1, 200), Way::UpEach);
    assert_eq!(one, script(&generate(1, 200), Way::UpEach));
    assert_ne!(one, script(&generate(2, 200), Way::UpEach));
}

#[test]
fn every_kind_of_change_occurs_and_branches_merge() {
    let history = generate(4711, 300);
    let has = |wanted: fn(&Change) -> bool| {
        let mut changes = history.revisions.iter().flat_map(|it| &it.up);
        changes.any(wanted)
    };
    assert!(has(|it| matches!(it, Change::CreateTable(_))));
    assert!(has(|it| matches!(it, Change::AddColumn { .. })));
    assert!(has(|it| matches!(it, Change::DropColumn { .. })));
    assert!(has(|it| matches!(it, Change::RenameColumn { .. })));
    assert!(has(
        |it| matches!(it, Change::CreateIndex(index) if index.is_unique)
    ));
    assert!(has(|it| matches!(it, Change::DropIndex { .. })));
    assert!(has(|it| matches!(it, Change::Rows(_))));
    assert!(history.revisions.iter().any(|it| it.parents.len() == 2));
}

#[test]
fn one_transaction_and_many_lead_to_the_same_schema() {
    let history = generate(4711, 120);
    let together = run(&[script(&history, Way::UpTogether)]);
    assert!(together.len() > 150, "{}", together.len());
    assert_eq!(together, run(&[script(&history, Way::UpEach)]));
}

#[test]
fn the_way_down_takes_back_the_way_up() {
    let history = generate(4711, 120);
    let both = [
        script(&history, Way::UpEach),
        script(&history, Way::DownEach),
    ];
    assert_eq!(run(&both), Vec::<String>::new());
}

#[test]
fn our_files_do_what_the_script_does_and_take_it_back() {
    let history = generate(4711, 120);
    let directory = tempfile::tempdir().unwrap();
    write_ours(&history, directory.path()).unwrap();
    let ours = Ours::of_directory(&directory.path().join("versions"));
    let path = directory.path().join("bench.db");
    let address = Address::Sqlite { path: path.clone() };
    let mut connection = database::open(&address, &OpenOptions::write("bench")).unwrap();
    let mut go = |target| {
        ours.run(connection.as_mut(), target, Transaction::Run)
            .unwrap()
    };
    go("head");
    let script = script(&history, Way::UpTogether);
    assert_eq!(
        effect::of(&address).unwrap(),
        run(std::slice::from_ref(&script))
    );
    let limit = Connection::open_in_memory().unwrap();
    limit.execute_batch(&script).unwrap();
    let texts = definitions(&limit);
    assert!(texts.len() > 40, "{}", texts.len());
    assert_eq!(definitions(&Connection::open(&path).unwrap()), texts);
    go("down to base");
    assert_eq!(effect::of(&address).unwrap(), Vec::<String>::new());
}

#[test]
fn models_ask_for_the_tables_that_the_history_makes() {
    let history = tables(4711, 30);
    assert_eq!(
        run(&[models(&history)]),
        run(&[script(&history, Way::UpTogether)])
    );
}

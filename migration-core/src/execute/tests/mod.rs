//! Messages, transactions and reports, on a connection that only remembers.

mod took_effect;

use std::time::Duration;

use jiff::Timestamp;

use super::{
    Actor, ExecuteError, Observer, Options, Problem, Report, TableChangePolicy, Transaction, run,
};
use crate::database::{Connection, DatabaseError, Row, RunError, Value, lock};
use crate::diagnostic::Advice as _;
use crate::dialect::{Dialect, Limits, Statement, VersionTable};
use crate::operation::Operation;
use crate::plan::{Direction, RowChange};
use crate::program::{Action, Program, Step, Text, Work};
use crate::text::{Place, Source, Span};

/// Remembers each message, keeps the version rows, and fails when told.
struct Fake {
    dialect: Dialect,
    messages: Vec<String>,
    rows: Vec<String>,
    open: bool,
    fails_at: &'static str,
    /// What changes no version row.
    ignores: &'static str,
}

impl Fake {
    fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            messages: Vec::new(),
            rows: Vec::new(),
            open: false,
            fails_at: "nothing",
            ignores: "nothing",
        }
    }

    fn hear(&mut self, sql: &str) -> Result<(), DatabaseError> {
        if sql.contains(self.fails_at) {
            return Err(DatabaseError::Busy {
                message: "told to".to_owned(),
                blocker: None,
            });
        }
        if sql.contains(self.ignores) {
            return Ok(());
        }
        let mut quoted = sql.split('\'');
        match quoted.next() {
            Some("INSERT INTO \"v\" (version_num) VALUES (") => {
                self.rows.extend(quoted.next().map(ToOwned::to_owned));
            }
            Some("UPDATE \"v\" SET version_num=") => {
                self.rows = quoted.next().map(ToOwned::to_owned).into_iter().collect();
            }
            Some(_) | None => {}
        }
        Ok(())
    }
}

/// What a text is about: its notes are told by one word.
fn short(sql: &str) -> &str {
    match sql {
        sql if sql.contains("\"v_log\"") => "ledger",
        sql if sql.starts_with("CREATE TABLE \"v\"") => "table",
        sql if sql.contains("\"v\"") => "row",
        "START TRANSACTION" => "begin",
        "COMMIT" => "commit",
        sql => sql,
    }
}

impl Connection for Fake {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn server(&self) -> &'static str {
        "Fake 1"
    }

    fn run(&mut self, statements: &[&str]) -> Result<(), RunError> {
        let texts: Vec<&str> = statements.iter().map(|sql| short(sql)).collect();
        self.messages.push(texts.join(" + "));
        for (statement, sql) in statements.iter().enumerate() {
            self.hear(sql)
                .map_err(|error| RunError { statement, error })?;
            let syntax = self.dialect.syntax();
            self.open |= *sql == syntax.begin;
            self.open &= *sql != syntax.commit;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, _: &[Value]) -> Result<u64, DatabaseError> {
        self.messages.push(short(sql).to_owned());
        self.hear(sql)?;
        Ok(1)
    }

    fn query(&mut self, sql: &str, _: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        if sql.starts_with("SELECT version_num") {
            self.messages.push("check".to_owned());
            let rows = self.rows.iter();
            return Ok(rows.map(|row| vec![Value::Text(row.clone())]).collect());
        }
        if sql.contains("default_storage_engine") {
            self.messages.push("engines".to_owned());
            return Ok(Vec::new());
        }
        if sql.contains("_log") {
            // The ledger is there, with every column it may have.
            let columns = [
                "id",
                "script",
                "pieces",
                "under_way",
                "backup",
                "digest",
                "seal",
            ];
            return Ok(columns.map(|column| vec![Value::from(column)]).to_vec());
        }
        Ok(vec![vec![Value::Integer(1), Value::Integer(1)]])
    }

    fn begin(&mut self) -> Result<(), DatabaseError> {
        self.messages.push("begin".to_owned());
        self.open = true;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DatabaseError> {
        self.messages.push("commit".to_owned());
        self.open = false;
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), DatabaseError> {
        self.messages.push("rollback".to_owned());
        self.open = false;
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.open
    }
}

struct Deaf;

impl Observer for Deaf {}

fn step(id: &str, parent: Option<&str>, statements: Vec<Statement>) -> Step {
    let source = Source::new("a.sql", "text");
    let change = match parent {
        Some(parent) => RowChange::Update {
            from: parent.into(),
            to: id.into(),
        },
        None => RowChange::Insert(id.into()),
    };
    let action = |statement: Statement| {
        let sql = statement.sql.clone();
        let place = Place::new(&source, Span::new(0, 4));
        Action::new(
            Operation::Raw { sql },
            place,
            Work::Statements(vec![statement]),
        )
    };
    Step {
        revision: Some(id.into()),
        direction: Direction::Upgrade,
        path: None,
        changes: vec![change],
        text: Text::default(),
        actions: statements.into_iter().map(action).collect(),
    }
}

fn execute(
    fake: &mut Fake,
    steps: Vec<Step>,
    transaction: Transaction,
) -> Result<Report, ExecuteError> {
    let to = steps.last().map(|step| step.rows_behind(&[]));
    let program = Program {
        dialect: fake.dialect,
        prefix: String::new(),
        from: Vec::new(),
        to: to.unwrap_or_default(),
        steps,
        seal: None,
    };
    let table = VersionTable {
        schema: None,
        name: "v".to_owned(),
    };
    let options = Options {
        transaction,
        table_change: TableChangePolicy::Warn,
        patience: Duration::ZERO,
        lock: lock::Way::Auto,
        limits: Limits::default(),
        tries: 1,
        interrupted: &|| false,
        now: &|| Timestamp::UNIX_EPOCH,
        actor: Actor::default(),
        resume_at: None,
        procedures: &[],
        backup: None,
    };
    run(&program, fake, &table, &options, &mut Deaf)
}

fn two() -> Vec<Step> {
    let sql = |text: &str| Statement::new(text);
    vec![
        step("a1", None, vec![sql("ONE"), sql("TWO")]),
        step("b2", Some("a1"), vec![sql("INSERT THREE")]),
    ]
}

#[test]
fn a_revision_and_its_notes_are_one_message_where_the_engine_can() {
    let mut fake = Fake::new(Dialect::Postgres);
    execute(&mut fake, two(), Transaction::Revision).unwrap();
    assert_eq!(
        fake.messages,
        [
            "begin",
            "check",
            "ONE + TWO + row + ledger",
            "check",
            "commit",
            "begin",
            "INSERT THREE + row + ledger",
            "check",
            "commit"
        ]
    );
}

#[test]
fn steps_of_one_transaction_are_noted_together_at_its_end() {
    let mut fake = Fake::new(Dialect::Postgres);
    execute(&mut fake, two(), Transaction::Run).unwrap();
    assert_eq!(
        fake.messages,
        [
            "begin",
            "check",
            "ONE + TWO",
            "INSERT THREE",
            "ledger + row",
            "check",
            "commit"
        ]
    );
    assert_eq!(fake.rows, ["b2"]);
}

#[test]
fn a_step_that_speaks_of_the_version_table_finds_it_true() {
    let mut fake = Fake::new(Dialect::Postgres);
    let mut steps = two();
    let reads = Statement::new("SELECT count(*) FROM V");
    steps[1] = step("b2", Some("a1"), vec![reads]);
    execute(&mut fake, steps, Transaction::Run).unwrap();
    assert_eq!(
        fake.messages[2..5],
        ["ONE + TWO", "ledger + row", "SELECT count(*) FROM V"]
    );
}

#[test]
fn a_transaction_each_does_not_read_the_rows_again_under_a_lock() {
    let mut fake = Fake::new(Dialect::Postgres);
    execute(&mut fake, two(), Transaction::Revision).unwrap();
    let checks = fake.messages.iter().filter(|it| *it == "check").count();
    assert_eq!(checks, 3, "{:?}", fake.messages);
}

#[test]
fn statements_outside_stand_between_two_transactions() {
    let mut fake = Fake::new(Dialect::Postgres);
    let statements = vec![
        Statement::new("ONE"),
        Statement::outside_transaction("OUT"),
        Statement::new("TWO"),
    ];
    execute(
        &mut fake,
        vec![step("a1", None, statements)],
        Transaction::Run,
    )
    .unwrap();
    assert_eq!(
        fake.messages,
        [
            "begin",
            "check",
            "ONE + ledger + ledger",
            "check",
            "commit",
            "OUT",
            "ledger",
            "begin",
            "TWO + row + ledger",
            "check",
            "commit"
        ]
    );
}

#[test]
fn a_failure_names_its_statement_and_undoes_its_transaction() {
    let mut fake = Fake::new(Dialect::Postgres);
    fake.fails_at = "TWO";
    let error = execute(&mut fake, two(), Transaction::Revision).unwrap_err();
    assert_eq!(error.to_string(), "the upgrade of `a1` failed: run `TWO`");
    assert_eq!(fake.messages.last().map(String::as_str), Some("rollback"));
    assert_eq!((error.report.applied, error.partial), (Vec::new(), None));
}

#[test]
fn where_ddl_commits_the_ledger_follows_every_statement() {
    let mut fake = Fake::new(Dialect::Mysql);
    execute(&mut fake, two(), Transaction::Run).unwrap();
    assert_eq!(
        fake.messages,
        [
            "check",
            "engines",
            "ledger + ledger + ONE + ledger + TWO + begin",
            "row + ledger + ledger + commit",
            "begin + INSERT THREE",
            "row + ledger",
            "check",
            "commit"
        ]
    );
}

#[test]
fn where_ddl_commits_a_failure_says_how_far_it_came() {
    let mut fake = Fake::new(Dialect::Mysql);
    fake.fails_at = "TWO";
    let error = execute(&mut fake, two(), Transaction::Run).unwrap_err();
    let hint = error.hint().unwrap_or_default();
    assert!(
        hint.contains("1 of 2 statements of the upgrade of `a1` is in effect"),
        "{hint}"
    );
    assert!(hint.contains("it continues at statement 2"), "{hint}");
}

#[test]
fn a_row_that_is_not_changed_is_an_error() {
    let mut fake = Fake::new(Dialect::Sqlite);
    fake.ignores = "INSERT INTO \"v\"";
    let error = execute(&mut fake, two(), Transaction::Revision).unwrap_err();
    assert!(matches!(*error.problem, Problem::VersionRows { .. }));
    assert!(error.report.rows.is_empty());
}

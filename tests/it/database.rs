//! Connections, on all three engines.

use migration_core::database::Value;
use migration_tests::databases;

#[test]
fn every_engine_answers() {
    databases::each(|database| {
        let mut connection = database.open();
        let rows = connection.query("SELECT ?", &[Value::from("é'\"\\?")]);
        assert_eq!(rows.unwrap(), [[Value::from("é'\"\\?")]]);
    });
}

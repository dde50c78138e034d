//! Who holds what a statement waits for.

use std::fmt;

use super::{Connection, Value};
use crate::dialect::Dialect;

/// How much of a query is shown.
const SHOWN: usize = 100;

/// A session that holds what another waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// The number by which the server knows it.
    pub id: String,
    /// Program, user and machine; for how long its transaction runs; its query.
    pub description: String,
    /// The statement that ends it.
    pub stop: String,
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description)
    }
}

/// A question who is in the way of a session. Each row: its number, program, user, machine, seconds
/// its transaction runs, what it is doing, its query.
struct Question {
    sql: &'static str,
    /// Whether the answer is only likely.
    is_guess: bool,
}

/// Asks who is in the way of a session, as far as the rights allow.
pub(super) fn find(connection: &mut dyn Connection, session: i64) -> Option<Blocker> {
    let dialect = connection.dialect();
    let questions: &[Question] = match dialect {
        Dialect::Sqlite => &[],
        Dialect::Postgres => &POSTGRES,
        Dialect::Mysql => &MYSQL,
    };
    questions.iter().find_map(|question| {
        let parameters = vec![Value::Integer(session); question.sql.matches('?').count()];
        // A view that the server does not have, or not for us, is no reason to stop.
        let rows = connection.query(question.sql, &parameters).ok()?;
        let row = rows.into_iter().next()?;
        let texts: Vec<String> = row
            .into_iter()
            .map(|value| value.text().unwrap_or_default())
            .collect();
        blocker(dialect, &texts, question.is_guess)
    })
}

fn blocker(dialect: Dialect, texts: &[String], is_guess: bool) -> Option<Blocker> {
    let [id, program, user, host, seconds, state, query] = texts else {
        return None;
    };
    let perhaps = if is_guess { "perhaps " } else { "" };
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut query = words.join(" ");
    if let Some((end, _)) = query.char_indices().nth(SHOWN) {
        query.truncate(end);
        query.push_str("...");
    }
    let is_idle = state.starts_with("idle") || state == "Sleep";
    let doing = match (is_idle, query.is_empty()) {
        (true, true) => ", idle".to_owned(),
        (true, false) => format!(", idle after: {query}"),
        (false, true) => String::new(),
        (false, false) => format!(": {query}"),
    };
    Some(Blocker {
        id: id.clone(),
        description: format!(
            "{perhaps}connection {id} ({program} of user `{user}` from {host}), in its transaction \
             for {seconds} s{doing}"
        ),
        stop: match dialect {
            Dialect::Postgres => format!("SELECT pg_terminate_backend({id});"),
            Dialect::Sqlite | Dialect::Mysql => format!("KILL {id};"),
        },
    })
}

const POSTGRES: [Question; 1] = [Question {
    sql: "SELECT pid::text, coalesce(nullif(application_name, ''), 'a program'), \
          coalesce(usename::text, ''), coalesce(host(client_addr), 'this machine'), \
          floor(extract(epoch FROM clock_timestamp() - \
          coalesce(xact_start, query_start, backend_start)))::bigint::text, \
          coalesce(state, ''), coalesce(query, '') \
          FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(?::int)) \
          ORDER BY coalesce(xact_start, query_start, backend_start) LIMIT 1",
    is_guess: false,
}];

/// MySQL knows who holds a table; MariaDB who holds a row, and of tables only who has had a
/// transaction open for long.
const MYSQL: [Question; 4] = [
    Question {
        sql: "SELECT cast(t.processlist_id AS char), 'a program', \
              coalesce(t.processlist_user, ''), coalesce(t.processlist_host, 'this machine'), \
              cast(coalesce(timestampdiff(SECOND, x.trx_started, now()), t.processlist_time, 0) \
              AS char), coalesce(t.processlist_command, ''), coalesce(t.processlist_info, '') \
              FROM performance_schema.metadata_locks AS w \
              JOIN performance_schema.threads AS me ON me.thread_id = w.owner_thread_id \
              JOIN performance_schema.metadata_locks AS g ON g.object_type = w.object_type \
              AND g.object_schema <=> w.object_schema AND g.object_name <=> w.object_name \
              AND g.lock_status = 'GRANTED' AND g.owner_thread_id <> w.owner_thread_id \
              JOIN performance_schema.threads AS t ON t.thread_id = g.owner_thread_id \
              LEFT JOIN information_schema.innodb_trx AS x \
              ON x.trx_mysql_thread_id = t.processlist_id \
              WHERE w.lock_status = 'PENDING' AND me.processlist_id = ? LIMIT 1",
        is_guess: false,
    },
    Question {
        sql: "SELECT cast(p.id AS char), 'a program', p.user, p.host, \
              cast(timestampdiff(SECOND, b.trx_started, now()) AS char), p.command, \
              coalesce(p.info, b.trx_query, '') \
              FROM information_schema.innodb_lock_waits AS w \
              JOIN information_schema.innodb_trx AS r ON r.trx_id = w.requesting_trx_id \
              JOIN information_schema.innodb_trx AS b ON b.trx_id = w.blocking_trx_id \
              JOIN information_schema.processlist AS p ON p.id = b.trx_mysql_thread_id \
              WHERE r.trx_mysql_thread_id = ? LIMIT 1",
        is_guess: false,
    },
    Question {
        sql: "SELECT cast(p.id AS char), 'a program', p.user, p.host, \
              cast(timestampdiff(SECOND, b.trx_started, now()) AS char), p.command, \
              coalesce(p.info, '') FROM information_schema.innodb_trx AS b \
              JOIN information_schema.processlist AS p ON p.id = b.trx_mysql_thread_id \
              WHERE p.id <> ? AND p.db <=> database() AND EXISTS (SELECT 1 \
              FROM information_schema.processlist AS me WHERE me.id = ? \
              AND me.state LIKE 'Waiting for%lock%') ORDER BY b.trx_started LIMIT 1",
        is_guess: true,
    },
    Question {
        sql: "SELECT cast(p.id AS char), 'a program', p.user, p.host, cast(p.time AS char), \
              p.command, coalesce(p.info, '') FROM information_schema.processlist AS p \
              WHERE p.id <> ? AND p.id <> connection_id() AND p.db <=> database() \
              AND p.command <> 'Sleep' AND EXISTS (SELECT 1 \
              FROM information_schema.processlist AS me WHERE me.id = ? \
              AND me.state LIKE 'Waiting for%lock%') ORDER BY p.time DESC LIMIT 1",
        is_guess: true,
    },
];

//! Objects that stay in a database for a moment, under names that nobody else uses: views and
//! routines, whose text only the server can bring into its own form.

use super::mysql::{code, run, stem};
use crate::database::{Connection, DatabaseError, Value};
use crate::dialect::Dialect;

/// The codes of what a view or routine needs and the database lacks.
const NOT_THERE: [&str; 5] = ["1054", "1146", "1305", "1356", "4091"];

/// The codes of a right that a view or routine needs besides those of tables.
const NO_RIGHT_TO_DEFINE: [&str; 3] = ["1143", "1370", "1419"];

/// Names for such objects, held by a lock of this connection.
pub struct Passing {
    lock: String,
    count: usize,
}

/// What became of an object.
#[derive(Debug)]
pub enum Tried<T> {
    /// It was made, read and dropped.
    Read(T),
    /// The database lacks what it needs.
    Lacks,
    /// The user may not make it; with what the server said.
    Forbidden(DatabaseError),
}

impl Passing {
    /// Begins, and drops what killed programs left.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub fn begin(connection: &mut dyn Connection) -> Result<Self, DatabaseError> {
        let (stem, number) = stem(connection)?;
        let left = connection.query(
            "SELECT 'VIEW', table_name FROM information_schema.views \
             WHERE table_schema = database() AND left(table_name, char_length(?)) = ? UNION ALL \
             SELECT routine_type, routine_name FROM information_schema.routines \
             WHERE routine_schema = database() AND left(routine_name, char_length(?)) = ?",
            &[stem.as_str(); 4].map(Value::from),
        )?;
        for row in left {
            let [Some(kind), Some(name)] = [row.first(), row.get(1)].map(|it| it?.text()) else {
                continue;
            };
            let lock = name
                .rsplit_once('_')
                .map_or(name.as_str(), |(lock, _)| lock);
            let free = connection.query("SELECT is_free_lock(?)", &[Value::from(lock)])?;
            let is_free = free.first().and_then(|row| row.first()?.integer()) == Some(1);
            if is_free {
                drop_object(connection, &kind, &name)?;
            }
        }
        let lock = format!("{stem}{number}");
        connection.query("SELECT get_lock(?, 10)", &[Value::from(lock.as_str())])?;
        Ok(Self { lock, count: 0 })
    }

    /// Makes an object of a kind (`VIEW`), reads it and drops it. `create` writes the statement that
    /// makes it under a name in quotes; `read` is given the name as it is.
    ///
    /// # Errors
    ///
    /// Another refusal of the server, or what `read` says.
    pub fn through<T, E: From<DatabaseError>>(
        &mut self,
        connection: &mut dyn Connection,
        (kind, create): (&str, &dyn Fn(&str) -> String),
        read: &mut dyn FnMut(&mut dyn Connection, &str) -> Result<T, E>,
    ) -> Result<Tried<T>, E> {
        self.count += 1;
        let name = format!("{}_{}", self.lock, self.count);
        let statement = create(&Dialect::Mysql.syntax().quote(&name));
        if let Err(error) = run(connection, &statement) {
            let is_one = |known: &[&str]| code(&error).is_some_and(|it| known.contains(&it));
            let is_read_only = matches!(error, DatabaseError::ReadOnly { .. });
            if is_one(&NOT_THERE) {
                return Ok(Tried::Lacks);
            }
            if is_read_only || error.is_forbidden() || is_one(&NO_RIGHT_TO_DEFINE) {
                return Ok(Tried::Forbidden(error));
            }
            return Err(error.into());
        }
        let found = read(connection, &name);
        drop_object(connection, kind, &name)?;
        found.map(Tried::Read)
    }
}

fn drop_object(
    connection: &mut dyn Connection,
    kind: &str,
    name: &str,
) -> Result<(), DatabaseError> {
    let quoted = Dialect::Mysql.syntax().quote(name);
    run(connection, &format!("DROP {kind} IF EXISTS {quoted}"))
}

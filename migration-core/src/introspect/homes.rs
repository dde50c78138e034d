//! The tables of indexes, remembered: on MySQL an index is its table's own, and the catalog reads
//! every table to find one by its name.

use std::collections::BTreeMap;

use super::{IntrospectError, Live, mysql, table, table_of_index, texts};
use crate::database::{Connection, Value};
use crate::dialect::Dialect;
use crate::schema::{Ident, ObjectName};

/// What is known of indexes; it may be out of date, and is never trusted unseen.
#[derive(Debug, Default)]
pub struct Homes {
    /// The table of each index, by the schema that was asked for and the index's name in lower case.
    known: BTreeMap<(Option<Ident>, String), String>,
}

impl Homes {
    /// Reads the table that an index is of; none when there is no such index.
    ///
    /// # Errors
    ///
    /// As [`table`].
    pub fn table_of(
        &mut self,
        connection: &mut dyn Connection,
        index: &ObjectName,
    ) -> Result<Option<Live>, IntrospectError> {
        if connection.dialect() == Dialect::Mysql {
            if let Some(live) = self.remembered(connection, index)? {
                return Ok(Some(live));
            }
            self.read(connection, index.schema.as_ref())?;
            if let Some(live) = self.remembered(connection, index)? {
                return Ok(Some(live));
            }
        }
        match table_of_index(connection, index)? {
            Some(name) => table(connection, &name).map(Some),
            None => Ok(None),
        }
    }

    /// The table that is remembered, if it still has the index.
    fn remembered(
        &self,
        connection: &mut dyn Connection,
        index: &ObjectName,
    ) -> Result<Option<Live>, IntrospectError> {
        let wanted = index.name.as_str().to_lowercase();
        let key = (index.schema.clone(), wanted);
        let Some(home) = self.known.get(&key) else {
            return Ok(None);
        };
        let name = ObjectName {
            schema: index.schema.clone(),
            ..ObjectName::new(home.clone())
        };
        let live = match table(connection, &name) {
            Ok(live) => live,
            Err(IntrospectError::NoSuchTable { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut names = live.schema.indexes.iter().filter_map(|it| it.name.as_ref());
        let is_there = names.any(|it| it.as_str().to_lowercase() == key.1);
        Ok(is_there.then_some(live))
    }

    fn read(
        &mut self,
        connection: &mut dyn Connection,
        schema: Option<&Ident>,
    ) -> Result<(), IntrospectError> {
        let parameter = Value::from(schema.map(Ident::as_str));
        for row in connection.query(mysql::INDEXES, &[parameter])? {
            let [index, home] = texts(row);
            let key = (schema.cloned(), index.to_lowercase());
            self.known.insert(key, home);
        }
        Ok(())
    }
}

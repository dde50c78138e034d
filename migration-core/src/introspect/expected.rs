//! Definitions whose texts are known before they are read.

use std::collections::HashMap;

use crate::schema::{Index, Table};

/// What the connection's own schema is expected to hold, by whoever knows the texts that an engine
/// would store. The same text means the same, so that nothing has to be read to know it.
pub trait Expected {
    /// Whether this is the text of an expected table.
    fn is_table(&self, name: &str, ddl: &str) -> bool;

    /// What this text of an index means, if it is expected.
    fn index(&self, name: &str, ddl: &str) -> Option<Index>;

    /// Expected tables by name, spelled as [`whole`](super::whole) spells them; none where it turns
    /// out that they have to be read.
    fn tables(&self, names: &[&str]) -> Option<HashMap<String, Table>>;
}

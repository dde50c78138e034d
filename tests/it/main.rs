//! The integration tests, one module per subject; `architecture` fails when a file is forgotten.

mod architecture;
mod components;
mod database;
mod documentation;
mod execute;
mod graph_cases;
mod introspect;
mod oddities;
mod offline;
mod table_change;
mod tls;

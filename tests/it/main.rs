//! The integration tests, one module per subject; `architecture` fails when a file is forgotten.

mod architecture;
mod backup;
mod bookkeeping;
mod command_line;
mod compile;
mod components;
mod database;
mod documentation;
mod execute;
mod graph_cases;
mod interruption;
mod introspect;
mod kill_sweep;
mod laws;
mod oddities;
mod offline;
mod permissions;
mod random_tables;
mod refusals;
mod restore;
mod resume;
mod scratch;
mod status;
mod table_change;
mod tls;
mod waits;

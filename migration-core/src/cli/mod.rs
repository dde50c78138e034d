//! The command line that every binary shares: one file per command, and the only printer.

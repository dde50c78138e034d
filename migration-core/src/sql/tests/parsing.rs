//! Tests of statements to operations.

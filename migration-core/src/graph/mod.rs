//! The revision graph: always valid once built, pure, linear in its size.
//!
//! In: [`Revision`](crate::revision::Revision)s in load order. Out: a `RevisionGraph` that answers
//! heads, bases, lineage, labels, targets as typed and history ranges. Two kinds of edges:
//! versioned (`Revises`) and dependency (`Depends On`). Holds no SQL and reads no file.

//! Laws of graphs.

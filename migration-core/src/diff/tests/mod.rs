//! Laws of the difference of two schemas, on random pairs.

mod apart;
mod judge;
mod laws;
mod normal;
mod schemas;
mod small;

//! What all three engines write alike: names, constraints, indexes and the frame of CREATE TABLE.

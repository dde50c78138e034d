//! Laws and examples of states.

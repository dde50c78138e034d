//! Laws of plans.

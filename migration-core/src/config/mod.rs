//! Settings: ini, environment and command line read into typed values.
//!
//! In: texts and an environment handed over by `cli`. Out: [`Settings`] and warnings. Unknown keys
//! of our sections are errors that name the nearest known one; other sections are not ours.

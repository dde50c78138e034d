//! Laws of the config stage.

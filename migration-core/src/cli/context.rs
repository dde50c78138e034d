//! What a command works with; each part is made when it is first asked for, so that a command
//! pays for nothing it does not use.

use std::path::PathBuf;

use super::args::Global;
use super::component::Component;
use super::ui::Ui;

/// The component, what was typed, and the printer.
pub(super) struct Context<'a> {
    pub component: &'a Component,
    pub global: &'a Global,
    pub ui: &'a Ui,
}

impl<'a> Context<'a> {
    /// Begins with what was typed; nothing is read.
    pub(super) fn new(component: &'a Component, global: &'a Global, ui: &'a Ui) -> Self {
        Self {
            component,
            global,
            ui,
        }
    }

    /// The ini that is meant, there or not.
    pub(super) fn ini_to_write(&self) -> PathBuf {
        match &self.global.config {
            Some(path) => path.clone(),
            None => PathBuf::from(self.component.default_ini),
        }
    }
}

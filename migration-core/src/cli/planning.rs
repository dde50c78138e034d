//! The plan of a command that changes a database, behind what another run does at this moment.

use super::act::{self, Change};
use super::failure::Failure;
use super::opened::Database;
use crate::execute::{self, ExecuteError};
use crate::plan::Plan;
use crate::status::StatusError;

impl Database<'_> {
    /// Makes the plan, behind whatever runs at this moment.
    pub(super) fn plan(&mut self, change: &Change<'_>, targets: &[&str]) -> Result<Plan, Failure> {
        let graph = self.context.graph()?;
        let plan = (change.plan)(graph, &self.rows, targets)?;
        if change.settles {
            return self.settling(plan);
        }
        let beside = self.unfinished_beside(&plan);
        let Some((_, step)) = beside.filter(|_| change.resume_at.is_none()) else {
            return Ok(plan);
        };
        let plan = match step.is_open {
            // It may run at this moment.
            true => {
                self.wait_for_others(change, targets)?;
                (change.plan)(graph, &self.rows, targets)?
            }
            false => plan,
        };
        match self.unfinished_beside(&plan) {
            // Nobody runs again what has no file.
            Some((revision, step))
                if plan.steps.is_empty() || graph.get(revision.as_str()).is_none() =>
            {
                Err(StatusError::unfinished((&revision, &step), graph, &self.rows).into())
            }
            Some(_) | None => Ok(plan),
        }
    }

    /// Waits until nobody else migrates, and looks again.
    fn wait_for_others(&mut self, change: &Change<'_>, targets: &[&str]) -> Result<(), Failure> {
        let context = self.context;
        if let Some(connection) = &mut self.connection {
            let options = act::options(context, change.offline.tag.as_deref(), change.waiting)?;
            let setting = (context.version_table()?, &options);
            let waiting = |who: &str| context.ui.status(format_args!("Waiting for {who}"));
            execute::wait_for_others(connection.as_mut(), setting, &self.rows, waiting)
                .map_err(act::failed)?;
        }
        let before = self.rows.clone();
        self.look_again()?;
        if self.rows != before && !change.outlives_a_move(targets) {
            return Err(act::failed(ExecuteError::moved_on(&before, &self.rows)));
        }
        Ok(())
    }
}

//! Steps that share a transaction: the statements of one are sent before those of the step in front
//! of it are answered, so that the server finds them when it is done.
//!
//! One message is on its way at most while another is made. What a step says of itself waits until
//! the one in front of it is complete: nobody hears of a step while another one holds it up.

use jiff::Timestamp;

use super::Problem;
use super::batch::Batch;
use super::gathered::Complete;
use super::run::Run;
use crate::program::{Action, Step};

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct Ahead<'p> {
    sent: Option<Sent<'p>>,
    /// What is to be told once it has arrived.
    untold: Vec<News<'p>>,
}

/// A step whose statements are sent.
#[derive(Debug)]
struct Sent<'p> {
    batch: Batch<'p>,
    step: &'p Step,
    /// When the server began it, as far as that is known here.
    started: Timestamp,
}

/// What an observer is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum News<'p> {
    /// A step begins.
    Step(&'p Step),
    /// A step that an earlier run began goes on at this statement.
    Resuming(&'p Step, usize),
    /// An action begins.
    Action(&'p Action),
}

impl<'p> Run<'p, '_> {
    /// Tells how the run goes on, once that is so.
    pub(super) fn announce(&mut self, news: News<'p>) {
        self.ahead.untold.push(news);
        if self.ahead.sent.is_none() {
            self.tell_news();
        }
    }

    fn tell_news(&mut self) {
        for news in std::mem::take(&mut self.ahead.untold) {
            match news {
                News::Step(step) => self.tell().step(step),
                News::Resuming(step, at) => self.tell().resuming(step, at),
                News::Action(action) => self.tell().action(action),
            }
        }
    }

    /// Sends what waits of a step, which is all of it, and waits for the step in front of it.
    pub(super) fn send_ahead(&mut self, step: &'p Step, started: Timestamp) -> Result<(), Problem> {
        self.check_interrupt(step, self.batch.next())?;
        let batch = self.batch.take();
        let outcome = match batch.is_empty() {
            true => Ok(()),
            false => self.connection.run_ahead(&batch.texts()),
        };
        // What went wrong first is what matters, and the server begins a step behind that.
        let ended = self.arrive()?;
        outcome.map_err(|failed| self.failed(step, batch.failed(failed)))?;
        self.ahead.sent = Some(Sent {
            batch,
            step,
            started: ended.unwrap_or(started),
        });
        Ok(())
    }

    /// Waits for what is on its way, and gives when it was complete.
    pub(super) fn arrive(&mut self) -> Result<Option<Timestamp>, Problem> {
        let Some(Sent {
            batch,
            step,
            started,
        }) = self.ahead.sent.take()
        else {
            return Ok(None);
        };
        if !batch.is_empty() {
            self.attended(step, &batch, |connection, texts| connection.arrived(texts))?;
        }
        let ended = (self.options.now)();
        self.gather(Complete {
            step,
            started,
            ended,
        });
        self.tell_news();
        Ok(Some(ended))
    }

    /// Forgets what is on its way: its transaction is undone. A step of which nobody heard was never
    /// begun.
    pub(super) fn forget_ahead(&mut self) {
        let Ahead { untold, .. } = std::mem::take(&mut self.ahead);
        let steps = untold.iter().filter(|news| match news {
            News::Step(_) | News::Resuming(..) => true,
            News::Action(_) => false,
        });
        self.tries.forget(steps.count());
    }
}

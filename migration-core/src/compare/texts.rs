//! Models and revisions, read beside the live database.

use std::cell::{Cell, OnceCell};

use super::expected::Expected;
use super::rehearsal::{self, Begun, Ground};
use super::{CompareError, Schemas, Setting};
use crate::database::{self, Connection};
use crate::introspect::{self, Whole};
use crate::parallel::{self, Once};
use crate::program::{Built, Linker, ProgramError, Written, built_beside};

/// What the texts say.
pub(super) struct Texts {
    /// The models.
    pub(super) written: Written,
    /// What the applied revisions have built.
    pub(super) history: Built,
    /// Where tables are looked for.
    pub(super) schemas: Schemas,
    /// The scratch place, where one could be opened without knowing the live database.
    pub(super) begun: Option<Result<Begun, CompareError>>,
}

/// What is read besides the models; none where these cannot be read.
pub(super) type Rest = Option<Result<Behind, ProgramError>>;

/// What follows from the models and the revisions.
pub(super) struct Behind {
    history: Built,
    schemas: Schemas,
    pub(super) begun: Option<Result<Begun, CompareError>>,
}

/// Reads both.
pub(super) fn beside_live(
    setting: &Setting<'_>,
    connection: &mut dyn Connection,
    models: impl FnOnce(&Linker<'_>) -> Result<Written, ProgramError> + Send,
) -> Result<(Texts, Whole), CompareError> {
    let (linker, rows, typed) = (&setting.linker, setting.rows, setting.schemas);
    let own = database::own_schema(connection)?;
    let asked = Schemas::new(own.clone(), typed, &[]);
    let ground = Ground::of(setting);
    let models = Once::new(|| models(linker));
    let rest = |written: &Written| {
        let history = built_beside(linker, rows, written)?;
        let schemas = Schemas::new(own.clone(), typed, &[&written.built, &history]);
        let begun = rehearsal::begin(&ground, written, &schemas);
        Ok(Behind {
            history,
            schemas,
            begun,
        })
    };
    let written = || models.get().as_ref().ok();
    // The database is read beside the texts, which nearly never name a schema that it is not asked
    // for anyway.
    let (behind, live) = parallel::both(
        || written().map(&rest),
        |behind| {
            let expected = Expected {
                ground: &ground,
                models: &written,
                rest: behind,
                known: OnceCell::new(),
                misses: Cell::new(0),
            };
            introspect::whole_beside(connection, &asked.scope.without_apart(), Some(&expected))
        },
    );
    let written = models.end()?;
    let behind = behind.unwrap_or_else(|| rest(&written));
    let Behind {
        history,
        schemas,
        begun,
    } = behind?;
    let mut live = live?;
    if schemas.scope != asked.scope {
        live = introspect::whole(connection, &schemas.scope.without_apart())?;
    }
    let texts = Texts {
        written,
        history,
        schemas,
        begun,
    };
    Ok((texts, live))
}

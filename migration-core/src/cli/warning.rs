//! What a person should look at though the command goes on: all warnings in one place, each with
//! what it means and what to do, as the reference of errors shows them.

use crate::diff::Kept;
use crate::revision::RevisionId;

/// A warning, in its own words.
#[derive(Debug, thiserror::Error)]
pub(super) enum Warning {
    /// Of the settings; its words are theirs.
    #[error("{0}")]
    Settings(String),
    /// The variable that says what to log is not understood. Correct it or unset it.
    #[error(
        "{name} is passed over, `{text}` is no filter: {error}; write `debug` or \
         `migration::sql=debug,migration::lock=trace`"
    )]
    LogFilter {
        name: &'static str,
        text: String,
        error: String,
    },
    /// Nobody typed which database is meant: `discover` found it before.
    #[error("using the discovered database {address} ({source_of_it}); `clean` forgets it")]
    Discovered {
        address: String,
        source_of_it: String,
    },
    /// Nobody else on this machine may read it. A reference to a secret is safer.
    #[error("the password is kept as text in {path}, which only you may read")]
    PasswordKept { path: String },
    /// The list of processes shows it.
    #[error(
        "a password on the command line is seen by everybody on this machine: `-p` alone asks for it"
    )]
    PasswordTyped,
    /// Other settings go first. Remove those that are named, or do without the discovered database.
    #[error("kept in {path}, but the other commands do not use it: {reason}")]
    NotUsed { path: String, reason: String },
    /// Nothing of it stays. Name a file to keep it.
    #[error("the database is in memory: all that is made in it is gone when this command ends")]
    InMemory,
    /// The program is older than the files beside it.
    #[error(
        "the revisions are those inside the binary; it was built without {files} of {location}: build \
         it again, or add `--script-location {location}`"
    )]
    Unbuilt { files: String, location: String },
    /// A run stopped in the middle of a revision. Run the same command again; or undo by hand what is
    /// in effect of it, then `stamp` with the revision that the database is at forgets it.
    #[error(
        "the {direction} of {id} is unfinished: the database is between two revisions; {goes_on}"
    )]
    Unfinished {
        direction: String,
        id: RevisionId,
        goes_on: String,
    },
    /// The same, as `status` tells it.
    #[error(
        "the {direction} of {id} {how}; run the same command again: it goes on where it stopped, or \
         says what is to be decided; or undo by hand what is in effect of it, then `stamp {here}` \
         forgets it"
    )]
    Stopped {
        direction: String,
        id: RevisionId,
        how: &'static str,
        here: String,
    },
    /// The same, where the revision's file went away since.
    #[error(
        "the {direction} of {id} {how}, and its file is gone; put the file back and run the same \
         command again: it goes on where it stopped; or undo by hand what is in effect of it, then \
         `stamp {here}` forgets it"
    )]
    StoppedAndGone {
        direction: String,
        id: RevisionId,
        how: &'static str,
        here: String,
    },
    /// The version table is read, and that is enough to go on. Who works here may lack the right to
    /// read the ledger, the table `<version_table>_log`.
    #[error("the ledger cannot be read, so edited revisions go unnoticed: {error}")]
    LedgerUnreadable { error: String },
    /// The database has what the file said then. Put the text back, write a new revision for the
    /// change, or accept it after a review.
    #[error("revision {id} was edited after it was applied{when}: {way}")]
    Edited {
        id: RevisionId,
        when: String,
        way: String,
    },
    /// It was empty when it was applied and was filled in afterwards, so that its statements did not
    /// run on this database. `stamp` below it, then `upgrade`; where others were applied on top of it,
    /// write a new revision and empty this one again, or `downgrade` below it, then `upgrade`.
    #[error("revision {id} was edited after it was applied{when}, and nothing of it ran: {way}")]
    NeverRan {
        id: RevisionId,
        when: String,
        way: String,
    },
    /// Its file was put below a revision that had run before, so that it counts as applied. Run it by
    /// the commands that are named; or note that somebody ran it by hand.
    #[error(
        "revision {id} counts as applied, but never ran here: it was put below {above}, which ran \
         before; {way}, or `repair --run-by-hand {id}` notes that somebody ran it by hand"
    )]
    Skipped {
        id: RevisionId,
        above: RevisionId,
        way: String,
    },
    /// Its file was put above what is applied after it had run, by a merge or a rebase of the source
    /// tree. An upgrade refuses to run it a second time until somebody says whether it is in effect.
    #[error("revision {id} counts as pending, but ran here already{ran}; {way}")]
    Displaced {
        id: RevisionId,
        ran: String,
        way: String,
    },
    /// What is written into it later would not run. Fill it in first; when it is meant to be empty, a
    /// comment in the section says so.
    #[error(
        "the upgrade section of revision {id} is empty: it counts as applied and nothing runs; before \
         it is filled in, `downgrade {below}` takes it back"
    )]
    Unwritten { id: RevisionId, below: String },
    /// What its upgrade did stays, and a later upgrade finds it there. Write what undoes it; when
    /// nothing is to be undone, a comment in the section says so.
    #[error(
        "the downgrade section of revision {id} is empty: it counts as undone, and nothing that its \
         upgrade did is taken back"
    )]
    UndoesNothing { id: RevisionId },
    /// It was empty when it was applied: what its downgrade section undoes now was never done.
    #[error(
        "nothing of revision {id} ran, so its downgrade section does not run either: it only counts \
         as applied no more"
    )]
    NothingToUndo { id: RevisionId },
    /// The file is on another branch of the source tree, or deleted. What runs is what it said when
    /// it was applied.
    #[error("revision {id} has no file here{when}: it is undone by the SQL that the ledger kept")]
    Kept { id: RevisionId, when: String },
    /// The file is on another branch of the source tree, or deleted.
    #[error("revision {id} is applied and its file is gone: put the file back{or}")]
    Missing { id: RevisionId, or: String },
    /// The revisions of the database may be those that it names. Where it is of another component, or
    /// of no use any more, nothing has to be done.
    #[error(
        "there is no version table `{missing}`, but `{name}` looks like one of Alembic's: when it is \
         this component's, write {keys} in `[migration]`"
    )]
    LikelyVersionTable {
        missing: String,
        name: String,
        keys: String,
    },
    /// It may be of another component or of a newer program.
    #[error(
        "the database is at revision {id}, which is not among the revisions here; `current` says what \
         to do"
    )]
    Unknown { id: RevisionId },
    /// Files were put into another order, or somebody wrote the version table. Nothing is lost by the
    /// command: the row that goes says nothing that the others do not.
    #[error("the version table has a row too many, {overlap}: {hint}")]
    Overlap { overlap: String, hint: String },
    /// It would be undone, or run, what is another component's.
    #[error(
        "no revision of here is applied, and all that is applied is not of here: is it the right \
         database and the right ini? `info` shows both; where several components share a database, \
         `version_table` of [migration] gives each its own"
    )]
    Apart,
    /// The target is below what is applied, and an upgrade takes nothing away.
    #[error("an upgrade to base undoes nothing: that is `downgrade base`")]
    UpgradeToBase,
    /// The database is there already.
    #[error("a downgrade to the head undoes nothing: `-1` undoes one revision, `base` all")]
    DowngradeToHead,
    /// It rebuilds a table that the engine cannot change in place and copies its rows, or changes the
    /// definition of one, for which SQLite has no statement, and checks them; others wait meanwhile.
    /// `sqlite_alter = refuse` forbids it.
    #[error("revision {id} {way}, {rows} {fate}: {reasons}")]
    TableChange {
        id: String,
        way: String,
        rows: String,
        fate: &'static str,
        reasons: String,
    },
    /// Other hands made it with another engine, such as MyISAM. A run that is cut off between writing it
    /// and writing the ledger leaves the two in contradiction, and the next run stops.
    #[error(
        "the engine of the version table `{table}` has no transactions; this gives it one that has: \
         {mend}"
    )]
    Untransacted { table: String, mend: String },
    /// Without the scratch database some things cannot be compared; each is named.
    #[error(
        "compared by rules, because this user may create no scratch database; to compare in one, an \
         administrator runs\n{grant}"
    )]
    ByRules { grant: String },
    /// Look at it yourself, or compare in a scratch database.
    #[error("`{name}` is not compared by rules: {why}")]
    NotByRules { name: String, why: String },
    /// Look at it yourself.
    #[error("`{name}` is not compared: its definition says more than is understood")]
    NotCompared { name: String },
    /// No statement can be written for it. Compare what the engine shows of it with what makes it, and
    /// change it by hand; `--exclude-table` leaves it out.
    #[error(
        "`{name}` differs, and its definition says more than is understood: compare it by hand"
    )]
    Differs { name: String },
    /// `CREATE INDEX CONCURRENTLY` leaves it so when it fails. Where it is under way, wait for it; else
    /// `drift --sql` builds it again where a revision makes it and drops it where none does.
    #[error(
        "index `{name}` is invalid, so that no query uses it: its building was ended, or is under \
         way still; `drift --sql` writes what mends it"
    )]
    InvalidIndex { name: String },
    /// Other hands dropped it, or detached it and gave it another name. Give it its name again; or bring the
    /// rows from a backup where they are still wanted.
    #[error(
        "partition `{name}` is gone, and its rows with it unless a table has them that was detached and \
         got another name: `drift --sql` makes it again without them"
    )]
    Emptied { name: String },
    /// Other hands detached it. It is left as it is, and no revision is drafted for it.
    #[error(
        "`{name}` is made as a partition, and a table by itself here, which is left as it is: \
         `drift --sql` writes what attaches it again"
    )]
    Detached { name: String },
    /// No revision can be drafted for it, such as for `STRICT` on SQLite and `PARTITION BY` on
    /// PostgreSQL.
    #[error(
        "{kept}, which no statement changes: create a table that is so, copy the rows, drop the old one \
         and give the new one its name"
    )]
    NotChanged { kept: Kept },
    /// What follows from it is not compared.
    #[error("{place}: left out, because it would reach beyond a scratch place: {description}")]
    BeyondScratch { place: String, description: String },
    /// An edit of the models' file would change nothing.
    #[error(
        "the models inside the binary are compared, though the revisions are read from a directory: \
         `models = FILE` in the section [migration] of the ini names the file to edit"
    )]
    EmbeddedModels,
    /// A name went and one came that is alike. The answer decides whether rows are kept.
    #[error(
        "{question}\n  yes: write `-- renamed from {from}` above {what} in the models, or give \
         `--rename {argument}`\n  no: give `--no-rename {argument}`"
    )]
    Rename {
        question: String,
        from: String,
        what: String,
        argument: String,
    },
    /// The same of the database against its revisions, about which the models say nothing.
    #[error("{question}\n  yes: give `--rename {argument}`\n  no: give `--no-rename {argument}`")]
    RenameByHand { question: String, argument: String },
    /// The picture or the models lack it; add it by hand.
    #[error("`{name}` is left out: its definition says more than is understood")]
    LeftOut { name: String },
    /// The picture shows the revisions alone.
    #[error("drawn without the state of the database: {error}")]
    DrawnWithout { error: String },
    /// It loses its connection with the database.
    #[error("{session} uses the database")]
    InUse { session: String },
    /// The upgrade is done; only the check that follows it is left out. Grant what the error names.
    #[error("the database is not compared with the models: {error}")]
    Unchecked { error: String },
}

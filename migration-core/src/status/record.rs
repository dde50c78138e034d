//! The rows of the ledger read as a story: what it knows of each revision in the end.

use std::collections::HashMap;
use std::mem;

use crate::database::LedgerRow;
use crate::dialect::LedgerState;
use crate::plan::Direction;
use crate::revision::RevisionId;

/// The direction of a row that says: the present text counts from now on.
pub const REPAIR: &str = "repair";

/// What the ledger knows, by revision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    revisions: HashMap<RevisionId, Record>,
    /// The targets of stamps, with the ledger's rows of them.
    stamps: Vec<(i64, RevisionId)>,
    /// The ledger's row of the last upgrade that ran what had run and was not taken back.
    again: Option<i64>,
}

/// What it knows of one revision. There are thousands of these, and most say little.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// What put it into the database; none after its downgrade.
    pub applied: Option<Box<Mark>>,
    /// Who accepted another text since.
    pub accepted: Option<Box<Mark>>,
    /// The checksum of the text that counts: as applied, or as accepted since.
    pub checksum: Option<String>,
    /// The digest of the file that held this text; none where older programs wrote the row.
    pub digest: Option<String>,
    /// The ledger's row that has this text.
    pub text_row: Option<i64>,
    /// The ledger's row of the upgrade that ran it.
    pub origin_row: Option<i64>,
    /// Whether nothing ran when it was applied, nor by hand since.
    pub is_idle: bool,
    /// A step of it that did not end.
    pub unfinished: Option<Box<Unfinished>>,
}

/// Who did something, when and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `upgrade`, `stamp` or `repair`.
    pub direction: String,
    /// The revision's message at that time.
    pub message: String,
    /// The user of the operating system.
    pub login: String,
    /// The machine.
    pub host: String,
    /// The program and its version.
    pub program: String,
    /// When it was done, RFC 3339.
    pub at: String,
}

/// A step that did not end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// How many statements are known to be in effect.
    pub done: i64,
    /// How many it has.
    pub total: i64,
    /// The checksum of the text that they are of.
    pub checksum: String,
    /// The hashes of all its statements, separated by blanks; none where older programs began it.
    pub pieces: Option<String>,
    /// Whether nobody noted its end: it runs, or its program was killed.
    pub is_open: bool,
    /// Who began it; the direction is the step's.
    pub mark: Mark,
}

impl Records {
    /// Reads rows, oldest first.
    pub fn of(rows: impl IntoIterator<Item = LedgerRow>) -> Self {
        let rows = rows.into_iter();
        let mut records = Self {
            revisions: HashMap::with_capacity(rows.size_hint().0),
            stamps: Vec::new(),
            again: None,
        };
        for row in rows {
            if row.direction == Direction::Stamp.as_str() {
                // It says where the database is: what stopped before is somebody's own affair.
                let all = records.revisions.values_mut();
                all.for_each(|record| record.unfinished = None);
                let target = row.revision.iter().cloned();
                records.stamps.extend(target.map(|id| (row.id, id)));
            }
            if let Some(id) = &row.revision {
                let tells_from = records.tells_from();
                let record = records.revisions.entry(id.clone()).or_default();
                let number = row.id;
                let ran = record.origin_row.filter(|it| *it >= tells_from);
                record.follow(row);
                if ran.is_some() && record.origin_row == Some(number) {
                    records.again = Some(number);
                }
            }
        }
        records
    }

    /// What is known of a revision.
    pub fn get(&self, id: &RevisionId) -> Option<&Record> {
        self.revisions.get(id)
    }

    /// The revisions with a step that did not end, by id.
    pub fn unfinished(&self) -> Vec<(&RevisionId, &Unfinished)> {
        let found = self.revisions.iter();
        let mut found: Vec<_> = found
            .filter_map(|(id, record)| Some((id, record.unfinished.as_deref()?)))
            .collect();
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }

    /// What was stamped, oldest first, with the ledger's row of each.
    pub(super) fn stamps(&self) -> &[(i64, RevisionId)] {
        &self.stamps
    }

    /// The ledger's row from which on it tells all that happened: before it somebody has said where the
    /// database is, or has taken back without a word what ran a second time.
    pub(super) fn tells_from(&self) -> i64 {
        let stamped = self.stamps.last().map(|(row, _)| row + 1);
        stamped.max(self.again).unwrap_or(i64::MIN)
    }

    /// Whether a revision was applied and not taken back.
    pub fn says_applied(&self, id: &RevisionId) -> bool {
        self.get(id).is_some_and(|record| record.applied.is_some())
    }
}

impl Record {
    fn follow(&mut self, row: LedgerRow) {
        let is_done = row.state == LedgerState::Done.word();
        if !is_done {
            self.interrupted(row);
        } else if row.direction == Direction::Upgrade.as_str() {
            *self = Self::default();
            self.is_idle = row.statements == 0;
            self.origin_row = Some(row.id);
            self.applied = Some(Box::new(self.read(row)));
        } else if row.direction == REPAIR {
            // A text of which nobody says that it ran may be accepted all the same: it may be empty.
            self.is_idle &= row.statements == 0;
            self.accepted = Some(Box::new(self.read(row)));
        } else if row.direction == Direction::Downgrade.as_str() {
            *self = Self::default();
        } else {
            self.applied.get_or_insert_with(|| Box::new(Mark::of(row)));
        }
    }

    /// Takes the text of a row for the one that counts.
    fn read(&mut self, mut row: LedgerRow) -> Mark {
        let checksum = mem::take(&mut row.checksum);
        self.checksum = Some(checksum).filter(|checksum| !checksum.is_empty());
        self.digest = row.digest.take();
        self.text_row = Some(row.id);
        Mark::of(row)
    }

    /// A later attempt counts in place of an earlier one, which it continued.
    fn interrupted(&mut self, mut row: LedgerRow) {
        self.unfinished = row.is_partial().then(|| {
            Box::new(Unfinished {
                done: row.statements_done,
                total: row.statements,
                checksum: mem::take(&mut row.checksum),
                pieces: row.pieces.take(),
                is_open: row.state == LedgerState::Running.word(),
                mark: Mark::of(row),
            })
        });
    }

    /// Whether a program of this name applied it.
    pub fn is_of(&self, program: &str) -> bool {
        let applied = self.applied.as_deref();
        applied.is_some_and(|mark| mark.program.split(' ').next() == Some(program))
    }
}

impl Mark {
    fn of(row: LedgerRow) -> Self {
        Self {
            direction: row.direction,
            message: row.message,
            login: row.login,
            host: row.host,
            program: row.program,
            at: row.finished_at.unwrap_or(row.started_at),
        }
    }

    /// The time without fractions, in UTC: `2026-11-21 11:08:06`.
    pub fn time(&self) -> String {
        let whole: String = self.at.chars().take(19).collect();
        whole.replace('T', " ")
    }

    /// `root@host`, as far as known.
    pub fn who(&self) -> String {
        match (self.login.as_str(), self.host.as_str()) {
            ("", host) => host.to_owned(),
            (login, "") => login.to_owned(),
            (login, host) => format!("{login}@{host}"),
        }
    }

    /// `2026-11-21 11:08:06 UTC by root@host with migrate 0.1.0`.
    pub fn words(&self) -> String {
        let mut text = format!("{} UTC", self.time());
        for (word, name) in [("by", self.who()), ("with", self.program.clone())] {
            if !name.is_empty() {
                text.push_str(&format!(" {word} {name}"));
            }
        }
        text
    }
}

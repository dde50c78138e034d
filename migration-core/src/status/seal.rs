//! What the ledger says behind a run after which there is nothing to say.

use sha2::{Digest, Sha256};

use crate::revision::RevisionId;
use crate::text::hexadecimal;

/// To be raised when more than before is said of applied revisions: what was sealed earlier is then
/// looked at again.
const EDITION: &str = "2";

/// The seal of a database with these version rows: no step is unfinished, and no applied revision is
/// edited or was passed over as long as their files have these digests. Half of a SHA-256, hexadecimal.
pub fn seal<'a>(
    rows: &[RevisionId],
    applied: impl IntoIterator<Item = (&'a RevisionId, [u8; 16])>,
) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &[u8]| {
        // With its length, so that no two lists are the same text.
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    add(EDITION.as_bytes());
    rows.iter().for_each(|row| add(row.as_str().as_bytes()));
    for (id, digest) in applied {
        add(b"");
        add(id.as_str().as_bytes());
        add(&digest);
    }
    hexadecimal(&hash.finalize()[..16])
}

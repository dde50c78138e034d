//! The header of a revision file: parsed and printed here, so that both agree.

use super::RevisionId;

/// What the comment block at the top of a revision file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The revision's id.
    pub id: RevisionId,
    /// Parents: none for a base, several for a merge.
    pub revises: Vec<RevisionId>,
    /// Ids or labels of revisions that must be applied before, in any branch.
    pub depends_on: Vec<String>,
    /// Names of the branch that starts here.
    pub branch_labels: Vec<String>,
    /// When it was made, as written.
    pub create_date: Option<String>,
    /// The first paragraph.
    pub message: String,
    /// The whole comment block, without the comment marks.
    pub text: String,
}

//! Long work in a transaction that has locked a table before.

use super::{Remark, Rule};

pub(super) const RULE: Rule = Rule {
    name: "works-under-lock",
    about: "rows are gone through in a revision that has changed a table before, which stays locked \
            until its end",
    find: |scene| {
        let table = scene.locked_meanwhile()?;
        Some(Remark {
            message: format!(
                "goes through rows while `{table}`, which this revision has changed, stays locked"
            ),
            hint: "put it into a revision of its own, which is a transaction of its own".to_owned(),
        })
    },
};

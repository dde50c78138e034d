//! What a proof found, in words, as JSON and as JUnit's XML.

use std::fmt::Write as _;

use serde::Serialize;

use super::failure::Words;
use crate::diagnostic::Advice;
use crate::diff::{Change, Kept};
use crate::introspect::BrokenView;
use crate::operation::Operation;
use crate::picture::escape::xml;
use crate::render::{self, RenderOptions};
use crate::schema::ObjectName;
use crate::verify::{Finding, Verdict};

/// Said where rows stop a run that nobody but `verify` wrote.
const MADE_UP: &str = "(rows made up by `verify`: write the UPDATE that such rows need, or see \
                       --seed and --no-rows)";

/// One thing that is wrong, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Said {
    /// A word for it.
    pub kind: &'static str,
    /// One sentence.
    pub message: String,
    /// More lines: causes, a hint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// The difference as SQL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
}

/// What was proved: a revision, or something of the tree as a whole.
#[derive(Debug, Serialize)]
pub(super) struct Proof {
    /// The id, or `heads`, `models`.
    pub name: String,
    pub message: String,
    pub ok: bool,
    pub findings: Vec<Said>,
    pub notes: Vec<String>,
}

/// Puts a verdict into words.
pub(super) fn proof(verdict: &Verdict, options: &RenderOptions<'_>) -> Proof {
    let findings = verdict.findings.iter();
    Proof {
        name: verdict.revision.to_string(),
        message: verdict.message.clone(),
        ok: verdict.findings.is_empty(),
        findings: findings.map(|it| said(it, options)).collect(),
        notes: verdict.notes.clone(),
    }
}

fn said(finding: &Finding, options: &RenderOptions<'_>) -> Said {
    match finding {
        Finding::Fails {
            run,
            error,
            made_up,
        } => {
            let hint = error.hint_in_scratch();
            let mut said = of_error("fails", &format!("the {run} fails"), &**error, hint);
            if *made_up {
                said.details.push(MADE_UP.to_owned());
            }
            said
        }
        Finding::Unreadable { error } => {
            let hint = error.hint();
            of_error("unreadable", "the downgrade cannot be read", &**error, hint)
        }
        Finding::NoDowngrade => Said {
            kind: "no-downgrade",
            message: "it has no downgrade section".to_owned(),
            details: vec![
                "hint: write one, or say in it why there is no way back: \
                 `-- migrate: irreversible reason`"
                    .to_owned(),
            ],
            sql: None,
        },
        Finding::Schema { run, changes } => of_schema(run, changes, options),
        Finding::Differs { run, name } => of_differing(run, name),
        Finding::Kept { run, kept } => of_kept(run, kept),
        Finding::View { run, view } => of_view(run, view),
        Finding::NoRow { table, error } => of_no_row(table, error),
        Finding::Rows {
            table,
            before,
            kept,
        } => of_rows(table, (*before, *kept)),
    }
}

fn of_differing(run: &str, name: &ObjectName) -> Said {
    Said {
        kind: "differs",
        message: format!(
            "after the {run}, `{name}` is not what it was, and its definition says more than is \
             understood"
        ),
        details: vec![
            "hint: compare what the engine shows of it before and after, and mend the downgrade; where \
             it is left behind, drop it there"
                .to_owned(),
        ],
        sql: None,
    }
}

fn of_kept(run: &str, kept: &Kept) -> Said {
    Said {
        kind: "differs",
        message: format!("after the {run}, {kept}, which no statement changes"),
        details: vec![
            "hint: make the table anew in the downgrade, copy its rows, drop the other one and give \
             it its name"
                .to_owned(),
        ],
        sql: None,
    }
}

fn of_view(run: &str, view: &BrokenView) -> Said {
    Said {
        kind: "view",
        message: format!("after the {run}, {view}"),
        details: vec![
            "hint: drop the view before what it reads goes or gets another name, and make it anew \
             behind that; where a later revision does, say so above the statement: \
             `-- migrate: allow views reason`"
                .to_owned(),
        ],
        sql: None,
    }
}

fn of_no_row(table: &ObjectName, error: &str) -> Said {
    Said {
        kind: "no-row",
        message: format!(
            "no row could be made up for `{table}`, so what becomes of its rows is not proved"
        ),
        details: vec![
            format!("caused by: {error}"),
            "hint: write one into a seed of this revision (--seed), or prove the rest without rows \
             (--no-rows)"
                .to_owned(),
        ],
        sql: None,
    }
}

fn of_rows(table: &ObjectName, (before, kept): (usize, usize)) -> Said {
    let plural = if before == 1 { "row" } else { "rows" };
    Said {
        kind: "rows",
        message: format!(
            "of {before} {plural} of `{table}`, {kept} came through upgrade and downgrade as they were"
        ),
        details: vec![
            "hint: mend the downgrade, or say above the statement that changes them why they need \
             not come back: `-- migrate: allow rows reason`"
                .to_owned(),
        ],
        sql: None,
    }
}

fn of_schema(run: &str, changes: &[Change], options: &RenderOptions<'_>) -> Said {
    let message = match run {
        "downgrade" => "the downgrade does not lead back: this is left to be done after it",
        _ => "the second upgrade leads elsewhere than the first: this is left to be done",
    };
    let operations: Vec<Operation> = changes.iter().flat_map(|it| &it.up).cloned().collect();
    Said {
        kind: "schema",
        message: message.to_owned(),
        details: Vec::new(),
        sql: Some(render::section(&operations, options)),
    }
}

fn of_error(kind: &'static str, message: &str, error: &dyn Advice, hint: Option<String>) -> Said {
    let words = Words::of(error, &[], false);
    let mut details = vec![words.snippet.unwrap_or(words.message)];
    details.extend(
        words
            .causes
            .iter()
            .map(|cause| format!("caused by: {cause}")),
    );
    details.extend(hint.map(|hint| format!("hint: {hint}")));
    Said {
        kind,
        message: message.to_owned(),
        details,
        sql: None,
    }
}

/// The lines below the line of a proof.
pub(super) fn lines(proof: &Proof) -> Vec<String> {
    let mut lines = Vec::new();
    for finding in &proof.findings {
        lines.push(format!("    {}", finding.message));
        let more = finding.details.iter().chain(&finding.sql);
        for line in more.flat_map(|text| text.lines()) {
            lines.push(if line.is_empty() {
                String::new()
            } else {
                format!("        {line}")
            });
        }
    }
    lines.extend(proof.notes.iter().map(|note| format!("    note: {note}")));
    lines
}

/// A report in the XML that the servers of continuous integration read, one test case a proof.
pub(super) fn junit(program: &str, proofs: &[Proof]) -> String {
    let failures = proofs.iter().filter(|it| !it.ok).count();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"{} verify\" \
         tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        xml(program),
        proofs.len()
    );
    for proof in proofs {
        let _ = write!(
            text,
            "    <testcase classname=\"{}.verify\" name=\"{}\"",
            xml(program),
            xml(format!("{} {}", proof.name, proof.message).trim())
        );
        if proof.ok && proof.notes.is_empty() {
            text += "/>\n";
            continue;
        }
        text += ">\n";
        if let Some(first) = proof.findings.first() {
            let _ = writeln!(
                text,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                first.kind,
                xml(&first.message),
                xml(&lines(proof).join("\n"))
            );
        } else {
            let notes = proof.notes.join("\n");
            let _ = writeln!(text, "      <system-out>{}</system-out>", xml(&notes));
        }
        text += "    </testcase>\n";
    }
    text + "  </testsuite>\n</testsuites>\n"
}

#[cfg(test)]
mod tests {
    use super::{Proof, Said, junit};

    #[test]
    fn a_report_is_well_formed_whatever_is_in_it() {
        let proofs = [
            Proof {
                name: "a1".to_owned(),
                message: "first \"<&>\" \u{1b}[1m".to_owned(),
                ok: true,
                findings: Vec::new(),
                notes: Vec::new(),
            },
            Proof {
                name: "b2".to_owned(),
                message: "second".to_owned(),
                ok: false,
                findings: vec![Said {
                    kind: "schema",
                    message: "a < b".to_owned(),
                    details: Vec::new(),
                    sql: Some("DROP TABLE \"t\";\n".to_owned()),
                }],
                notes: Vec::new(),
            },
        ];
        assert_eq!(
            junit("brain-migrate", &proofs),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite \
             name=\"brain-migrate verify\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n    \
             <testcase classname=\"brain-migrate.verify\" name=\"a1 first &quot;&lt;&amp;&gt;&quot; [1m\"/>\n    \
             <testcase classname=\"brain-migrate.verify\" name=\"b2 second\">\n      \
             <failure type=\"schema\" message=\"a &lt; b\">    a &lt; b\n        DROP TABLE \
             &quot;t&quot;;</failure>\n    </testcase>\n  </testsuite>\n</testsuites>\n"
        );
    }
}

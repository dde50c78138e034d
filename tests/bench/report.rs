//! The tables, in Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use crate::contest::{Measured, Role, Row};
use crate::goal::{self, Verdict};
use crate::statistics::ratio;

/// Jobs that stand in one table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) title: String,
    /// What the limit of these jobs is, and what else a reader must know.
    pub(crate) note: String,
    pub(crate) jobs: Vec<Measured>,
    /// The places of a small job and a large one that must grow as the limit grows.
    pub(crate) growth: Option<(usize, usize)>,
}

/// A group's heading, note and table.
pub(crate) fn table(group: &Group) -> String {
    let Group {
        title, note, jobs, ..
    } = group;
    let mut text = format!(
        "### {title}\n\n{note}\n\n\
         | job | tool | median | best | CPU | memory | to ours |\n|---|---|---:|---:|---:|---:|---:|\n"
    );
    for job in jobs {
        for (position, row) in job.rows.iter().enumerate() {
            let name = if position == 0 { job.job.as_str() } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {name} | {}", cells(job, row));
        }
    }
    text
}

/// What was wanted and what came out.
pub(crate) fn verdict(groups: &[Group]) -> String {
    let jobs = || groups.iter().flat_map(|group| &group.jobs);
    let mut verdicts: Vec<Verdict> = jobs().flat_map(goal::verdicts).collect();
    verdicts.extend(groups.iter().filter_map(growth));
    verdicts.extend(goal::memory(jobs()));
    let mut text =
        String::from("### Targets\n\n| job | wanted | measured | met |\n|---|---|---:|---|\n");
    for verdict in verdicts {
        let Verdict {
            job,
            wanted,
            measured,
            is_met,
        } = verdict;
        let met = if is_met { "yes" } else { "**no**" };
        let _ = writeln!(text, "| {job} | {wanted} | {measured} | {met} |");
    }
    text
}

fn growth(group: &Group) -> Option<Verdict> {
    let (small, large) = group.growth?;
    goal::growth(group.jobs.get(small)?, group.jobs.get(large)?)
}

/// A time with three digits.
pub(crate) fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        0.0..1.0 => format!("{} ms", three(seconds * 1000.0)),
        _ => format!("{} s", three(seconds)),
    }
}

/// A ratio with three digits.
pub(crate) fn factor(ratio: f64) -> String {
    three(ratio)
}

fn three(number: f64) -> String {
    let digits = match number {
        ..9.995 => 2,
        9.995..99.95 => 1,
        _ => 0,
    };
    format!("{number:.digits$}")
}

fn cells(job: &Measured, row: &Row) -> String {
    let summary = row.summary;
    let to_ours = job
        .quickest(Role::Ours)
        .map(|ours| factor(ratio(summary.median, ours.summary.median)));
    let tool = match row.role {
        Role::Ours => format!("**{}**", row.tool),
        Role::Limit => format!("limit: {}", row.tool),
        Role::Alembic | Role::Peer => row.tool.clone(),
    };
    format!(
        "{tool} | {} | {} | {} | {} MB | {} |",
        time(summary.median),
        time(summary.best),
        time(summary.cpu),
        three(f64::from(u32::try_from(summary.memory).unwrap_or(u32::MAX)) / 1024.0),
        to_ours.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal::Goal;
    use crate::statistics::Summary;

    fn row(tool: &str, role: Role, micros: u64) -> Row {
        let median = Duration::from_micros(micros);
        Row {
            tool: tool.to_owned(),
            role,
            summary: Summary {
                median,
                best: median / 2,
                cpu: median,
                memory: micros,
            },
        }
    }

    fn group() -> Group {
        Group {
            title: "No-op".to_owned(),
            note: "The limit lists names.".to_owned(),
            jobs: vec![Measured {
                job: "no-op, 10".to_owned(),
                rows: vec![
                    row("migrate", Role::Ours, 2048),
                    row("Alembic", Role::Alembic, 204_800),
                    row("floor", Role::Limit, 1024),
                ],
                goal: Goal::ratios(50.0, 1.5),
                rounds: 5,
            }],
            growth: None,
        }
    }

    #[test]
    fn a_table_has_a_line_for_each_tool_and_names_the_job_once() {
        assert_eq!(
            table(&group()),
            "### No-op\n\nThe limit lists names.\n\n\
             | job | tool | median | best | CPU | memory | to ours |\n\
             |---|---|---:|---:|---:|---:|---:|\n\
             | no-op, 10 | **migrate** | 2.05 ms | 1.02 ms | 2.05 ms | 2.00 MB | 1.00 |\n\
             |  | Alembic | 205 ms | 102 ms | 205 ms | 200 MB | 100 |\n\
             |  | limit: floor | 1.02 ms | 0.51 ms | 1.02 ms | 1.00 MB | 0.50 |\n"
        );
    }

    #[test]
    fn a_verdict_says_what_was_wanted_and_whether_it_was_reached() {
        assert_eq!(
            verdict(&[group()]),
            "### Targets\n\n| job | wanted | measured | met |\n|---|---|---:|---|\n\
             | no-op, 10 | 50 times faster than Alembic | 100 | yes |\n\
             | no-op, 10 | at most 1.5 times floor | 2.00 | **no** |\n\
             | peak memory, every job | a third of Alembic's | 1/100 at worst (no-op, 10) | yes |\n"
        );
    }

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!(time(Duration::from_micros(999_900)), "1000 ms");
        assert_eq!(time(Duration::from_millis(12_345)), "12.3 s");
        assert_eq!(factor(1.0), "1.00");
        assert_eq!(factor(123.4), "123");
    }
}

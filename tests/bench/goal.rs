//! What a job is meant to reach, and whether it did.

use std::time::Duration;

use crate::contest::{Measured, Role};
use crate::report::{factor, time};
use crate::statistics::ratio;

/// What is wanted of a job; nothing of what is not said.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Goal {
    /// So many times faster than Alembic.
    pub(crate) alembic: Option<f64>,
    /// At most so many times the quickest limit.
    pub(crate) limit: Option<f64>,
    /// At most this long.
    pub(crate) at_most: Option<Duration>,
    /// Quicker than every other tool.
    pub(crate) first: bool,
}

/// One line of the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) job: String,
    pub(crate) wanted: String,
    pub(crate) measured: String,
    pub(crate) is_met: bool,
}

impl Goal {
    pub(crate) const NONE: Self = Self {
        alembic: None,
        limit: None,
        at_most: None,
        first: false,
    };

    /// So many times faster than Alembic, and at most so many times the limit.
    pub(crate) fn ratios(alembic: f64, limit: f64) -> Self {
        Self {
            alembic: Some(alembic),
            limit: Some(limit),
            ..Self::NONE
        }
    }

    /// So many times faster than Alembic, and at most this long.
    pub(crate) fn within(alembic: f64, milliseconds: f64) -> Self {
        Self {
            alembic: Some(alembic),
            at_most: Some(Duration::from_secs_f64(milliseconds / 1000.0)),
            ..Self::NONE
        }
    }

    /// Nothing but to stay near the limit.
    pub(crate) fn limit(limit: f64) -> Self {
        Self {
            limit: Some(limit),
            ..Self::NONE
        }
    }

    /// The same, and ahead of every peer.
    pub(crate) fn and_first(self) -> Self {
        Self {
            first: true,
            ..self
        }
    }
}

/// What is to be said of a job, a line for each goal.
pub(crate) fn verdicts(measured: &Measured) -> Vec<Verdict> {
    let Some(ours) = measured.quickest(Role::Ours) else {
        return Vec::new();
    };
    let ours = ours.summary.median;
    let goal = measured.goal;
    let line = |wanted: String, found: String, is_met: bool| Verdict {
        job: measured.job.clone(),
        wanted,
        measured: found,
        is_met,
    };
    let mut lines = Vec::new();
    if let (Some(wanted), Some(alembic)) = (goal.alembic, measured.quickest(Role::Alembic)) {
        let found = ratio(alembic.summary.median, ours);
        lines.push(line(
            format!("{wanted} times faster than Alembic"),
            factor(found),
            found >= wanted,
        ));
    }
    if let (Some(wanted), Some(limit)) = (goal.limit, measured.quickest(Role::Limit)) {
        let found = ratio(ours, limit.summary.median);
        lines.push(line(
            format!("at most {wanted} times {}", limit.tool),
            factor(found),
            found <= wanted,
        ));
    }
    if let Some(wanted) = goal.at_most {
        lines.push(line(
            format!("at most {}", time(wanted)),
            time(ours),
            ours <= wanted,
        ));
    }
    if let (true, Some(peer)) = (goal.first, measured.quickest(Role::Peer)) {
        let found = peer.summary.median;
        lines.push(line(
            format!("ahead of {}", peer.tool),
            format!("{} and {}", time(ours), time(found)),
            ours < found,
        ));
    }
    lines
}

/// From a small job to a large one we grow as the limit grows, and a tenth at most is added.
pub(crate) fn growth(small: &Measured, large: &Measured) -> Option<Verdict> {
    let of = |role| {
        let [small, large] = [small, large].map(|it| it.quickest(role));
        Some(ratio(large?.summary.median, small?.summary.median))
    };
    let (ours, limit) = (of(Role::Ours)?, of(Role::Limit)?);
    Some(Verdict {
        job: format!("from {} to {}", small.job, large.job),
        wanted: format!("at most {} times, as the limit grows", factor(limit)),
        measured: factor(ours),
        is_met: ours <= limit * 1.1,
    })
}

/// Peak memory is to be a third of Alembic's, at every job.
pub(crate) fn memory<'m>(all: impl Iterator<Item = &'m Measured>) -> Option<Verdict> {
    let shares = all.filter_map(|measured| {
        let ours = measured.of(Role::Ours).map(|it| it.summary.memory).max()?;
        let alembic = measured
            .of(Role::Alembic)
            .map(|it| it.summary.memory)
            .max()?;
        Some((parts(alembic, ours), measured.job.as_str()))
    });
    let (least, job) = shares.min_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(Verdict {
        job: "peak memory, every job".to_owned(),
        wanted: "a third of Alembic's".to_owned(),
        measured: format!("1/{} at worst ({job})", factor(least)),
        is_met: least >= 3.0,
    })
}

fn parts(whole: u64, part: u64) -> f64 {
    let number = |it: u64| u32::try_from(it).map_or(f64::MAX, f64::from);
    number(whole) / number(part.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::Row;
    use crate::statistics::Summary;

    fn job(goal: Goal, times: &[(Role, u64)]) -> Measured {
        let row = |(role, milliseconds): &(Role, u64)| Row {
            tool: format!("{role:?}"),
            role: *role,
            summary: Summary {
                median: Duration::from_millis(*milliseconds),
                best: Duration::ZERO,
                cpu: Duration::ZERO,
                memory: *milliseconds,
            },
        };
        Measured {
            job: "job".to_owned(),
            rows: times.iter().map(row).collect(),
            goal,
            rounds: 1,
        }
    }

    #[test]
    fn each_goal_is_held_against_the_quickest_of_its_role() {
        let goal = Goal {
            at_most: Some(Duration::from_millis(9)),
            ..Goal::ratios(10.0, 2.0).and_first()
        };
        let measured = job(
            goal,
            &[
                (Role::Ours, 10),
                (Role::Alembic, 100),
                (Role::Peer, 11),
                (Role::Limit, 6),
                (Role::Limit, 4),
            ],
        );
        let met: Vec<bool> = verdicts(&measured).iter().map(|it| it.is_met).collect();
        assert_eq!(met, [true, false, false, true]);
    }

    #[test]
    fn what_did_not_take_part_is_not_judged() {
        let alone = job(Goal::ratios(10.0, 2.0), &[(Role::Ours, 10)]);
        assert_eq!(verdicts(&alone), []);
        assert_eq!(memory([&alone].into_iter()), None);
        assert_eq!(growth(&alone, &alone), None);
    }

    #[test]
    fn growth_is_that_of_the_limit_and_a_tenth() {
        let small = job(Goal::NONE, &[(Role::Ours, 10), (Role::Limit, 5)]);
        let large = |ours| job(Goal::NONE, &[(Role::Ours, ours), (Role::Limit, 50)]);
        assert!(growth(&small, &large(109)).is_some_and(|it| it.is_met));
        assert!(growth(&small, &large(111)).is_some_and(|it| !it.is_met));
    }

    #[test]
    fn memory_is_judged_where_we_are_nearest_to_alembic() {
        let jobs = [
            job(Goal::NONE, &[(Role::Ours, 1), (Role::Alembic, 9)]),
            job(Goal::NONE, &[(Role::Ours, 2), (Role::Alembic, 5)]),
        ];
        let verdict = memory(jobs.iter()).unwrap();
        assert_eq!(
            (verdict.is_met, verdict.measured.as_str()),
            (false, "1/2.50 at worst (job)")
        );
    }
}

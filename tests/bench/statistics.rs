//! Medians and ratios of samples.

use std::time::Duration;

use crate::measure::Sample;

/// What the rounds of one tool at one job say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) median: Duration,
    pub(crate) best: Duration,
    /// The median of user and system time.
    pub(crate) cpu: Duration,
    /// The largest of all rounds, in KiB.
    pub(crate) memory: u64,
}

/// Sums rounds up; nothing when there were none.
pub(crate) fn summary(samples: &[Sample]) -> Option<Summary> {
    let walls: Vec<Duration> = samples.iter().map(|it| it.wall).collect();
    let cpus = samples.iter().map(|it| it.cpu).collect();
    Some(Summary {
        best: walls.iter().min().copied()?,
        median: median(walls)?,
        cpu: median(cpus)?,
        memory: samples.iter().map(|it| it.memory).max()?,
    })
}

/// How many times longer `one` is than `other`.
pub(crate) fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

/// The one in the middle; between two, their mean.
fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort_unstable();
    let middle = times.len() / 2;
    let upper = times.get(middle).copied()?;
    match times.len() % 2 {
        1 => Some(upper),
        _ => Some((times[middle - 1] + upper) / 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(wall: u64, cpu: u64, memory: u64) -> Sample {
        Sample {
            wall: Duration::from_millis(wall),
            cpu: Duration::from_millis(cpu),
            memory,
        }
    }

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        let three = [sample(9, 1, 5), sample(1, 3, 9), sample(2, 2, 7)];
        let summary = summary(&three).unwrap();
        assert_eq!(summary.median, Duration::from_millis(2));
        assert_eq!(summary.best, Duration::from_millis(1));
        assert_eq!(summary.cpu, Duration::from_millis(2));
        assert_eq!(summary.memory, 9);
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        let two = [sample(4, 0, 0), sample(1, 0, 0)];
        assert_eq!(summary(&two).unwrap().median, Duration::from_micros(2500));
    }

    #[test]
    fn nothing_measured_says_nothing() {
        assert_eq!(summary(&[]), None);
    }

    #[test]
    fn a_ratio_is_above_one_when_the_first_takes_longer() {
        let ratio = ratio(Duration::from_millis(30), Duration::from_millis(20));
        assert!((ratio - 1.5).abs() < 1e-9);
    }
}

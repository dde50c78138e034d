//! Pauses between tries: longer each time, and never at the same moment as somebody else's.
#![expect(
    clippy::disallowed_methods,
    reason = "a pause is measured by the clock, and what shortens it is chance"
)]

use std::hash::{BuildHasher as _, RandomState};
use std::thread;
use std::time::{Duration, Instant};

/// How long somebody who wants to stop waits for us.
const SLICE: Duration = Duration::from_millis(50);

/// A pause that grows with every try.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growing {
    /// The pause behind the first try; doubled behind each that follows.
    pub(super) first: Duration,
    /// The longest.
    pub(super) longest: Duration,
}

impl Growing {
    /// The pause behind a try, of which chance takes up to a half away, so that many machines do
    /// not come back at the same moment.
    pub(super) fn behind(self, tried: u32) -> Duration {
        const DOUBLINGS: u32 = 16;
        let doubled = self.first * 2_u32.pow(tried.saturating_sub(1).min(DOUBLINGS));
        let whole = doubled.min(self.longest);
        let chance = u32::try_from(RandomState::new().hash_one(tried) & 0xffff).unwrap_or_default();
        whole / 2 + whole / 2 * chance / 0x1_0000
    }
}

/// Sleeps, unless `go_on` says no meanwhile; false then.
pub(super) fn sleep(pause: Duration, go_on: &dyn Fn() -> bool) -> bool {
    let end = Instant::now() + pause;
    loop {
        if !go_on() {
            return false;
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        thread::sleep(left.min(SLICE));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Growing;

    #[test]
    fn pauses_grow_up_to_the_longest_and_never_beyond() {
        let longest = Duration::from_secs(1);
        let growing = Growing {
            first: Duration::from_millis(100),
            longest,
        };
        for tried in 1..100 {
            let pause = growing.behind(tried);
            assert!(pause <= longest, "{tried}: {pause:?}");
            assert!(pause >= Duration::from_millis(50), "{tried}: {pause:?}");
        }
        assert!(growing.behind(10) >= longest / 2);
    }
}

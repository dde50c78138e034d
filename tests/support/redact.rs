//! Takes out of a text what is different each time: directories, dates, durations, versions.

use std::path::Path;

/// The text with `[dir]`, `[date]`, `[who]` and `[time]` in place of the project's directory, of
/// moments, of people behind a moment and of durations in seconds.
pub fn redact(text: &str, directory: &Path) -> String {
    let mut text = text.replace(&directory.display().to_string(), "[dir]");
    if let Ok(real) = directory.canonicalize() {
        text = text.replace(&real.display().to_string(), "[dir]");
    }
    let text = replace(&text, "dddd-dd-dd dd:dd:dd.dddddd+dd:dd", "[date]");
    let text = replace(&text, "dddd-dd-dd dd:dd:dd.dddddd-dd:dd", "[date]");
    let text = replace(&text, "dddd-dd-ddTdd:dd:dd.ddddddZ", "[date]");
    let text = moments(&text, "[date]", "[who]");
    replace(&text, "d.dd s", "[time]")
}

/// The text with `date` in place of moments, and `who` in place of the `user@host` behind one.
pub fn moments(text: &str, date: &str, who: &str) -> String {
    let text = replace(text, "dddd-dd-dd dd:dd:dd", date);
    let mut parts = text.split(date);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let start = part.strip_prefix(" UTC by ").unwrap_or(part).trim_start();
        let end = start.find(char::is_whitespace).unwrap_or(start.len());
        let (before, after) = part.split_at(part.len() - start.len());
        result.push_str(date);
        result.push_str(before);
        if start[..end].contains('@') {
            result.push_str(who);
            result.push_str(&after[end..]);
        } else {
            result.push_str(after);
        }
    }
    result
}

/// Replaces what looks like `pattern`, where `d` stands for a digit.
fn replace(text: &str, pattern: &str, word: &str) -> String {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let fits = |at: usize| {
        let found = text.get(at..at + pattern.len());
        found.is_some_and(|found| {
            found
                .iter()
                .zip(&pattern)
                .all(|(found, wanted)| match wanted {
                    'd' => found.is_ascii_digit(),
                    wanted => found == wanted,
                })
        })
    };
    let mut result = String::new();
    let mut at = 0;
    while at < text.len() {
        if fits(at) {
            result.push_str(word);
            at += pattern.len();
        } else {
            result.push(text[at]);
            at += 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::redact;
    use std::path::Path;

    #[test]
    fn only_what_changes_is_taken_out() {
        let text = "/tmp/x/a.sql at 2026-11-21 07:31:42.123456+00:00 in 0.03 s, version 1.2";
        let expected = "[dir]/a.sql at [date] in [time], version 1.2";
        assert_eq!(redact(text, Path::new("/tmp/x")), expected);
        let text = "at 2026-11-21 07:31:42 UTC by a@b with x, 2026-11-21 07:31:42  a@b  c@d";
        let expected = "at [date] UTC by [who] with x, [date]  [who]  c@d";
        assert_eq!(redact(text, Path::new("/tmp/x")), expected);
    }
}

//! Patterns of names, as a shell has them: `*` is any text, `?` one character.

/// A pattern of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<char>);

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// Whether a name fits.
    pub fn fits(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut at, mut star) = (0, None);
        let mut pattern = 0;
        while at < name.len() {
            match self.0.get(pattern) {
                Some('*') => {
                    star = Some((pattern, at));
                    pattern += 1;
                }
                Some(it) if *it == '?' || *it == name[at] => {
                    pattern += 1;
                    at += 1;
                }
                _ => {
                    // The last star takes one character more.
                    let Some((position, taken)) = star else {
                        return false;
                    };
                    star = Some((position, taken + 1));
                    pattern = position + 1;
                    at = taken + 1;
                }
            }
        }
        self.0[pattern..].iter().all(|it| *it == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_is_any_text_and_a_question_mark_one_character() {
        let fits = |pattern: &str, name: &str| Pattern::new(pattern).fits(name);
        assert!(fits("irma_*", "irma_file") && fits("*", "") && fits("a*c*e", "abcde"));
        assert!(fits("f?le", "file") && fits("*_log", "a_log_log") && fits("a", "a"));
        assert!(!fits("f?le", "fle") && !fits("irma_", "irma_file") && !fits("*a", "ab"));
        assert!(!fits("", "a") && !fits("a?", "a"));
    }
}

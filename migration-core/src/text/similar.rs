//! The nearest known word to a mistyped one.

/// Returns the candidate nearest to `word`, if any is near enough to be what was meant.
///
/// Near enough is an edit distance (insertions, deletions, substitutions, swaps of neighbours) of
/// at most a third of the longer word, and at least one. Two short numbers are never near: who
/// numbers things and types `0002` means no other one.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            let allowed = (word.len().max(other.len()) / 3).max(1);
            let distance = distance(&word, &other);
            let are_numbers = is_short_number(&word) && is_short_number(&other);
            (distance <= allowed && !are_numbers).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Dates, and ids of random digits, are longer.
fn is_short_number(word: &[char]) -> bool {
    word.len() < 8 && word.iter().all(char::is_ascii_digit)
}

/// How many slips of the fingers lie between two words: characters left out, put in, replaced, or
/// neighbours swapped.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    distance(&a, &b)
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let substitution = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = substitution.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

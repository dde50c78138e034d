//! The grammar of relative targets: `+2`, `-1`, `label@+1`, `<id>+3`, `label@<id>-2`.

/// A target that counts steps from somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Relative<'a> {
    /// What stands before the first `@`.
    pub(crate) label: Option<&'a str>,
    /// Where counting starts; none means the database's rows.
    pub(crate) symbol: Option<&'a str>,
    /// Steps up, or down when negative.
    pub(crate) steps: i64,
    /// Sign and number as typed.
    pub(crate) typed: &'a str,
}

/// Reads a relative target; `None` when the text is none.
///
/// Ids that hold other characters than letters, digits and `_` cannot be counted from, as in
/// Alembic; unlike there, nothing may follow the number.
pub(crate) fn relative(target: &str) -> Option<Relative<'_>> {
    let sign = target.rfind(['+', '-'])?;
    let (before, typed) = target.split_at(sign);
    let digits = &typed[1..];
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // The number of a count that does not fit is as far away as any that leaves the graph.
    let count: i64 = digits.parse().unwrap_or(i64::MAX);
    let steps = if typed.starts_with('-') {
        -count
    } else {
        count
    };
    let (label, symbol) = match before.rsplit_once('@') {
        Some(("", _)) => return None,
        Some((label, symbol)) => (Some(label), symbol),
        None => (None, before),
    };
    if !symbol.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let symbol = Some(symbol).filter(|symbol| !symbol.is_empty());
    Some(Relative {
        label,
        symbol,
        steps,
        typed,
    })
}

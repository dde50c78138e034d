//! The words of a text, as far as they tell without an engine: inside strings too (`nextval('s')`).

/// Whether a character belongs to a word.
pub fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|character| !is_of_word(character));
    words.filter(|word| !word.is_empty())
}

/// Whether a text mentions a name, in whatever case.
pub fn mentions(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    if name.chars().all(is_of_word) {
        words(&text).any(|word| word == name)
    } else {
        text.contains(&name)
    }
}

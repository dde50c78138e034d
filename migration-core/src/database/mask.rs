//! What others say, without the password in it.

use super::{Address, Secret, Server};

/// Shorter ones are left alone: to mask them would only show where they are.
const SHORTEST: usize = 4;

/// Hides a password in texts, whatever a driver or a tool did with it.
///
/// It is hidden where it stands by itself, so that names which only contain it stay what they are. One
/// that is the name of the user or of the database as well cannot be told from these, and everybody
/// may read them.
#[derive(Debug, Clone, Default)]
pub(super) struct Mask(Option<Secret>);

impl Mask {
    /// Hides the password of a server.
    pub(super) fn of(server: &Server) -> Self {
        let names = [server.user.as_deref(), Some(server.database.as_str())];
        let hides = |secret: &Secret| {
            let secret = secret.expose();
            secret.len() >= SHORTEST && !names.contains(&Some(secret))
        };
        Self(server.password.clone().filter(hides))
    }

    /// The same of where a database is.
    pub(super) fn of_address(address: &Address) -> Self {
        match address {
            Address::Sqlite { .. } => Self::default(),
            Address::Postgres(server) | Address::Mysql(server) => Self::of(server),
        }
    }

    /// A text without the password.
    pub(super) fn hide(&self, text: &str) -> String {
        let Some(secret) = self.0.as_ref().map(Secret::expose) else {
            return text.to_owned();
        };
        let mut hidden = String::with_capacity(text.len());
        let mut told = 0;
        for (at, _) in text.match_indices(secret) {
            let (before, behind) = (&text[..at], &text[at + secret.len()..]);
            if is_alone(before, secret, behind) {
                hidden.push_str(&text[told..at]);
                hidden.push_str("***");
                told = at + secret.len();
            }
        }
        hidden.push_str(&text[told..]);
        hidden
    }
}

/// Whether a text is no part of a longer word.
fn is_alone(before: &str, text: &str, behind: &str) -> bool {
    let is_letter = |sign: Option<char>| sign.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let goes_on = |one: Option<char>, other: Option<char>| is_letter(one) && is_letter(other);
    let mut signs = text.chars();
    let (first, last) = (signs.clone().next(), signs.next_back());
    !goes_on(before.chars().next_back(), first) && !goes_on(last, behind.chars().next())
}

#[cfg(test)]
mod tests {
    use super::{Mask, Secret, Server};

    fn hidden(password: &str, text: &str) -> String {
        let server = Server {
            host: "db".to_owned(),
            port: None,
            user: Some("irma".to_owned()),
            password: Some(Secret::new(password)),
            database: "shop3".to_owned(),
            tls: super::super::Tls::default(),
        };
        Mask::of(&server).hide(text)
    }

    #[test]
    fn a_password_is_hidden_where_it_stands_by_itself() {
        for (password, text, expected) in [
            ("geheim", "'geheim'", "'***'"),
            (
                "geheim",
                "postgresql://u:geheim@h/d",
                "postgresql://u:***@h/d",
            ),
            ("geheim", "geheim", "***"),
            ("geheim", "geheim geheim,geheim", "*** ***,***"),
            (
                "shop",
                "table `shop3.person` of shop",
                "table `shop3.person` of ***",
            ),
            ("shop", "shop_a a_shop shopä", "shop_a a_shop shopä"),
            ("p%§!", ",p%§!y", ",***y"),
            ("a+b+a+", "a+b+a+b+a+", "***b+a+"),
            ("abc", "'abc'", "'abc'"),
        ] {
            assert_eq!(hidden(password, text), expected, "{password}");
        }
    }

    #[test]
    fn what_is_the_name_of_user_or_database_stays() {
        let text = "the server refuses user 'irma' of `shop3`";
        assert_eq!(hidden("irma", text), text);
        assert_eq!(hidden("shop3", text), text);
        assert_eq!(hidden("refuses", text), text.replace("refuses", "***"));
    }
}

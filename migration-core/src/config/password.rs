//! Where a password comes from, and fetching it when a connection is opened.
#![expect(
    clippy::disallowed_methods,
    reason = "a password is read from a file or a program when it is needed"
)]

use std::fmt;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use super::ConfigError;
use crate::database::Secret;

const LIMIT: Duration = Duration::from_secs(30);

/// Where a password comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// There is none.
    None,
    /// The settings themselves.
    Given(Secret),
    /// A file.
    File(PathBuf),
    /// The output of a program, and its arguments.
    Command(Vec<String>, Said),
}

/// What a program said, which is started once: it may be slow, and give each of its words once.
type Said = Arc<OnceLock<Secret>>;

impl PasswordSource {
    /// The output of the program that the first of these words names.
    pub(super) fn command(words: Vec<String>) -> Self {
        Self::Command(words, Said::default())
    }

    /// Fetches the password: reads the file or runs the program.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, a program that fails, says nothing or takes more than 30
    /// seconds.
    pub fn fetch(&self) -> Result<Option<Secret>, ConfigError> {
        match self {
            Self::None => Ok(None),
            Self::Given(secret) => Ok(Some(secret.clone())),
            Self::File(path) => {
                let bytes = fs::read(path).map_err(|source| ConfigError::PasswordFile {
                    path: path.clone(),
                    source,
                })?;
                secret("password_file", bytes).map(Some)
            }
            Self::Command(words, said) => match said.get() {
                Some(secret) => Ok(Some(secret.clone())),
                None => {
                    let secret = run(words, LIMIT)?;
                    Ok(Some(said.get_or_init(|| secret).clone()))
                }
            },
        }
    }
}

/// Names the kind of source and nothing that may be secret.
impl fmt::Debug for PasswordSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Given(_) => f.write_str("Given(***)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Command(words, _) => {
                let program = words.first().map_or("", String::as_str);
                write!(f, "Command({program} ***)")
            }
        }
    }
}

/// Splits a command line into words as a shell does, without expanding anything.
///
/// # Errors
///
/// [`ConfigError::UnclosedQuote`].
pub(super) fn words(line: &str) -> Result<Vec<String>, ConfigError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            c if c.is_whitespace() => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next().ok_or(ConfigError::UnclosedQuote)? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            '"' => double_quoted(&mut characters, word.get_or_insert_default())?,
            '\\' => {
                let escaped = characters.next().ok_or(ConfigError::UnclosedQuote)?;
                word.get_or_insert_default().push(escaped);
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

fn double_quoted(
    characters: &mut std::str::Chars<'_>,
    word: &mut String,
) -> Result<(), ConfigError> {
    loop {
        match characters.next().ok_or(ConfigError::UnclosedQuote)? {
            '"' => return Ok(()),
            '\\' => match characters.next().ok_or(ConfigError::UnclosedQuote)? {
                escaped @ ('"' | '\\' | '$' | '`') => word.push(escaped),
                other => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

/// Runs a program and takes its output for a password.
pub(super) fn run(words: &[String], limit: Duration) -> Result<Secret, ConfigError> {
    let program = words.first().cloned().unwrap_or_default();
    let mut child = Command::new(&program)
        .args(words.iter().skip(1))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| ConfigError::CommandStart {
            program: program.clone(),
            source,
        })?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let deadline = Instant::now() + limit;
    let timeout = || ConfigError::CommandTimeout {
        program: program.clone(),
        seconds: limit.as_secs(),
    };
    let Some(status) = wait(&mut child, deadline) else {
        return Err(timeout());
    };
    let rest = || deadline.saturating_duration_since(Instant::now());
    let printed = stdout.recv_timeout(rest());
    let said = || {
        let said = stderr.recv_timeout(rest()).unwrap_or_default();
        masked(&said, printed.as_deref().unwrap_or_default())
    };
    if !status.success() {
        return Err(ConfigError::CommandFailed {
            program: program.clone(),
            status: status.to_string(),
            stderr: said(),
        });
    }
    match &printed {
        Ok(bytes) if bytes.is_empty() => Err(ConfigError::UnfitPassword {
            key: "password_command",
            problem: "nothing",
            stderr: said(),
        }),
        Ok(bytes) => secret("password_command", bytes.clone()),
        Err(_) => Err(timeout()),
    }
}

/// What a program said, without what it printed: it may repeat the password where it complains.
fn masked(said: &[u8], printed: &[u8]) -> String {
    let printed = String::from_utf8_lossy(printed);
    let lines = printed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.fold(String::from_utf8_lossy(said).into_owned(), |said, line| {
        said.replace(line, "***")
    })
}

/// Reads a pipe to its end beside the program, which would else stop at a full one.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before a failure is all there is; the exit status tells the rest.
            let _ = pipe.read_to_end(&mut bytes);
        }
        // Nobody listens any more after a timeout.
        let _ = sender.send(bytes);
    });
    receiver
}

/// Waits for the end; kills the program at the deadline.
fn wait(child: &mut Child, deadline: Instant) -> Option<std::process::ExitStatus> {
    let mut pause = Duration::from_millis(1);
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() >= deadline {
            // It may have ended by itself just now; either way it is gone.
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

/// Bytes as a password, without one line end after it.
fn secret(key: &'static str, bytes: Vec<u8>) -> Result<Secret, ConfigError> {
    let unfit = |problem| ConfigError::UnfitPassword {
        key,
        problem,
        stderr: String::new(),
    };
    let text = String::from_utf8(bytes).map_err(|_| unfit("bytes that are not UTF-8"))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err(unfit("nothing"));
    }
    Ok(Secret::new(text))
}

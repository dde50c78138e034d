//! What kind of server answers at a place, when it is not the one asked for.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::{DatabaseError, Server};
use crate::dialect::Dialect;

/// A server on the way is given this long for each answer.
const LIMIT: Duration = Duration::from_millis(500);

/// PostgreSQL's request for encryption, which every PostgreSQL server answers with one letter.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// The protocol of MySQL's greeting, and the mark of an error in its place.
const GREETING: [u8; 2] = [10, 0xff];

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// A server of an engine of ours.
    Engine(Dialect),
    /// Something that speaks.
    Unknown,
    /// Nobody, or not in time.
    Nothing,
}

/// The error to report when what answers is no server of `dialect`, as far as it can be told.
pub(super) fn other(dialect: Dialect, server: &Server, port: u16) -> Option<DatabaseError> {
    let found = match ask(&server.host, port) {
        Answer::Engine(found) if found != dialect => Some(found),
        Answer::Unknown => None,
        Answer::Engine(_) | Answer::Nothing => return None,
    };
    Some(DatabaseError::OtherServer {
        dialect,
        place: format!("{}:{port}", server.host),
        found,
    })
}

fn ask(host: &str, port: u16) -> Answer {
    let Some(mut stream) = connect(host, port) else {
        return Answer::Nothing;
    };
    let mut bytes = [0; 5];
    // A MySQL server speaks first.
    if let Some(said) = read(&mut stream, &mut bytes) {
        return match said {
            [_, _, _, 0, kind] if GREETING.contains(kind) => Answer::Engine(Dialect::Mysql),
            _ => Answer::Unknown,
        };
    }
    if stream.write_all(&SSL_REQUEST).is_err() {
        return Answer::Nothing;
    }
    match read(&mut stream, &mut bytes) {
        Some(b"S" | b"N") => Answer::Engine(Dialect::Postgres),
        Some(_) => Answer::Unknown,
        None => Answer::Nothing,
    }
}

fn connect(host: &str, port: u16) -> Option<TcpStream> {
    let addresses = (host, port).to_socket_addrs().ok()?;
    let mut streams = addresses.filter_map(|it| TcpStream::connect_timeout(&it, LIMIT).ok());
    let stream = streams.next()?;
    stream.set_read_timeout(Some(LIMIT)).ok()?;
    stream.set_write_timeout(Some(LIMIT)).ok()?;
    Some(stream)
}

/// The first bytes of an answer; none when there is no answer.
fn read<'b>(stream: &mut TcpStream, bytes: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut count = 0;
    while count < bytes.len() {
        match stream.read(&mut bytes[count..]) {
            Ok(more) if more > 0 => count += more,
            Ok(_) | Err(_) => break,
        }
    }
    (count > 0).then_some(&bytes[..count])
}

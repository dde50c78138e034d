//! PostgreSQL's protocol by hand, as little of it as a question needs, for a server on this machine
//! that asks for no password.

use std::io::{BufReader, Read, Write as _};
use std::net::TcpStream;

use crate::failure::{Failure, during};

/// Connects (port, user, database), asks once, and reads all that is answered.
pub(crate) fn ask(place: (&str, &str, &str), question: &str) -> Result<(), Failure> {
    let (port, user, database) = place;
    let stream = TcpStream::connect(format!("127.0.0.1:{port}"));
    let mut stream = stream.map_err(during("the server"))?;
    // A question that waits for more to send with it would blur the number.
    stream.set_nodelay(true).map_err(during("the server"))?;
    let mut answers = BufReader::new(stream.try_clone().map_err(during("the server"))?);

    let version = [0, 3, 0, 0];
    let start = [
        &version,
        &b"user\0"[..],
        user.as_bytes(),
        b"\0database\0",
        database.as_bytes(),
        b"\0\0",
    ];
    send(&mut stream, None, &start.concat())?;
    until_ready(&mut answers)?;
    send(
        &mut stream,
        Some(b'Q'),
        &[question.as_bytes(), b"\0"].concat(),
    )?;
    until_ready(&mut answers)?;
    send(&mut stream, Some(b'X'), &[])
}

fn send(stream: &mut TcpStream, kind: Option<u8>, body: &[u8]) -> Result<(), Failure> {
    let length = u32::try_from(body.len() + 4).map_err(during("a message"))?;
    let mut message: Vec<u8> = kind.into_iter().collect();
    message.extend(length.to_be_bytes());
    message.extend(body);
    stream.write_all(&message).map_err(during("the server"))
}

fn until_ready(answers: &mut impl Read) -> Result<(), Failure> {
    let mut body = Vec::new();
    loop {
        let mut head = [0; 5];
        answers
            .read_exact(&mut head)
            .map_err(during("the server's answer"))?;
        let [kind, length @ ..] = head;
        let length = u32::from_be_bytes(length).saturating_sub(4);
        body.resize(usize::try_from(length).map_err(during("an answer"))?, 0);
        answers
            .read_exact(&mut body)
            .map_err(during("the server's answer"))?;
        match kind {
            b'Z' => return Ok(()),
            b'E' => {
                return Err(Failure::new(
                    String::from_utf8_lossy(&body).replace('\0', " "),
                ));
            }
            _ => {}
        }
    }
}

//! A pooler in front of a PostgreSQL server: every transaction gets the session that was free last,
//! whoever opened it.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use migration_core::database::Server;

/// Sessions that no transaction has.
type Free = Arc<Mutex<Vec<TcpStream>>>;

/// Starts one, which ends with the process, and returns its port on this machine.
///
/// # Panics
///
/// When there is no free port.
pub fn start(server: &Server) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = listener.local_addr().expect("it has an address").port();
    let server = (server.host.clone(), server.port.unwrap_or(5432));
    let free = Free::default();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (server, free) = (server.clone(), Arc::clone(&free));
            // A client that goes away is no news.
            thread::spawn(move || serve(client, &server, &free));
        }
    });
    port
}

fn serve(mut client: TcpStream, server: &(String, u16), free: &Free) -> io::Result<()> {
    let mut session = TcpStream::connect(server)?;
    sign_in(&mut client, &mut session)?;
    release(free, session);
    let mut taken: Option<TcpStream> = None;
    loop {
        let message = message(&mut client)?;
        if message[0] == b'X' {
            return Ok(());
        }
        let mut session = match taken.take() {
            Some(session) => session,
            None => acquire(free),
        };
        session.write_all(&message)?;
        let is_answered = matches!(message[0], b'Q' | b'S');
        if is_answered && answer(&mut session, &mut client)? == b'I' {
            release(free, session);
        } else {
            taken = Some(session);
        }
    }
}

/// Lets the client sign in to a session of its own, which is everybody's afterwards.
fn sign_in(client: &mut TcpStream, session: &mut TcpStream) -> io::Result<()> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    let mut rest = vec![0; u32::from_be_bytes(length) as usize - length.len()];
    client.read_exact(&mut rest)?;
    session.write_all(&[&length[..], &rest].concat())?;
    loop {
        let said = message(session)?;
        client.write_all(&said)?;
        let asks = said[0] == b'R' && !matches!(said[5..9], [0, 0, 0, 0 | 12]);
        if asks {
            let reply = message(client)?;
            session.write_all(&reply)?;
        }
        if said[0] == b'Z' {
            return Ok(());
        }
    }
}

/// Passes the answers on until the session is ready; in which state its transaction is then.
fn answer(session: &mut TcpStream, client: &mut TcpStream) -> io::Result<u8> {
    loop {
        let said = message(session)?;
        client.write_all(&said)?;
        if said[0] == b'Z' {
            return Ok(said[5]);
        }
    }
}

/// One message: its kind, its length, its content.
fn message(from: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = vec![0; 5];
    from.read_exact(&mut message)?;
    let length = [message[1], message[2], message[3], message[4]];
    message.resize(1 + u32::from_be_bytes(length) as usize, 0);
    from.read_exact(&mut message[5..])?;
    Ok(message)
}

fn acquire(free: &Free) -> TcpStream {
    loop {
        let session = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(session) = session {
            return session;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn release(free: &Free, session: TcpStream) {
    free.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(session);
}

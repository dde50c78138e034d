//! A server that is starting up: it turns its first guests away, then a real one answers.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use migration_core::database::Server;
use migration_core::dialect::Dialect;

use crate::proxy;

/// Stands before a server, turns `refusals` guests away with its words for a start, then lets all
/// through; returns its port on this machine. It ends with the process.
///
/// # Panics
///
/// When there is no free port.
pub fn start(dialect: Dialect, server: &Server, refusals: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = listener.local_addr().expect("it has an address").port();
    let server = (server.host.clone(), server.port.unwrap_or_default());
    thread::spawn(move || {
        for (number, client) in listener.incoming().flatten().enumerate() {
            if number < refusals {
                // A guest that goes away is no news.
                let _ = refuse(dialect, client);
            } else {
                let _ =
                    TcpStream::connect(&server).and_then(|server| proxy::join(&client, &server));
            }
        }
    });
    port
}

fn refuse(dialect: Dialect, mut client: TcpStream) -> io::Result<()> {
    match dialect {
        Dialect::Mysql => {
            let said = b"\xff\x10\x04Too many connections";
            let length = u8::try_from(said.len()).expect("it is short");
            client.write_all(&[length, 0, 0, 0])?;
            client.write_all(said)
        }
        Dialect::Sqlite | Dialect::Postgres => {
            let mut start = [0; 1024];
            let _ = client.read(&mut start)?;
            let said = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";
            let length = u32::try_from(said.len() + 4).expect("it is short");
            client.write_all(b"E")?;
            client.write_all(&length.to_be_bytes())?;
            client.write_all(said)
        }
    }
}

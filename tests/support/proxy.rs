//! A wire between a client and a server that can be cut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use migration_core::database::Server;

/// Passes bytes on until it is cut.
pub struct Proxy {
    port: u16,
    /// None once it is cut.
    streams: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl Proxy {
    /// Starts one, on a port of this machine.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    pub fn start(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let server = (server.host.clone(), server.port.unwrap_or_default());
        let streams = Arc::new(Mutex::new(Some(Vec::new())));
        let kept = Arc::clone(&streams);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(streams) = kept.as_mut() else {
                    return;
                };
                // A server that lets nobody in is no news.
                let _ = connect(client, &server, streams);
            }
        });
        Self { port, streams }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends every connection, and takes no other.
    pub fn cut(&self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in streams.take().into_iter().flatten() {
            // It may have ended by itself.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
        // The listener hears of the end with the next who knocks.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn connect(
    client: TcpStream,
    server: &(String, u16),
    streams: &mut Vec<TcpStream>,
) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    streams.push(client.try_clone()?);
    streams.push(server.try_clone()?);
    join(&client, &server)
}

/// Passes bytes on between two ends until both are done.
pub(crate) fn join(one: &TcpStream, other: &TcpStream) -> io::Result<()> {
    for (from, to) in [(one, other), (other, one)] {
        let (mut from, mut to) = (from.try_clone()?, to.try_clone()?);
        thread::spawn(move || {
            // The end of one side is the end of the other.
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}

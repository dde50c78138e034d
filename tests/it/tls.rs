//! Encrypted connections: what `sslmode` and the certificate files demand is what one gets.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread::JoinHandle;

use migration_core::database::{
    self, Address, Connection, DatabaseError, OpenOptions, Secret, Server, SslMode, Tls,
};
use migration_core::diagnostic::Advice as _;
use migration_core::dialect::Dialect;
use migration_tests::databases::{self, TestDatabase};

fn address(database: &TestDatabase, host: &str, tls: Tls) -> Address {
    let mut address = database.address().clone();
    match &mut address {
        Address::Sqlite { .. } => {}
        Address::Postgres(server) | Address::Mysql(server) => {
            server.host = host.to_owned();
            server.tls = tls;
        }
    }
    address
}

fn open(address: &Address) -> Result<Box<dyn Connection>, DatabaseError> {
    database::open(address, &OpenOptions::read("tests"))
}

/// Whether the server sees the connection encrypted.
fn is_encrypted(connection: &mut dyn Connection) -> bool {
    let sql = match connection.dialect() {
        Dialect::Sqlite => return false,
        Dialect::Postgres => {
            "SELECT CASE WHEN ssl THEN version END FROM pg_stat_ssl \
             WHERE pid = pg_backend_pid()"
        }
        Dialect::Mysql => "SHOW SESSION STATUS LIKE 'Ssl_cipher'",
    };
    let rows = connection.query(sql, &[]).expect("the server tells");
    let answer = rows.first().and_then(|row| row.last()?.text());
    answer.is_some_and(|cipher| !cipher.is_empty())
}

fn on_servers(mut test: impl FnMut(&TestDatabase, &Path)) {
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let Some(database) = databases::fresh(dialect) else {
            continue;
        };
        if let Some(certificates) = database.certificates() {
            test(&database, certificates);
        }
    }
}

#[test]
fn a_mode_demands_what_it_says() {
    let cases = [
        (SslMode::Disable, "127.0.0.1", None, Ok(false)),
        (SslMode::Prefer, "127.0.0.1", None, Ok(true)),
        (SslMode::Require, "127.0.0.1", None, Ok(true)),
        (SslMode::Require, "127.0.0.1", Some("ca.crt"), Ok(true)),
        (SslMode::Require, "127.0.0.1", Some("other.crt"), Err("tls")),
        (SslMode::VerifyCa, "127.0.0.1", Some("ca.crt"), Ok(true)),
        (
            SslMode::VerifyCa,
            "127.0.0.1",
            Some("other.crt"),
            Err("tls"),
        ),
        (SslMode::VerifyCa, "localhost", None, Err("tls")),
        (SslMode::VerifyFull, "localhost", Some("ca.crt"), Ok(true)),
        (SslMode::VerifyFull, "127.0.0.1", Some("ca.crt"), Err("tls")),
        (
            SslMode::VerifyFull,
            "localhost",
            Some("missing.crt"),
            Err("tls"),
        ),
    ];
    on_servers(|database, certificates| {
        for (mode, host, root, expected) in &cases {
            let tls = Tls {
                mode: *mode,
                root_certificate: root.map(|name| certificates.join(name)),
                ..Tls::default()
            };
            let outcome = match open(&address(database, host, tls)) {
                Ok(mut connection) => Ok(is_encrypted(connection.as_mut())),
                Err(error) => Err(error.kind()),
            };
            let what = format!("{} {mode:?} {host} {root:?}", database.dialect());
            assert_eq!(outcome, *expected, "{what}");
        }
    });
}

#[test]
fn a_socket_is_reached_by_its_path_and_never_encrypted() {
    on_servers(|database, directory| {
        let path = match database.dialect() {
            Dialect::Mysql => directory.join("my.sock"),
            Dialect::Sqlite | Dialect::Postgres => directory.to_owned(),
        };
        let tls = Tls {
            mode: SslMode::VerifyFull,
            ..Tls::default()
        };
        let address = address(database, path.to_str().unwrap(), tls);
        let mut connection = open(&address).unwrap();
        assert!(!is_encrypted(connection.as_mut()), "{address}");
    });
}

#[test]
fn a_client_certificate_is_shown_when_there_is_one() {
    on_servers(|database, certificates| {
        let (create, drop) = match database.dialect() {
            Dialect::Mysql => (
                "CREATE USER certified@'%' IDENTIFIED BY 'x' REQUIRE X509",
                "DROP USER certified@'%'",
            ),
            Dialect::Sqlite | Dialect::Postgres => (
                "CREATE ROLE certified LOGIN SUPERUSER",
                "DROP ROLE certified",
            ),
        };
        let mut administrator = database.open();
        administrator.run(&[create]).unwrap();
        if database.dialect() == Dialect::Mysql {
            administrator
                .run(&["GRANT ALL ON *.* TO certified@'%'"])
                .unwrap();
        }
        let tls = |shown: bool| Tls {
            mode: SslMode::VerifyFull,
            root_certificate: Some(certificates.join("ca.crt")),
            certificate: shown.then(|| certificates.join("client.crt")),
            key: shown.then(|| certificates.join("client.key")),
        };
        let as_certified = |tls: Tls| {
            let mut address = address(database, "localhost", tls);
            match &mut address {
                Address::Sqlite { .. } => {}
                Address::Postgres(server) | Address::Mysql(server) => {
                    server.user = Some("certified".to_owned());
                    server.password = Some(Secret::new("x"));
                }
            }
            open(&address)
        };
        let shown = as_certified(tls(true)).map(drop_connection);
        let hidden = as_certified(tls(false)).map(drop_connection);
        let half = as_certified(Tls {
            key: None,
            ..tls(true)
        });
        administrator.run(&[drop]).unwrap();
        shown.unwrap_or_else(|error| panic!("{}: {error:?}", database.dialect()));
        assert_eq!(hidden.unwrap_err().kind(), "wrong-password");
        assert_eq!(half.map(drop_connection).unwrap_err().kind(), "tls");
    });
}

fn drop_connection(connection: Box<dyn Connection>) {
    drop(connection);
}

/// A server that offers no encryption and keeps what it was sent.
fn clear_text(
    greeting: &'static [u8],
    answer: &'static [u8],
) -> std::io::Result<(u16, JoinHandle<Vec<u8>>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let heard = std::thread::spawn(move || {
        let mut heard = vec![0; 8];
        if let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.write_all(greeting);
            let _ = stream.read_exact(&mut heard);
            let _ = stream.write_all(answer);
            let _ = stream.read_to_end(&mut heard);
        }
        heard
    });
    Ok((port, heard))
}

#[test]
fn a_server_without_encryption_gets_no_password_when_it_is_demanded() {
    // Capabilities without the one for encryption.
    let greeting = b"\x49\0\0\0\x0a5.7.0\0\x01\0\0\0abcdefgh\0\xff\xf7\x21\x02\0\xff\x81\x15\
        \0\0\0\0\0\0\0\0\0\0abcdefghijkl\0mysql_native_password\0";
    for (dialect, greeting, answer) in [
        (Dialect::Postgres, b"".as_slice(), b"N".as_slice()),
        (Dialect::Mysql, greeting.as_slice(), b"".as_slice()),
    ] {
        let (port, heard) = clear_text(greeting, answer).unwrap();
        let server = Server {
            host: "127.0.0.1".to_owned(),
            port: Some(port),
            user: Some("irma".to_owned()),
            password: Some(Secret::new("hush-4711")),
            database: "frontend".to_owned(),
            tls: Tls {
                mode: SslMode::Require,
                ..Tls::default()
            },
        };
        let address = match dialect {
            Dialect::Mysql => Address::Mysql(server),
            Dialect::Sqlite | Dialect::Postgres => Address::Postgres(server),
        };
        let error = open(&address).map(drop_connection).unwrap_err();
        assert_eq!(error.kind(), "tls", "{dialect}: {error:?}");
        let heard = heard.join().unwrap();
        assert!(!heard.windows(4).any(|part| part == b"irma"), "{heard:?}");
    }
}

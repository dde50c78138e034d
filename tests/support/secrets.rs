//! A secrets service on this machine: `moto_server`, which speaks as AWS Secrets Manager does, and
//! the client `aws`, from the `PATH` or from where the test command installed them.
#![expect(
    clippy::disallowed_methods,
    reason = "tests start programs of this machine"
)]

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::command;
use crate::databases::report;

/// A running service; it ends with this value, or with the process.
pub struct Service {
    holder: Child,
    port: u16,
}

/// Ends with its standard input. Arguments: port.
const MOTO: &str = "exec 3<&0 </dev/null
    moto_server -H 127.0.0.1 -p \"$1\" >/dev/null 2>&1 3<&- &
    server=$!
    read -r _ <&3
    kill -KILL \"$server\"";

/// Starts one; nothing when it is not installed, which is said aloud.
///
/// # Panics
///
/// When it is installed and does not answer.
pub fn start() -> Option<Service> {
    for program in ["moto_server", "aws"] {
        let found = shell("command -v \"$1\"", program).output();
        if !found.is_ok_and(|output| output.status.success()) {
            let reason = format!("`{program}` is not installed");
            report(&format!("skipped secrets {reason}"));
            // Not by a macro: those the test harness keeps to itself.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: no secrets service: {reason} (pip install 'moto[server]' awscli)"
            );
            return None;
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = listener.local_addr().expect("it has an address").port();
    drop(listener);
    let holder = shell(MOTO, &port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("a shell can be started");
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "moto_server does not answer");
        thread::sleep(Duration::from_millis(50));
    }
    report("ran secrets a service by moto, asked by aws");
    Some(Service { holder, port })
}

impl Service {
    /// What a client's environment has to say to reach it, as lines of a shell.
    pub fn environment(&self) -> String {
        environment(self.port)
    }

    /// Keeps a secret under a name, in place of the one that it has.
    ///
    /// # Panics
    ///
    /// When the service refuses.
    pub fn keep(&self, name: &str, secret: &str) {
        let keep = "aws secretsmanager create-secret --name \"$1\" --secret-string \"$SECRET\" ||
            aws secretsmanager put-secret-value --secret-id \"$1\" --secret-string \"$SECRET\"";
        let line = format!("{}{keep}", self.environment());
        let output = shell(&line, name).env("SECRET", secret).output();
        let output = output.expect("a shell can be started");
        assert!(output.status.success(), "{}", command::said(&output));
    }
}

/// What a client's environment has to say to reach a service at a port of this machine.
pub fn environment(port: u16) -> String {
    format!(
        "export PATH='{}' AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_MAX_ATTEMPTS=1
         export AWS_DEFAULT_REGION=eu-west-3 AWS_EC2_METADATA_DISABLED=true
         export AWS_ENDPOINT_URL_SECRETS_MANAGER=http://127.0.0.1:{port}\n",
        search_path()
    )
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        // It is gone either way.
        let _ = self.holder.wait();
    }
}

fn shell(script: &str, argument: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "sh", argument])
        .env("PATH", search_path());
    command
}

/// The binaries of the product, what is on the path, and what the test command installed.
fn search_path() -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    format!(
        "{}:{path}:{}",
        command::binaries().display(),
        installed().display()
    )
}

fn installed() -> PathBuf {
    let target = command::binaries().parent();
    target
        .expect("a profile is inside the target")
        .join("secrets/bin")
}

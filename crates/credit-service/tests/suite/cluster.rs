//! A PostgreSQL of the test's own, from the distribution's binaries. It ends with the test's process, however that ends.

use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const WHERE: &str =
    "PostgreSQL is missing: `./build.sh setup` installs it, or name the folder of initdb: PG_BIN=…";

/// A running server; what it says on the pipe's other end is that we are still here.
pub struct Cluster {
    pub binaries: PathBuf,
    pub sockets: PathBuf,
    _alive: ChildStdin,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The server of this process.
pub fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| Cluster::start("fsync=off").unwrap())
}

/// The address of a new, empty database on it.
pub fn new_database() -> String {
    let name = format!("credits_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    cluster().create(&name);
    cluster().address(&name)
}

fn binaries() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PG_BIN") {
        return Some(named.into());
    }
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut found: Vec<PathBuf> = debian
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.sort();
    found.reverse();
    found.extend(std::env::split_paths(&path));
    found
        .into_iter()
        .find(|folder| folder.join("initdb").exists())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}

/// PostgreSQL refuses to run as root.
fn as_other(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    let user = "--reuid=nobody --regid=nogroup --clear-groups";
    command.args(user.split(' ')).arg("--").arg(program);
    command
}

impl Cluster {
    /// Starts a server with one more setting.
    pub fn start(setting: &str) -> Result<Self, String> {
        let binaries = binaries().ok_or(WHERE)?;
        let folder = tempfile::Builder::new().prefix("punchout-pg-").tempdir();
        let folder = folder.map_err(|error| error.to_string())?.keep();
        let run = |command: &mut Command| {
            let output = command.output().map_err(|error| error.to_string())?;
            let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
            output.status.success().then_some(()).ok_or(complaint)
        };
        if is_root() {
            run(Command::new("chown").arg("nobody:nogroup").arg(&folder))?;
        }
        run(as_other(&binaries.join("initdb"))
            .current_dir(&folder)
            .arg("--pgdata")
            .arg(folder.join("data"))
            .args([
                "--username=test",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-sync",
            ]))?;
        let mut child = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&folder)
            .args([as_other(&binaries.join("postgres")).get_program()])
            .args(as_other(&binaries.join("postgres")).get_args())
            .args(["-D".as_ref(), folder.join("data").as_os_str()])
            .args(["-k".as_ref(), folder.as_os_str()])
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "max_connections=300",
                "-c",
                setting,
            ])
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let alive = child.stdin.take().ok_or("the keeper has no pipe")?;
        let cluster = Self {
            binaries,
            sockets: folder,
            _alive: alive,
        };
        for _ in 0..300 {
            if cluster.psql("postgres", "SELECT 1").is_ok() {
                return Ok(cluster);
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        Err("PostgreSQL does not answer".to_owned())
    }

    pub fn create(&self, name: &str) {
        self.psql("postgres", &format!("CREATE DATABASE {name}"))
            .unwrap();
    }

    pub fn address(&self, name: &str) -> String {
        let host = self.sockets.to_str().unwrap().replace('/', "%2F");
        format!("postgres://test@{host}/{name}")
    }

    /// Kills the server; it comes back by itself.
    pub fn kill(&self) {
        let place = self.sockets.join("data/postmaster.pid");
        let file = std::fs::read_to_string(place).unwrap();
        let id = file.lines().next().unwrap();
        let killed = Command::new("kill").args(["-KILL", id]).status();
        assert!(killed.unwrap().success());
    }

    /// A statement of an administrator's.
    pub fn psql(&self, database: &str, statement: &str) -> Result<String, String> {
        let output = Command::new(self.binaries.join("psql"))
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "test",
                "-d",
                database,
            ])
            .args(["-c", statement, "-h"])
            .arg(&self.sockets)
            .output()
            .map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(text(&output.stderr)),
        }
    }

    /// Everything in a database, as a text.
    pub fn dump(&self, database: &str) -> String {
        let output = Command::new(self.binaries.join("pg_dump"))
            .args(["-U", "test", "--inserts", "-d", database, "-h"])
            .arg(&self.sockets)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Starts the server again whenever it ends. The end of the keeper's own input comes when the test's process is gone; then
/// the server goes, and its folder.
const KEEPER: &str = r#"folder=$1; shift
(while [ ! -e "$folder/over" ]; do "$@"; sleep 0.2; done) & server=$!
read -r _; touch "$folder/over"; kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")"; wait $server; rm -rf "$folder""#;

//! The commands of the program.

use std::io::Write as _;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::fmt::writer::BoxMakeWriter;

use crate::clock::{Clock as _, SystemClock};
use crate::store::{Account, AccountId, Grant, Removed, Store, StoreError, Tidied, WhenMissing};

mod log;
mod serve;
mod tls;

pub use log::LogFolder;
pub use serve::Serve;

/// Accounts of credits for captures.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How log lines on standard error are written.
    #[arg(long, env = "CREDIT_LOG_FORMAT", value_enum, default_value_t = LogFormat::Json, global = true)]
    pub log_format: LogFormat,
    /// Which log lines are written, as tracing's directives, for example `info` or `credit_service=debug`.
    #[arg(long, env = "CREDIT_LOG", default_value = "info", global = true)]
    pub log: String,
    /// A folder for log lines, one file a day, kept for ninety days; standard error where there is none.
    #[arg(long, env = "CREDIT_LOG_FOLDER", global = true)]
    pub log_folder: Option<PathBuf>,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// For a person's eyes.
    Text,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API until SIGTERM or SIGINT.
    Serve(Serve),
    /// Add credits to an account; prints the account as JSON.
    Grant(GrantCredits),
    /// Print an account as JSON.
    Balance(Balance),
    /// Remove an account with its captures, its ledger and the credits that are left.
    Remove(Remove),
    /// Delete what is too old; the service does so by itself every hour.
    Tidy(Tidy),
    /// Print the description of the API, an OpenAPI document.
    Openapi,
}

/// Which database.
#[derive(Args)]
pub struct Database {
    /// The database's address: sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full.
    #[arg(long = "database", env = "CREDIT_DATABASE", hide_env_values = true)]
    address: String,
}

impl Database {
    fn address(&self) -> &str {
        &self.address
    }
}

/// The address may hold a password.
impl std::fmt::Debug for Database {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Database(…)")
    }
}

/// Which account.
#[derive(Debug, Args)]
pub struct Whose {
    /// The account's id: the tenant's id, or the subject where tokens name no tenant.
    #[arg(long)]
    account: String,
}

/// The command that adds credits.
#[derive(Debug, Args)]
pub struct GrantCredits {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    whose: Whose,
    /// How many.
    #[arg(long)]
    credits: NonZeroU32,
    /// Why, for whoever reads the ledger.
    #[arg(long)]
    reason: String,
    /// Repeating the command with the same key adds nothing.
    #[arg(long)]
    idempotency_key: Option<String>,
}

/// The command that shows an account.
#[derive(Debug, Args)]
pub struct Balance {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    whose: Whose,
}

/// The command that removes an account.
#[derive(Debug, Args)]
pub struct Remove {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    whose: Whose,
}

/// The command that deletes what is too old.
#[derive(Debug, Args)]
pub struct Tidy {
    #[command(flatten)]
    database: Database,
}

/// Why a command fails.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The store refuses or fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The issuer cannot be used.
    #[error(transparent)]
    Issuer(#[from] bearer::DiscoveryError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {problem}")]
    Listen {
        /// The address asked for.
        address: std::net::SocketAddr,
        /// What the system says.
        problem: std::io::Error,
    },
    /// The server or its output failed.
    #[error("the system failed: {0}")]
    System(#[from] std::io::Error),
    /// The certificate or its key cannot be used.
    #[error("TLS cannot be served: {0}")]
    Tls(String),
    /// The description cannot be written.
    #[error("the description cannot be written: {0}")]
    Description(#[from] serde_json::Error),
    /// The log's directives cannot be read.
    #[error("`--log` cannot be read: {0}")]
    Log(#[from] tracing_subscriber::filter::ParseError),
}

impl Cli {
    /// Carries the command out.
    ///
    /// # Errors
    /// Where the command cannot be carried out; the text says what the operator can do.
    pub async fn run(self) -> Result<(), CliError> {
        let folder = self.log_folder.as_ref();
        let logs = folder
            .map(|folder| LogFolder::open(folder, Arc::new(SystemClock)))
            .transpose()?;
        start_log(&self.log, self.log_format, logs.clone())?;
        match self.command {
            Command::Serve(serve) => serve.run(logs).await,
            Command::Grant(grant) => grant.run().await,
            Command::Balance(balance) => balance.run().await,
            Command::Remove(remove) => remove.run().await,
            Command::Tidy(tidy) => tidy.run().await,
            Command::Openapi => {
                let text = serde_json::to_string_pretty(&crate::http::openapi())?;
                Ok(writeln!(std::io::stdout(), "{text}")?)
            }
        }
    }
}

impl GrantCredits {
    async fn run(self) -> Result<(), CliError> {
        let store = Store::open(&self.database.address, WhenMissing::Create).await?;
        let account = AccountId::new(self.whose.account);
        let grant = Grant {
            credits: self.credits,
            reason: self.reason,
            idempotency_key: self.idempotency_key,
        };
        let granted = store.grant(&account, &grant, SystemClock.now()).await;
        store.close().await;
        print_account(&account, granted?.account)
    }
}

impl Balance {
    async fn run(self) -> Result<(), CliError> {
        let store = Store::open(&self.database.address, WhenMissing::Fail).await?;
        let account = AccountId::new(self.whose.account);
        let state = store.account(&account, SystemClock.now()).await;
        store.close().await;
        print_account(&account, state?)
    }
}

impl Remove {
    async fn run(self) -> Result<(), CliError> {
        let store = Store::open(&self.database.address, WhenMissing::Fail).await?;
        let removed = store.remove(&AccountId::new(self.whose.account)).await;
        store.close().await;
        let removed = removed? == Removed::Everything;
        let line = serde_json::json!({ "removed": removed });
        Ok(writeln!(std::io::stdout(), "{line}")?)
    }
}

impl Tidy {
    async fn run(self) -> Result<(), CliError> {
        let store = Store::open(&self.database.address, WhenMissing::Fail).await?;
        let tidied = store.tidy(SystemClock.now()).await;
        store.close().await;
        let Tidied { captures, events } = tidied?;
        let line = serde_json::json!({ "captures": captures, "events": events });
        Ok(writeln!(std::io::stdout(), "{line}")?)
    }
}

fn print_account(id: &AccountId, account: Account) -> Result<(), CliError> {
    let Account {
        balance,
        held,
        available,
    } = account;
    let line = serde_json::json!({
        "account": id.as_str(), "balance": balance, "held": held, "available": available,
    });
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

fn start_log(
    directives: &str,
    format: LogFormat,
    folder: Option<LogFolder>,
) -> Result<(), CliError> {
    let filter = tracing_subscriber::EnvFilter::builder().parse(directives)?;
    let writer = match folder {
        Some(folder) => BoxMakeWriter::new(folder),
        None => BoxMakeWriter::new(std::io::stderr),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    match format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.init(),
    }
    Ok(())
}

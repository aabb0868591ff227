//! The commands of the program.

use std::io::Write as _;
use std::num::NonZeroU32;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::clock::{Clock as _, SystemClock};
use crate::store::{Account, AccountId, Grant, Store, StoreError, WhenMissing};

mod serve;

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
}

/// Which database.
#[derive(Debug, Args)]
pub struct Database {
    /// The database's address: sqlite://PATH.
    #[arg(long = "database", env = "CREDIT_DATABASE")]
    address: String,
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
        log_to_stderr(&self.log, self.log_format)?;
        match self.command {
            Command::Serve(serve) => serve.run().await,
            Command::Grant(grant) => grant.run().await,
            Command::Balance(balance) => balance.run().await,
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

fn log_to_stderr(directives: &str, format: LogFormat) -> Result<(), CliError> {
    let filter = tracing_subscriber::EnvFilter::builder().parse(directives)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.init(),
    }
    Ok(())
}

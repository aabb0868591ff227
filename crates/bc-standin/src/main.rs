//! `bc-standin serve` runs the stand-in, `bc-standin lines` shows the requisition lines.

use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use bc_standin::entra::IssuedTokens;
use bc_standin::odata::Mount;
use bc_standin::store::{DEMO_SEED, Seed, Store};
use bc_standin::{Options, Standin, line_table};
use bearer::{Settings, Verifier};
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// A local Business Central for demos and tests.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the admin surface until interrupted.
    Serve(Serve),
    /// Print the requisition lines as a table.
    Lines {
        /// `sqlite://PATH` of a database that `serve` has made.
        #[arg(long)]
        database: String,
    },
}

#[derive(Debug, Args)]
struct Serve {
    /// Address of the API; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:7048")]
    listen: SocketAddr,
    /// Address of the admin surface, which asks for no token: keep it on the loopback interface.
    #[arg(long, default_value = "127.0.0.1:7049")]
    admin: SocketAddr,
    /// `sqlite://PATH` or `memory`.
    #[arg(long, default_value = "memory")]
    database: String,
    /// Issuer of the tokens, as in their `iss` claim.
    #[arg(long)]
    issuer: String,
    /// The `aud` claim that tokens must have.
    #[arg(long)]
    audience: String,
    /// What comes before the environment in addresses.
    #[arg(long, default_value = "/v2.0/demo")]
    base_path: String,
    /// Name of the only environment.
    #[arg(long, default_value = "production")]
    environment: String,
    /// Entities on a page of a list.
    #[arg(long, default_value_t = 20_000)]
    page_size: usize,
    /// TOML file that fills a new database; the demo data where absent.
    #[arg(long)]
    seed: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve(arguments).await,
        Command::Lines { database } => lines(&database).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            let _unwritable = writeln!(std::io::stderr(), "bc-standin: {cause}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Serve) -> Result<(), Box<dyn Error>> {
    let seed = match &arguments.seed {
        Some(path) => Seed::read(path)?,
        None => Seed::parse(DEMO_SEED)?,
    };
    let store = Store::open(&arguments.database, &seed).await?;
    let settings = Settings::new(arguments.issuer, arguments.audience);
    let standin = Standin::start(Options {
        listen: arguments.listen,
        admin: arguments.admin,
        store,
        access: Arc::new(IssuedTokens(Verifier::discover(settings).await?)),
        mount: Mount {
            base_path: arguments.base_path.trim_end_matches('/').to_owned(),
            environment: arguments.environment,
        },
        page_size: arguments.page_size,
    })
    .await?;
    let mut out = std::io::stdout();
    writeln!(out, "listening on http://{}", standin.api)?;
    writeln!(out, "admin on http://{}", standin.admin)?;
    out.flush()?;
    interrupted().await?;
    Ok(standin.stop().await?)
}

async fn lines(database: &str) -> Result<(), Box<dyn Error>> {
    let lines = Store::existing(database).await?.requisition_lines().await?;
    std::io::stdout().write_all(line_table::text(&lines).as_bytes())?;
    Ok(())
}

/// Waits for Ctrl-C, or on Unix for SIGTERM.
async fn interrupted() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

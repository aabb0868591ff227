use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bearer::{Settings, Verifier};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{CliError, Database};
use crate::clock::SystemClock;
use crate::http::{Service, router};
use crate::store::{Store, WhenMissing};

/// How long requests under way may take after the signal to stop. Every request can be repeated.
const LAST_ORDERS: Duration = Duration::from_secs(10);

/// The command that serves the API.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "CREDIT_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    database: Database,
    /// The token issuer's address, for Microsoft Entra ID
    /// `https://login.microsoftonline.com/{tenant or organizations}/v2.0`.
    #[arg(long, env = "CREDIT_ISSUER")]
    issuer: String,
    /// An accepted audience of tokens: the API's application id or id URI; may be repeated.
    #[arg(long, env = "CREDIT_AUDIENCE", required = true, value_delimiter = ',')]
    audience: Vec<String>,
    /// The scope that tokens must carry.
    #[arg(long, env = "CREDIT_REQUIRED_SCOPE")]
    required_scope: Option<String>,
    /// The claim whose value is the account; tokens without it have their subject's account.
    #[arg(long, env = "CREDIT_ACCOUNT_CLAIM", default_value = "tid")]
    account_claim: String,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let settings = Settings {
            audiences: self.audience,
            required_scope: self.required_scope,
            ..Settings::new(self.issuer, "")
        };
        let verifier = Arc::new(Verifier::discover(settings).await?);
        let store = Store::open(&self.database.address, WhenMissing::Create).await?;
        let listener =
            TcpListener::bind(self.listen)
                .await
                .map_err(|problem| CliError::Listen {
                    address: self.listen,
                    problem,
                })?;
        let address = listener.local_addr()?;
        tracing::info!(%address, "listening");
        writeln!(std::io::stdout(), "listening on http://{address}")?;
        let service = Service {
            store: store.clone(),
            verifier,
            clock: Arc::new(SystemClock),
            account_claim: self.account_claim.into(),
        };
        serve_until_told(listener, service).await?;
        store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

async fn serve_until_told(listener: TcpListener, service: Service) -> Result<(), CliError> {
    let (tell, mut told) = watch::channel(());
    let server = axum::serve(listener, router(service));
    let server = server.with_graceful_shutdown(async move {
        // An error means that the sender is gone, so there is nobody left to tell.
        let _gone = told.changed().await;
    });
    let signal_and_grace = async {
        signal_to_stop().await?;
        tracing::info!("stopping");
        tell.send_replace(());
        tokio::time::sleep(LAST_ORDERS).await;
        tracing::warn!("stopped with requests under way");
        Ok::<(), std::io::Error>(())
    };
    tokio::select! {
        served = server.into_future() => served?,
        stopped = signal_and_grace => stopped?,
    }
    Ok(())
}

#[cfg(unix)]
async fn signal_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn signal_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

use std::future::IntoFuture as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use bearer::{Settings, Verifier};
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::log::LogFolder;
use super::tls::{self, TlsListener};
use super::{CliError, Database};
use crate::clock::{Clock as _, SystemClock};
use crate::http::{LOW_BALANCE, RateLimit, Service, SigningSecret, router};
use crate::store::{Charging, Store, WhenMissing};

/// How long requests under way may take after the signal to stop. Every request can be repeated.
const LAST_ORDERS: Duration = Duration::from_secs(10);
/// How often what is too old is looked for.
const TIDY_INTERVAL: Duration = Duration::from_hours(1);

/// Whether captures cost credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Credits {
    /// One each.
    On,
    /// Nothing: for those who host the service for themselves and want the history alone.
    Off,
}

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
    /// The role that a token must carry to export or remove its account.
    #[arg(long, env = "CREDIT_ADMINISTRATOR_ROLE")]
    administrator_role: Option<String>,
    /// Whether captures cost credits.
    #[arg(long, env = "CREDIT_CREDITS", value_enum, default_value_t = Credits::On)]
    credits: Credits,
    /// Below so many available credits an account is told that it is time to add some.
    #[arg(long, env = "CREDIT_LOW_BALANCE", default_value_t = LOW_BALANCE)]
    low_balance: i64,
    /// Requests that an account may make in a minute.
    #[arg(long, env = "CREDIT_RATE_LIMIT", default_value = "600")]
    rate_limit: NonZeroU32,
    #[command(flatten)]
    outside: Outside,
}

/// What concerns the world outside.
#[derive(Debug, Args)]
struct Outside {
    /// The secret of Stripe's webhook, `whsec_…`; repeat it while one replaces the other. Without it there is no webhook.
    #[arg(
        long,
        env = "CREDIT_STRIPE_SECRET",
        hide_env_values = true,
        value_delimiter = ',',
        value_parser = |text: &str| Ok::<_, std::convert::Infallible>(SigningSecret::new(text)),
    )]
    stripe_secret: Vec<SigningSecret>,
    /// The certificate chain (PEM), to serve TLS without a proxy.
    #[arg(long, env = "CREDIT_TLS_CERTIFICATE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Its private key (PEM).
    #[arg(long, env = "CREDIT_TLS_KEY", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
}

impl Serve {
    pub(super) async fn run(self, logs: Option<LogFolder>) -> Result<(), CliError> {
        let (acceptor, scheme) = match (&self.outside.tls_certificate, &self.outside.tls_key) {
            (Some(certificate), Some(key)) => {
                let acceptor = tls::acceptor(certificate, key).map_err(CliError::Tls)?;
                (Some(acceptor), "https")
            }
            _ => (None, "http"),
        };
        let listen = self.listen;
        let service = self.service().await?;
        let store = service.store.clone();
        let listener = TcpListener::bind(listen).await;
        let listener = listener.map_err(|problem| CliError::Listen {
            address: listen,
            problem,
        })?;
        let address = listener.local_addr()?;
        tokio::spawn(keep_tidy(service.clone(), logs));
        tracing::info!(%address, "listening");
        writeln!(std::io::stdout(), "listening on {scheme}://{address}")?;
        let routes = router(service);
        match acceptor {
            Some(acceptor) => {
                serve_until_told(TlsListener::new(listener, acceptor)?, routes).await?;
            }
            None => serve_until_told(listener, routes).await?,
        }
        store.close().await;
        tracing::info!("stopped");
        Ok(())
    }

    async fn service(self) -> Result<Service, CliError> {
        let settings = Settings {
            audiences: self.audience,
            required_scope: self.required_scope,
            ..Settings::new(self.issuer, "")
        };
        let verifier = Arc::new(Verifier::discover(settings).await?);
        let charging = match self.credits {
            Credits::On => Charging::Credits,
            Credits::Off => Charging::Off,
        };
        let address = self.database.address();
        let store = Store::open_charging(address, WhenMissing::Create, charging).await?;
        Ok(Service {
            account_claim: self.account_claim.into(),
            administrator_role: self.administrator_role.map(Arc::from),
            low_balance: self.low_balance,
            rate_limit: Some(Arc::new(RateLimit::per_minute(self.rate_limit))),
            stripe_secrets: self.outside.stripe_secret.into(),
            ..Service::new(store, verifier)
        })
    }
}

/// Deletes what is too old, now and then. Replicas may do so at the same time.
async fn keep_tidy(service: Service, logs: Option<LogFolder>) {
    let mut interval = tokio::time::interval(TIDY_INTERVAL);
    loop {
        interval.tick().await;
        let now = SystemClock.now();
        match service.store.tidy(now).await {
            Ok(tidied) => {
                service.metrics.tidied(now);
                tracing::info!(?tidied, "deleted what was too old");
            }
            Err(error) => tracing::error!(%error, "what is too old cannot be deleted"),
        }
        if let Some(Err(error)) = logs.as_ref().map(LogFolder::tidy) {
            tracing::error!(%error, "old logs cannot be deleted");
        }
    }
}

async fn serve_until_told<L>(listener: L, routes: Router) -> Result<(), CliError>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
{
    let (tell, mut told) = watch::channel(());
    let server = axum::serve(listener, routes);
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

//! Starting and stopping.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::access::Authenticate;
use crate::admin;
use crate::connection::{CuttableListener, Scissors};
use crate::fault::FaultPlan;
use crate::front::{self, Front};
use crate::odata::Mount;
use crate::request_log::RequestLog;
use crate::service::Service;
use crate::store::Store;

/// How a stand-in is started.
#[derive(Debug)]
pub struct Options {
    /// Where the API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the admin surface listens; port 0 takes a free one.
    pub admin: SocketAddr,
    /// The data.
    pub store: Store,
    /// Who asks.
    pub access: Arc<dyn Authenticate>,
    /// Where the API lives.
    pub mount: Mount,
    /// Entities on a page.
    pub page_size: usize,
}

/// A running stand-in.
#[derive(Debug)]
pub struct Standin {
    /// Where the API listens.
    pub api: SocketAddr,
    /// Where the admin surface listens.
    pub admin: SocketAddr,
    store: Store,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<io::Result<()>>>,
}

impl Standin {
    /// Binds both listeners and serves.
    ///
    /// # Errors
    /// Where an address cannot be bound; the error names it.
    pub async fn start(options: Options) -> io::Result<Self> {
        let api = bind(options.listen).await?;
        let admin = bind(options.admin).await?;
        let (api_address, admin_address) = (api.local_addr()?, admin.local_addr()?);
        let front = Arc::new(Front {
            service: Service {
                store: options.store.clone(),
                access: options.access,
                mount: options.mount,
                page_size: options.page_size,
                web_client: format!("http://{admin_address}"),
            },
            faults: FaultPlan::default(),
            log: RequestLog::default(),
        });
        let (stop, stopped) = watch::channel(false);
        let api_routes = Router::new()
            .fallback(front::answer)
            .with_state(Arc::clone(&front))
            .into_make_service_with_connect_info::<Scissors>();
        let api_server = axum::serve(CuttableListener(api), api_routes)
            .with_graceful_shutdown(told(stopped.clone()));
        let admin_server =
            axum::serve(admin, admin::routes(front)).with_graceful_shutdown(told(stopped));
        Ok(Self {
            api: api_address,
            admin: admin_address,
            store: options.store,
            stop,
            servers: vec![
                tokio::spawn(api_server.into_future()),
                tokio::spawn(admin_server.into_future()),
            ],
        })
    }

    /// Takes no new connection, answers what is under way, and closes the database.
    ///
    /// # Errors
    /// Where a server failed while it ran.
    pub async fn stop(self) -> io::Result<()> {
        self.stop.send_replace(true);
        for server in self.servers {
            server.await.map_err(io::Error::other)??;
        }
        self.store.close().await;
        Ok(())
    }
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|cause| {
        io::Error::new(cause.kind(), format!("cannot listen on {address}: {cause}"))
    })
}

async fn told(mut stopped: watch::Receiver<bool>) {
    // An error means that the stand-in was dropped: stop as well.
    let _told = stopped.wait_for(|stop| *stop).await;
}

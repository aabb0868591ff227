//! The program: see [`credit_service`].

use std::process::ExitCode;

use clap::Parser as _;
use credit_service::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write as _;
            // Where standard error is closed there is nobody to tell.
            let _unheard = writeln!(std::io::stderr(), "credit-service: {error}");
            ExitCode::FAILURE
        }
    }
}

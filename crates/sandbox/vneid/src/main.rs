//! The stand-in as a program of its own, for integrators: `dean06-sandbox-vneid --help`.

use clap::Parser;
use d06_kernel::Cx;
use d06_sandbox_vneid::{Accounts, Client, Provider, Settings, serve};
use d06_synth::{Population, Size};
use std::net::{Ipv4Addr, SocketAddr};

/// Stand-in of VNeID: an OpenID provider with invented accounts.
#[derive(Parser)]
struct Arguments {
    /// Port on loopback.
    #[arg(long, default_value_t = 8601)]
    port: u16,
    /// Origin of the application that signs people in.
    #[arg(long, default_value = "http://127.0.0.1:8600")]
    platform: String,
    /// `client_id` of a further application; needs `--client-secret` and `--redirect-uri`.
    #[arg(long, requires = "client_secret", requires = "redirect_uri")]
    client_id: Option<String>,
    /// `client_secret` of the further application.
    #[arg(long)]
    client_secret: Option<String>,
    /// Return address of the further application.
    #[arg(long)]
    redirect_uri: Option<String>,
    /// Seed of the invented people; the population stand-in with the same seed knows the same people.
    #[arg(long, default_value_t = 10816)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let mut settings = Settings::demo(
        &format!("http://127.0.0.1:{}", arguments.port),
        arguments.platform.trim_end_matches('/'),
    );
    if let (Some(id), Some(secret), Some(address)) =
        (arguments.client_id, arguments.client_secret, arguments.redirect_uri)
    {
        settings.clients.push(Client {
            id,
            secret,
            redirect_uris: vec![address],
            post_logout_redirect_uris: Vec::new(),
        });
    }
    let accounts = Accounts::of(&Population::generate(arguments.seed, Size::Commune));
    let provider = Provider::new(settings, accounts, Cx::of_machine())?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let listener = tokio::net::TcpListener::bind(address).await?;
    serve(listener, provider, async {
        // Without a signal handler the program still ends, only less politely.
        let _ = tokio::signal::ctrl_c().await;
    })
    .await?;
    Ok(())
}

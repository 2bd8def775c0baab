//! The stand-in as a program of its own, for integrators: `dean06-sandbox-population --help`.

use clap::Parser;
use d06_kernel::Cx;
use d06_sandbox_population::{Database, Key, serve};
use d06_synth::{Population, Size};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// Stand-in of the national population database, with invented people.
#[derive(Parser)]
struct Arguments {
    /// Port on loopback.
    #[arg(long, default_value_t = 8602)]
    port: u16,
    /// Seed of the invented people; the VNeID stand-in with the same seed knows the same people.
    #[arg(long, default_value_t = 10816)]
    seed: u64,
    /// Key id of a further caller; needs `--key-secret`.
    #[arg(long, requires = "key_secret")]
    key_id: Option<String>,
    /// Secret of the further caller.
    #[arg(long)]
    key_secret: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let mut keys = vec![Key::demo()];
    if let (Some(id), Some(secret)) = (arguments.key_id, arguments.key_secret) {
        keys.push(Key { id, secret, expires: None });
    }
    let people = Arc::new(Population::generate(arguments.seed, Size::Commune));
    let database = Database::new(people, keys, Cx::of_machine());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let listener = tokio::net::TcpListener::bind(address).await?;
    serve(listener, database, async {
        // Without a signal handler the program still ends, only less politely.
        let _ = tokio::signal::ctrl_c().await;
    })
    .await?;
    Ok(())
}

//! `dean06 demo`: the platform beside stand-ins of the national systems, each with its own listener on loopback.

use crate::Outcome;
use crate::commands::DemoOptions;
use crate::compose::{self, Composed};
use crate::keys::Keys;
use crate::serve::{stopped, told_to_stop, until_stopped};
use chrono::NaiveDate;
use d06_config::Settings;
use d06_identity::model::{NewRoleGrant, read_units};
use d06_kernel::Cx;
use d06_synth::demo::{DemoPerson, officials, people};
use d06_synth::{Population, Size};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The same people at every start, so that accounts in the documentation exist.
const SEED: u64 = 10_816;

/// The units an installation for xã Hà Bắc begins with.
const UNITS: &str = include_str!("../../../../data/units/ha-bac.toml");

/// The day the demo officials took office.
const IN_OFFICE_SINCE: (i32, u32, u32) = (2026, 1, 1);

/// Runs until Ctrl-C.
pub(crate) async fn run(options: DemoOptions, settings: Settings) -> Outcome {
    if options.reset {
        reset(&options.data)?;
    }
    std::fs::create_dir_all(&options.data)?;
    // All three ports first: a port in use is said before anything is built.
    let platform_listener = bind(settings.server.listen).await?;
    let vneid_listener = bind(([127, 0, 0, 1], options.vneid_port()).into()).await?;
    let population_listener = bind(([127, 0, 0, 1], options.population_port()).into()).await?;
    write_secrets(&settings)?;

    let (composed, stand_ins) = tokio::join!(compose::compose(&settings), stand_ins(&options, &settings));
    let (composed, (vneid, population)) = (composed?, stand_ins?);
    seed(&composed, &settings).await?;

    let (say_stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        told_to_stop().await;
        let _told = say_stop.send(true);
    });
    let vneid = tokio::spawn(d06_sandbox_vneid::serve(vneid_listener, vneid, stopped(stopping.clone())));
    let population = tokio::spawn(d06_sandbox_population::serve(
        population_listener,
        population,
        stopped(stopping.clone()),
    ));
    if !options.quiet {
        welcome(&settings);
    }
    until_stopped(composed, platform_listener, stopped(stopping)).await?;
    vneid.await??;
    population.await??;
    Ok(())
}

/// Removes what an earlier demonstration left; refuses a folder that is not one of ours.
fn reset(folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let ours = ["dean06.db", "dean06.db-wal", "dean06.db-shm", "files", "keys"];
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !ours.iter().any(|own| name == *own) {
            let message =
                format!("{} holds {}, which is not ours: not reset", folder.display(), name.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    std::fs::remove_dir_all(folder)
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{address}: {error} (try --port)"));
    TcpListener::bind(address).await.map_err(named)
}

fn vneid_settings(settings: &Settings) -> d06_sandbox_vneid::Settings {
    d06_sandbox_vneid::Settings::demo(&settings.vneid.issuer, &settings.server.public_url)
}

/// The secrets that the platform shares with the stand-ins.
fn write_secrets(settings: &Settings) -> io::Result<()> {
    let keys = Keys::open(&settings.storage.keys)?;
    for client in vneid_settings(settings).clients {
        keys.write(Keys::VNEID_SECRET, client.secret.as_bytes())?;
    }
    keys.write(Keys::POPULATION_KEY, d06_sandbox_population::Key::demo().secret.as_bytes())
}

/// The stand-ins with their people.
async fn stand_ins(
    options: &DemoOptions,
    settings: &Settings,
) -> Result<
    (d06_sandbox_vneid::Provider, d06_sandbox_population::Database),
    Box<dyn std::error::Error + Send + Sync>,
> {
    let size = options.people.map_or(Size::Commune, Size::People);
    let people = Arc::new(tokio::task::spawn_blocking(move || Population::generate(SEED, size)).await?);
    let cx = Cx::of_machine();
    let accounts = d06_sandbox_vneid::Accounts::of(&people);
    let vneid = d06_sandbox_vneid::Provider::new(vneid_settings(settings), accounts, cx.clone())?;
    let keys = vec![d06_sandbox_population::Key::demo()];
    Ok((vneid, d06_sandbox_population::Database::new(people, keys, cx)))
}

/// Units, roles of the demo officials, and the plan of the commune.
async fn seed(composed: &Composed, settings: &Settings) -> Outcome {
    let cx = composed.platform.system_cx("installation");
    let db = &composed.platform.db;
    let (year, month, day) = IN_OFFICE_SINCE;
    let from = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let roles: Vec<NewRoleGrant> = officials()
        .into_iter()
        .filter_map(|person| {
            let post = person.post?;
            Some(NewRoleGrant {
                number: person.number,
                role: post.role,
                unit: post.unit.to_owned(),
                from,
                to: None,
            })
        })
        .collect();
    d06_identity::ops::seed::run(&cx, db, &read_units(UNITS)?, &roles).await?;
    d06_steering::ops::import_plan::shipped(&cx, db, &settings.server.unit).await?;
    Ok(())
}

#[allow(clippy::print_stdout, reason = "what the person at the terminal came for")]
fn welcome(settings: &Settings) {
    println!("\ndean06  {}", settings.server.public_url);
    println!("VNeID   {}   (stand-in)", settings.vneid.issuer);
    println!("CSDLQGDC {}  (stand-in)\n", settings.population.url);
    println!("{:<14} {:<18} Vai", "Số định danh", "Họ tên");
    for DemoPerson { number, name, about, .. } in people() {
        println!("{:<14} {:<18} {about}", number.as_str(), name);
    }
    println!("\nCtrl-C dừng tất cả · stops everything");
}

//! `dean06 routes` and `dean06 openapi`: what the program says of itself, compared with the committed reference.

use crate::Outcome;
use crate::compose::compose;
use crate::keys::Keys;
use d06_config::Settings;
use d06_http::{App, RouteKind, Who};

/// Prints every route with who may come to it.
#[allow(clippy::print_stdout, reason = "the output is the purpose")]
pub(crate) async fn routes(settings: Settings) -> Outcome {
    for route in app(settings).await?.routes {
        let who = match route.who {
            Who::Public => "public".to_owned(),
            Who::SignedIn => "signed-in".to_owned(),
            Who::Citizen => "citizen".to_owned(),
            Who::Roles(roles) => roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" "),
        };
        let kind = match route.kind {
            RouteKind::Page => "page",
            RouteKind::Rest => "rest",
        };
        println!("{:<6} {:<46} {kind:<5} {who}", route.method, route.path);
    }
    Ok(())
}

/// Prints the OpenAPI document.
#[allow(clippy::print_stdout, reason = "the output is the purpose")]
pub(crate) async fn openapi(settings: Settings) -> Outcome {
    println!("{}", serde_json::to_string_pretty(&app(settings).await?.openapi)?);
    Ok(())
}

/// The site over an empty database in a folder that goes away.
async fn app(mut settings: Settings) -> Result<App, Box<dyn std::error::Error + Send + Sync>> {
    let folder = std::env::temp_dir().join(format!("dean06-describe-{}", std::process::id()));
    settings.storage.folder = folder.join("files");
    settings.storage.keys = folder.join("keys");
    settings.database.url = format!("sqlite://{}", folder.join("dean06.db").display());
    settings.vneid.client_secret_file = settings.storage.keys.join(Keys::VNEID_SECRET);
    settings.population.key_file = settings.storage.keys.join(Keys::POPULATION_KEY);
    let keys = Keys::open(&settings.storage.keys)?;
    keys.write(Keys::VNEID_SECRET, b"-")?;
    keys.write(Keys::POPULATION_KEY, b"-")?;
    let composed = compose(&settings).await;
    let app = composed.map(|composed| App::new(&composed.platform, composed.modules));
    std::fs::remove_dir_all(folder)?;
    app
}

//! The composition root: builds the platform and hands each domain its neighbours.

use crate::housekeeping::GarbageCollector;
use crate::keys::Keys;
use d06_audit::{CheckpointError, Outside, SigningKey};
use d06_authz::Authz;
use d06_cabinet::Cabinet;
use d06_config::{MailSecurity, Settings};
use d06_db::Db;
use d06_db::sea_orm_migration::MigrationTrait;
use d06_events::{Bus, Subscriber};
use d06_files::Files;
use d06_http::{HttpSettings, Lifetimes, Limiter, Module, Outages, Parts, Platform, Sessions};
use d06_identity::{Principals, Provider, ProviderSettings, Units};
use d06_jobs::{Handler, Schedule};
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::cx::Randomness;
use d06_kernel::port::evidence::EvidenceSource;
use d06_kernel::port::unit::UnitDirectory;
use d06_kernel::time::{Clock, SystemClock};
use d06_mail::{LetterSender, Mail, MailServer, Security};
use d06_pdf::sign::{SigningKeys, SoftwareKeys};
use d06_people::{ClientSettings, CorrectionDesk, Door, ElectronicIdentity, PopulationEvidence};
use d06_procedures::model::catalogue::Catalogue;
use d06_procedures::model::clock::{DeadlineClock, DeadlineRules};
use d06_procedures::{ProcedureMeasures, ProcedureUses};
use d06_steering::Measures;
use d06_ui::Ui;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

type Failure = Box<dyn Error + Send + Sync>;

/// How long VNeID is waited for.
const VNEID_TIMEOUT: Duration = Duration::from_secs(5);

/// Everything that runs.
pub(crate) struct Composed {
    pub(crate) platform: Platform,
    pub(crate) modules: Vec<Module>,
    pub(crate) handlers: Vec<Arc<dyn Handler>>,
    pub(crate) schedules: Vec<Schedule>,
    pub(crate) audit_key: SigningKey,
    pub(crate) outside: Outside,
}

/// Every table of every part, oldest first.
pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let platform =
        [d06_http::migrations(), d06_audit::migrations(), d06_jobs::migrations(), d06_events::migrations()];
    let domains = [
        d06_files::migrations(),
        d06_mail::migrations(),
        d06_identity::migrations(),
        d06_people::migrations(),
        d06_procedures::migration::all(),
        d06_cabinet::migrations(),
        d06_protection::migrations(),
        d06_steering::migrations(),
    ];
    platform.into_iter().chain(domains).flatten().collect()
}

/// The key that signs the heads of the audit log.
pub(crate) fn audit_key(
    settings: &Settings,
    keys: &Keys,
    randomness: &Randomness,
) -> Result<SigningKey, Failure> {
    let seed = keys.secret("audit-ed25519", randomness)?;
    SigningKey::new(format!("dean06/{}", settings.server.unit), &seed)
        .map_err(|error: CheckpointError| error.into())
}

/// Migrates the database, opens it, and puts everything together.
pub(crate) async fn compose(settings: &Settings) -> Result<Composed, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let randomness = Randomness::system();
    let keys = Keys::open(&settings.storage.keys)?;
    let audit_key = audit_key(settings, &keys, &randomness)?;
    Db::migrate(&settings.database.url, migrations()).await?;
    let db = Db::open(&settings.database.url).await?;
    let platform = platform(settings, &keys, db.clone(), clock.clone(), randomness)?;

    let subscribers: Vec<Arc<dyn Subscriber>> = vec![Arc::new(CorrectionDesk)];
    let bus = Bus::new(subscribers);
    let directory = Arc::new(Units::new(db.clone()));
    let units: Arc<dyn UnitDirectory> = directory.clone();
    let office = settings.server.unit.clone();

    let people = d06_people::Deps {
        platform: platform.clone(),
        db: db.clone(),
        bus: bus.clone(),
        units: units.clone(),
        office: office.clone(),
    };
    let door = Door::new(population(settings)?, db.clone(), bus.clone(), platform.authz.clone(), &*office)?;
    let door = Arc::new(door.telling(platform.outages.clone()));
    let catalogue = Arc::new(Catalogue::shipped()?);
    let signing = signing_keys(settings, &platform)?;
    let neighbours = d06_cabinet::Deps {
        db: db.clone(),
        bus: bus.clone(),
        files: platform.files.clone(),
        units: units.clone(),
        officials: directory.clone(),
        uses: Arc::new(ProcedureUses::new(db.clone(), catalogue.clone())),
        keys: signing.clone(),
        base_url: settings.server.public_url.clone(),
    };
    let cabinet = Cabinet::new(neighbours)?;
    let evidence: Vec<Arc<dyn EvidenceSource>> = vec![
        Arc::new(ElectronicIdentity),
        Arc::new(PopulationEvidence::new(door.clone(), d06_people::Claims::shipped()?, clock)),
        Arc::new(cabinet.clone()),
    ];
    let procedures = d06_procedures::Deps {
        db: db.clone(),
        bus: bus.clone(),
        files: platform.files.clone(),
        catalogue,
        grounds: Arc::new(d06_procedures::model::assistance::Grounds::shipped()?),
        numbers: d06_procedures::numbers::Numbers::default(),
        clock: Arc::new(deadline_clock()?),
        population: door,
        evidence,
        units: units.clone(),
        issuer: Arc::new(cabinet.clone()),
        printer: Arc::new(d06_pdf::Printer::new(signing)),
        commune: office.clone(),
        base_url: settings.server.public_url.clone(),
    };
    let mail = mail(settings)?;
    let steering = d06_steering::Deps {
        db: db.clone(),
        authz: platform.authz.clone(),
        bus: bus.clone(),
        files: platform.files.clone(),
        measures: Measures::new(vec![Arc::new(ProcedureMeasures::new(procedures.clone()))])?,
        units,
        officials: directory.clone(),
        calendar: Arc::new(WorkingCalendar::national()?),
        mail: mail.clone(),
        base_url: settings.server.public_url.clone(),
        commune: office,
    };

    let log = d06_protection::Log {
        db: db.clone(),
        accounts: directory,
        office: settings.server.unit.clone(),
        key: audit_key.public(),
        outside: keys.checkpoint(),
    };
    let mut schedules = d06_steering::schedules()?;
    schedules.extend([
        d06_procedures::jobs::schedule()?,
        d06_protection::verify_log::schedule()?,
        GarbageCollector::schedule()?,
    ]);
    let modules = vec![
        d06_identity::module(d06_identity::Deps {
            platform: platform.clone(),
            provider: provider(settings)?,
        }),
        d06_people::module(people),
        d06_procedures::module(platform.clone(), procedures),
        d06_cabinet::module(platform.clone(), cabinet),
        d06_steering::module(platform.clone(), steering),
        d06_protection::module(d06_protection::Deps { platform: platform.clone(), log }),
    ];
    let mut handlers: Vec<Arc<dyn Handler>> = bus.handlers(&db);
    handlers.push(Arc::new(GarbageCollector { files: platform.files.clone(), db: db.clone() }));
    handlers.push(Arc::new(LetterSender::new(db.clone(), mail)));
    handlers.extend(modules.iter().flat_map(|module| module.handlers.iter().cloned()));
    Ok(Composed { platform, modules, handlers, schedules, audit_key, outside: keys.checkpoint() })
}

fn platform(
    settings: &Settings,
    keys: &Keys,
    db: Db,
    clock: Arc<dyn Clock>,
    randomness: Randomness,
) -> Result<Platform, Failure> {
    let http = HttpSettings {
        sign_in_origin: Some(settings.vneid.issuer.clone()),
        ..HttpSettings::at(&settings.server.public_url)
    };
    let master = keys.secret("master", &randomness)?;
    std::fs::create_dir_all(&settings.storage.folder)?;
    Ok(Platform::new(Parts {
        db,
        authz: Arc::new(Authz::new()?),
        ui: Arc::new(ui()?),
        files: Files::local(&settings.storage.folder, &master)?,
        clock,
        randomness,
        sessions: Sessions::new(Arc::new(Principals), Lifetimes::default(), http.secure()),
        sign_in_limit: Limiter::new(http.sign_ins_per_minute),
        settings: http,
        metrics: d06_telemetry::Metrics::default(),
        outages: Outages::default(),
    }))
}

/// Where the keys of people and agencies come from: files in a folder of their own; see
/// `docs/how-to/switch-signing.md` for an HSM or the Government's signing service.
fn signing_keys(settings: &Settings, platform: &Platform) -> Result<Arc<dyn SigningKeys>, Failure> {
    let folder = settings.storage.keys.join("signing");
    Ok(Arc::new(SoftwareKeys::open(&platform.system_cx("installation"), &folder)?))
}

/// Pages and texts of every part.
pub(crate) fn ui() -> Result<Ui, d06_ui::UiError> {
    Ui::new(&[
        d06_http::source(),
        d06_identity::source(),
        d06_people::source(),
        d06_procedures::source(),
        d06_cabinet::source(),
        d06_protection::source(),
        d06_steering::source(),
    ])
}

/// Working hours, days off and terms, as published.
fn deadline_clock() -> Result<DeadlineClock, Failure> {
    const DAYS_OFF: &str = include_str!("../../../../data/calendar/days_off.csv");
    const HOURS: &str = include_str!("../../../../data/calendar/hours.toml");
    Ok(DeadlineClock::new(WorkingCalendar::parse(DAYS_OFF, HOURS)?, DeadlineRules::shipped()?))
}

fn provider(settings: &Settings) -> Result<Provider, Failure> {
    let public_url = &settings.server.public_url;
    Ok(Provider::new(ProviderSettings {
        issuer: settings.vneid.issuer.clone(),
        client_id: settings.vneid.client_id.clone(),
        client_secret: d06_config::read_secret(&settings.vneid.client_secret_file)?,
        redirect_uri: format!("{public_url}/sign-in/callback"),
        home: format!("{public_url}/"),
        timeout: VNEID_TIMEOUT,
    })?)
}

/// The letter box; without a server's name no letters are sent.
fn mail(settings: &Settings) -> Result<Mail, Failure> {
    let mail = &settings.mail;
    if mail.host.is_empty() {
        return Ok(Mail::default());
    }
    let security = match mail.security {
        MailSecurity::Tls => Security::Tls,
        MailSecurity::StartTls => Security::StartTls,
        MailSecurity::None => Security::None,
    };
    let credentials = if mail.user.is_empty() {
        None
    } else {
        Some((mail.user.clone(), d06_config::read_secret(&mail.password_file)?))
    };
    let ca = if mail.ca_file.as_os_str().is_empty() { None } else { Some(std::fs::read(&mail.ca_file)?) };
    let timeout = Duration::from_millis(mail.timeout_ms);
    let (host, port) = (mail.host.as_str(), mail.port);
    let server = MailServer::new(host, port, security, credentials, &mail.from, ca.as_deref(), timeout)?;
    Ok(Mail::new(server))
}

fn population(settings: &Settings) -> Result<ClientSettings, Failure> {
    Ok(ClientSettings {
        url: settings.population.url.clone(),
        key_id: settings.vneid.client_id.clone(),
        key_secret: d06_config::read_secret(&settings.population.key_file)?,
        timeout: Duration::from_millis(settings.population.timeout_ms),
    })
}

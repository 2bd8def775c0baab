//! `/dossiers`: my drafts and dossiers.

use crate::deps::Deps;
use crate::pages::view::{Timeliness, timeliness};
use crate::store::dossier::{self, Dossier};
use crate::store::draft::{self, Draft};
use crate::web::Web;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use d06_db::PageRequest;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct ListPage {
    /// Drafts that can be continued.
    pub drafts: Vec<DraftLine>,
    /// Dossiers, newest first.
    pub dossiers: Vec<DossierLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A draft in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DraftLine {
    /// Its id.
    pub id: String,
    /// Name of the procedure.
    pub name: String,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// A dossier in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DossierLine {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Name of the procedure.
    pub name: String,
    /// The applicant.
    pub applicant: String,
    /// Stable name of its state; the words are `state-` + name.
    pub state: &'static str,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// How it stands with its due time.
    pub timeliness: Timeliness,
}

impl DossierLine {
    /// A dossier as a list shows it.
    pub fn of(cx: &Cx, deps: &Deps, dossier: &Dossier) -> Self {
        let name = deps.version(&dossier.procedure_version).map(|d| d.name.of(cx.locale).to_owned());
        Self {
            id: dossier.id.to_string(),
            code: dossier.code.clone(),
            name: name.unwrap_or_else(|_| dossier.procedure.clone()),
            applicant: dossier.applicant_name.clone(),
            state: dossier.state.name(),
            submitted_at: dossier.submitted_at,
            due_at: dossier.due_at,
            timeliness: timeliness(dossier, cx.now()),
        }
    }

    /// One example for each state and timeliness.
    pub fn samples() -> Vec<Self> {
        use crate::model::dossier::DossierState;
        let times = [
            Timeliness::OnTime,
            Timeliness::Soon,
            Timeliness::Late,
            Timeliness::Paused,
            Timeliness::EndedOnTime,
            Timeliness::EndedLate,
        ];
        DossierState::ALL
            .into_iter()
            .zip(times.into_iter().cycle())
            .map(|(state, timeliness)| Self {
                id: format!("0197705e-7b00-7000-8000-0000000000{:02}", state.dvcqg()),
                code: "H31.10816-260615-0001".to_owned(),
                name: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
                applicant: "Nguyễn Văn Nam".to_owned(),
                state: state.name(),
                submitted_at: DateTime::<Utc>::UNIX_EPOCH,
                due_at: DateTime::<Utc>::UNIX_EPOCH,
                timeliness,
            })
            .collect()
    }
}

/// A draft as a list shows it.
pub fn draft_line(cx: &Cx, deps: &Deps, draft: &Draft) -> DraftLine {
    let name = deps.version(&draft.procedure_version).map(|d| d.name.of(cx.locale).to_owned());
    DraftLine {
        id: draft.id.to_string(),
        name: name.unwrap_or_else(|_| draft.procedure.clone()),
        updated_at: draft.updated_at,
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "procedures/dossier/list.html";

    fn samples() -> Vec<Self> {
        let draft = DraftLine {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            name: "Đăng ký kết hôn".to_owned(),
            updated_at: DateTime::<Utc>::UNIX_EPOCH,
        };
        vec![
            Self { drafts: Vec::new(), dossiers: Vec::new(), next: None },
            Self { drafts: vec![draft], dossiers: DossierLine::samples(), next: Some("x".to_owned()) },
        ]
    }
}

/// `GET /dossiers`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(request): Query<PageRequest>,
) -> Result<Html<String>, AppProblem> {
    let person = cx.require_principal()?.number;
    let read = web.deps.db.read().await?;
    let drafts = draft::list_open(&read, &person).await?;
    let dossiers = dossier::list_of(&read, &person, &request).await?;
    let page = ListPage {
        drafts: drafts.iter().map(|draft| draft_line(&cx, &web.deps, draft)).collect(),
        dossiers: dossiers.items.iter().map(|dossier| DossierLine::of(&cx, &web.deps, dossier)).collect(),
        next: dossiers.next,
    };
    Ok(web.platform.ui.page(&cx, &frame, &page)?)
}

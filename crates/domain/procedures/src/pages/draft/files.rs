//! `/drafts/{id}/files/{requirement}`: several files for one requirement; by a plain form, or resumable.

use crate::ops::attach_file::{self, Arrived, AttachFile};
use crate::pages::view::{FileView, Naming, RequirementView, samples};
use crate::store::draft::{self, Draft, DraftFile, DraftId};
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::act;
use d06_http::{AppProblem, Flash, Form, PageFrame, RequestCx, Upload};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct FilesPage {
    /// The draft.
    pub draft: String,
    /// Name of the procedure.
    pub name: String,
    /// The requirement.
    pub requirement: RequirementView,
    /// What is attached.
    pub files: Vec<FileView>,
    /// The largest file, in megabytes.
    pub megabytes: u64,
    /// What was wrong with the last upload.
    pub form: FormView,
}

impl Page for FilesPage {
    const TEMPLATE: &'static str = "procedures/draft/files.html";

    fn samples() -> Vec<Self> {
        let page = |files, form| Self {
            draft: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            name: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
            requirement: samples().swap_remove(5),
            files,
            megabytes: 50,
            form,
        };
        let refused = d06_kernel::Problem::field("file", "draft.no-file");
        vec![
            page(Vec::new(), FormView::new().refused(&refused)),
            page(vec![FileView::sample()], FormView::new()),
        ]
    }
}

/// The files of a requirement for a reader.
pub fn of_requirement(files: &[DraftFile], requirement: &str) -> Vec<FileView> {
    files
        .iter()
        .filter(|file| file.requirement == requirement)
        .map(|file| FileView::new(file.id, &file.name, file.size, &file.media))
        .collect()
}

/// Bytes of a megabyte, as people count a file.
const MEGABYTE: u64 = 1024 * 1024;

/// `GET /drafts/{id}/files/{requirement}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, requirement)): Path<(DraftId, String)>,
) -> Result<Response, AppProblem> {
    let (draft, _) = web.draft::<act::EditDraft>(&cx, id).await?;
    let page = page(&cx, &web, &draft, &requirement, FormView::new()).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /drafts/{id}/files/{requirement}`: the files of a plain form. One that is refused leaves the others.
pub async fn upload(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path((id, requirement)): Path<(DraftId, String)>,
    upload: Upload,
) -> Result<Response, AppProblem> {
    let (draft, permit) = web.draft::<act::EditDraft>(&cx, id).await?;
    let mut form = FormView::new();
    if upload.files.is_empty() {
        form = form.refused(&Problem::field("file", "draft.no-file"));
    }
    for file in upload.files {
        let name = file.name.clone();
        let attached = async {
            let prepared = web.deps.files.prepare(&cx, &file.bytes).await?;
            let arrived = Arrived::Whole(prepared);
            let command =
                AttachFile { draft: id, requirement: requirement.clone(), name: file.name, arrived };
            attach_file::run(&cx, &web.deps, &permit, command).await
        };
        if let Err(problem) = attached.await {
            form = form.refuse_file("file", &name, problem)?;
        }
    }
    if form.problems().is_empty() {
        return Ok(Redirect::to(&format!("/drafts/{id}/files/{requirement}")).into_response());
    }
    let page = page(&cx, &web, &draft, &requirement, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, web.platform.ui.page(&cx, &frame, &page)?).into_response())
}

/// `POST /drafts/{id}/files/{requirement}/{file}/remove`.
pub async fn remove(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, requirement, file)): Path<(DraftId, String, uuid::Uuid)>,
    form: Form<()>,
) -> Result<Response, AppProblem> {
    form.value?;
    let (_, permit) = web.draft::<act::EditDraft>(&cx, id).await?;
    attach_file::remove(&web.deps, &permit, id, file).await?;
    Ok((Flash::success("file-removed"), Redirect::to(&format!("/drafts/{id}/files/{requirement}")))
        .into_response())
}

async fn page(
    cx: &Cx,
    web: &Web,
    draft: &Draft,
    requirement: &str,
    form: FormView,
) -> Result<FilesPage, Problem> {
    let definition = web.deps.version(&draft.procedure_version)?;
    let defined = definition.requirement(requirement).ok_or_else(Problem::not_found)?;
    let read = web.deps.db.read().await?;
    let files = draft::list_files(&read, draft.id).await?;
    Ok(FilesPage {
        draft: draft.id.to_string(),
        name: definition.name.of(cx.locale).to_owned(),
        requirement: Naming::new(&web.deps, &definition, cx.locale, local_date(cx.now())).general(defined),
        files: of_requirement(&files, requirement),
        megabytes: web.deps.files.limits().size / MEGABYTE,
        form,
    })
}

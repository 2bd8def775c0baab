//! The pages of this domain and their addresses.

pub mod catalogue;
pub mod dossier;
pub mod draft;
pub mod view;
pub mod work;

use crate::web::Web;
use axum::http::Method;
use d06_http::{Routes, Who};
use d06_kernel::Role;
use d06_ui::Pages;

const HANDLING: Who = Who::Roles(work::queue::ROLES);
const SEEING: Who = Who::Roles(&[
    Role::OneStopOfficer,
    Role::Specialist,
    Role::ApprovingLeader,
    Role::Chairman,
    Role::Auditor,
]);

/// The pages' routes.
pub fn routes(routes: Routes<Web>) -> Routes<Web> {
    let (get, post) = (Method::GET, Method::POST);
    let uploads = "/drafts/{id}/files/{requirement}/uploads";
    let upload = "/drafts/{id}/files/{requirement}/uploads/{upload}";
    routes
        .page(get.clone(), "/procedures", Who::Public, catalogue::search::show)
        .page(get.clone(), "/procedures/{code}", Who::Public, catalogue::show::show)
        .page(post.clone(), "/drafts", Who::Citizen, draft::form::open)
        .page(get.clone(), "/drafts/{id}", Who::Citizen, draft::form::show)
        .page(post.clone(), "/drafts/{id}", Who::Citizen, draft::form::save)
        .page(get.clone(), "/drafts/{id}/files/{requirement}", Who::Citizen, draft::files::show)
        .page(post.clone(), "/drafts/{id}/files/{requirement}", Who::Citizen, draft::files::upload)
        .page(
            post.clone(),
            "/drafts/{id}/files/{requirement}/{file}/remove",
            Who::Citizen,
            draft::files::remove,
        )
        .rest(post.clone(), uploads, Who::Citizen, draft::uploads::create)
        .rest(Method::HEAD, upload, Who::Citizen, draft::uploads::offset)
        .rest(Method::PATCH, upload, Who::Citizen, draft::uploads::append)
        .rest(Method::DELETE, upload, Who::Citizen, draft::uploads::abandon)
        .page(get.clone(), "/drafts/{id}/wrong/{field}", Who::Citizen, draft::wrong::show)
        .page(post.clone(), "/drafts/{id}/wrong/{field}", Who::Citizen, draft::wrong::send)
        .page(get.clone(), "/drafts/{id}/submit", Who::Citizen, draft::review::show)
        .page(post.clone(), "/drafts/{id}/submit", Who::Citizen, draft::review::submit)
        .page(get.clone(), "/dossiers", Who::Citizen, dossier::list::show)
        .page(get.clone(), "/dossiers/{id}", Who::SignedIn, dossier::show::show)
        .page(get.clone(), "/dossiers/{id}/receipt.pdf", Who::SignedIn, dossier::show::receipt)
        .page(get.clone(), "/dossiers/{id}/files/{file}", Who::SignedIn, dossier::show::file)
        .page(post.clone(), "/dossiers/{id}/supplement", Who::Citizen, dossier::show::answer)
        .page(get.clone(), "/lookup/{secret}", Who::Public, dossier::lookup::show)
        .page(get.clone(), "/work", HANDLING, work::queue::show)
        .page(get, "/work/dossiers/{id}", SEEING, work::show::show)
        .page(post.clone(), "/work/dossiers/{id}/receive", HANDLING, work::actions::receive)
        .page(post.clone(), "/work/dossiers/{id}/complete-step", HANDLING, work::actions::complete)
        .page(post.clone(), "/work/dossiers/{id}/supplement", HANDLING, work::actions::supplement)
        .page(post.clone(), "/work/dossiers/{id}/override", HANDLING, work::actions::overrule)
        .page(post, "/work/dossiers/{id}/decide", HANDLING, work::actions::decide)
}

/// The pages, for the check of templates and texts.
pub fn list() -> Pages {
    Pages::new()
        .with::<catalogue::search::SearchPage>()
        .with::<catalogue::show::ShowPage>()
        .with::<draft::form::FormPage>()
        .with::<draft::form::SavedPart>()
        .with::<draft::files::FilesPage>()
        .with::<draft::review::ReviewPage>()
        .with::<draft::wrong::WrongPage>()
        .with::<dossier::list::ListPage>()
        .with::<dossier::show::ShowPage>()
        .with::<dossier::lookup::LookupPage>()
        .with::<work::queue::QueuePage>()
        .with::<work::show::ShowPage>()
}

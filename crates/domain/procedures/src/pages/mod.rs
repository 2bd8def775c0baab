//! The pages of this domain and their addresses.

pub mod catalogue;
pub mod dossier;
pub mod draft;
pub mod view;
pub mod work;

use crate::web::Web;
use axum::http::Method;
use d06_http::{Routes, Who};
use d06_kernel::{Problem, Role};
use d06_ui::Pages;

const HANDLING: Who = Who::Roles(work::queue::ROLES);
const COUNTER: Who = Who::Roles(&[Role::OneStopOfficer]);
const LATE: Who = Who::Roles(work::late::ROLES);
const SEEING: Who = Who::Roles(&[
    Role::OneStopOfficer,
    Role::Specialist,
    Role::ApprovingLeader,
    Role::Chairman,
    Role::Auditor,
]);

/// Several forms of one page ask for a reason; two of them cannot share a name.
pub(crate) trait ReasonField {
    /// The problem with its field `reason` as the page calls it.
    fn at_field(self, name: &str) -> Self;
}

impl ReasonField for Problem {
    fn at_field(mut self, name: &str) -> Self {
        for field in self.fields.iter_mut().filter(|f| f.field == "reason") {
            name.clone_into(&mut field.field);
        }
        self
    }
}

/// The pages' routes.
pub fn routes(routes: Routes<Web>) -> Routes<Web> {
    let (get, post) = (Method::GET, Method::POST);
    let uploads = "/drafts/{id}/files/{requirement}/uploads";
    let upload = "/drafts/{id}/files/{requirement}/uploads/{upload}";
    routes
        .page(get.clone(), "/procedures", Who::Public, catalogue::search::show)
        .page(get.clone(), "/procedures/{code}", Who::Public, catalogue::show::show)
        .page(post.clone(), "/drafts", Who::Citizen, draft::form::open)
        .page(get.clone(), "/drafts/{id}", Who::SignedIn, draft::form::show)
        .page(post.clone(), "/drafts/{id}", Who::SignedIn, draft::form::save)
        .page(get.clone(), "/drafts/{id}/files/{requirement}", Who::SignedIn, draft::files::show)
        .page(post.clone(), "/drafts/{id}/files/{requirement}", Who::SignedIn, draft::files::upload)
        .page(
            post.clone(),
            "/drafts/{id}/files/{requirement}/{file}/remove",
            Who::SignedIn,
            draft::files::remove,
        )
        .rest(post.clone(), uploads, Who::SignedIn, draft::uploads::create)
        .rest(Method::HEAD, upload, Who::SignedIn, draft::uploads::offset)
        .rest(Method::PATCH, upload, Who::SignedIn, draft::uploads::append)
        .rest(Method::DELETE, upload, Who::SignedIn, draft::uploads::abandon)
        .page(get.clone(), "/drafts/{id}/wrong/{field}", Who::SignedIn, draft::wrong::show)
        .page(post.clone(), "/drafts/{id}/wrong/{field}", Who::SignedIn, draft::wrong::send)
        .page(get.clone(), "/drafts/{id}/submit", Who::SignedIn, draft::review::show)
        .page(post.clone(), "/drafts/{id}/submit", Who::SignedIn, draft::review::submit)
        .page(get.clone(), "/dossiers", Who::Citizen, dossier::list::show)
        .page(get.clone(), "/dossiers/{id}", Who::SignedIn, dossier::show::show)
        .page(get.clone(), "/dossiers/{id}/receipt.pdf", Who::SignedIn, dossier::show::receipt)
        .page(get.clone(), "/dossiers/{id}/letters/{letter}", Who::SignedIn, dossier::show::letter)
        .page(post.clone(), "/dossiers/{id}/withdraw", Who::Citizen, dossier::show::withdraw)
        .page(get.clone(), "/dossiers/{id}/files/{file}", Who::SignedIn, dossier::show::file)
        .page(post.clone(), "/dossiers/{id}/supplement", Who::SignedIn, dossier::show::answer)
        .page(get.clone(), "/lookup/{secret}", Who::Public, dossier::lookup::show)
        .page(get.clone(), "/work", HANDLING, work::queue::show)
        .page(get.clone(), "/work/late", LATE, work::late::show)
        .page(get.clone(), "/work/counter", COUNTER, work::counter::show)
        .page(post.clone(), "/work/counter", COUNTER, work::counter::open)
        .page(get, "/work/dossiers/{id}", SEEING, work::show::show)
        .page(post.clone(), "/work/dossiers/{id}/refuse", HANDLING, work::actions::refuse)
        .page(post.clone(), "/work/dossiers/{id}/payment", COUNTER, work::actions::pay)
        .page(post.clone(), "/work/dossiers/{id}/withdraw", COUNTER, work::actions::withdraw)
        .page(post.clone(), "/work/dossiers/{id}/reappoint", HANDLING, work::actions::reappoint)
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
        .with::<work::late::LatePage>()
        .with::<work::counter::CounterPage>()
        .with::<work::show::ShowPage>()
}

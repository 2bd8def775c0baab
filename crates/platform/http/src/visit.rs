//! One request, from its first layer to its answer: who comes, in which language, with which session.

use crate::platform::Platform;
use crate::session::token::Token;
use crate::site::Site;
use d06_kernel::Cx;
use d06_ui::{FormView, Frame, FramePerson, NavigationItem, Notice};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// What the layers found out about a request.
pub(crate) struct VisitParts {
    pub(crate) platform: Platform,
    pub(crate) site: Arc<Site>,
    pub(crate) cx: Cx,
    pub(crate) unit_name: Option<String>,
    /// The token of the session, if somebody is signed in.
    pub(crate) session_token: Option<Token>,
    /// The token that forms carry.
    pub(crate) form_token: String,
    /// The nonce of the page's own inline script.
    pub(crate) nonce: String,
    /// Path and query.
    pub(crate) path: String,
    /// Words from the request before this one.
    pub(crate) notices: Vec<Notice>,
}

/// A request under way.
pub(crate) struct Visit {
    parts: VisitParts,
    /// What the reader typed, to be shown again if the request fails.
    typed: Mutex<Option<FormView>>,
}

impl Deref for Visit {
    type Target = VisitParts;

    fn deref(&self) -> &VisitParts {
        &self.parts
    }
}

impl Visit {
    pub(crate) fn new(parts: VisitParts) -> Self {
        Self { parts, typed: Mutex::new(None) }
    }

    /// The surroundings of a page.
    pub(crate) fn frame(&self) -> Frame {
        let texts = self.platform.ui.texts();
        let outages = self.platform.outages.at(self.cx.now());
        let outage: Vec<String> = outages.iter().map(|id| texts.plain(self.cx.locale, id)).collect();
        let person = self
            .cx
            .principal()
            .map(|person| FramePerson { name: person.name.clone(), unit: self.unit_name.clone() });
        Frame {
            locale: self.cx.locale,
            path: self.path.clone(),
            nonce: self.nonce.clone(),
            csrf: self.form_token.clone(),
            person,
            navigation: self.navigation(),
            notices: self.notices.clone(),
            outage: (!outage.is_empty()).then(|| outage.join(" ")),
            request: self.cx.request.to_string(),
        }
    }

    /// Keeps what was typed.
    pub(crate) fn keep_typed(&self, typed: FormView) {
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(typed);
    }

    /// What was typed.
    pub(crate) fn typed(&self) -> Option<FormView> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn navigation(&self) -> Vec<NavigationItem> {
        let path = self.path.split('?').next().unwrap_or("/");
        self.site
            .navigation
            .iter()
            .filter(|entry| entry.shows_to(&self.cx))
            .map(|entry| NavigationItem { text: entry.text, href: entry.href, current: entry.holds(path) })
            .collect()
    }
}

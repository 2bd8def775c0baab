//! What is assembled once at start from all modules.

use crate::meters::Meters;
use crate::navigation::{ENTRIES, Entry};
use crate::route::RouteInfo;

/// The assembled site.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) navigation: Vec<Entry>,
    pub(crate) meters: Meters,
}

impl Site {
    pub(crate) fn new(routes: &[RouteInfo], meters: Meters) -> Self {
        let navigation = ENTRIES
            .into_iter()
            .filter(|entry| routes.iter().any(|route| route.method == "GET" && route.path == entry.href))
            .collect();
        Self { navigation, meters }
    }
}

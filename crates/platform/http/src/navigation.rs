//! Where one can go from every page.

use d06_kernel::{Cx, Role};

/// Who sees an entry.
#[derive(Clone, Copy, Debug)]
enum Audience {
    Everybody,
    Citizens,
    Officials(&'static [Role]),
}

/// An entry of the navigation. It shows only where some module answers its address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) text: &'static str,
    pub(crate) href: &'static str,
    audience: Audience,
}

const HANDLING: &[Role] = &[Role::OneStopOfficer, Role::Specialist, Role::ApprovingLeader];
const WORKING: &[Role] = &[
    Role::Chairman,
    Role::StandingOffice,
    Role::ApprovingLeader,
    Role::Auditor,
    Role::Specialist,
    Role::OneStopOfficer,
];
const OVERSIGHT: &[Role] = &[Role::StandingOffice, Role::Auditor];
const STEERING: &[Role] = &[Role::Chairman, Role::StandingOffice, Role::ApprovingLeader, Role::Auditor];

/// All entries, in the order they show.
pub(crate) const ENTRIES: [Entry; 14] = [
    Entry { text: "nav-work", href: "/work", audience: Audience::Officials(HANDLING) },
    Entry { text: "nav-procedures", href: "/procedures", audience: Audience::Everybody },
    Entry { text: "nav-dossiers", href: "/dossiers", audience: Audience::Citizens },
    Entry { text: "nav-cabinet", href: "/cabinet", audience: Audience::Citizens },
    Entry { text: "nav-access", href: "/access", audience: Audience::Citizens },
    Entry { text: "nav-chairman", href: "/chairman", audience: Audience::Officials(STEERING) },
    Entry { text: "nav-targets", href: "/steering/targets", audience: Audience::Officials(STEERING) },
    Entry { text: "nav-tasks", href: "/steering/tasks", audience: Audience::Officials(WORKING) },
    Entry { text: "nav-reports", href: "/steering/reports", audience: Audience::Officials(STEERING) },
    Entry {
        text: "nav-on-time",
        href: "/steering/indicators/on-time",
        audience: Audience::Officials(STEERING),
    },
    Entry { text: "nav-disputes", href: "/access/disputes", audience: Audience::Officials(OVERSIGHT) },
    Entry {
        text: "nav-corrections",
        href: "/corrections/desk",
        audience: Audience::Officials(&[Role::StandingOffice]),
    },
    Entry { text: "nav-audit", href: "/audit", audience: Audience::Officials(&[Role::Auditor]) },
    Entry { text: "nav-roles", href: "/admin/roles", audience: Audience::Officials(&[Role::Administrator]) },
];

impl Entry {
    /// Whether the reader sees it.
    pub(crate) fn shows_to(&self, cx: &Cx) -> bool {
        let principal = cx.principal();
        match self.audience {
            Audience::Everybody => true,
            Audience::Citizens => principal.is_some_and(|person| !person.is_official()),
            Audience::Officials(roles) => {
                principal.is_some_and(|person| roles.iter().any(|role| person.has(*role)))
            }
        }
    }

    /// Whether it is a place where the reader, an official, works.
    pub(crate) fn is_work_of(&self, cx: &Cx) -> bool {
        matches!(self.audience, Audience::Officials(_)) && self.shows_to(cx)
    }

    /// Whether a page is this one or below it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_an_entry_belongs_to_it() {
        let entry = ENTRIES[1];
        assert!(entry.holds("/procedures/1.004873"));
        assert!(!entry.holds("/procedures-old"));
    }
}

//! What a part of a document is about, by the words of its heading.

use crate::folded::Folded;
use crate::outline::Node;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Purpose, requirements, scope.
    Purpose,
    /// What is to be reached.
    Targets,
    /// What is to be done.
    Tasks,
    /// How the work is organised, and money: duties of units that are no tasks of the plan.
    Organisation,
    /// What was done before, and what stood in the way.
    Account,
}

/// Which parts of a document are read for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those about work.
    Work,
    /// The part on organisation as well.
    WorkAndOrganisation,
    /// All.
    Everything,
}

/// What headings of parts begin with that tell of the time before, folded.
const ACCOUNTS: [&str; 11] = [
    "ket qua",
    "danh gia",
    "tinh hinh",
    "thuc trang",
    "hien trang",
    "ton tai",
    "han che",
    "kho khan",
    "nguyen nhan",
    "bai hoc",
    "su can thiet",
];

/// What an item is about: what its heading says, else what the item above it is about; tasks, if `scope` wants it so.
pub(super) fn section_of(node: &Node, above: Section, scope: Scope) -> Section {
    if scope == Scope::Everything {
        return Section::Tasks;
    }
    let folded = Folded::new(node.title());
    if folded.len() > 160 {
        return above;
    }
    let is_top = node.marker.rank() <= 1;
    if !is_top {
        // Below the top only a bare heading changes the subject.
        let bare = folded.len() < 45;
        return match above {
            _ if bare && (folded.starts_with_words("muc tieu") || folded.starts_with_words("chi tieu")) => {
                Section::Targets
            }
            Section::Targets if bare && folded.has_any(&["yeu cau", "muc dich"]) => Section::Purpose,
            other => other,
        };
    }
    let is_part = node.marker.rank() == 0;
    let looks_back = ACCOUNTS.iter().any(|words| folded.starts_with_words(words))
        && !folded.has_any(&["nhiem vu", "giai phap", "muc tieu", "chi tieu", "phuong huong"]);
    if looks_back || (above == Section::Account && !is_part) {
        return Section::Account;
    }
    let organisation = if scope == Scope::Work { Section::Organisation } else { Section::Tasks };
    if folded.has_any(&["to chuc thuc hien"]) {
        organisation
    } else if folded.has_any(&["nhiem vu", "giai phap", "noi dung", "trong tam", "cong viec"]) {
        Section::Tasks
    } else if folded.has_any(&["muc tieu", "chi tieu"]) {
        Section::Targets
    } else if folded.has_any(&[
        "muc dich",
        "yeu cau",
        "quan diem",
        "pham vi",
        "nguyen tac",
        "can cu",
        "doi tuong",
    ]) {
        Section::Purpose
    } else if folded.has_any(&["kinh phi", "nguon luc", "trach nhiem", "bao cao", "du toan"]) {
        organisation
    } else {
        Section::Tasks
    }
}

/// Whether an item is nothing but the heading of a part, in capitals.
pub(super) fn is_heading(node: &Node) -> bool {
    let capitals = node.title().chars().all(|c| !c.is_lowercase());
    node.marker.rank() <= 1 && node.children.is_empty() && node.paragraphs.len() == 1 && capitals
}

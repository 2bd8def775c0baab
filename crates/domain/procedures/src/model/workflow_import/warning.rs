//! What an import did not understand.

use super::pieces::Piece;
use serde::Serialize;

/// Something a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Line of the text, counted from 1.
    pub line: u32,
    /// What it is about.
    pub kind: WarningKind,
    /// The words it is about.
    pub text: String,
}

/// Kinds of warnings; words under `workflow-import-` + name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// A table of steps stands under no procedure code.
    NoCode,
    /// A step has no time.
    NoTime,
    /// A step's time is written in a way that is not understood.
    TimeNotUnderstood,
    /// A step has no performer.
    NoPerformer,
    /// The performer's role or unit is not known.
    PerformerNotUnderstood,
    /// Step numbers jump or repeat.
    StepNumber,
    /// A cell follows a row that already has all its cells; it was left out.
    CellIgnored,
    /// The steps do not add up to the total that is stated.
    SumDiffers,
    /// No total is stated.
    NoTotal,
    /// The decision promises workflows or procedures that the text does not hold (an annex is missing).
    AnnexMissing,
}

impl WarningKind {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCode => "no-code",
            Self::NoTime => "no-time",
            Self::TimeNotUnderstood => "time-not-understood",
            Self::NoPerformer => "no-performer",
            Self::PerformerNotUnderstood => "performer-not-understood",
            Self::StepNumber => "step-number",
            Self::CellIgnored => "cell-ignored",
            Self::SumDiffers => "sum-differs",
            Self::NoTotal => "no-total",
            Self::AnnexMissing => "annex-missing",
        }
    }
}

/// Compares what Article 1 of the decision promises with what was found: "40 quy trình nội bộ", "12 thủ tục
/// hành chính".
pub(super) fn check_promise(pieces: &[Piece], listed: usize, workflows: usize, warnings: &mut Vec<Warning>) {
    let Some(piece) = pieces.iter().find(|p| p.folded.contains("kem theo quyet dinh nay")) else { return };
    let promised =
        |what: &str| piece.folded.match_indices(what).find_map(|(at, _)| number_at_end(&piece.folded[..at]));
    // Under "công bố danh mục … và quy trình nội bộ 12 thủ tục hành chính" both are promised twelve times.
    let both = piece.folded.contains("va quy trinh noi bo") && workflows == 0;
    let wanted_workflows =
        promised("quy trinh noi bo").or_else(|| both.then(|| promised("thu tuc hanh chinh")).flatten());
    if let Some(wanted) = wanted_workflows.filter(|wanted| workflows < *wanted) {
        let text = format!("{workflows}/{wanted}");
        warnings.push(Warning { line: piece.line, kind: WarningKind::AnnexMissing, text });
    } else if let Some(wanted) = promised("thu tuc hanh chinh").filter(|wanted| listed < *wanted) {
        let text = format!("{listed}/{wanted}");
        warnings.push(Warning { line: piece.line, kind: WarningKind::AnnexMissing, text });
    }
}

/// The number a folded text ends with: `40`, `01 (mot)`.
fn number_at_end(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let text =
        if text.ends_with(')') { text.rsplit_once('(').map_or(text, |(t, _)| t.trim_end()) } else { text };
    text.rsplit(' ').next()?.parse().ok()
}

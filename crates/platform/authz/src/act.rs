//! The actions, each a type, so that the permit for one cannot be handed to another. The names are those of
//! `policies/schema.cedarschema`; a test compares the two lists.

use crate::resource::Kind;

/// An action that the policies speak of.
pub trait Act {
    /// Its name in the policies.
    const NAME: &'static str;
    /// What it acts upon.
    const ON: Kind;
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $name:literal on $kind:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub enum $act {}
            impl Act for $act {
                const NAME: &'static str = $name;
                const ON: Kind = Kind::$kind;
            }
        )*
        /// Every action with what it acts upon, in the order of this file.
        pub const ALL: &[(&str, Kind)] = &[$(($name, Kind::$kind)),*];
    };
}

acts! {
    /// End a session.
    EndSession = "session.end" on Session;
    /// Fill in a draft.
    EditDraft = "draft.edit" on Draft;
    /// Open a draft for a person who stands at the counter (nộp hộ tại quầy).
    AssistFiling = "draft.assist" on Draft;
    /// Submit a draft as a dossier.
    SubmitDossier = "dossier.submit" on Draft;
    /// See a dossier.
    ViewDossier = "dossier.view" on Dossier;
    /// Receive a dossier at the one-stop shop (tiếp nhận).
    ReceiveDossier = "dossier.receive" on Dossier;
    /// Examine a dossier and hand it on (thẩm định).
    ExamineDossier = "dossier.examine" on Dossier;
    /// Ask the person, once, for what is missing (yêu cầu bổ sung).
    RequestSupplement = "dossier.request-supplement" on Dossier;
    /// Ask for what the engine waived, citing a clause of law.
    OverrideRequirement = "dossier.override-requirement" on Dossier;
    /// Approve or refuse (phê duyệt).
    DecideDossier = "dossier.decide" on Dossier;
    /// Apologise and make a new appointment (xin lỗi và hẹn lại).
    ReappointDossier = "dossier.reappoint" on Dossier;
    /// Withdraw one's own dossier (rút hồ sơ).
    WithdrawDossier = "dossier.withdraw" on Dossier;
    /// See the work queue of an office.
    ViewQueue = "queue.view" on Queue;
    /// Open a document of a cabinet.
    ViewDocument = "document.view" on Document;
    /// Revoke a document (thu hồi, hủy bỏ).
    RevokeDocument = "document.revoke" on Document;
    /// Read data of the population database.
    ReadPopulation = "population.read" on PopulationRecord;
    /// See who read one's data.
    ViewAccess = "access.view" on AccessRecord;
    /// Dispute a read of one's data.
    DisputeAccess = "access.dispute" on AccessRecord;
    /// Answer a dispute.
    AnswerDispute = "access.answer" on AccessRecord;
    /// Ask for a correction of one's data.
    RequestCorrection = "correction.request" on Correction;
    /// See a request for correction.
    ViewCorrection = "correction.view" on Correction;
    /// Settle a request for correction.
    SettleCorrection = "correction.settle" on Correction;
    /// See targets and their values.
    ViewTarget = "target.view" on Target;
    /// Bind a target to a measure.
    BindTarget = "target.bind" on Target;
    /// Hand a plan in, compile it, and decide on its items.
    CompilePlan = "plan.compile" on Target;
    /// Make the items of a plan its targets and tasks.
    AcceptPlan = "plan.accept" on Target;
    /// Say how a target is counted, and from whom.
    ShapeTarget = "target.shape" on Target;
    /// Enter a unit's figures for a target that no record measures.
    EnterFigure = "figure.enter" on Target;
    /// See tasks, their history and their evidence.
    ViewTask = "task.view" on Task;
    /// Say who does a task, by when, under whose authority and with which product.
    SteerTask = "task.steer" on Task;
    /// Move a deadline, with a reason.
    ExtendTask = "task.extend" on Task;
    /// Report on a task of one's own unit: begin it, add evidence, hand the product in.
    UpdateTask = "task.update" on Task;
    /// Take a product as done, or send it back.
    AcceptTask = "task.accept" on Task;
    /// See obstacles.
    ViewObstacle = "obstacle.view" on Obstacle;
    /// Raise an obstacle to what one's own unit does (nêu vướng mắc).
    RaiseObstacle = "obstacle.raise" on Obstacle;
    /// Answer an obstacle that one's unit can remove (tháo gỡ).
    AnswerObstacle = "obstacle.answer" on Obstacle;
    /// Send an obstacle to another who can remove it, or to the level above.
    RouteObstacle = "obstacle.route" on Obstacle;
    /// See the registers of steering: inspections, pilot models, reviews of legal texts.
    ViewRegister = "register.view" on Register;
    /// Add to a register and change what it says.
    KeepRegister = "register.keep" on Register;
    /// Report on an entry of a register that one's own unit must act on.
    UpdateRegister = "register.update" on Register;
    /// See what tasks cost.
    ViewBudget = "budget.view" on Budget;
    /// Write down estimate, allocation and spending of a task.
    KeepBudget = "budget.keep" on Budget;
    /// See and draft proposals of commendation and criticism.
    DraftCommendation = "commendation.draft" on Commendation;
    /// Decide a proposal of commendation or criticism.
    DecideCommendation = "commendation.decide" on Commendation;
    /// See a report and what its figures rest on.
    ViewReport = "report.view" on Report;
    /// Write the report of one's own unit, send it, and ask the units below for reports.
    WriteReport = "report.write" on Report;
    /// Take a report of a unit below: return, accept, lock, remind.
    ReceiveReport = "report.receive" on Report;
    /// Read the audit log.
    ViewAudit = "audit.view" on AuditLog;
    /// See units and who holds which role.
    ViewDirectory = "directory.view" on Directory;
    /// Give or end a role.
    AssignRole = "role.assign" on Directory;
}

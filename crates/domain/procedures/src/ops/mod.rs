//! The use cases, one file each. An operation that writes takes the permit for it; ports are asked before the
//! write transaction is opened.

pub mod answer_supplement;
pub mod assist_filing;
pub mod attach_file;
pub mod check_answers;
pub mod complete_step;
pub mod decide_dossier;
pub mod inquire_requirements;
pub mod issue_result;
pub mod load;
pub mod open_draft;
pub mod override_requirement;
pub mod plan_deadlines;
pub mod print_letter;
pub mod print_receipt;
pub mod reappoint_dossier;
pub mod receive_dossier;
pub mod reckon_deadlines;
pub mod record_payment;
mod record_reuse;
pub mod refuse_reception;
pub mod request_correction;
pub mod request_supplement;
pub mod resolve_requirements;
pub mod save_draft;
pub mod submit_dossier;
mod trace;
pub mod withdraw_dossier;
mod write_letter;

//! A dossier (hồ sơ).

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "procedures_dossier")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub draft: Uuid,
    pub procedure: String,
    pub procedure_version: String,
    pub agency: String,
    pub reception: String,
    pub applicant: String,
    pub applicant_name: String,
    pub search_key: String,
    pub channel: String,
    pub state: String,
    pub version: i64,
    pub step: i64,
    pub step_role: Option<String>,
    pub step_unit: Option<String>,
    pub answers: Json,
    pub lookup: String,
    pub requirements: i64,
    pub waived: i64,
    pub overridden: i64,
    pub supplements: i64,
    pub submitted_at: DateTimeUtc,
    pub received_at: Option<DateTimeUtc>,
    pub due_at: DateTimeUtc,
    pub step_due_at: Option<DateTimeUtc>,
    pub clock: Json,
    pub decided_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub decision: Option<String>,
    pub decision_reason: Option<String>,
    pub decided_by: Option<String>,
    pub result: Option<Uuid>,
    pub receipt: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

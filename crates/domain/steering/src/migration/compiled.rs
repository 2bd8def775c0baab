//! The tables of plans under review, and of tasks that serve the tasks of a plan above.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations, in order.
pub(super) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Stamp::new("20261121_0020_steering_compiled")
            .table(&mut compiled())
            .table(&mut item())
            .table(&mut tie())
            .index(m::index("steering_compiled", &["unit", "state"]))
            .index(m::index("steering_compiled", &["plan"]))
            .index(m::index("steering_compiled_item", &["compiled", "position"]))
            .index(m::unique("steering_task_tie", &["task"]))
            .index(m::index("steering_task_tie", &["parent"]))
            .boxed(),
    ]
}

fn compiled() -> TableCreateStatement {
    Table::create()
        .table("steering_compiled")
        .col(m::uuid_pk("id"))
        .col(m::key("key", 80))
        .col(m::key("unit", 40))
        .col(m::text("title"))
        // What the document says of itself, and the compiler's warnings, as it wrote them.
        .col(m::json("document"))
        .col(m::json("warnings"))
        // The lines that were compiled; a tab parts cells.
        .col(m::text("source"))
        .col(m::key("source_hash", 64))
        // The file as it was handed in.
        .col(m::uuid_null("file"))
        .col(m::text("file_name"))
        // The plans it was merged from.
        .col(m::json("merged_from"))
        // `open`, `accepted` or `dropped`.
        .col(m::key("state", 10))
        // The plan it became.
        .col(m::uuid_null("plan"))
        .col(m::text("by_name"))
        .col(m::moment("at"))
        .take()
}

fn item() -> TableCreateStatement {
    Table::create()
        .table("steering_compiled_item")
        .col(m::uuid_pk("id"))
        .col(m::uuid("compiled"))
        .col(m::int("position"))
        // What it says now, and what the compiler read.
        .col(m::json("content"))
        .col(m::json_null("as_compiled"))
        // `proposed`, `accepted`, `rejected` or `merged`.
        .col(m::key("state", 10))
        .foreign_key(&mut m::foreign_key("steering_compiled_item", "compiled", "steering_compiled"))
        .take()
}

fn tie() -> TableCreateStatement {
    Table::create()
        .table("steering_task_tie")
        .col(m::uuid_pk("id"))
        // The task, and the task of the plan above that it serves.
        .col(m::uuid("task"))
        .col(m::uuid("parent"))
        .col(m::text("by_name"))
        .col(m::moment("at"))
        .foreign_key(&mut m::foreign_key("steering_task_tie", "task", "steering_task"))
        .foreign_key(&mut m::foreign_key("steering_task_tie", "parent", "steering_task"))
        .take()
}

"""Judges links against the truth: precision, recall and F1 as decided and at the best threshold, calibration.

    score.py link TRUTH.parquet LINKS.parquet
    score.py dedupe TRUTH.parquet LINKS.parquet

The truth of a link holds pairs (left_id, right_id), that of a dedupe rows (person, id). For the best threshold every
threshold is tried, on all links and on the best link of each person alone; the better of the two counts.
"""

import json
import sys

import duckdb

BINS = 20

kind, truth, links = sys.argv[1:]
run = duckdb.connect()
columns = [row[0] for row in run.execute(f"describe select * from read_parquet('{links}')").fetchall()]
if "right_person" in columns:
    person = "right_person"
elif "person" in columns:
    person = "right_id || '#' || person"
else:
    person = "right_id"
if kind == "link":
    run.execute(f"create table truth as select distinct left_id, right_id from read_parquet('{truth}')")
    pairs = f"select left_id, right_id, {person} as person, match_probability as p, decision from read_parquet('{links}')"
else:
    run.execute(
        "create table truth as select least(a.id, b.id) as left_id, greatest(a.id, b.id) as right_id "
        f"from read_parquet('{truth}') a join read_parquet('{truth}') b on a.person = b.person and a.id < b.id"
    )
    pairs = (
        "select least(left_id, right_id) as left_id, greatest(left_id, right_id) as right_id, "
        "least(left_id, right_id) || greatest(left_id, right_id) as person, "
        f"match_probability as p, decision from read_parquet('{links}')"
    )
run.execute(
    f"""
    create table judged as
    select links.*, truth.left_id is not null as is_true,
           row_number() over (partition by person order by p desc, links.left_id) = 1 as is_best
    from (select left_id, right_id, any_value(person) as person, max(p) as p, max(decision = 'match') as is_match
          from ({pairs}) group by left_id, right_id) links
    left join truth using (left_id, right_id)
    """
)
total = run.execute("select count(*) from truth").fetchone()[0]


def measure(found, correct):
    precision = correct / found if found else 0.0
    recall = correct / total if total else 0.0
    f1 = 2 * correct / (found + total) if found + total else 0.0
    return {"precision": round(precision, 5), "recall": round(recall, 5), "f1": round(f1, 5)}


decided = measure(
    *run.execute("select count(*), count(*) filter (is_true) from judged where is_match").fetchone()
)


def best(where):
    f1, threshold = run.execute(
        f"""
        with steps as (select p, count(*) as n, count(*) filter (is_true) as t from judged where {where} group by p),
        sums as (select p, sum(n) over w as n, sum(t) over w as t from steps window w as (order by p desc))
        select max(2 * t / (n + {total})), arg_max(p, 2 * t / (n + {total})) from sums
        """
    ).fetchone()
    return {"f1": round(float(f1 or 0.0), 5), "threshold": float(threshold or 0.0)}


at_best = max(best("true"), best("is_best"), key=lambda found: found["f1"])
error = run.execute(
    f"""
    with bins as (
      select count(*) as n, abs(avg(p) - avg(is_true::int)) as gap from judged
      group by least(floor(p * {BINS}), {BINS - 1})
    ) select sum(n * gap) / sum(n) from bins
    """
).fetchone()[0]
reached = run.execute("select count(*) filter (is_true) from judged").fetchone()[0]
print(
    json.dumps(
        {
            "decided": decided,
            "best": at_best,
            "calibration_error": round(float(error or 0.0), 5),
            "reached": round(reached / total, 5) if total else 0.0,
            "truth": total,
        }
    )
)

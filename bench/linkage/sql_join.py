"""What offices do today: a join by number, or by name, year of birth and commune, taken where it is unique.

    sql_join.py PEOPLE.parquet REGISTER.parquet LINKS.parquet
"""

import json
import sys
import time

import duckdb

people, register, out = sys.argv[1:]
started = time.perf_counter()
duckdb.execute(f"""
copy (
  with people as (select * from read_parquet('{people}')),
  register as (select * from read_parquet('{register}')),
  by_number as (
    select p.unique_id as l, r.unique_id as r from people p join register r on p.number = r.number
    union
    select p.unique_id, r.unique_id from people p join register r on p.old_number = r.number
  ),
  by_name as (
    select min(p.unique_id) as l, r.unique_id as r
    from people p join register r
      on p.name = r.name and p.birth_year = r.birth_year and p.commune = r.commune
    where r.unique_id not in (select r from by_number)
    group by r.unique_id having count(*) = 1
  )
  select distinct l as left_id, split_part(r, '#', 1) as right_id, r as right_person,
         1.0 as match_probability, 'match' as decision
  from (select * from by_number union all select * from by_name)
) to '{out}' (format parquet)
""")
print(json.dumps({"seconds": round(time.perf_counter() - started, 2)}))

"""The whole job with Splink on DuckDB, from Parquet to Parquet, as its best user would set it up.

    splink_job.py link PEOPLE.parquet REGISTER.parquet LINKS.parquet
    splink_job.py dedupe REGISTER.parquet LINKS.parquet

The inputs hold the same normalised columns that our own normaliser makes, one row for each person that a row of the
register names; making them is not part of the time measured for Splink. Training follows the Splink guide: u by
random sampling, m by expectation maximisation in sessions that block on different columns.
"""

import json
import logging
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)


def name_comparison():
    """Exact with term frequencies, then less and less alike."""
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name_marked", term_frequency_adjustments=True),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel("name_sorted_l = name_sorted_r", "the same words in another order"),
            cll.JaroWinklerLevel("name", 0.96),
            cll.CustomLevel(
                "surname_l = surname_r and given_l = given_r", "surname and given name equal"
            ),
            cll.JaroWinklerLevel("name", 0.92),
            cll.CustomLevel(
                "given_l = given_r and surname_l[1] = surname_r[1]", "given name and initial equal"
            ),
            cll.JaroWinklerLevel("name", 0.85),
            cll.ElseLevel(),
        ],
    )


def birth_comparison():
    """The day, the day with one slip, the year, nearly the year."""
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.CustomLevel(
                "birth_year_l is null or birth_year_r is null", "null"
            ).configure(is_null_level=True),
            cll.ExactMatchLevel("birth_date", term_frequency_adjustments=True),
            cll.CustomLevel(
                "birth_date_l is not null and birth_date_r is not null "
                "and damerau_levenshtein(birth_date_l, birth_date_r) <= 1",
                "one slip",
            ),
            cll.CustomLevel(
                "birth_year_l = birth_year_r and substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2) "
                "and substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)",
                "day and month exchanged",
            ),
            cll.CustomLevel(
                "birth_year_l = birth_year_r and (birth_date_l is null or birth_date_r is null)",
                "year equal, no day",
            ),
            cll.CustomLevel("birth_year_l = birth_year_r", "year equal, another day"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) = 1", "a year off"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) = 10", "a decade off"),
            cll.ElseLevel(),
        ],
    )


def number_comparison():
    """Either number of the left against the number of the right."""
    return cl.CustomComparison(
        output_column_name="number",
        comparison_levels=[
            cll.CustomLevel(
                "number_r is null or (length(number_r) <= 9 and old_number_l is null) or number_l is null",
                "null",
            ).configure(is_null_level=True),
            cll.CustomLevel("number_l = number_r or old_number_l = number_r", "equal"),
            cll.CustomLevel(
                "damerau_levenshtein(number_l, number_r) <= 1 or damerau_levenshtein(old_number_l, number_r) <= 1",
                "one slip",
            ),
            cll.ElseLevel(),
        ],
    )


def address_comparison():
    """House, street, commune."""
    return cl.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            cll.CustomLevel("commune_l is null or commune_r is null", "null").configure(is_null_level=True),
            cll.CustomLevel(
                "commune_l = commune_r and house_l = house_r and street_l = street_r", "the house"
            ),
            cll.CustomLevel("commune_l = commune_r and house_l = house_r", "house number and commune"),
            cll.CustomLevel("commune_l = commune_r and street_l = street_r", "street and commune"),
            cll.CustomLevel(
                "commune_l = commune_r and (street_l is null or street_r is null)", "commune, no street"
            ),
            cll.CustomLevel("commune_l = commune_r", "commune"),
            cll.ElseLevel(),
        ],
    )


LINK_RULES = [
    block_on("number"),
    "l.old_number = r.number",
    block_on("name", "birth_year"),
    block_on("name", "commune"),
    block_on("birth_date", "given"),
    block_on("commune", "given", "birth_year"),
    block_on("commune", "house", "street"),
    block_on("commune", "surname", "given", "street"),
    block_on("name_sorted", "birth_year"),
    block_on("commune", "surname", "birth_date"),
]
DEDUPE_RULES = [
    block_on("number"),
    block_on("phone"),
    block_on("name", "birth_year"),
    block_on("name", "commune"),
    block_on("birth_date", "given"),
    block_on("commune", "birth_date"),
    block_on("commune", "house", "street"),
]


def train_and_predict(connection, tables, kind, out):
    marks = {}
    started = time.perf_counter()

    def mark(name):
        marks[name] = round(time.perf_counter() - started, 2)

    api = DuckDBAPI(connection)
    frames = [api.register(table, dataset_display_name=table) for table in tables]
    comparisons = [name_comparison(), birth_comparison(), number_comparison(), address_comparison()]
    if kind == "dedupe":
        comparisons += [cl.ExactMatch("sex"), cl.ExactMatch("phone")]
    settings = SettingsCreator(
        link_type="link_only" if kind == "link" else "dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=LINK_RULES if kind == "link" else DEDUPE_RULES,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(frames if kind == "link" else frames[0], settings, log_level=None)
    sure = [block_on("number"), block_on("name", "birth_date", "commune")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.3)
    mark("prior")
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    mark("u")
    for rule in [block_on("name", "birth_year"), block_on("birth_date", "commune"), block_on("number")]:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=0.2
        )
    mark("em")
    links = linker.inference.predict(threshold_match_probability=0.001)
    mark("predict")
    right = "split_part(unique_id_r, '#', 1)"
    left = "unique_id_l" if kind == "link" else "split_part(unique_id_l, '#', 1)"
    connection.execute(
        f"copy (select {left} as left_id, {right} as right_id, unique_id_r as right_person, "
        "match_probability, match_weight, "
        "case when match_probability >= 0.5 then 'match' else 'review' end as decision "
        f"from {links.physical_name}) to '{out}' (format parquet)"
    )
    mark("write")
    return marks


def main():
    kind, *paths = sys.argv[1:]
    started = time.perf_counter()
    connection = duckdb.connect()
    names = ["people", "register"] if kind == "link" else ["register"]
    for name, path in zip(names, paths):
        connection.execute(f"create table {name} as select * from read_parquet('{path}')")
    marks = train_and_predict(connection, names, kind, paths[-1])
    print(json.dumps({"seconds": round(time.perf_counter() - started, 2), "until": marks}))


main()

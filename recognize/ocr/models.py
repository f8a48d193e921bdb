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

FINDS_LINES = "PP-OCRv6_det_small.onnx"
READS_LINES = "PP-OCRv6_rec_small.onnx"
TELLS_UPSIDE_DOWN = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
BLANK = "\0"

_loading = Lock()


class Network:
    """One network: a batch of pictures in, its answer out."""

    def __init__(self, name: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, min(threads, os.cpu_count() or 1))
        options.inter_op_num_threads = 1
        # Without the arena the memory of a large page goes back at once.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(_folder() / name), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def __call__(self, batch: "np.ndarray") -> "np.ndarray":
        """Run the network."""
        answer: Sequence[Any] = self._session.run(None, {self._input: batch})
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
def _loaded(name: str, threads: int) -> Network:
    return Network(name, threads)


def _folder() -> Path:
    """Find the networks without loading the package that carries them, which would bring a client for downloads."""
    package = find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr", name="rapidocr")
    return Path(package.submodule_search_locations[0]) / "models"

"""Trains the network on the text with made mistakes, and writes it with whole numbers of eight bits."""

import math
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from proofread.spelling.letters import KEPT, RARE, START, Alphabet, is_hanzi
from tools.spelling.counting import stream
from tools.spelling.gathering import Gathered, in_rows, usual_words
from tools.spelling.looks import sounds

WIDTH, BLOCKS, HEADS = 256, 6, 8
LENGTH, ROWS = 80, 20
FASTEST = 1.5e-3
WARMING = 300
LETTER_WRONG, TWO_WRONG, SOUND_SHARE, LOST = 0.055, 0.018, 0.3, 0.02
ASKED = 0.08  # so many letters without a mistake are asked for, too
SAMPLES = 64
SEEN_LEAST = 3


class Block(nn.Module):
    """Attention with turned places, then two layers."""

    def __init__(self) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        rows, length, _ = x.shape
        parts = self.qkv(self.n1(x)).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        asked, offered, given = turned(parts[0], cos, sin), turned(parts[1], cos, sin), parts[2]
        weights = torch.softmax(asked @ offered.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), -1)
        x = x + self.o((weights @ given).transpose(1, 2).reshape(rows, length, WIDTH))
        return x + self.f2(nn.functional.gelu(self.f1(self.n2(x)), approximate="tanh"))


def turned(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


class Reader(nn.Module):
    """Letters and their sounds in, for each place what was meant."""

    def __init__(self, sound: "np.ndarray", answers: int) -> None:
        super().__init__()
        self.e, self.p = nn.Embedding(len(sound), WIDTH), nn.Embedding(int(sound.max()) + 1, WIDTH)
        self.b = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.n, self.out = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, answers)
        half = WIDTH // HEADS // 2
        self.register_buffer("speeds", 1.0 / (1000 ** (torch.arange(half).float() / half)), persistent=False)
        self.register_buffer("sound", torch.tensor(sound).long(), persistent=False)
        for table in (self.e, self.p):
            nn.init.normal_(table.weight, std=0.05)

    def inner(self, numbers: torch.Tensor) -> torch.Tensor:
        x = self.e(numbers) + self.p(self.sound[numbers])
        turns = torch.arange(numbers.shape[1], dtype=torch.float32)[:, None] * self.speeds
        for block in self.b:
            x = block(x, turns.cos(), turns.sin())
        return self.n(x)

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(self.out(self.inner(numbers)), -1)


@dataclass(slots=True)
class Lesson:
    """The text as one row, and by which letters each is miswritten."""

    numbers: "np.ndarray"
    sound: "np.ndarray"  # by letter: its first reading without tone
    answers: "np.ndarray"  # by letter: its place among the answers, -1 for none
    same_sound: "np.ndarray"  # shape (letters, SAMPLES)
    confused: "np.ndarray"
    can_err: "np.ndarray"


def lesson(
    found: Gathered, letters: Alphabet, channel: dict[str, "np.ndarray"], table: "np.ndarray"
) -> Lesson:
    official = stream(found.official(all_of_it=False), letters)
    rows = stream(in_rows(usual_words(found) + found.words * 2, "、", 8), letters)
    gap = [START]
    text = [
        stream(found.law(all_of_it=False), letters),
        gap,
        official,
        gap,
        official,
        gap,
        official,
        gap,
        rows,
    ]
    numbers = np.concatenate(text).astype(np.int32)
    seen = np.bincount(numbers, minlength=len(letters))
    kept = np.flatnonzero(seen >= SEEN_LEAST)
    answers = np.full(len(letters), -1, dtype=np.int16)
    answers[kept] = np.arange(len(kept))
    sound = sounds_of(letters)
    can_err = channel["confused"] >= 0
    return Lesson(
        numbers, sound, answers, _same_sound(sound, seen), _confused(channel, can_err, table), can_err
    )


def sounds_of(letters: Alphabet) -> "np.ndarray":
    known: dict[str, int] = {}
    found = np.zeros(len(letters), dtype=np.int16)
    for number, letter in enumerate(letters.letters, start=KEPT):
        if is_hanzi(letter):
            read = sounds(letter)
            found[number] = known.setdefault(read[0][0] + read[0][1] if read else "", len(known) + 1)
    return found


def _same_sound(sound: "np.ndarray", seen: "np.ndarray") -> "np.ndarray":
    random = np.random.default_rng(5)
    found = np.zeros((len(sound), SAMPLES), dtype=np.int32)
    for each in range(1, int(sound.max()) + 1):
        alike = np.flatnonzero(sound == each)
        chance = (seen[alike] + 1.0) ** 0.5
        found[alike] = random.choice(alike, (len(alike), SAMPLES), p=chance / chance.sum())
    return found


def _confused(channel: dict[str, "np.ndarray"], can_err: "np.ndarray", table: "np.ndarray") -> "np.ndarray":
    random = np.random.default_rng(6)
    found = np.zeros((len(can_err), SAMPLES), dtype=np.int32)
    best = np.sort(table, axis=1)[:, ::-1][:, : channel["meant"].shape[1]]
    chance = np.exp(best)
    chance /= chance.sum(axis=1, keepdims=True)
    for number in np.flatnonzero(can_err):
        row = channel["confused"][number]
        found[number] = random.choice(channel["meant"][row], SAMPLES, p=chance[row])
    return found


def batch(given: Lesson, random: "np.random.Generator") -> tuple["np.ndarray", ...]:
    """Rows with mistakes, the rows as they should be, and where to ask."""
    starts = random.integers(0, len(given.numbers) - LENGTH, ROWS)
    right = given.numbers[starts[:, None] + np.arange(LENGTH)]
    can = given.can_err[right]
    draw, pick = random.random(right.shape), random.integers(0, SAMPLES, right.shape)
    two = (draw < TWO_WRONG) & can
    second = np.zeros_like(two)
    second[:, 1:] = two[:, :-1]
    wrong = ((draw < LETTER_WRONG) | second) & can
    by_sound = two | second | (random.random(right.shape) < SOUND_SHARE)
    written = np.where(by_sound, given.same_sound[right, pick], given.confused[right, pick])
    written = np.where(wrong, written, right)
    lost = random.random(right.shape)
    odd = np.where(
        lost < LOST * 0.4, RARE, given.numbers[random.integers(0, len(given.numbers), right.shape)]
    )
    written = np.where((lost < LOST) & can, odd, written)
    asked = (written != right) | (can & (random.random(right.shape) < ASKED))
    return written, right, asked & (given.answers[right] >= 0)


def trained(given: Lesson, letters: int) -> Reader:
    """Learn from so many letters."""
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    reader = Reader(given.sound, int((given.answers >= 0).sum()))
    steps = torch.optim.AdamW(reader.parameters(), FASTEST, betas=(0.9, 0.98), weight_decay=0.01)
    rounds = max(letters // (ROWS * LENGTH), 1)
    start = time.time()
    for number in range(rounds):
        warm, turn = min(1, (number + 1) / WARMING), math.pi * number / rounds
        for group in steps.param_groups:
            group["lr"] = FASTEST * warm * (0.49 * (1 + math.cos(turn)) + 0.02)
        loss = _loss(reader, given, random)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        steps.step()
        if number % 100 == 0:
            print(
                f"network {number}/{rounds} loss {loss.item():.3f} {time.time() - start:.0f} s",
                file=sys.stderr,
            )
    return reader.eval()


def _loss(reader: Reader, given: Lesson, random: "np.random.Generator") -> torch.Tensor:
    written, right, asked = batch(given, random)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        inner = reader.inner(torch.from_numpy(written).long())
        scores = reader.out(inner[torch.from_numpy(asked)]).float()
    meant = torch.from_numpy(given.answers[right][asked]).long()
    weights = torch.where(torch.from_numpy(written != right)[torch.from_numpy(asked)], 1.0, 0.6)
    return (nn.functional.cross_entropy(scores, meant, reduction="none") * weights).sum() / weights.sum()


def written(reader: Reader) -> bytes:
    """The network as ONNX, its weights in whole numbers of eight bits."""
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        axes = {"numbers": {0: "rows", 1: "length"}, "likely": {0: "rows", 1: "length"}}
        torch.onnx.export(
            reader, (torch.ones((2, 40), dtype=torch.long),), str(whole), input_names=["numbers"],
            output_names=["likely"], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        return small.read_bytes()

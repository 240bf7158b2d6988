"""Trains the road-sign detector on the CPU. Same data, steps and seed on one machine: the same weights, also when resumed."""

import argparse
import copy
import csv
import ctypes
import math
import os
import time
from pathlib import Path

import torch

from anchors import anchors_of
from curves import draw
from data import RESOLUTIONS, Scenes, batch, load
from evaluate import mean_ap
from loss import yolo_loss
from net import CLASSES, TinyYolo, int8_bytes

RATE, FLOOR, WARM_UP, DECAY = 2e-3, 0.01, 500, 0.02
EMA = 0.9995
VALIDATED = 500  # scenes
LOGGED, SAVED, EVALUATED = 100, 500, 1000  # steps between
COLUMNS = ["step", "seconds", "rate", "box", "object", "class", *(f"ap50_{side}" for side in RESOLUTIONS)]


def keep_freed_memory() -> None:
    """Tells glibc to reuse the activations' memory: mapping it anew costs a page fault every 4 KiB, a third of the time."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(-3, 1 << 30)  # M_MMAP_THRESHOLD
        libc.mallopt(-1, (1 << 31) - 1)  # M_TRIM_THRESHOLD


def rate(step: int, steps: int) -> float:
    """Linear warm-up, then a cosine down to FLOOR of the rate at the last step."""
    cosine = (1 + math.cos(math.pi * step / steps)) / 2
    return RATE * min(1, (step + 1) / WARM_UP) * (FLOOR + (1 - FLOOR) * cosine)


class Trainer:
    """The state that a checkpoint holds: net, averaged net, optimiser, next step."""

    def __init__(self, scenes: Scenes, anchors: torch.Tensor, size: int, seed: int):
        torch.manual_seed(seed)
        self.scenes, self.anchors, self.size, self.seed, self.step = scenes, anchors, size, seed, 0
        self.net = TinyYolo().to(memory_format=torch.channels_last).train()
        self.averaged = copy.deepcopy(self.net).eval().requires_grad_(False)
        weights = [p for p in self.net.parameters() if p.ndim > 1]
        others = [p for p in self.net.parameters() if p.ndim == 1]
        groups = [{"params": weights, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=RATE, fused=True)

    def advance(self, steps: int) -> torch.Tensor:
        """One step; returns the three loss terms."""
        images, boxes, classes = batch(self.scenes, self.step, self.size, self.seed)
        with torch.autocast("cpu", torch.bfloat16):
            raw = self.net(images.contiguous(memory_format=torch.channels_last))
        terms = torch.stack(yolo_loss(raw, boxes, classes, self.anchors))
        self.optimiser.zero_grad()
        terms.sum().backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.step, steps)
        self.optimiser.step()
        share = 1 - min(EMA, (1 + self.step) / (10 + self.step))
        for mean, now in zip(self.averaged.state_dict().values(), self.net.state_dict().values()):
            mean.lerp_(now, share) if mean.is_floating_point() else mean.copy_(now)
        self.step += 1
        return terms.detach()

    def save(self, path: Path, steps: int) -> None:
        state = {name: getattr(self, name).state_dict() for name in ("net", "averaged", "optimiser")}
        state |= {"step": self.step, "steps": steps, "size": self.size, "seed": self.seed, "anchors": self.anchors}
        torch.save(state, path.with_suffix(".partial"))
        os.replace(path.with_suffix(".partial"), path)

    def restore(self, state: dict) -> None:
        for name in ("net", "averaged", "optimiser"):
            getattr(self, name).load_state_dict(state[name])
        self.step = state["step"]


def seconds_per_step(scenes: Scenes, anchors: torch.Tensor, size: int, seed: int) -> float:
    """Measured on a net that is thrown away: 40 steps after 5 to warm up."""
    trial = Trainer(scenes, anchors, size, seed)
    for _ in range(5):
        trial.advance(1000)
    start = time.perf_counter()
    for _ in range(40):
        trial.advance(1000)
    return (time.perf_counter() - start) / 40


def validate(trainer: Trainer, validation: Scenes) -> list[float]:
    """AP@0.5 of the averaged net per resolution."""
    result = []
    for side in RESOLUTIONS:
        mean, per_class = mean_ap(trainer.averaged, validation, trainer.anchors, VALIDATED, side)
        print(f"  AP50 at {side}: {mean:.3f}  " + "  ".join(f"{n} {a:.3f}" for n, a in zip(CLASSES, per_class)), flush=True)
        result.append(round(mean, 4))
    return result


def kept_rows(log: Path, step: int) -> list[list[str]]:
    """The rows of an earlier run that the checkpoint has seen."""
    if not log.exists():
        return []
    with log.open(newline="") as file:
        return [row for row in list(csv.reader(file))[1:] if int(row[0]) <= step]


def run(trainer: Trainer, validation: Scenes, out: Path, steps: int) -> None:
    log = out / "log.csv"
    rows = kept_rows(log, trainer.step)
    before = float(rows[-1][1]) if rows else 0.0
    sums, start = torch.zeros(3), time.perf_counter()
    with log.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows([COLUMNS, *rows])
        while trainer.step < steps:
            sums += trainer.advance(steps)
            last = trainer.step == steps
            if trainer.step % SAVED == 0 or last:
                trainer.save(out / "checkpoint.pt", steps)
            if trainer.step % LOGGED == 0 or last:
                seconds = before + time.perf_counter() - start
                losses = (sums / (trainer.step % LOGGED or LOGGED)).tolist()
                print(f"step {trainer.step}/{steps}  {seconds:.0f} s  box {losses[0]:.3f} object {losses[1]:.3f} class {losses[2]:.3f}", flush=True)
                evaluated = trainer.step % EVALUATED == 0 or last
                aps = validate(trainer, validation) if evaluated else ["", ""]
                table.writerow([trainer.step, round(seconds, 1), rate(trainer.step, steps), *(round(x, 5) for x in losses), *aps])
                file.flush()
                sums.zero_()
                if evaluated:
                    draw(log, out / "curves.png")


def checkpoint_of(out: Path) -> Path:
    path = out / "checkpoint.pt"
    if not path.exists():
        raise SystemExit(f"{path}: no such checkpoint; one is written every {SAVED} steps. Start with --steps or --minutes")
    return path


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="scenes to train on")
    arguments.add_argument("--validation", type=Path, required=True, help="scenes of another seed; the first 500 draw the curve")
    arguments.add_argument("--out", type=Path, required=True, help="checkpoint.pt, log.csv, curves.png, and the cache")
    length = arguments.add_mutually_exclusive_group(required=True)
    length.add_argument("--steps", type=int, help="steps of the whole schedule")
    length.add_argument("--minutes", type=float, help="choose the steps that take this long here, and print them")
    length.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()

    keep_freed_memory()
    torch.set_num_threads(given.threads)
    torch.set_flush_denormal(True)
    given.out.mkdir(parents=True, exist_ok=True)
    scenes, validation = load(given.data, given.out / "cache"), load(given.validation, given.out / "cache")
    if given.resume:
        state = torch.load(checkpoint_of(given.out))
        trainer, steps = Trainer(scenes, state["anchors"], state["size"], state["seed"]), state["steps"]
        trainer.restore(state)
    else:
        anchors = torch.tensor(anchors_of(scenes.boxes, scenes.classes, given.seed), dtype=torch.float32)
        each = seconds_per_step(scenes, anchors, given.batch, given.seed)
        steps = given.steps or round(given.minutes * 60 / each)
        print(f"{len(scenes)} scenes; {given.batch / each:.0f} images/s; {steps} steps, about {steps * each / 60:.0f} minutes")
        trainer = Trainer(scenes, anchors, given.batch, given.seed)
    print(f"anchors in cells {[[round(v, 3) for v in a] for a in trainer.anchors.tolist()]}; int8 constants {int8_bytes(trainer.net)} bytes", flush=True)
    run(trainer, validation, given.out, steps)


if __name__ == "__main__":
    main()

"""Anchor sizes: k-means over the signs' widths and heights, with 1 - IoU of two shapes as their distance."""

import argparse
from pathlib import Path

import numpy as np

from data import NONE, read_labels
from net import ANCHORS, STRIDE

SIDE = 208  # one set of anchors, in cells, serves 192 and 224: the cells are counted halfway between
ROUNDS = 100


def shape_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU [N, K] of sizes [N, 2] and [K, 2] laid on one centre."""
    inner = np.minimum(a[:, None], b[None]).prod(-1)
    return inner / (a.prod(-1)[:, None] + b.prod(-1)[None] - inner)


def k_means(sizes: np.ndarray, k: int, seed: int) -> np.ndarray:
    """k sizes [k, 2] in the unit of the input, smallest area first. Starts from seeded, distinct signs."""
    centres = np.random.default_rng(seed).choice(np.unique(sizes, axis=0), k, replace=False)
    for _ in range(ROUNDS):
        nearest = shape_iou(sizes, centres).argmax(1)
        members = [sizes[nearest == n] for n in range(k)]
        moved = np.array([np.median(m, 0) if len(m) else c for m, c in zip(members, centres)])
        if np.allclose(moved, centres, atol=1e-6):
            break
        centres = moved
    return centres[centres.prod(1).argsort()]


def anchors_of(boxes: np.ndarray, classes: np.ndarray, seed: int) -> np.ndarray:
    """Anchors float [5, 2], width and height in cells of 16 pixels, rounded to 1/1000."""
    sizes = boxes[classes != NONE][:, 2:].astype(np.float64)
    return np.round(k_means(sizes, ANCHORS, seed) * (SIDE / STRIDE), 3)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    _, boxes, classes = read_labels(given.data)
    cells = anchors_of(boxes, classes, given.seed)
    sizes = boxes[classes != NONE][:, 2:]
    print(f"{len(sizes)} signs; mean IoU with the best anchor", round(float(shape_iou(sizes, cells * STRIDE / SIDE).max(1).mean()), 3))
    print("cells (used at every resolution)", cells.tolist())
    for side in (192, SIDE, 224):
        print(f"as fractions of a frame of {side} pixels", np.round(cells * STRIDE / side, 4).tolist())


if __name__ == "__main__":
    main()

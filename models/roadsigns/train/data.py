"""Labelled scenes: packed once into memory-mapped arrays, then drawn as seeded, lightly augmented batches."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from net import CLASSES

RESOLUTIONS = (192, 224)
NONE = -1  # class of a padding row
KEPT_SHARE = 0.4  # a sign that augmentation pushes further out of the frame than this is no longer a truth


@dataclass(frozen=True)
class Scenes:
    """images uint8 [N, S, S, 3]; boxes float32 [N, M, 4] as centre x, y, width, height in fractions of the frame;
    classes int64 [N, M], NONE where an image has fewer than M signs."""

    images: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray

    def __len__(self) -> int:
        return len(self.images)


def read_labels(folder: Path) -> tuple[list[str], np.ndarray, np.ndarray]:
    """File names, boxes and classes of a COCO labels.json, in the order of the image ids. Crowd regions are left out."""
    labels = json.loads((folder / "labels.json").read_text())
    names = {c["id"]: c["name"] for c in labels["categories"]}
    if names != dict(enumerate(CLASSES, start=1)):
        raise SystemExit(f"{folder}/labels.json: categories are {names}, expected {CLASSES} as 1 to {len(CLASSES)}")
    images = sorted(labels["images"], key=lambda i: i["id"])
    at = {image["id"]: n for n, image in enumerate(images)}
    signs: list[list[tuple[int, list[float]]]] = [[] for _ in images]
    for a in labels["annotations"]:
        if not a.get("iscrowd", 0):
            n = at[a["image_id"]]
            x, y, w, h = a["bbox"]
            wide, high = images[n]["width"], images[n]["height"]
            box = [(x + w / 2) / wide, (y + h / 2) / high, w / wide, h / high]
            signs[n].append((a["category_id"] - 1, box))
    most = max(1, max(map(len, signs)))
    boxes = np.zeros((len(images), most, 4), np.float32)
    classes = np.full((len(images), most), NONE, np.int64)
    for n, rows in enumerate(signs):
        for m, (label, box) in enumerate(rows):
            classes[n, m], boxes[n, m] = label, box
    return [image["file_name"] for image in images], boxes, classes


def locate(folder: Path, name: str) -> Path:
    """Where labels.json's file name lies: beside it, or in images/."""
    beside = folder / name
    return beside if beside.exists() else folder / "images" / name


def load(folder: Path, cache: Path) -> Scenes:
    """The scenes of a folder; the pixels are decoded on the first call only and kept in the cache, keyed by the labels."""
    names, boxes, classes = read_labels(folder)
    key = hashlib.sha256((folder / "labels.json").read_bytes()).hexdigest()[:16]
    packed = cache / f"{folder.resolve().name}-{key}.npy"
    if not packed.exists():
        cache.mkdir(parents=True, exist_ok=True)
        paths = [locate(folder, name) for name in names]
        side = Image.open(paths[0]).size[0]
        partial = packed.with_suffix(".partial")
        pixels = np.lib.format.open_memmap(partial, "w+", np.uint8, (len(paths), side, side, 3))

        def decode(n: int) -> None:
            pixels[n] = np.asarray(Image.open(paths[n]).convert("RGB"))  # another size does not broadcast: an error

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(decode, range(len(paths))))
        pixels.flush()
        partial.rename(packed)
    return Scenes(np.load(packed, mmap_mode="r"), boxes, classes)


def order(count: int, epoch: int, seed: int) -> np.ndarray:
    """The permutation in which one epoch sees the scenes."""
    return np.random.default_rng([seed, epoch]).permutation(count)


def view(images: torch.Tensor, zoom: torch.Tensor, shift: torch.Tensor, side: int) -> torch.Tensor:
    """Bilinear view of float images [B, 3, S, S] at side x side: every frame is zoomed about its centre and then moved by
    a fraction of the frame; edge pixels repeat outside."""
    theta = torch.zeros(len(images), 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = 1 / zoom
    theta[:, :, 2] = -2 * shift / zoom[:, None]
    grid = torch.nn.functional.affine_grid(theta, [len(images), 3, side, side], align_corners=False)
    return torch.nn.functional.grid_sample(images, grid, padding_mode="border", align_corners=False)


def moved(boxes: torch.Tensor, classes: torch.Tensor, zoom: torch.Tensor, shift: torch.Tensor):
    """The truths of the same views, clipped to the frame; those mostly outside become NONE."""
    centre = (boxes[..., :2] - 0.5) * zoom[:, None, None] + 0.5 + shift[:, None, :]
    half = boxes[..., 2:] * zoom[:, None, None] / 2
    low, high = (centre - half).clamp(0, 1), (centre + half).clamp(0, 1)
    share = (high - low).prod(-1) / (4 * half.prod(-1)).clamp(min=1e-9)
    return torch.cat([(low + high) / 2, high - low], -1), classes.where(share >= KEPT_SHARE, NONE)


def plain(scenes: Scenes, rows: np.ndarray, side: int) -> torch.Tensor:
    """Images float [B, 3, side, side] in 0..1, resized without augmentation."""
    images = torch.from_numpy(scenes.images[rows]).permute(0, 3, 1, 2).float() / 255
    if images.shape[-1] == side:
        return images
    return torch.nn.functional.interpolate(images, (side, side), mode="bilinear", antialias=True)


def batch(scenes: Scenes, step: int, size: int, seed: int):
    """Images, boxes and classes of one training step: a pure function of the step and the seed.

    Augmentation per image: zoom and shift of up to 10 %, gain and offset per colour. Never a mirror: signs have a
    handedness. The resolution is drawn per batch."""
    random = torch.Generator().manual_seed(seed * 1_000_003 + step)
    uniform = lambda *shape: torch.rand(*shape, generator=random) * 2 - 1  # noqa: E731
    per_epoch = len(scenes) // size
    first = step % per_epoch * size
    rows = np.sort(order(len(scenes), step // per_epoch, seed)[first : first + size])
    side = RESOLUTIONS[int(torch.randint(len(RESOLUTIONS), (1,), generator=random))]
    zoom, shift = 1 + 0.1 * uniform(size), 0.1 * uniform(size, 2)
    gain, offset = 1 + 0.15 * uniform(size, 1, 1, 1) + 0.1 * uniform(size, 3, 1, 1), 0.05 * uniform(size, 3, 1, 1)
    images = torch.from_numpy(scenes.images[rows]).permute(0, 3, 1, 2).float()
    images = view(images, zoom, shift, side).mul_(gain / 255).add_(offset).clamp_(0, 1)
    boxes, classes = torch.from_numpy(scenes.boxes[rows]), torch.from_numpy(scenes.classes[rows])
    return images, *moved(boxes, classes, zoom, shift)

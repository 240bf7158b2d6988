"""Quantises a float .tflite to int8, per channel, with TensorFlow Lite's own post-training quantiser."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402
from tensorflow import int8  # noqa: E402
from tensorflow.lite.python import schema_py_generated as schema  # noqa: E402
from tensorflow.lite.python.optimize.calibrator import Calibrator  # noqa: E402

from data import locate, read_labels  # noqa: E402


def input_side(model: bytes) -> int:
    """Pixels a side of a model whose input is float [1, S, S, 3]."""
    graph = schema.Model.GetRootAs(model, 0).Subgraphs(0)
    shape = graph.Tensors(graph.Inputs(0)).ShapeAsNumpy().tolist()
    if len(shape) != 4 or shape[1] != shape[2] or shape[3] != 3:
        raise SystemExit(f"the input is {shape}, expected [1, S, S, 3]")
    return shape[1]


def pixels(path: Path, side: int) -> np.ndarray:
    """One image as float [1, S, S, 3] in 0..1, RGB."""
    image = Image.open(path).convert("RGB")
    if image.size != (side, side):
        image = image.resize((side, side), Image.Resampling.BILINEAR)
    return (np.asarray(image, np.float32) / 255)[None]


def spread(paths: list[Path], count: int) -> list[Path]:
    """count paths, evenly spaced: the same ones every time."""
    return [paths[at] for at in np.linspace(0, len(paths) - 1, min(count, len(paths))).round().astype(int)]


def quantize(model: bytes, images: list[Path]) -> bytes:
    """int8 in and out, weights per channel, activations per tensor by the least and greatest value seen.

    Two corner pixels of the first image are set to black and white: the input's range is then 0..1 whatever the scenes
    hold, its scale 1/255 and its zero point -128, and a byte of a photo less 128 is the input exactly."""
    side = input_side(model)

    def samples() -> Iterator[list[np.ndarray]]:
        for at, path in enumerate(images):
            image = pixels(path, side)
            if at == 0:
                image[0, 0, 0], image[0, 0, -1] = 0, 1
            yield [image]

    return bytes(Calibrator(model).calibrate_and_quantize(samples, int8, int8, allow_float=False))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="float .tflite")
    arguments.add_argument("--calibrate", type=Path, required=True, help="scenes of the training seed")
    arguments.add_argument("-o", "--out", type=Path, required=True, help="int8 .tflite")
    arguments.add_argument("--count", type=int, default=200, help="scenes to calibrate with")
    given = arguments.parse_args()
    names, _, _ = read_labels(given.calibrate)
    result = quantize(given.model.read_bytes(), spread([locate(given.calibrate, name) for name in names], given.count))
    given.out.write_bytes(result)
    print(f"{given.out}: {len(result)} bytes")


if __name__ == "__main__":
    main()

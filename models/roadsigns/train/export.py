"""Writes a checkpoint's averaged net as Darknet roadsigns.cfg and roadsigns.weights, for `fovea convert`."""

import argparse
import struct
from pathlib import Path

import numpy as np
import torch

from net import BOX, CLASSES, HEAD, TinyYolo

SIDE = 192
DARKNET_EPSILON = 1e-5  # darknet divides by sqrt(variance + 1e-5), PyTorch by sqrt(variance + eps)


def cfg(net: TinyYolo, anchors: list[list[float]], side: int) -> str:
    """The layers in Darknet's words; anchors in cells."""
    text = f"[net]\nbatch=1\nwidth={side}\nheight={side}\nchannels=3\n"
    for block in net.blocks:
        filters = block.conv.out_channels
        text += f"\n[convolutional]\nbatch_normalize=1\nfilters={filters}\nsize=3\nstride=1\npad=1\nactivation=leaky\n"
        if block.pooled:
            text += "\n[maxpool]\nsize=2\nstride=2\n"
    text += f"\n[convolutional]\nfilters={HEAD}\nsize=1\nstride=1\npad=1\nactivation=linear\n"
    sizes = ",  ".join(f"{w:.3f},{h:.3f}" for w, h in anchors)
    text += f"\n[region]\nanchors={sizes}\nbias_match=1\nclasses={len(CLASSES)}\ncoords={BOX - 1}\nnum={len(anchors)}\nsoftmax=1\n"
    return text


def darknet_variance(norm: torch.nn.BatchNorm2d) -> np.ndarray:
    """The variance for which both fold to the same weights."""
    return norm.running_var.double().numpy() + norm.eps - DARKNET_EPSILON


def weights(net: TinyYolo) -> bytes:
    """Header 0.2.0 with a 64-bit `seen` of 0; then little-endian float32 of each convolution in order: biases, [scales,
    means, variances,] weights [out][in][y][x]."""
    parts = []
    for block in net.blocks:
        norm = block.norm
        parts += [norm.bias, norm.weight, norm.running_mean, darknet_variance(norm), block.conv.weight]
    parts += [net.head.bias, net.head.weight]
    return struct.pack("<iiiq", 0, 2, 0, 0) + b"".join(flat(p) for p in parts)


def flat(values: torch.Tensor | np.ndarray) -> bytes:
    array = values.detach().contiguous().numpy() if isinstance(values, torch.Tensor) else values
    if not np.isfinite(array).all():
        raise SystemExit("the checkpoint has weights that are not finite")
    return np.ascontiguousarray(array, "<f4").tobytes()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("-o", "--out", type=Path, required=True, help="folder for roadsigns.cfg, .weights and .names")
    arguments.add_argument("--size", type=int, default=SIDE, help="pixels a side in [net]")
    given = arguments.parse_args()
    state = torch.load(given.checkpoint)
    net = TinyYolo().eval()
    net.load_state_dict(state["averaged"])
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "roadsigns.cfg").write_text(cfg(net, state["anchors"].tolist(), given.size), newline="\n")
    (given.out / "roadsigns.weights").write_bytes(weights(net))
    (given.out / "roadsigns.names").write_text("\n".join(CLASSES) + "\n", newline="\n")
    print(f"step {state['step']} of {state['steps']}: {given.out}/roadsigns.cfg, .weights, .names")


if __name__ == "__main__":
    main()

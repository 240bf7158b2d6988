"""Tiny-YOLOv2 for road signs: fully convolutional, stride 16, used at 192 and at 224 pixels."""

import torch
from torch import nn

CLASSES = ("stop", "yield", "no entry", "speed limit", "warning", "pedestrian crossing")
ANCHORS = 5
STRIDE = 16
BOX = 5  # tx, ty, tw, th, objectness
HEAD = ANCHORS * (BOX + len(CLASSES))
SLOPE = 0.1
POOLED = (16, 32, 64, 128)  # channels of the convolutions that a 2x2 pool follows
PLAIN = (128, 192)


class ConvBlock(nn.Module):
    """3x3 convolution without bias, batch normalisation, LeakyReLU, and a 2x2 pool where asked for."""

    def __init__(self, inputs: int, outputs: int, pooled: bool):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outputs, momentum=0.03)
        self.pooled = pooled

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.conv(x))
        # LeakyReLU rises, so it commutes with max: pooling first gives the same numbers for a quarter of the work.
        if self.pooled:
            x = nn.functional.max_pool2d(x, 2, 2)
        return nn.functional.leaky_relu(x, SLOPE)


class TinyYolo(nn.Module):
    """float [N, 3, S, S] in 0..1, RGB  ->  float [N, 55, S/16, S/16]; channel = anchor * 11 + (tx ty tw th obj classes)."""

    def __init__(self):
        super().__init__()
        channels = (3, *POOLED, *PLAIN)
        self.blocks = nn.Sequential(
            *(ConvBlock(i, o, at < len(POOLED)) for at, (i, o) in enumerate(zip(channels, channels[1:])))
        )
        self.head = nn.Conv2d(channels[-1], HEAD, 1)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():  # few cells hold a sign: start near the true share, not at one half
            self.head.bias.view(ANCHORS, -1)[:, BOX - 1] = -4.5

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.blocks(x))


def int8_bytes(net: TinyYolo) -> int:
    """Bytes of the int8 model's constants: one per weight, four per bias, normalisation folded away."""
    convs = [m for m in net.modules() if isinstance(m, nn.Conv2d)]
    return sum(c.weight.numel() + 4 * c.out_channels for c in convs)


if __name__ == "__main__":
    print(f"int8 weights and biases: {int8_bytes(TinyYolo())} bytes of {512 * 1024}")

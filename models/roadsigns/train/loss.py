"""The head's decoding and the YOLOv2 loss over it.

centre = (cell + sigmoid(t)) / cells, size = anchor * exp(t) / cells, score = sigmoid(objectness) * softmax(classes)."""

import math

import torch
from torch.nn import functional as F

from net import ANCHORS, BOX

ALSO = 0.5  # other anchors whose shape overlaps a sign by more than this answer for it too
IGNORED = 0.6  # a free box that overlaps a sign by more than this is told nothing
BOX_WEIGHT, OBJECT_WEIGHT, CLASS_WEIGHT = 3.0, 1.0, 1.0


def split(raw: torch.Tensor) -> torch.Tensor:
    """Head output [B, 55, H, W] -> float [B, 5, H, W, 11]."""
    b, _, h, w = raw.shape
    return raw.float().view(b, ANCHORS, -1, h, w).permute(0, 1, 3, 4, 2)


def boxes_of(t: torch.Tensor, column: torch.Tensor, row: torch.Tensor, anchor: torch.Tensor, cells: int) -> torch.Tensor:
    """tx ty tw th [..., 4] of square grids -> centre and size [..., 4] in fractions of the frame."""
    centre = torch.stack([column, row], -1) + t[..., :2].sigmoid()
    return torch.cat([centre, anchor * t[..., 2:4].clamp(max=6).exp()], -1) / cells


def all_boxes(p: torch.Tensor, anchors: torch.Tensor) -> torch.Tensor:
    """Every cell's and anchor's box [B, 5, H, W, 4]."""
    cells = p.shape[2]
    at = torch.arange(cells, dtype=torch.float32)
    row, column = torch.meshgrid(at, at, indexing="ij")
    return boxes_of(p, column.expand(p.shape[:4]), row.expand(p.shape[:4]), anchors[:, None, None], cells)


def corners(box: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return box[..., :2] - box[..., 2:] / 2, box[..., :2] + box[..., 2:] / 2


def iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """IoU of centre-size boxes, broadcast over the leading axes."""
    (a_low, a_high), (b_low, b_high) = corners(a), corners(b)
    inner = (torch.minimum(a_high, b_high) - torch.maximum(a_low, b_low)).clamp(min=0).prod(-1)
    return inner / (a[..., 2:].prod(-1) + b[..., 2:].prod(-1) - inner).clamp(min=1e-9)


def complete_iou(a: torch.Tensor, b: torch.Tensor, overlap: torch.Tensor) -> torch.Tensor:
    """CIoU (Zheng et al. 2020): IoU less the centres' distance and the difference of the aspect ratios."""
    (a_low, a_high), (b_low, b_high) = corners(a), corners(b)
    diagonal = (torch.maximum(a_high, b_high) - torch.minimum(a_low, b_low)).square().sum(-1)
    distance = (a[..., :2] - b[..., :2]).square().sum(-1) / diagonal.clamp(min=1e-9)
    angle = lambda box: torch.atan(box[..., 2] / box[..., 3].clamp(min=1e-9))  # noqa: E731
    aspect = (angle(a) - angle(b)).square() * (4 / math.pi**2)
    weight = (aspect / (1 - overlap + aspect).clamp(min=1e-9)).detach()
    return overlap - distance - weight * aspect


def yolo_loss(raw: torch.Tensor, boxes: torch.Tensor, classes: torch.Tensor, anchors: torch.Tensor):
    """Box, objectness and class terms (weighted scalars; their sum is the loss) of raw [B, 55, H, H] for truths boxes
    [B, M, 4] and classes [B, M], below 0 where there is no sign; anchors float [5, 2] in cells."""
    p = split(raw)
    cells = p.shape[2]
    image, slot = (classes >= 0).nonzero(as_tuple=True)
    truth = boxes[image, slot]

    size = truth[:, None, 2:] * cells
    inner = torch.minimum(size, anchors).prod(-1)
    shape = inner / (size.prod(-1) + anchors.prod(-1) - inner)
    answers = (shape > ALSO) | F.one_hot(shape.argmax(1), ANCHORS).bool()
    sign, anchor = answers.nonzero(as_tuple=True)
    cell = (truth[sign, :2] * cells).long().clamp(0, cells - 1)
    column, row, image = cell[:, 0], cell[:, 1], image[sign]
    chosen, truth, label = p[image, anchor, row, column], truth[sign], classes[image, slot[sign]]

    found = boxes_of(chosen, column, row, anchors[anchor], cells)
    overlap = iou(found, truth)
    count = max(1, len(sign))
    box_loss = (1 - complete_iou(found, truth, overlap)).sum() / count
    class_loss = F.cross_entropy(chosen[:, BOX:], label, reduction="sum") / count

    with torch.no_grad():
        # Padding rows have no area: they overlap nothing.
        free = iou(all_boxes(p, anchors)[:, :, :, :, None], boxes[:, None, None, None]) * (classes >= 0)[:, None, None, None]
        heard = (free.amax(-1) <= IGNORED).flatten().float()
        place = ((image * ANCHORS + anchor) * cells + row) * cells + column
        target = torch.zeros_like(heard).scatter_reduce_(0, place, overlap.detach(), "amax")
        heard[place] = 1.0
    object_loss = F.binary_cross_entropy_with_logits(p[..., BOX - 1].flatten(), target, weight=heard, reduction="sum") / count
    return BOX_WEIGHT * box_loss, OBJECT_WEIGHT * object_loss, CLASS_WEIGHT * class_loss

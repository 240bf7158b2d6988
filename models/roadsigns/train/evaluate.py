"""Detections of the float net and their AP at IoU 0.5, COCO's way (101 recall points, mean over the classes seen)."""

import numpy as np
import torch

from data import Scenes, plain
from loss import all_boxes, split
from net import BOX, CLASSES

SCORE, NMS_IOU, MOST = 0.001, 0.5, 100  # as `fovea evaluate` has them


def iou_matrix(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU [N, K] of centre-size boxes [N, 4] and [K, 4]."""
    low = np.maximum((a[:, :2] - a[:, 2:] / 2)[:, None], (b[:, :2] - b[:, 2:] / 2)[None])
    high = np.minimum((a[:, :2] + a[:, 2:] / 2)[:, None], (b[:, :2] + b[:, 2:] / 2)[None])
    inner = (high - low).clip(0).prod(-1)
    return inner / (a[:, 2:].prod(-1)[:, None] + b[:, 2:].prod(-1)[None] - inner)


def suppress(boxes: np.ndarray, scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Greedy non-maximum suppression within each class: the kept rows, best first."""
    best = np.argsort(-scores, kind="stable")[:MOST]
    boxes, labels = boxes[best], labels[best]
    rivals = (iou_matrix(boxes, boxes) > NMS_IOU) & (labels[:, None] == labels[None])
    alive = np.ones(len(best), bool)
    for n in range(len(best)):
        if alive[n]:
            alive[n + 1 :] &= ~rivals[n, n + 1 :]
    return best[alive]


@torch.no_grad()
def detect(net: torch.nn.Module, scenes: Scenes, anchors: torch.Tensor, count: int, side: int):
    """Per image of the first count: boxes [D, 4], scores [D], classes [D]."""
    found = []
    for first in range(0, count, 25):
        images = plain(scenes, np.arange(first, min(first + 25, count)), side)
        p = split(net(images.contiguous(memory_format=torch.channels_last)))
        score = p[..., BOX - 1, None].sigmoid() * p[..., BOX:].softmax(-1)
        for boxes, scores in zip(all_boxes(p, anchors).flatten(1, 3).numpy(), score.flatten(1, 3).numpy()):
            row, label = np.nonzero(scores > SCORE)
            kept = suppress(boxes[row], scores[row, label], label)
            found.append((boxes[row[kept]], scores[row[kept], label[kept]], label[kept]))
    return found


def hits(boxes: np.ndarray, truths: np.ndarray, threshold: float) -> np.ndarray:
    """Which of one image's boxes of one class, best first, take a truth that no better one took."""
    result, free = np.zeros(len(boxes), bool), np.ones(len(truths), bool)
    overlap = iou_matrix(boxes, truths)
    for n in range(len(boxes) if len(truths) else 0):
        at = int((overlap[n] * free).argmax())
        if free[at] and overlap[n, at] >= threshold:
            result[n], free[at] = True, False
    return result


def precision_area(scores: np.ndarray, hit: np.ndarray, truths: int) -> float:
    """Area under the precision envelope at recalls 0, 0.01 .. 1."""
    hit = hit[np.argsort(-scores, kind="stable")]
    right = hit.cumsum()
    recall, precision = right / truths, right / np.arange(1, len(hit) + 1)
    envelope = np.append(np.maximum.accumulate(precision[::-1])[::-1], 0.0)
    return float(envelope[np.searchsorted(recall, np.linspace(0, 1, 101), side="left")].mean())


def average_precision(found, scenes: Scenes, threshold: float = 0.5) -> np.ndarray:
    """AP [6] per class, NaN for a class without a truth in these images."""
    result = np.full(len(CLASSES), np.nan)
    for label in range(len(CLASSES)):
        scores, hit, truths = [], [], 0
        for n, (boxes, score, labels) in enumerate(found):
            truth = scenes.boxes[n][scenes.classes[n] == label]
            scores.append(score[labels == label])
            hit.append(hits(boxes[labels == label], truth, threshold))
            truths += len(truth)
        if truths:
            result[label] = precision_area(np.concatenate(scores), np.concatenate(hit), truths)
    return result


def mean_ap(net: torch.nn.Module, scenes: Scenes, anchors: torch.Tensor, count: int, side: int) -> tuple[float, np.ndarray]:
    """Mean AP@0.5 over the classes, and per class."""
    per_class = average_precision(detect(net, scenes, anchors, min(count, len(scenes)), side), scenes)
    return float(np.nanmean(per_class)), per_class

"""python -m unittest: what training rests on, on made-up truths in a few seconds."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from anchors import k_means
from data import NONE, Scenes, batch, moved
from evaluate import average_precision, hits
from export import weights
from loss import all_boxes, split, yolo_loss
from net import BOX, HEAD, TinyYolo
from train import Trainer

ANCHORS = torch.tensor([[1.0, 1.0], [1.5, 2.0], [2.5, 2.5], [4.0, 3.0], [5.0, 6.0]])
BOXES = torch.tensor([[[0.30, 0.40, 0.20, 0.21], [0.80, 0.70, 0.41, 0.50]], [[0.55, 0.15, 0.08, 0.09], [0, 0, 0, 0]]])
CLASSES = torch.tensor([[2, 5], [1, NONE]])
CELLS = 12


def told(truths: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """The head's output [B, 55, 12, 12] of a net that says exactly these signs, at every anchor that may answer."""
    p = torch.zeros(len(truths), 5, CELLS, CELLS, HEAD // 5)
    p[..., BOX - 1] = -15
    for image, slot in (classes >= 0).nonzero().tolist():
        x, y, w, h = (truths[image, slot] * CELLS).tolist()
        at = p[image, :, int(y), int(x)]
        at[:, 0], at[:, 1] = torch.logit(torch.tensor(x % 1)), torch.logit(torch.tensor(y % 1))
        at[:, 2:4] = (torch.tensor([w, h]) / ANCHORS).log()
        at[:, BOX - 1], at[:, BOX + int(classes[image, slot])] = 15, 20
    return p.permute(0, 1, 4, 2, 3).reshape(len(truths), HEAD, CELLS, CELLS)


def scenes(count: int = 8, side: int = 192) -> Scenes:
    random = np.random.default_rng(0)
    boxes = random.uniform(0.2, 0.5, (count, 2, 4)).astype(np.float32)
    return Scenes(random.integers(0, 256, (count, side, side, 3), np.uint8), boxes, random.integers(0, 6, (count, 2)))


class LossTest(unittest.TestCase):
    def test_what_is_told_exactly_costs_nothing_and_decodes_to_the_truth(self):
        raw = told(BOXES, CLASSES)
        for term in yolo_loss(raw, BOXES, CLASSES, ANCHORS):
            self.assertLess(float(term), 0.01)
        self.assertTrue(torch.allclose(all_boxes(split(raw), ANCHORS)[0, 3, 4, 3], BOXES[0, 0], atol=1e-5))

    def test_each_term_sees_its_own_mistake(self):
        for change, term in ((torch.tensor([0.05, 0, 0, 0]), 0), (torch.tensor([0, 0, 0.1, 0]), 0)):
            losses = yolo_loss(told(BOXES, CLASSES), BOXES + change * (CLASSES >= 0)[..., None], CLASSES, ANCHORS)
            self.assertGreater(float(losses[term]), 0.05)
        self.assertGreater(float(yolo_loss(told(BOXES, CLASSES), BOXES, (CLASSES + 1) % 6 - (CLASSES < 0).int(), ANCHORS)[2]), 5)
        silent = told(BOXES, torch.full_like(CLASSES, NONE))
        self.assertGreater(float(yolo_loss(silent, BOXES, CLASSES, ANCHORS)[1]), 5)

    def test_no_sign_at_all_is_no_division_by_zero(self):
        losses = yolo_loss(torch.zeros(2, HEAD, CELLS, CELLS), BOXES, torch.full_like(CLASSES, NONE), ANCHORS)
        self.assertTrue(all(torch.isfinite(term) for term in losses))


class DataTest(unittest.TestCase):
    def test_a_box_moves_with_its_pixels(self):
        image = np.zeros((1, 192, 192, 3), np.uint8)
        image[0, 60:100, 80:140] = 255
        truth = np.array([[[110 / 192, 80 / 192, 60 / 192, 40 / 192]]], np.float32)
        for step in range(20):
            images, boxes, _ = batch(Scenes(image, truth, np.zeros((1, 1), np.int64)), step, 1, 1)
            bright = (images[0].mean(0) > images[0].mean(0).quantile(0.5) + 0.3).nonzero() / images.shape[-1]
            low, high = bright.min(0).values, bright.max(0).values
            x, y, w, h = boxes[0, 0].tolist()
            for seen, expected in ((low[1], x - w / 2), (high[1], x + w / 2), (low[0], y - h / 2), (high[0], y + h / 2)):
                self.assertAlmostEqual(float(seen), expected, delta=0.012)

    def test_a_sign_pushed_out_of_the_frame_is_no_truth(self):
        box = torch.tensor([[[0.1, 0.5, 0.2, 0.2]]])
        for shift, label in ((-0.11, 3), (-0.13, NONE)):  # 45 % and 35 % of it stay
            _, classes = moved(box, torch.tensor([[3]]), torch.ones(1), torch.tensor([[shift, 0.0]]))
            self.assertEqual(int(classes), label)


class RestTest(unittest.TestCase):
    def test_ap_counts_a_sign_once_and_ranks_by_score(self):
        truths = Scenes(np.zeros((2, 1)), BOXES.numpy(), CLASSES.numpy())
        twice = BOXES[0, [0, 0]].numpy()
        self.assertEqual(hits(twice, twice[:1], 0.5).tolist(), [True, False])
        right = [(BOXES[0].numpy(), np.array([0.9, 0.8]), np.array([2, 5])), (BOXES[1, :1].numpy(), np.array([0.7]), np.array([1]))]
        self.assertEqual(np.nanmean(average_precision(right, truths)), 1.0)
        better_wrong = [right[0], (BOXES[[1, 0], 0].numpy(), np.array([0.7, 0.95]), np.array([1, 2]))]
        self.assertAlmostEqual(average_precision(better_wrong, truths)[2], 0.5)

    def test_anchors_find_the_clusters(self):
        shapes = [[0.1, 0.1], [0.2, 0.4], [0.6, 0.2], [0.5, 0.5], [0.9, 0.9]]  # by area
        self.assertTrue(np.allclose(k_means(np.repeat(shapes, 20, 0), 5, 1), shapes))

    def test_a_resumed_run_ends_with_the_same_bits(self):
        straight = Trainer(scenes(), ANCHORS, 4, 1)
        with tempfile.TemporaryDirectory() as folder:
            straight.advance(10)
            straight.save(Path(folder) / "checkpoint.pt", 10)
            state = torch.load(Path(folder) / "checkpoint.pt")
        resumed = Trainer(scenes(), state["anchors"], state["size"], state["seed"])
        resumed.restore(state)
        for trainer in (straight, resumed):
            trainer.advance(10)
        for a, b in zip(straight.averaged.state_dict().values(), resumed.averaged.state_dict().values()):
            self.assertTrue(torch.equal(a, b))

    def test_darknets_folding_of_the_exported_weights_is_pytorchs(self):
        net = TinyYolo().eval()
        norm = net.blocks[0].norm
        norm.running_var.uniform_(1e-4, 2e-4)
        values = np.frombuffer(weights(net), "<f4", offset=20)
        folded = values[16:32] / np.sqrt(values[48:64].astype(np.float64) + 1e-5)
        expected = norm.weight.detach().double() / (norm.running_var.double() + norm.eps).sqrt()
        self.assertLess(float((torch.from_numpy(folded) / expected - 1).abs().max()), 1e-6)


if __name__ == "__main__":
    unittest.main()

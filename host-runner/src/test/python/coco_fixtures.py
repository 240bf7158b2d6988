"""Makes the fixtures that CocoScorerTest compares with: seeded random datasets, and what pycocotools says of them.

Run: pip install pycocotools numpy, then
    python3 host-runner/src/test/python/coco_fixtures.py host-runner/src/test/resources/org/fovea/host/evaluate
The output is the same for the same versions; they stand in each file.
"""
import contextlib
import io
import json
import pathlib
import random
import sys
from importlib.metadata import version

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

# name: images, classes, most objects an image, most detections an image, decimals of a score, chance of a crowd,
# classes without objects, chance of an empty image
FIXTURES = {
    "plain": (6, 2, 5, 8, 6, 0.0, 0, 0.0),
    "ties": (8, 2, 6, 14, 1, 0.1, 0, 0.1),
    "crowds": (8, 3, 7, 14, 3, 0.4, 0, 0.1),
    "many": (2, 1, 12, 260, 2, 0.1, 0, 0.0),
    "absent": (10, 5, 3, 6, 6, 0.1, 2, 0.4),
    "sides": (8, 2, 6, 12, 2, 0.15, 0, 0.1),
}
SIDES = {"sides": (0.12, 0.6)}


def box(rng, width, height):
    w = min(width - 1, rng.choice([rng.uniform(4, 30), rng.uniform(30, 95), rng.uniform(95, 400)]))
    h = min(height - 1, w * rng.uniform(0.6, 1.6))
    return [rng.uniform(0, width - w), rng.uniform(0, height - h), w, h]


def moved(rng, b):
    x, y, w, h = b
    s = rng.choice([0.0, 0.02, 0.05, 0.1, 0.2])
    return [x + rng.uniform(-s, s) * w, y + rng.uniform(-s, s) * h, w * rng.uniform(1 - s, 1 + s), h * rng.uniform(1 - s, 1 + s)]


def rounded(b):
    return [round(v, 3) for v in b]


def dataset(name):
    images, classes, objects, detections, decimals, crowd, absent, empty = FIXTURES[name]
    rng = random.Random(name)
    truth = {"images": [], "annotations": [], "categories": [{"id": k, "name": f"class {k}"} for k in range(classes)]}
    found = []
    for i in range(images):
        width, height = rng.choice([(640, 480), (480, 640), (320, 320), (1000, 300)])
        image = {"id": 7 * i + 3, "file_name": f"{i}.png", "width": width, "height": height}
        truth["images"].append(image)
        own = []
        for _ in range(0 if rng.random() < empty else rng.randint(1, objects)):
            b = rounded(box(rng, width, height))
            own.append({
                "id": len(truth["annotations"]) + len(own) + 1,
                "image_id": image["id"],
                "category_id": rng.randrange(classes - absent),
                "bbox": b,
                "area": round(b[2] * b[3] * rng.uniform(0.6, 1), 3),
                "iscrowd": int(rng.random() < crowd),
            })
        truth["annotations"] += own
        for _ in range(rng.randint(0, detections) if name != "many" else detections):
            near = own and rng.random() < 0.6
            base = rng.choice(own) if near else None
            b = moved(rng, base["bbox"]) if near else box(rng, width, height)
            k = base["category_id"] if near and rng.random() < 0.9 else rng.randrange(classes)
            found.append({"image_id": image["id"], "category_id": k, "bbox": rounded(b), "score": round(rng.random(), decimals)})
    return truth, found


class SideEval(COCOeval):
    """COCOeval with a range of sides beside the range of areas: the same rule, another measure."""

    def evaluateImg(self, imgId, catId, aRng, maxDet):
        image = self.cocoGt.imgs[imgId]
        least, most = (side * max(image["width"], image["height"]) for side in self.sides)
        changed = []
        for o in self._gts[imgId, catId] + self._dts[imgId, catId]:
            side = max(o["bbox"][2:])
            if side < least or side > most:
                changed.append((o, o["area"]))
                o["area"] = 1e20
        try:
            return super().evaluateImg(imgId, catId, aRng, maxDet)
        finally:
            for o, area in changed:
                o["area"] = area


def evaluated(name, truth, found):
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = json.loads(json.dumps(truth))
        coco.createIndex()
        results = coco.loadRes(json.loads(json.dumps(found)))
        judge = (SideEval if name in SIDES else COCOeval)(coco, results, "bbox")
        if name in SIDES:
            judge.sides = SIDES[name]
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    precision = judge.eval["precision"]
    recall = judge.eval["recall"]
    per_class = []
    for k in range(precision.shape[2]):
        def mean(p):
            return float(np.mean(p[p > -1])) if (p > -1).any() else -1.0
        per_class.append({
            "ap50": mean(precision[0, :, k, 0, 2]),
            "ap": mean(precision[:, :, k, 0, 2]),
            "precision50": precision[0, ::10, k, 0, 2].tolist(),
            "precision75_small_first": precision[5, ::25, k, 1, 2].tolist(),
            "scores50": judge.eval["scores"][0, ::10, k, 0, 2].tolist(),
            "recall": recall[:, k, 0, :].tolist(),
        })
    return {"stats": judge.stats.tolist(), "classes": per_class}


def main(folder):
    for name in FIXTURES:
        truth, found = dataset(name)
        fixture = {
            "made_by": f"coco_fixtures.py, pycocotools {version('pycocotools')}, numpy {np.__version__}",
            "sides": list(SIDES.get(name, (0, 1))),
            "truth": truth,
            "detections": found,
            "expected": evaluated(name, truth, found),
        }
        path = pathlib.Path(folder, f"coco_{name}.json")
        path.write_text(json.dumps(fixture, separators=(",", ":")).replace('},{', '},\n{') + "\n")
        print(path, [round(s, 3) for s in fixture["expected"]["stats"]])


if __name__ == "__main__":
    main(sys.argv[1])

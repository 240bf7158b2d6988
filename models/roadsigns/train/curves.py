"""curves.png from log.csv: the three loss terms above, AP@0.5 at both resolutions below."""

import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


def draw(log: Path, picture: Path) -> None:
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    figure, (losses, precision) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 7), constrained_layout=True)
    for term in ("box", "object", "class"):
        losses.plot([int(r["step"]) for r in rows], [float(r[term]) for r in rows], label=term)
    losses.set(ylabel="training loss, weighted", yscale="log")
    for column in (name for name in rows[0] if name.startswith("ap50_")):
        seen = [r for r in rows if r[column]]
        precision.plot([int(r["step"]) for r in seen], [float(r[column]) for r in seen], "o-", ms=3, label=f"{column[5:]} x {column[5:]}")
    precision.set(ylabel="AP@0.5, float, 500 scenes", xlabel="step", ylim=(0, 1))
    for axes in (losses, precision):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(picture, dpi=110, metadata={"Software": None})
    pyplot.close(figure)

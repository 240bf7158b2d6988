#!/usr/bin/env python3
"""Makes firmware-templates/kernel-costs.csv of what Samples.java prints.

  fit.py SAMPLES [OLD] >NEW         OLD: a table whose rows of other cores stay

For each core and kernel, the costs of what it repeats that miss the samples least: least squares of the relative
errors, none of the costs below zero. Functions that only some of the units use are fitted by
themselves. How well they do is written as a comment, and to stderr layer by layer where they miss by more than a
tenth."""
import collections
import re
import sys

ROUNDS = 20000
OUTPUTS = {"output", "pooled-output", "sliding-output", "window-output", "window-element", "group"}
PARTS = {
    "fv_dot_tile": {"position", "position-unit", "group"},
    "fv_dot_pixels": {"pair", "pair-unit", "filter-slice"},
    "fv_winograd_weights": {"filter-unit", "filter-block"},
    "fv_winograd_columns": {"pixels-row", "column"},
    "fv_winograd_rows": {"pixels-row", "pixels-tile"},
    "fv_winograd_pixels": {"pixels-row", "column-outside"},
    "fv_winograd_sums": {"tile-sums"},
    "add_half": {"tile-sums"},
    "fv_expand_weights": {"filter-unit", "filter-slice"},
    "fv_expand_pixels": {"expand-unit", "expand-run", "expand-slice"},
    "fv_expand_windows_of_3": {"window-of-3"},
    "fv_store_patch": OUTPUTS,
    "fv_interleave_rows": {"column", "group"},
    "fv_dot_pairs": {"segment", "pair", "run", "vector"},
    "fv_dot_short": {"short-row", "short-pixel", "short-pixel-of-2"},
    "fv_store_sums": OUTPUTS | {"quad", "quad-row", "output-of-table"},
    "fv_gather_windows": {"gather-row", "gather-pixel", "gather-run", "gather-vector"},
    "fv_depthwise_3x3": {"run-3x3", "window-3x3", "window-3x3-of-table"},
    "fv_winograd_products": {"position", "position-unit"},
    "fv_neon_store_patch": OUTPUTS | {"group-row", "table-output"},
}
HEAD = """# What each repetition of a kernel costs, estimated: instructions as QEMU counts them, cycles by llvm-mca's
# schedule of the core (of the Cortex-A53 for the A35; for the A7 by a table), cycles by a stricter model: pairing.py,
# beats.py and advanced_simd.py in benchmarks/cycles say where theirs come from. Caches are not in it.
# benchmarks/cycles/calibrate makes it. Its layers (those above 1 % of the largest) miss the counted figures by so
# much on average (and at most), column by column:"""
# Kernels that store their outputs with the code of another.
STORES_AS = {"fv_conv2d_winograd_neon_s8": "fv_conv2d_neon_s8", "fv_conv2d_winograd_s8": "fv_conv2d_gemm_s8"}
COLUMNS = ("instructions", "cycles", "strict cycles")


class Layer:
    """What one layer repeats, and what its parts cost."""

    def __init__(self, counts):
        self.counts = counts
        self.parts = collections.defaultdict(lambda: [0.0, 0.0, 0.0])

    def costs(self):
        return [sum(p[k] for p in self.parts.values()) for k in range(3)]


def read(path):
    """Layers by their names, by core and kernel."""
    kernels = collections.defaultdict(dict)
    for line in open(path):
        core, kernel, function, what, layer, *costs, counts = line.rstrip("\n").split(",")
        layers = kernels[core, kernel]
        counts = {unit: int(n) for unit, n in (c.split("=") for c in counts.split())}
        part = layers.setdefault(what + " " + layer, Layer(counts)).parts[function if function in PARTS else "rest"]
        part[:] = [a + float(b) for a, b in zip(part, costs)]
    return kernels


def fit(rows, targets, weights):
    """Costs x >= 0 that make the sum of (weight * (row . x - target))^2 least, by coordinate descent."""
    n = len(rows[0])
    scale = [max(abs(w * r[j]) for r, w in zip(rows, weights)) or 1 for j in range(n)]
    a = [[w * r[j] / scale[j] for j in range(n)] for r, w in zip(rows, weights)]
    b = [w * t for w, t in zip(weights, targets)]
    gram = [[sum(r[i] * r[j] for r in a) for j in range(n)] for i in range(n)]
    right = [sum(r[i] * t for r, t in zip(a, b)) for i in range(n)]
    x = [0.0] * n
    for _ in range(ROUNDS):
        moved = 0.0
        for j in range(n):
            if gram[j][j] > 0:
                gradient = right[j] - sum(g * v for g, v in zip(gram[j], x))
                value = max(0.0, x[j] + gradient / gram[j][j])
                moved = max(moved, abs(value - x[j]) / (abs(value) + 1e-12))
                x[j] = value
        if moved < 1e-9:
            break
    return [v / s for v, s in zip(x, scale)]


def fit_kernel(layers, units):
    """Three costs of each unit: the sums of those in the parts."""
    costs = {unit: [0.0] * 3 for unit in units}
    largest = max(layer.costs()[0] for layer in layers)
    weights = [1 / (layer.costs()[0] + 0.001 * largest) for layer in layers]
    for part in sorted({p for layer in layers for p in layer.parts}):
        own = [u for u in units if u in PARTS.get(part, units)]
        rows = [[layer.counts.get(u, 0) for u in own] for layer in layers]
        for k in range(3):
            for unit, cost in zip(own, fit(rows, [layer.parts[part][k] for layer in layers], weights)):
                costs[unit][k] += cost
    return costs


def misses(name, layers, costs, k):
    """Relative errors of one cost, the large ones printed."""
    errors = []
    largest = max(layer.costs()[k] for layer in layers.values())
    for what, layer in layers.items():
        error = sum(costs[u][k] * n for u, n in layer.counts.items()) / layer.costs()[k] - 1
        if layer.costs()[k] > 0.01 * largest:
            errors.append(abs(error))
            if abs(error) > 0.1:
                print(f"{name} {what}, {COLUMNS[k]}: {100 * error:+.1f} % of {layer.costs()[k]:.0f}", file=sys.stderr)
    return f"{100 * sum(errors) / len(errors):.1f} % ({100 * max(errors):.0f} %)"


def others(path, cores):
    """Comments and rows of a table that are of other cores."""
    lines = open(path).read().splitlines()
    shares = [l for l in lines if re.match("# cortex-", l) and l.split()[1] not in cores]
    return shares, [l for l in lines if not l.startswith("#") and l.split(",")[0] not in cores]


def main():
    kernels = read(sys.argv[1])
    shares, table = others(sys.argv[2], {core for core, _ in kernels}) if len(sys.argv) > 2 else ([], [])
    fitted = {}
    for (core, kernel), layers in sorted(kernels.items()):
        units = sorted({u for layer in layers.values() for u in layer.counts})
        costs = fit_kernel(list(layers.values()), units)
        missed = ", ".join(misses(f"{core} {kernel}", layers, costs, k) for k in range(3))
        shares.append(f"# {core} {kernel}, {len(layers)} layers: {missed}")
        fitted[core, kernel] = costs
    for (core, kernel), costs in fitted.items():
        other = fitted.get((core, STORES_AS.get(kernel)), {})
        costs = {**{u: c for u, c in other.items() if u in OUTPUTS - {"group"}}, **costs}
        table += [",".join([core, kernel, u] + ["%.5g" % (c if c > 1e-6 else 0) for c in costs[u]]) for u in costs]
    print("\n".join([HEAD, *sorted(shares), "# core,kernel,unit,instructions,cycles,strict cycles", *sorted(table)]))


main()

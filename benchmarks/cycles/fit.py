#!/usr/bin/env python3
"""Makes firmware-templates/kernel-costs.csv of what Samples.java prints.

  fit.py SAMPLES >firmware-templates/kernel-costs.csv

For each core and kernel, the costs of what it repeats that miss the samples least: least squares of the relative
errors, none of the costs below zero. How well they do is written as a comment, and to stderr layer by layer where they
miss by more than a tenth."""
import collections
import sys

ROUNDS = 20000
COLUMNS = ("instructions", "cycles", "strict cycles")


def read(path):
    """Lists of (what, layer, three costs, counts) by core and kernel."""
    samples = collections.defaultdict(list)
    for line in open(path):
        core, kernel, what, layer, *costs, counts = line.rstrip("\n").split(",")
        counts = {unit: int(n) for unit, n in (c.split("=") for c in counts.split())}
        samples[core, kernel].append((what, layer, [float(c) for c in costs], counts))
    return samples


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


def main():
    print("# What each repetition of a kernel costs, estimated: instructions as QEMU counts them, cycles by llvm-mca's")
    print("# schedule of the core, cycles by the stricter model of benchmarks/cycles/pairing.py. Caches are not in it.")
    print("# benchmarks/cycles/samples makes it; layers miss the counted figures by so much on average (at most):")
    table = []
    for (core, kernel), samples in sorted(read(sys.argv[1]).items()):
        units = sorted({u for s in samples for u in s[3]})
        rows = [[s[3].get(u, 0) for u in units] for s in samples]
        largest = max(s[2][0] for s in samples)
        weights = [1 / (s[2][0] + 0.001 * largest) for s in samples]
        costs = [fit(rows, [s[2][k] for s in samples], weights) for k in range(3)]
        misses = []
        for k in range(3):
            errors = []
            for s, row in zip(samples, rows):
                error = sum(c * r for c, r in zip(costs[k], row)) / s[2][k] - 1
                errors.append(abs(error))
                if abs(error) > 0.1 and s[2][0] > 0.001 * largest:
                    print(f"{core} {kernel} {s[0]} {s[1]} {COLUMNS[k]} {s[2][k]:.0f}: {100 * error:+.1f} %", file=sys.stderr)
            misses.append(f"{100 * sum(errors) / len(errors):.1f} % ({100 * max(errors):.0f} %)")
        print(f"# {core} {kernel}, {len(samples)} layers: " + ", ".join(misses))
        for j, unit in enumerate(units):
            table.append(",".join([core, kernel, unit] + ["%.5g" % costs[k][j] for k in range(3)]))
    print("# core,kernel,unit,instructions,cycles,strict cycles")
    print("\n".join(table))


main()

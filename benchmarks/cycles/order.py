#!/usr/bin/env python3
"""Orders the instructions of fv_winograd.S (Armv7E-M) so that both pipelines of a Cortex-M7 are busy.

  order.py columns|rows|weights|sums

Prints one transform's instructions as fv_winograd.S has them. A transform is a list of operations in a natural order;
many orders of it are tried, greedily and with some chance, each with registers given out on the way. Of those that the
strict model of pairing.py finds fastest, the one is taken that llvm-mca finds fastest too."""
import collections
import random
import re
import subprocess
import sys

from pairing import Core, Instruction, strict_cycles

# An operation's result (or None), its text with {o} for the result and {0}, {1}.. for the operands, a fixed register
# (or None), and what it stores (a comment).
Operation = collections.namedtuple("Operation", "out text operands fixed note")


class Transform:
    """registers: those that hold something before, by name; kept: names that stay; pool: free registers."""

    def __init__(self, registers, kept, pool):
        self.registers, self.kept, self.pool = registers, kept, pool
        self.operations = []
        self.after = collections.defaultdict(set)  # order that registers do not show, by index of the operation

    def add(self, out, text, *operands, fixed=None, note="", after=()):
        self.after[len(self.operations)] |= set(after)
        self.operations.append(Operation(out, text, list(operands), fixed, note))
        return out

    def users(self, name):
        return [i for i, o in enumerate(self.operations) if name in o.operands]


def dependencies(transform):
    producer = {o.out: i for i, o in enumerate(transform.operations) if o.out}
    return [{producer[x] for x in o.operands if x in producer} | transform.after[i]
            for i, o in enumerate(transform.operations)]


def heights(operations, needed):
    """Cycles from each operation to the end, as if there were any number of pipelines."""
    height = [0] * len(operations)
    for i in reversed(range(len(operations))):
        operation = operations[i].text.split()[0]
        late = operation.startswith(("ld", "s", "u", "mul")) and not operation.startswith(("str", "sub"))
        height[i] = (2 if late else 1) + max([height[j] for j in range(len(operations)) if i in needed[j]], default=0)
    return height


def attempt(transform, needed, height, chance, window, noise, reserve, slope):
    """One order, as (text, note); None when registers run out."""
    operations = transform.operations
    left = set(range(len(operations)))
    remaining = collections.defaultdict(set)
    for i, o in enumerate(operations):
        for x in o.operands:
            remaining[x].add(i)
    uses = set(remaining)
    register, free, core, out = dict(transform.registers), list(transform.pool), Core(2), []
    while left:
        first = min(left)
        best = None
        for i in [i for i in left if i <= first + window and not needed[i] & left]:
            o = operations[i]
            dying = [x for x in dict.fromkeys(o.operands) if x not in transform.kept and remaining[x] == {i}]
            to = o.fixed
            if o.out and not o.fixed:
                available = [register[x] for x in dying] + free
                if not available or (not dying and len(free) <= reserve and i != first):
                    continue
                to = free[0] if free and (chance.random() < 0.7 or not dying) else available[0]
            text = o.text
            for k, x in enumerate(o.operands):
                text = text.replace("{%d}" % k, register[x])
            text = text.replace("{o}", to or "")
            start = start_of(core, Instruction(text))
            freed = len(dying) - (1 if o.out and not o.fixed else 0)
            urgency = height[i] + (3 * freed if len(free) < 3 else 0)
            key = (start, noise * chance.random() * 6 + slope * i - urgency)
            if best is None or key < best[0]:
                best = (key, i, to, text, dying)
        if best is None:
            return None
        _, i, to, text, dying = best
        o = operations[i]
        core.run(Instruction(text))
        left.discard(i)
        out.append((text, o.note))
        for x in set(o.operands):
            remaining[x].discard(i)
        free += [register.pop(x) for x in dying]
        if to:
            if to in free:
                free.remove(to)
            register[o.out] = to
            if not o.fixed and o.out not in uses:
                free.append(to)
    return out


def start_of(core, instruction):
    trial = Core(core.width)
    trial.cycle, trial.first, trial.ready = core.cycle, core.first, core.ready.copy()
    trial.run(instruction)
    if instruction.gives:
        late = 2 if instruction.is_load or instruction.multiplies else 1
        return max(trial.ready[g] for g in instruction.gives) - late
    return trial.cycle if trial.first is instruction else trial.cycle - 1


def mca_cycles(lines):
    command = ["llvm-mca-19", "-mtriple=thumbv7em-none-eabihf", "-mcpu=cortex-m7", "-iterations=20"]
    text = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Total Cycles:\s+(\d+)", text).group(1)) / 20


def search(transform, tries):
    needed = dependencies(transform)
    height = heights(transform.operations, needed)
    chance = random.Random(1)
    found = []
    for n in range(tries):
        order = attempt(transform, needed, height, chance, chance.choice((3, 6, 10, 16, 24, 40)),
                        chance.choice((0, 1, 2)), chance.choice((0, 1, 2, 3, 4)),
                        chance.choice((0.05, 0.15, 0.3, 0.6, 1.0)))
        if order:
            found.append((strict_cycles([text for text, _ in order], 2), n, order))
    best = []
    for strict, n, order in sorted(found)[:12]:
        mca = mca_cycles([text for text, _ in order])
        best.append((max(strict, mca), mca, n, strict, order))
    _, mca, _, strict, order = min(best)
    print("%d instructions, cycles: strict %.0f, llvm-mca %.0f" % (len(order), strict, mca), file=sys.stderr)
    return order


def columns():
    """B' d of one column of six words of pixels: both halves, plain sums of numbers a + 2^16 b."""
    t = Transform({"rows": "r0", "offset": "r1", "out": "r2", "n": "r3", "step": "r12"},
                  {"rows", "offset", "out", "n", "step"}, ["r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "lr"])

    def half(h, d):
        def op(name, text, *operands):
            return t.add("%s%d" % (name, h), text, *operands)

        def store(value, k):
            t.add(None, "str.w {0}, [{1}, #%d]" % (24 * h + 4 * k), value, "out", note="t%d" % k)

        x = op("x", "sub.w {o}, {0}, {1}", d[0], d[2])
        a = op("a", "sub.w {o}, {0}, {1}", d[4], d[2])
        store(op("t0", "add.w {o}, {0}, {1}, lsl #2", a, x), 0)
        p = op("p", "sub.w {o}, {0}, {1}, lsl #2", d[4], d[2])
        y = op("y", "sub.w {o}, {0}, {1}", d[5], d[3])
        b = op("b", "sub.w {o}, {0}, {1}", d[3], d[1])
        q = op("q", "sub.w {o}, {0}, {1}, lsl #2", d[3], d[1])
        store(op("t5", "sub.w {o}, {0}, {1}, lsl #2", y, b), 5)
        store(op("t1", "add.w {o}, {0}, {1}", p, q), 1)
        store(op("t2", "sub.w {o}, {0}, {1}", p, q), 2)
        store(op("t3", "add.w {o}, {0}, {1}, lsl #1", a, b), 3)
        store(op("t4", "sub.w {o}, {0}, {1}, lsl #1", a, b), 4)

    lower, saved = [], []
    for k in range(6):
        base = t.add("base%d" % k, "ldr.w {o}, [{0}, #%d]" % (8 * k), "rows")
        mask = t.add("mask%d" % k, "ldr.w {o}, [{0}, #%d]" % (8 * k + 4), "rows")
        at = t.add("at%d" % k, "and.w {o}, {0}, {1}", mask, "offset")
        word = t.add("word%d" % k, "ldr.w {o}, [{0}, {1}]", base, at)
        word = t.add("bytes%d" % k, "eor.w {o}, {0}, #0x80808080", word)
        saved.append(len(t.operations))
        t.add(None, "str.w {0}, [sp, #%d]" % (4 * k), word)
        lower.append(t.add("lower%d" % k, "and.w {o}, {0}, #0xff00ff", word))
    half(0, lower)
    upper = []
    for k in range(6):
        word = t.add("again%d" % k, "ldr.w {o}, [sp, #%d]" % (4 * k), after=[saved[k]])
        upper.append(t.add("upper%d" % k, "uxtb16 {o}, {0}, ror #8", word))
    half(1, upper)
    t.add("next offset", "add.w {o}, {0}, {1}", "offset", "step", fixed="r1", after=t.users("offset"))
    t.add("next n", "subs.w {o}, {0}, #1", "n", fixed="r3")
    t.add("next out", "add.w {o}, {0}, #48", "out", fixed="r2", after=t.users("out"))
    return search(t, 300)


def rows():
    """The rows of one half of six columns; results are int16, of numbers 2^15 greater or less."""
    t = Transform({"columns": "r0", "v": "r1", "K": "r2"}, {"columns", "v", "K"},
                  ["r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "lr"])
    for i in range(6):
        def op(name, text, *operands):
            return t.add("%s %d" % (name, i), text, *operands)

        def store(value, k):
            t.add(None, "str.w {0}, [{1}, #%d]" % (16 * (6 * i + k)), value, "v", note="V[%d][%d]" % (i, k))

        d = [op("d%d" % j, "ldr.w {o}, [{0}, #%d]" % (48 * j + 4 * i), "columns") for j in range(6)]
        e = op("d4 + K", "add.w {o}, {0}, {1}", d[4], "K")
        a = op("a + K", "sub.w {o}, {0}, {1}", e, d[2])
        x = op("x", "sub.w {o}, {0}, {1}", d[0], d[2])
        x = op("4 x + K", "add.w {o}, {0}, {1}, lsl #2", "K", x)
        store(op("t0", "sadd16 {o}, {0}, {1}", x, a), 0)
        p = op("p + K", "sub.w {o}, {0}, {1}, lsl #2", e, d[2])
        f = op("d3 + K", "add.w {o}, {0}, {1}", d[3], "K")
        b = op("b", "sub.w {o}, {0}, {1}", d[3], d[1])
        q = op("q + K", "sub.w {o}, {0}, {1}, lsl #2", f, d[1])
        y = op("y - K", "sub.w {o}, {0}, {1}", d[5], f)
        t1 = op("t1", "sadd16 {o}, {0}, {1}", p, q)
        if i == 1:  # 36 * 128 too much in both halves: pixels are 128 greater
            t1 = op("t1 less", "ssub16 {o}, {0}, {1}", t1, op("bias", "mov.w {o}, #0x12001200"))
        store(t1, 1)
        store(op("t2", "ssub16 {o}, {0}, {1}", p, q), 2)
        b2 = op("2 b + K", "add.w {o}, {0}, {1}, lsl #1", "K", b)
        store(op("t3", "sadd16 {o}, {0}, {1}", a, b2), 3)
        store(op("t4", "ssub16 {o}, {0}, {1}", a, b2), 4)
        b4 = op("4 b - K", "rsb.w {o}, {0}, {1}, lsl #2", "K", b)
        store(op("t5", "ssub16 {o}, {0}, {1}", y, b4), 5)
    return search(t, 200)


def weights():
    """G g G' of one half of a filter: lanes of int16 throughout."""
    t = Transform({"packed": "r0", "u": "r1"}, {"u"},
                  ["r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr"])

    def load(r):
        words = [t.add("w%d%d" % (r, j), "ldr.w {o}, [{0}, #%d]" % (12 * r + 4 * j), "packed") for j in range(3)]
        return [t.add("g%d%d" % (r, j), "sxtb16 {o}, {0}", words[j]) for j in range(3)]

    def quadruple(name, g):
        """By plain instructions: without each half's two highest bits, shifted."""
        g = t.add(name + " cleared", "bic {o}, {0}, #0xc000c000", g)
        return t.add(name + " times 4", "lsl {o}, {0}, #2", g)

    def row(i, g):
        def op(name, text, *operands):
            return t.add("%s %d" % (name, i), text, *operands)

        def store(value, k):
            t.add(None, "str.w {0}, [{1}, #%d]" % (32 * (6 * i + k)), value, "u", note="U[%d][%d]" % (i, k))

        store(g[0], 0)
        ends = op("ends", "sadd16 {o}, {0}, {1}", g[0], g[2])
        store(op("u1", "sadd16 {o}, {0}, {1}", ends, g[1]), 1)
        store(op("u2", "ssub16 {o}, {0}, {1}", ends, g[1]), 2)
        weighted = op("weighted", "sadd16 {o}, {0}, {1}", g[0], quadruple("g2 of row %d" % i, g[2]))
        middle = op("middle", "sadd16 {o}, {0}, {0}", g[1])
        store(op("u4", "ssub16 {o}, {0}, {1}", weighted, middle), 4)
        store(op("u3", "sadd16 {o}, {0}, {1}", weighted, middle), 3)
        store(g[2], 5)

    def each(name, text, a, b):
        return [t.add("%s%d" % (name, j), text, a[j], b[j]) for j in range(3)]

    g2 = load(2)
    row(5, g2)
    g0 = load(0)
    row(0, g0)
    ends, weighted = [], []
    for j in range(3):
        ends.append(t.add("column ends%d" % j, "sadd16 {o}, {0}, {1}", g0[j], g2[j]))
        weighted.append(t.add("column weighted%d" % j, "sadd16 {o}, {0}, {1}", g0[j], quadruple("g2%d" % j, g2[j])))
    g1 = load(1)
    u1 = each("u1 column", "sadd16 {o}, {0}, {1}", ends, g1)
    row(1, u1)
    middle = [t.add("column middle%d" % j, "sadd16 {o}, {0}, {0}", g1[j]) for j in range(3)]
    row(2, each("u2 column", "ssub16 {o}, {0}, {1}", u1, middle))
    row(3, each("u3 column", "sadd16 {o}, {0}, {1}", weighted, middle))
    row(4, each("u4 column", "ssub16 {o}, {0}, {1}", weighted, middle))
    return search(t, 1000)


def sums():
    """A' m A of one lane of a tile, divided and added to its sums."""
    t = Transform({"products": "r0", "sums": "r1", "row bytes": "r2", "ninth": "r3"},
                  {"products", "sums", "row bytes", "ninth"},
                  ["r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr"])

    def transformed(name, m):
        def op(what, text, *operands):
            return t.add("%s of %s" % (what, name), text, *operands)

        a = op("a", "add.w {o}, {0}, {1}", m[1], m[2])
        b = op("b", "sub.w {o}, {0}, {1}", m[1], m[2])
        c = op("c", "add.w {o}, {0}, {1}", m[3], m[4])
        d = op("d", "sub.w {o}, {0}, {1}", m[3], m[4])
        first = op("3 m0", "add.w {o}, {0}, {0}, lsl #1", m[0])
        first = op("6 m0 + c", "add.w {o}, {0}, {1}, lsl #1", c, first)
        y0 = op("y0", "sub.w {o}, {0}, {1}, lsl #2", first, a)
        y1 = op("y1", "sub.w {o}, {0}, {1}, lsl #1", d, b)
        y2 = op("y2", "sub.w {o}, {0}, {1}", c, a)
        last = op("3 m5", "add.w {o}, {0}, {0}, lsl #1", m[5])
        last = op("6 m5 - b", "rsb.w {o}, {0}, {1}, lsl #1", b, last)
        return y0, y1, y2, op("y3", "add.w {o}, {0}, {1}, lsl #1", last, d)

    stored = {}
    for j in range(6):
        m = [t.add("m%d%d" % (i, j), "ldr.w {o}, [{0}, #%d]" % (32 * (6 * i + j)), "products") for i in range(6)]
        for k, y in enumerate(transformed("column %d" % j, m)):
            stored[j, k] = len(t.operations)
            t.add(None, "str.w {0}, [sp, #%d]" % (4 * (4 * j + k)), y)
    shifts = ((6, 5, 4, 4), (5, 4, 3, 3), (4, 3, 2, 2), (4, 3, 2, 2))
    row = "sums"
    for k in range(4):
        m = [t.add("n%d%d" % (k, j), "ldr.w {o}, [sp, #%d]" % (4 * (4 * j + k)), after=[stored[j, k]])
             for j in range(6)]
        for x, y in enumerate(transformed("row %d" % k, m)):
            at = (0, 4, 32, 36)[x]
            old = t.add("old%d%d" % (k, x), "ldr.w {o}, [{0}, #%d]" % at, row)
            product = t.add("product%d%d" % (k, x), "mul {o}, {0}, {1}", y, "ninth")
            new = t.add("new%d%d" % (k, x), "add.w {o}, {0}, {1}, asr #%d" % shifts[k][x], old, product)
            t.add(None, "str.w {0}, [{1}, #%d]" % at, new, row)
        if k < 3:
            row = t.add("row%d" % (k + 1), "add.w {o}, {0}, {1}", row, "row bytes")
    return search(t, 150)


def main():
    transforms = {"columns": columns, "rows": rows, "weights": weights, "sums": sums}
    if len(sys.argv) != 2 or sys.argv[1] not in transforms:
        sys.exit("order.py: say one of " + ", ".join(transforms))
    for text, note in transforms[sys.argv[1]]():
        text = re.sub(r"\.w ", " ", text)
        if sys.argv[1] == "weights" and text.startswith("sxtb16"):
            text += " \\rotation"
        print(("  " + text).ljust(36) + ("/* %s */" % note if note else "") if note else "  " + text)


main()

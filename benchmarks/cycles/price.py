#!/usr/bin/env python3
"""Estimated cycles of the blocks that a program ran, by two models of the core.

  price.py CORE ELF COUNTS          CORE: cortex-m7, -m55, -a7 or -a35; COUNTS: what block_counts.c printed

Prints for each layer of the network (-1: what ran between its steps)
  layer INDEX INSTRUCTIONS CYCLES_MCA CYCLES_STRICT
and the same of each function in it, as `part INDEX FUNCTION ...`. Each block is priced as if it followed
itself, by llvm-mca's schedule of the core and by a stricter model: pairing.py, beats.py or advanced_simd.py. LLVM has no
schedule of the Cortex-A7 that llvm-mca takes, so that advanced_simd.py has both; its schedule of the Cortex-A35 is that of
the A53. No model knows caches, wait states or mispredicted branches."""
import collections
import json
import re
import shutil
import subprocess
import sys

import advanced_simd
import beats
import pairing

ITERATIONS = 20
CORES = {"cortex-m7": "thumbv7em-none-eabihf", "cortex-m55": "thumbv8.1m.main-none-eabihf",
         "cortex-a7": "thumbv7a-linux-gnueabihf", "cortex-a35": "aarch64-linux-gnu"}
STRICT = {"cortex-m7": lambda body: pairing.strict_cycles(body, 2), "cortex-m55": beats.strict_cycles,
          "cortex-a7": lambda body: advanced_simd.strict_cycles(body, 32),
          "cortex-a35": lambda body: advanced_simd.strict_cycles(body, 64)}
CONDITION = "(eq|ne|hs|lo|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)"
BRANCH = re.compile(r"^(b|bl|bx|blx|cbz|cbnz|le|wls|dls|letp|wlstp|dlstp|tbb|tbh|br|blr|ret|tbz|tbnz|b\.)" + CONDITION +
                    r"?(\.([nw]|\d+))?$")


def llvm(tool):
    """The newest of LLVM's versions here: 16 or later know both cores."""
    for version in range(30, 15, -1):
        path = shutil.which(f"{tool}-{version}")
        if path:
            return path
    sys.exit(f"price.py: no {tool} of LLVM 16 or later; on Debian: apt-get install llvm-19")


def disassembly(core, elf):
    """Address to text and to function, in LLVM's spelling."""
    run = [llvm("llvm-objdump"), "-d", "--no-show-raw-insn", "--mcpu=" + core, elf]
    text, function, name = {}, {}, ""
    for line in subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines():
        head = re.match(r"^[0-9a-f]+ <(.+)>:$", line)
        if head:
            name = head.group(1)
            continue
        row = re.match(r"^\s*([0-9a-f]+):\s+(.+)$", line)
        if row:
            instruction = re.sub(r"\s+", " ", re.split("@|//|<", row.group(2))[0]).strip()
            text[int(row.group(1), 16)] = instruction
            function[int(row.group(1), 16)] = name
    return text, function


def read_counts(path):
    """Blocks as (address, instructions), and times by layer and block."""
    blocks, counts = [], collections.defaultdict(dict)
    for line in open(path):
        fields = line.split()
        if fields[0] == "block":
            blocks.append((int(fields[2], 16), int(fields[3])))
        elif fields[0] == "count":
            counts[int(fields[1])][int(fields[2])] = int(fields[3])
    return blocks, counts


def for_mca(instruction):
    """The instruction as llvm-mca's parser takes it outside its program: branches go anywhere."""
    operation, _, operands = instruction.partition(" ")
    kind = BRANCH.match(operation)
    if operation in ("adrp", "adr"):
        return "mov " + operands.split(",")[0] + ", #0"
    if operation.startswith("b."):
        return operation + " 1f"
    if not kind:
        if "[pc" in operands:
            return re.sub(r"\[pc.*", "[r0]", instruction)
        return re.sub(r"\bpc}", "lr}", instruction)
    if kind.group(1) in ("bl", "br", "blr", "ret"):  # a call would be priced with what it may take to come back
        return "b 1f"
    if kind.group(1) in ("tbz", "tbnz") or operands.startswith(("x", "w")):
        return operation + " " + operands.rsplit(",", 1)[0] + ", 1f"
    if kind.group(1) in ("cbz", "cbnz"):
        return "cmp " + operands.split(",")[0] + ", #0\n  beq 1f"
    if kind.group(1) in ("bx", "blx", "tbb", "tbh"):
        return "b 1f"
    if kind.group(1) in ("le", "letp"):  # the core keeps where the loop begins
        return ""
    if kind.group(1) in ("wls", "dls", "wlstp", "dlstp"):
        return "mov lr, r0"
    return operation + " 1f"


def strip_condition(lines):
    """Without IT blocks: llvm-mca prices an instruction the same with a condition."""
    plain, left = [], []
    for line in lines:
        it = re.match(r"^it([te]*) (\w+)", line)
        if it:
            invert = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "hi": "ls", "ls": "hi",
                      "hs": "lo", "lo": "hs", "mi": "pl", "pl": "mi", "vs": "vc", "vc": "vs"}
            left = [it.group(2)] + [it.group(2) if c == "t" else invert[it.group(2)] for c in it.group(1)]
            continue
        if left:
            operation, _, operands = line.partition(" ")
            condition = left.pop(0)
            line = re.sub(condition + r"(\.[nw])?$", r"\1", operation) + " " + operands
        plain.append(line)
    return plain


def mca_cycles(core, bodies):
    """Cycles of one round of each body, a list of instructions."""
    if core == "cortex-a7":
        return [advanced_simd.issue_cycles(body, 32) for body in bodies]
    comment = "#" if core == "cortex-a35" else "@"
    sources = [[for_mca(i) for i in strip_condition(body)] for body in bodies]
    sources = [source if any(source) else ["nop"] for source in sources]
    for _ in range(40):
        text, where = [], []
        for n, source in enumerate(sources):
            text.append(f"{comment} LLVM-MCA-BEGIN b{n}")
            where.append((-1, -1))
            for k, line in enumerate(source):
                for part in filter(None, line.split("\n")):
                    text.append("  " + part)
                    where.append((n, k))
            text.append("1:")
            text.append(comment + " LLVM-MCA-END")
            where += [(-1, -1)] * 2
        run = subprocess.run([llvm("llvm-mca"), "-mtriple=" + CORES[core], "-mcpu=" + core, "-json",
                              f"-iterations={ITERATIONS}"], input="\n".join(text) + "\n", capture_output=True, text=True)
        bad = [int(m) for m in re.findall(r"<stdin>:(\d+):\d+: error", run.stderr)]
        if run.returncode == 0 and not bad:
            break
        if not bad:
            sys.exit("price.py: " + "\n".join(l for l in run.stderr.splitlines() if "error" in l)[:2000])
        for line in bad:
            n, k = where[line - 1]
            operation, _, operands = sources[n][k].partition(" ")
            plain = re.sub(CONDITION + r"(\.[nw])?$", "", operation)
            if plain != operation:  # a block that begins inside an IT block
                sources[n][k] = plain + " " + operands
                continue
            print(f"price.py: llvm-mca does not know: {sources[n][k]}", file=sys.stderr)
            sources[n][k] = "add x12, x12, #1" if core == "cortex-a35" else "add r12, r12, #1"
    regions = json.loads(run.stdout)["CodeRegions"]
    cycles = {r["Name"]: r["SummaryView"]["TotalCycles"] / ITERATIONS for r in regions}
    return [cycles.get(f"b{n}", len(body)) for n, body in enumerate(bodies)]


def join(blocks, counts, bodies, following):
    """QEMU ends a block at the end of a page: where all that ran one block ran the next, they are one."""
    at = {address: i for i, (address, n) in enumerate(blocks) if i in bodies}
    for i in sorted(bodies, key=lambda i: -blocks[i][0]):
        address, n = blocks[i]
        for _ in range(n):
            address = following.get(address)
        j = at.get(address)
        falls = not BRANCH.match(bodies[i][-1].split(" ")[0])
        if falls and j in bodies and j != i and all(c.get(i) == c.get(j) for c in counts.values()):
            bodies[i] = bodies[i] + bodies.pop(j)
            for of_layer in counts.values():
                of_layer.pop(j, None)


def main():
    core, elf, path = sys.argv[1:]
    text, function = disassembly(core, elf)
    following = dict(zip(text, list(text)[1:]))
    blocks, counts = read_counts(path)
    used = sorted({i for of_layer in counts.values() for i in of_layer})
    bodies = {}
    for i in used:
        address, n = blocks[i]
        body = []
        while len(body) < n and address in text:
            body.append(text[address])
            address = following.get(address)
        if len(body) != n:
            sys.exit(f"price.py: no instructions at {blocks[i][0]:x}")
        bodies[i] = body
    join(blocks, counts, bodies, following)
    used = sorted(bodies)
    mca = dict(zip(used, mca_cycles(core, [bodies[i] for i in used])))
    strict = {i: STRICT[core](bodies[i]) for i in used}
    for layer in sorted(counts):
        parts = collections.defaultdict(lambda: [0, 0, 0])
        for i, times in counts[layer].items():
            price = (times * len(bodies[i]), times * mca[i], times * strict[i])
            parts[function[blocks[i][0]]] = [a + b for a, b in zip(parts[function[blocks[i][0]]], price)]
        print("layer %d %d %.0f %.0f" % (layer, *(sum(p[k] for p in parts.values()) for k in range(3))))
        for name, costs in sorted(parts.items(), key=lambda p: -p[1][0]):
            print("part %d %s %d %.0f %.0f" % (layer, name, *costs))


main()

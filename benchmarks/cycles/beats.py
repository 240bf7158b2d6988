"""Cycles of a block on a Cortex-M55 by a stricter model than llvm-mca's.

What a vector instruction takes is that of LLVM's ARMScheduleM55.td: two beats of 64 bits, so two cycles of one of three
pipes (loads and stores, integers, products), and the next vector instruction begins one cycle later if it goes to
another pipe. LE and LETP are free, since the core keeps where a loop begins (Armv8.1-M). Stricter than LLVM's: one
instruction a cycle, never two of 16 bits; what a vector instruction gives is there one cycle later; an instruction that
is none of vectors waits for both beats; a gathering load takes a cycle for each element."""
import collections
import re

from pairing import ROUNDS, WARM_UP, Core, Instruction

MULTIPLIES = re.compile(r"^v(ml|rml|mul|qdml|qrdml|qdmul|qrdmul|fma|fms)")
SCALAR = re.compile(r"^v(ctp|pst|pt|msr|mrs|push|pop)")
FREE = re.compile(r"^(le|letp)$")
ELEMENTS = {"8": 16, "16": 8, "32": 4, "64": 2}
LATER = 1  # than LLVM has it
LATENCY = {"memory": 1 + LATER, "integer": 1 + LATER, "product": 2 + LATER}


def pipe_of(i):
    """Of a vector instruction; None of all others, moves between register files among them."""
    if not i.operation.startswith("v") or SCALAR.match(i.operation) or not re.search(r"\bq[0-7]\b", i.operands):
        return None
    if i.is_load or i.is_store:
        return "memory"
    return "product" if MULTIPLIES.match(i.operation) else "integer"


def beats_of(i, text):
    gathers = (i.is_load or i.is_store) and re.search(r"\[[^]]*q[0-7]", i.operands)
    size = re.match(r"v\w+\.[a-z]?(\d+)", text)
    return max(2, ELEMENTS.get(size.group(1), 4)) if gathers and size else 2


class BeatCore(Core):
    def __init__(self):
        super().__init__(1)
        self.free = collections.defaultdict(int)  # pipe to cycle
        self.vector_end = 0

    def run_text(self, i, text):
        pipe = pipe_of(i)
        if FREE.match(i.operation):
            return
        if pipe is None:
            self.cycle = max(self.cycle, self.vector_end)
            if i.operation in ("vpush", "vpop"):
                self.cycle += len(re.findall(r"d\d+", i.operands))
                return
            self.run(i)
            return
        needs = i.needs + i.accumulates + (i.gives if i.operation.startswith("vml") else [])
        start = max([self.cycle, self.free[pipe]] + [self.ready[r] for r in needs])
        beats = beats_of(i, text)
        self.free[pipe] = start + beats
        self.vector_end = start + beats
        self.cycle = start + 1
        for register in i.gives:
            self.ready[register] = start + LATENCY[pipe] + beats - 2
        for register in i.moved:
            self.ready[register] = start + 1


def strict_cycles(body):
    """Cycles of one round when the block follows itself."""
    instructions = [(Instruction(text), text) for text in body if not re.match(r"^it[te]* ", text)]
    core = BeatCore()
    start = 0
    for round_ in range(ROUNDS):
        if round_ == WARM_UP:
            start = core.cycle
        for instruction, text in instructions:
            core.run_text(instruction, text)
    return (core.cycle - start) / (ROUNDS - WARM_UP)

"""Cycles of a block by a stricter model of an in-order core than llvm-mca's.

Up to `width` instructions start together. The second of a pair may not multiply or use the DSP unit's 16-bit lanes'
multiplier, not shift when the first does, not touch memory when the first does (two single loads may), and not need or
overwrite what the first gives. Loads and stores of two registers start alone: LLVM's schedule has it so, and what a
Cortex-M7 does was not measured. Loads and products are there after two cycles, everything else after one; an operand
that is shifted is needed one cycle early, an accumulator one cycle late. Loads of many registers take two a cycle,
stores one. A branch ends its pair and is always predicted."""
import collections
import re

MULTIPLIES = re.compile(r"^(smla|smul|smua|smus|smml|smmul|sml|mla|mls|mul|umul|umla|uma|sxtb16|uxtb16|sxtab|sadd|ssub|"
                        r"uadd|usub|qadd|qsub|shadd|sel|ssat|usat|pkh|rev)")
SHIFTS = re.compile(r"^(sxt|uxt|sbfx|ubfx|bfi|bfc|lsl|lsr|asr|ror)")
BRANCHES = re.compile(r"^(b|bl|bx|blx|cbz|cbnz|tbb|tbh|le|wls|dls|b(eq|ne|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|cs|cc))$")
REGISTER = re.compile(r"\b(r1[0-2]|r[0-9]|sp|lr|q[0-7]|s[0-9]+|d[0-9]+)\b")
ROUNDS, WARM_UP = 8, 4


class Instruction:
    """What the model asks of one instruction."""

    def __init__(self, text):
        operation, _, self.operands = text.partition(" ")
        self.operation = operation.split(".")[0]
        self.is_load = self.operation.startswith(("ld", "pop", "vld"))
        self.is_store = self.operation.startswith(("st", "push", "vst"))
        self.is_branch = bool(BRANCHES.match(self.operation))
        self.is_block = self.operation.startswith(("ldm", "stm", "push", "pop"))
        self.is_double = self.operation in ("ldrd", "strd")
        self.multiplies = bool(MULTIPLIES.match(self.operation))
        self.in_memory = "[" in self.operands
        shifted = re.search(r"(lsl|lsr|asr|ror) #", self.operands) and not self.in_memory
        self.shifts = bool(SHIFTS.match(self.operation)) or bool(shifted)
        self.gives, self.needs, self.accumulates, self.moved = self._registers()

    def _registers(self):
        names = REGISTER.findall(self.operands)
        moved = []
        if self.is_block:
            return self._block()
        if self.is_store:
            if "]!" in self.operands or "], #" in self.operands:
                moved = [REGISTER.findall(self.operands.split("[")[1])[0]]
            return [], names, [], moved
        if self.is_load:
            given = 2 if self.is_double else 1
            if "]!" in self.operands or "], #" in self.operands:
                moved = [names[given]] if len(names) > given else []
            return names[:given], names[given:], [], moved
        if self.operation in ("cmp", "cmn", "tst", "teq"):
            return ["flags"], names, [], []
        if self.is_branch:
            conditional = self.operation not in ("b", "bl", "bx", "blx")
            return [], (["flags"] if conditional else []) + names, [], []
        if self.operation in ("smull", "umull", "smlal", "umlal"):
            return names[:2], names, [], []
        if self.operation.startswith(("mla", "mls", "smla", "smlsd", "smmla")):
            return names[:1], names[1:3], names[3:4], []
        flags = ["flags"] if self.operation.endswith("s") and not self.multiplies else []
        needs = names if len(names) < 2 or self.operation in ("bfi", "movt") else names[1:]
        return names[:1] + flags, needs, [], []

    def _block(self):
        base = REGISTER.findall(self.operands.split("{")[0])
        listed = []
        for part in re.search(r"\{(.*)\}", self.operands).group(1).split(","):
            ends = re.match(r"\s*r(\d+)\s*-\s*r(\d+)", part)
            listed += ["r%d" % r for r in range(int(ends.group(1)), int(ends.group(2)) + 1)] if ends else [part.strip()]
        return (listed, base, [], []) if self.is_load else ([], listed + base, [], [])


class Core:
    def __init__(self, width):
        self.width = width
        self.ready = collections.defaultdict(int)
        self.cycle = 0
        self.first = None  # of the pair that this cycle has

    def next_cycle(self):
        self.cycle += 1
        self.first = None

    def run(self, i):
        if i.is_block:
            self._run_block(i)
            return
        early = 1 if i.shifts else 0
        start = max([self.cycle] + [self.ready[r] + early for r in i.needs] + [self.ready[r] - 1 for r in i.accumulates])
        if start > self.cycle:
            self.cycle, self.first = start, None
        if self.first is not None and not self._pairs(self.first, i):
            self.next_cycle()
        for register in i.gives:
            self.ready[register] = self.cycle + (2 if i.is_load or i.multiplies else 1)
        for register in i.moved:
            self.ready[register] = self.cycle + 1
        if self.first is not None or i.is_branch or i.is_double or self.width == 1:
            self.next_cycle()
        else:
            self.first = i

    def _run_block(self, i):
        if self.first is not None:
            self.next_cycle()
        registers = len(i.gives) if i.is_load else len(i.needs) - (0 if i.operation == "push" else 1)
        self.cycle = max([self.cycle] + [self.ready[r] for r in i.needs])
        self.cycle += (registers + 1) // 2 if i.is_load else registers
        for register in i.gives:
            self.ready[register] = self.cycle + 1

    @staticmethod
    def _pairs(first, second):
        if second.multiplies or second.is_double or (second.shifts and first.shifts):
            return False
        if (second.is_load or second.is_store) and (first.is_load or first.is_store):
            if not (first.is_load and second.is_load):
                return False
        given = first.gives + first.moved
        return not any(r in given for r in second.needs + second.accumulates + second.gives + second.moved)


def strict_cycles(body, width):
    """Cycles of one round when the block follows itself."""
    instructions = [Instruction(text) for text in body if not re.match(r"^it[te]* ", text)]
    core = Core(width)
    start = 0
    for round_ in range(ROUNDS):
        if round_ == WARM_UP:
            start = core.cycle
        for instruction in instructions:
            core.run(instruction)
        if core.first is not None:
            core.next_cycle()
    return (core.cycle - start) / (ROUNDS - WARM_UP)

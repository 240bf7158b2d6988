"""Cycles of a block on a Cortex-A7 or A35 with Advanced SIMD (NEON), by two tables of what each class takes.

`issue_cycles`: a data path of 64 bits. Long multiplications, with their operands of 64 bits, and everything of 64 bits
take one cycle, everything of 128 bits two, loads and stores one for each 64 bits; nothing waits for a result; of what
is none of vectors, an immediate operation or a branch starts with the instruction before it.
`strict_cycles`: GCC's description of the Cortex-A7's pipeline (gcc/config/arm/cortex-a7.md): every vector instruction
takes both issue slots for two cycles, a multiplication that adds for one, none starts with another; results are there
after four cycles, those of a multiplication that adds after eight (four where they are added to again); loads after two,
products after two. Sums of 128 bits that are no long ones take two. Nothing is paired. No such description of the
Cortex-A35 was found, so it has the same."""
import collections
import re

ROUNDS, WARM_UP = 8, 4
NAMES = re.compile(r"\b(?:(q|d|s|v|b|h|r|x|w)(\d+)|(sp|lr|wzr|xzr))\b")
WIDE = re.compile(r"\bq\d+|\.(16b|8h|4s|2d)\b")
LONG = re.compile(r"^v?(u|s)?(ml[as]l|mull)2?$|^v(ml[as]l|mull)$")
ADDS = re.compile(r"^v?[us]?ml[as]l?2?$|^v?f?m[la][as]$")
ACCUMULATES = re.compile(r"^(v?[us]?ml[as]l?2?|v?f?ml[as]|vpadal|[us]adalp|v?[us]r?sra|vr?sra|vsli|sli|mla|mls|smlal|"
                         r"umlal|bfi|bfxil|movk|movt|ins)$")
BRANCH = re.compile(r"^(b|bl|bx|blx|br|blr|ret|cbn?z|tbn?z|b\.\w+|b(eq|ne|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|cs|cc))$")
COMPARES = re.compile(r"^(cmp|cmn|tst|teq|ccmp|fcmp)$")


class Instruction:
    def __init__(self, text, bits):
        operation, _, operands = text.partition(" ")
        self.operation = operation if operation.startswith("b.") else operation.split(".")[0]
        self.bits = bits
        self.operands = operands
        self.names = [r for names in (self._names(m) for m in NAMES.finditer(operands)) for r in names]
        self.is_vector = any(n.startswith(("v", "d")) for n in self.names)
        self.is_branch = bool(BRANCH.match(operation.removesuffix(".w")))
        self.is_store = self.operation.startswith(("st", "push", "vst", "vpush"))
        self.is_load = self.operation.startswith(("ld", "pop", "vld", "vpop"))
        self.is_wide = bool(WIDE.search(operands))
        self.is_long = self.is_vector and bool(LONG.match(self.operation))
        self.adds = self.is_vector and bool(ADDS.match(self.operation))
        self.has_immediate = "#" in operands
        self.gives, self.needs = self._registers()

    def _names(self, match):
        kind, number, other = match.groups()
        if other:
            return [] if other.endswith("zr") else [other]
        if kind in "rxw":
            return ["r" + number]
        if self.bits == 64:
            return ["v" + number]
        if kind == "q":
            return ["d%d" % (2 * int(number)), "d%d" % (2 * int(number) + 1)]
        return ["d%d" % (int(number) // 2 if kind == "s" else int(number))]

    def _registers(self):
        if self.is_store:
            return [], self.names
        if self.is_branch:
            return [], self.names + ["flags"]
        if COMPARES.match(self.operation):
            return ["flags"], self.names
        if self.is_load:
            head, _, rest = self.operands.partition("[")
            if self.operation.startswith(("pop", "vpop")):
                return self.names, []
            given = [r for m in NAMES.finditer(head) for r in self._names(m)]
            return given, [r for m in NAMES.finditer(rest) for r in self._names(m)]
        first = re.match(r"\s*\{?([^,\[]*)", self.operands).group(1)
        given = [r for m in NAMES.finditer(first) for r in self._names(m)]
        needs = self.names[len(given):]
        if ACCUMULATES.match(self.operation):
            needs = needs + given
        flags = ["flags"] if self.operation.endswith("s") and not self.is_vector else []
        return given + flags, needs

    def moved_cycles(self):
        """Of a load or a store: 64 bits a cycle."""
        count = len(set(self.gives if self.is_load else self.needs)) - (0 if self.is_load else 1)
        if self.is_vector:
            parts = [n for n in self.names if n.startswith(("v", "d"))]
            return max(1, len(parts) * (2 if self.bits == 64 and self.is_wide else 1))
        return max(1, (count + 1) // 2) if self.operation.startswith(("ldm", "stm", "push", "pop")) else 1

    def cycles(self):
        if self.is_load or self.is_store:
            return self.moved_cycles()
        return 2 if self.is_vector and self.is_wide and not self.is_long else 1


def instructions_of(body, bits):
    return [Instruction(text, bits) for text in body if not re.match(r"^(it[te]*|nop)\b", text)]


def issue_cycles(body, bits):
    cycles, free = 0, None  # free: the instruction that another may start with
    for i in instructions_of(body, bits):
        pairs = free is not None and not i.is_vector and (i.is_branch or (
            i.has_immediate and not i.is_load and not i.is_store and not set(i.needs) & set(free.gives)))
        if pairs:
            free = None
            continue
        cycles += i.cycles()
        free = None if i.is_vector or i.is_branch else i
    return max(1, cycles)


def strict_cycles(body, bits):
    """Cycles of one round when the block follows itself."""
    ready, added = collections.defaultdict(int), collections.defaultdict(int)
    cycle = start = 0
    for round_ in range(ROUNDS):
        if round_ == WARM_UP:
            start = cycle
        for i in instructions_of(body, bits):
            late = i.gives if i.adds else []
            at = max([cycle] + [added[r] if r in late else ready[r] for r in i.needs])
            takes = i.cycles()
            if i.is_vector and not (i.adds and i.is_long):
                takes = max(2, takes)
            cycle = at + takes
            latency = (8 if i.adds else 4) if i.is_vector and not i.is_load else 2 if i.is_load else 1
            if i.operation in ("mul", "mla", "mls", "madd", "msub", "smull", "umull", "smlal") and not i.is_vector:
                latency = 2
            for register in i.gives:
                ready[register] = max(cycle, at + latency)
                added[register] = at + min(latency, 4)
    return (cycle - start) / (ROUNDS - WARM_UP)

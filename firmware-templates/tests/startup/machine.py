"""What the start-up simulations of all families share: registers, peripherals of one design, the core around the CPU
emulator. See simulate.py.

A family's module has a subclass of Machine, which says what is its own:
  CPU, VECTORS, EXTERNAL, IRQS       the core's model; where the vector table is after reset, external flash, each UART's number
  power_on()                         makes the registers' models: rcc, uart, external, gpios, and whatever else there is
  rams()                             (base, bytes) of memories that are there from the start
  devices()                          {page: {offset: model}}
and its rcc answers core_hertz(), ahb_hertz(), uart_hertz(), gpio_clocked(port), uart_clocked() and external_clocked().
"""
import os
import struct
import sys

from unicorn import (UC_ARCH_ARM, UC_HOOK_CODE, UC_HOOK_MEM_READ, UC_HOOK_MEM_UNMAPPED, UC_HOOK_MEM_WRITE,
                     UC_MODE_MCLASS, UC_MODE_THUMB, Uc, UcError)
from unicorn import arm_const as arm

CHECKED_ACCESSES = 500_000  # of the memory protection unit; a whole inference would take minutes
READY_READS = 5  # a ready bit shows at this many reads after its cause
RETURN = 0x1FF00000  # where handlers return to: nothing else lies there
TIMEOUT_US = 60_000_000


class Violation(Exception):
    pass


def forbid(condition, text):
    if condition:
        raise Violation(text)


class Elf:
    """Loadable segments, symbols and allocated sections of a 32-bit little-endian ELF file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        header = struct.unpack_from("<16sHHIIIIIHHHHHH", data)
        self.segments, self.symbols = [], {}
        for i in range(header[10]):
            kind, offset, _, physical, size, _, _, _ = struct.unpack_from("<8I", data, header[5] + i * header[9])
            if kind == 1 and size:
                self.segments.append((physical, data[offset:offset + size]))
        sections = [struct.unpack_from("<10I", data, header[6] + i * header[11]) for i in range(header[12])]
        names = sections[header[13]][4]
        self.allocated = [(data[names + s[0]:data.index(b"\0", names + s[0])].decode(), s[3], s[5]) for s in sections if s[2] & 2 and s[5]]
        for section in sections:
            if section[1] == 2:
                names = sections[section[6]][4]
                for at in range(section[4], section[4] + section[5], 16):
                    name, value = struct.unpack_from("<II", data, at)
                    end = data.index(b"\0", names + name)
                    self.symbols[data[names + name:end].decode()] = value


class Registers:
    """Plain registers of one peripheral: what is written is read."""

    def __init__(self, machine, reset=None):
        self.machine = machine
        self.values = dict(reset or {})
        self.countdowns = {}

    def read(self, offset):
        return self.values.get(offset, 0)

    def write(self, offset, value):
        self.values[offset] = value

    def begin(self, name):
        self.countdowns[name] = READY_READS

    def cancel(self, name):
        self.countdowns.pop(name, None)

    def ready(self, name):
        """Whether it is; each question brings it nearer."""
        if name not in self.countdowns:
            return False
        self.countdowns[name] = max(0, self.countdowns[name] - 1)
        return self.countdowns[name] == 0

    def is_ready(self, name):
        return self.countdowns.get(name, 1) == 0


class Dbgmcu(Registers):
    IDCODE, CR, FREEZE = 0x00, 0x04, 0x54

    def read(self, offset):
        revision = self.machine.board.get("revision", 0x2003)
        return self.machine.board["device_id"] | revision << 16 if offset == self.IDCODE else super().read(offset)

    def counts_sleep(self):
        return bool(self.read(self.CR) & 1)

    def freezes_watchdog(self):
        return bool(self.read(self.FREEZE) >> 18 & 1)


class Watchdog(Registers):
    """IWDG, whose time is counted in interrupts of SysTick."""

    KR, PR, RLR, SR = 0x00, 0x04, 0x08, 0x0C

    def __init__(self, machine, running=0x100):
        super().__init__(machine, {self.RLR: 0xFFF})
        self.running = running  # SR of newer chips: that it runs
        self.started = self.open = False
        self.left = 0

    def read(self, offset):
        if offset == self.SR:
            return (self.running if self.started else 0) | (0 if self.ready("registers") else 3)
        return super().read(offset)

    def write(self, offset, value):
        if offset == self.KR:
            self.key(value & 0xFFFF)
            return
        forbid(not self.open, "watchdog's registers without their key")
        super().write(offset, value)
        self.begin("registers")

    def key(self, key):
        self.open = key == 0x5555
        if key == 0xCCCC:
            forbid("lsi" not in self.machine.rcc.countdowns or not self.machine.rcc.is_ready("lsi"),
                   "watchdog before its oscillator is ready")
            forbid(not self.machine.dbgmcu.freezes_watchdog(), "watchdog that does not stand still for a debugger")
            self.started = True
        if key == 0xAAAA:
            forbid(self.started and not self.is_ready("registers"), "watchdog kicked before its registers were taken over")
            self.left = self.seconds()

    def seconds(self):
        return (self.values[self.RLR] + 1) * (4 << self.values.get(self.PR, 0)) / 32000

    def pass_by(self, seconds):
        if self.started:
            self.left -= seconds
            forbid(self.left < 0, "the watchdog resets the board")


class Gpio(Registers):
    def __init__(self, machine, port):
        super().__init__(machine)
        self.port = port

    def clocked(self):
        forbid(not self.machine.rcc.gpio_clocked(self.port), f"GPIO{chr(65 + self.port)} without its clock")

    def read(self, offset):
        self.clocked()
        return super().read(offset)

    def write(self, offset, value):
        self.clocked()
        super().write(offset, value)


class Usart(Registers):
    CR1, CR2, CR3, BRR, ISR, ICR, RDR, TDR = 0x00, 0x04, 0x08, 0x0C, 0x1C, 0x20, 0x24, 0x28

    def __init__(self, machine):
        super().__init__(machine)
        self.received, self.sent, self.incoming, self.silence = [], bytearray(), [], False
        self.overrun = bool(machine.board.get("overrun"))

    def clocked(self):
        forbid(not self.machine.rcc.uart_clocked(), "USART without its clock")

    def read(self, offset):
        self.clocked()
        if offset == self.ISR:
            return self.overrun << 3 | 1 << 7 | (1 << 5 if self.received else 0) | (self.silence << 11) | (1 << 26 if len(self.received) >= 8 else 0) | 1 << 27
        if offset == self.RDR:
            forbid(not self.received, "USART read while empty")
            return self.received.pop(0)
        return super().read(offset)

    def write(self, offset, value):
        self.clocked()
        if offset == self.TDR:
            forbid(self.values.get(self.CR1, 0) & 0x20000009 != 0x20000009, "USART written while off")
            self.sent.append(value & 0xFF)
            if self.machine.refused and value & 0xFF == 0 and len(self.sent) > 1:
                self.machine.uc.emu_stop()
        elif offset == self.ICR:
            self.silence = self.silence and not value >> 11 & 1
            self.overrun = self.overrun and not value >> 3 & 1
        else:
            super().write(offset, value)
            if offset == self.CR1 and value & 1:
                self.check()

    def check(self):
        board = self.machine.board
        baud = self.machine.rcc.uart_hertz() / max(1, self.values.get(self.BRR, 0))
        forbid(abs(baud / board["baud"] - 1) > 0.015, f"{baud:.0f} baud, the board has {board['baud']}")
        self.machine.check_pin(board["tx"])
        self.machine.check_pin(board["rx"])

    def feed(self):
        """Eight bytes of what comes in, or the silence after the last; False when there is nothing left."""
        if self.incoming:
            self.received += self.incoming[:8]
            del self.incoming[:8]
            self.silence = not self.incoming
            return True
        return False

    def interrupts(self):
        cr1, cr3 = self.values.get(self.CR1, 0), self.values.get(self.CR3, 0)
        received = len(self.received) >= 8 and cr3 >> 28 & 1
        return received or (self.silence and cr1 >> 26 & 1) or cr3 >> 23 & 1


class Octospi(Registers):
    """A Macronix chip: on one line (spi) or, told so, on eight, with one bit a clock (opi) or two (dopi)."""

    CR, DCR1, DCR2, SR, FCR, DLR, AR, DR, CCR, TCR, IR = 0x00, 0x08, 0x0C, 0x20, 0x24, 0x40, 0x48, 0x50, 0x100, 0x108, 0x110
    ONE, EIGHT, BOTH = 0x001, 0x014, 0x01C  # instruction on one line; of 16 bits on eight; on both edges of the clock
    STATES = {ONE: "spi", EIGHT: "opi", BOTH: "dopi"}
    ADDRESS = {ONE: 0x3100, EIGHT: 0x3400}
    DATA = {ONE: 0x1000000, EIGHT: 0x4000000}

    def __init__(self, machine):
        super().__init__(machine)
        self.chip = "opi" if machine.board.get("on_eight_lines") else "dopi" if machine.board.get("on_both_edges") or machine.board.get("boot_loader") else "spi"
        self.busy = self.done = self.enabled_reset = self.was_reset = self.writable = False
        self.data = []

    def clocked(self):
        forbid(not self.machine.rcc.external_clocked(), "OCTOSPI without its clock")

    def read(self, offset):
        self.clocked()
        if offset == self.SR:
            if self.busy and self.ready("command"):
                self.busy, self.done = False, True
            return self.done << 1 | self.busy << 5
        if offset == self.DR:
            word, self.data = self.data[:4], self.data[4:]
            return int.from_bytes(bytes(word), "little")
        return super().read(offset)

    def write(self, offset, value):
        self.clocked()
        if offset == self.FCR:
            self.done = self.done and not value >> 1 & 1
            return
        super().write(offset, value)
        ccr, mode = self.values.get(self.CCR, 0), self.values.get(self.CR, 0) >> 28 & 3
        if offset == self.IR and not ccr >> 8 & 7:
            self.begin_command(value)
        elif offset == self.IR and mode == 3:
            self.begin_command(value)
        elif offset == self.AR and mode == 1 or offset == self.DR:
            self.begin_command(self.values[self.IR])

    def begin_command(self, code):
        forbid(not self.values.get(self.CR, 0) & 1, "OCTOSPI command while off")
        forbid(self.busy, "OCTOSPI command while busy")
        facts = self.machine.board["octospi"]
        for pin in facts["pins"]:
            self.machine.check_pin(pin)
        hertz = self.machine.rcc.ahb_hertz() / ((self.values.get(self.DCR2, 0) & 255) + 1)
        most = self.machine.external_most_hertz(facts)
        forbid(hertz > most, f"flash chip at {hertz / 1e6:g} MHz, its pins allow {most / 1e6:g}")
        forbid((self.values[self.DCR1] >> 16 & 31) + 1 != facts["log2_bytes"], "size of the flash chip")
        ccr = self.values[self.CCR]
        lines = ccr & 0x1F
        forbid(lines not in self.STATES, f"instruction of form {lines:#x}")
        self.busy = True
        self.begin("command")
        if self.STATES[lines] != self.chip:
            return  # the chip does not understand, and does nothing
        self.command(code & 0xFF if lines == self.ONE else code >> 8 & 0xFF, ccr, lines)

    def command(self, code, ccr, lines):
        whole = lines | self.ADDRESS.get(lines, 0) | self.DATA.get(lines, 0)
        dummies = self.values[self.TCR] & 31
        if code == 0x66:
            self.enabled_reset = True
        elif code == 0x99:
            forbid(not self.enabled_reset, "reset of the chip without its enable")
            self.chip, self.was_reset = "spi", True
        elif code == 0x06:
            self.writable = True
        elif code == 0x72:
            forbid(not self.writable, "register of the chip written without write enable")
            forbid(ccr != whole or self.values[self.AR] != 0, "register 2 of the chip: form or address")
            self.chip = {1: "opi"}.get(self.values[self.DR] & 0xFF, "unknown")
        elif code == 0x9F:
            forbid(lines == self.EIGHT and (ccr != whole or dummies != 4), "read of the chip's identity on eight lines")
            self.data = [0xFF] * 3 if self.machine.board.get("wrong_id") else list(self.machine.board["octospi"]["id"])
        elif code == 0xEC:
            forbid(not self.was_reset, "mapped before the chip was reset")
            forbid(ccr != whole or dummies != 20, f"mapped with CCR {ccr:#x}, {dummies} dummy cycles: not an 8-8-8 read with 20")
            self.busy = False
            self.machine.map_flash()
        else:
            forbid(True, f"command {code:#x} to the flash chip")


class System(Registers):
    """System control space of the core."""

    def __init__(self, machine):
        super().__init__(machine, {0xD90: 16 << 8, 0xDF0: int(bool(machine.board.get("debugger")))})
        self.pendsv = False
        self.invalidated = 0
        self.regions = {}

    def read(self, offset):
        return 0xF0000019 | (self.machine.chip.cache_sets - 1) << 13 if offset == 0xD80 else super().read(offset)

    def write(self, offset, value):
        super().write(offset, value)
        if offset == 0xD04 and value >> 28 & 1:
            self.pendsv = True
        elif offset == 0xF60:
            self.invalidated += 1
        elif offset == 0xD14:
            forbid(value >> 16 & 1 and self.invalidated < 4 * self.machine.chip.cache_sets, "data cache on before it was invalidated")
        elif offset == 0xDA0:
            self.regions[self.values.get(0xD98, 0)] = (self.values.get(0xD9C, 0), value)
        elif offset == 0xD94:
            self.machine.protected = bool(value & 1)

    def enabled(self, irq):
        return self.machine.enabled_irqs >> irq & 1

    def allows(self, address, write):
        """Privileged access, background region off. Armv7-M ARM B3.5, Armv8-M ARM B8."""
        if self.machine.ARMV8:
            return self.allows_v8(address, write)
        for number in sorted(self.regions, reverse=True):
            base, attributes = self.regions[number][0] & ~0x1F, self.regions[number][1]
            size = 2 << (attributes >> 1 & 31)
            if attributes & 1 and base <= address < base + size:
                if size >= 256 and attributes >> 8 >> ((address - base) * 8 // size) & 1:
                    continue
                return attributes >> 24 & 7 in ((1, 2, 3) if write else (1, 2, 3, 5, 6, 7))
        return False

    def allows_v8(self, address, write):
        found = [base for base, limit in self.regions.values() if limit & 1 and base & ~31 <= address <= limit | 31]
        forbid(len(found) > 1, f"memory protection: regions overlap at {address:#x}")
        return len(found) == 1 and not (write and found[0] >> 2 & 1)


class Machine:
    CPU, ARMV8, VECTORS, EXTERNAL = arm.UC_CPU_ARM_CORTEX_M7, False, 0x08000000, 0x90000000
    watchdog = None

    def __init__(self, elf, board):
        self.board = board
        self.elf = elf
        self.uc = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        self.uc.ctl_set_cpu_model(self.CPU)
        self.protected = False
        self.enabled_irqs = 0
        self.violation = None
        self.system = System(self)
        self.power_on()
        self.dwt_unlocked = False
        self.memory()
        for page, devices in self.devices().items():
            self.map_page(page, devices)
        self.map_page(0xE000E000, {0: self.system})
        self.uc.mmio_map(0xE0001000, 0x1000, self.dwt_read, None, self.dwt_write, None)
        self.uc.hook_add(UC_HOOK_MEM_UNMAPPED, self.unmapped)
        self.accesses = 0
        self.access_hook = self.uc.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, self.access)
        self.asleep = False
        self.refused = False
        self.uc.hook_add(UC_HOOK_CODE, self.sleep, begin=elf.symbols["fv_port_sleep"] & ~1, end=elf.symbols["fv_port_sleep"] & ~1)
        self.uc.hook_add(UC_HOOK_CODE, self.refuse, begin=elf.symbols["fv_refuse"] & ~1, end=elf.symbols["fv_refuse"] & ~1)

    def memory(self):
        self.uc.mem_map(RETURN, 4096)
        for base, size in self.rams():
            self.uc.mem_map(base, size)
            self.uc.mem_write(base, b"\xa5" * size)  # no memory is zero by itself
        for address, content in self.elf.segments:
            if not self.is_external(address):
                self.uc.mem_write(address, content)

    def is_external(self, address):
        return self.EXTERNAL <= address < self.EXTERNAL + 0x10000000

    def map_flash(self):
        segments = [(a - self.EXTERNAL, c) for a, c in self.elf.segments if self.is_external(a)]
        end = max((offset + len(c) for offset, c in segments), default=0)
        self.uc.mem_map(self.EXTERNAL, (end + 0xFFFFF) & ~0xFFFFF or 0x100000)
        for offset, content in segments:
            self.uc.mem_write(self.EXTERNAL + offset, content)

    def external_most_hertz(self, facts):
        return facts["most_hertz"]

    def gpio_pages(self, base, ports):
        pages = {}
        for port in ports:
            pages.setdefault(base + (port * 0x400 & ~0xFFF), {})[port * 0x400 & 0xFFF] = self.gpios[port]
        return pages

    def map_page(self, page, devices):
        def device(offset):
            start = max((s for s in devices if s <= offset), default=None)
            forbid(start is None, f"no register at {page + offset:#x}")
            return devices[start], offset - start

        def read(uc, offset, size, _):
            try:
                target, at = device(offset)
                return target.read(at)
            except Violation as e:
                self.stop(e)
                return 0

        def write(uc, offset, size, value, _):
            try:
                target, at = device(offset)
                if target is self.system and 0x100 <= at < 0x140:
                    self.enabled_irqs |= value << (at - 0x100) * 8
                target.write(at, value)
            except Violation as e:
                self.stop(e)

        self.uc.mmio_map(page, 0x1000, read, None, write, None)

    def dwt_read(self, uc, offset, size, _):
        return 0

    def dwt_write(self, uc, offset, size, value, _):
        if offset == 0xFB0:
            self.dwt_unlocked = value == 0xC5ACCE55
        elif not self.dwt_unlocked and not self.ARMV8:
            self.stop(Violation("cycle counter before it was unlocked"))

    def check_pin(self, text):
        name, function = text.split(" AF")
        gpio, number = self.gpios[ord(name[1]) - 65], int(name[2:])
        mode = gpio.values.get(0x00, 0) >> 2 * number & 3
        chosen = gpio.values.get(0x20 + number // 8 * 4, 0) >> number % 8 * 4 & 15
        forbid(mode != 2 or chosen != int(function), f"{name}: mode {mode}, AF{chosen}; the board has {text}")

    def access(self, uc, kind, address, size, value, _):
        self.accesses += 1
        if self.protected and address < 0xE0000000 and not self.system.allows(address, kind == 17):
            self.stop(Violation(f"memory protection: {'write' if kind == 17 else 'read'} at {address:#x}"))

    def unmapped(self, uc, kind, address, size, value, _):
        self.stop(Violation(f"nothing at {address:#x}, from {uc.reg_read(arm.UC_ARM_REG_PC):#x}"))
        return False

    def stop(self, violation):
        self.violation = self.violation or violation
        self.uc.emu_stop()

    def sleep(self, uc, address, size, _):
        self.asleep = True
        uc.emu_stop()

    def refuse(self, uc, address, size, _):
        self.refused = True

    def run(self, pc):
        try:
            self.uc.emu_start(pc | 1, RETURN, timeout=TIMEOUT_US, count=0)
        except UcError as e:
            if self.violation is None:
                self.violation = Violation(f"{e} at {self.uc.reg_read(arm.UC_ARM_REG_PC):#x}")
        if self.violation:
            raise self.violation

    def exception(self, number):
        """Entry, handler, return: the frame lies on the stack as the core puts it."""
        uc = self.uc
        names = (arm.UC_ARM_REG_R0, arm.UC_ARM_REG_R1, arm.UC_ARM_REG_R2, arm.UC_ARM_REG_R3, arm.UC_ARM_REG_R12,
                 arm.UC_ARM_REG_LR, arm.UC_ARM_REG_PC)
        saved = [uc.reg_read(name) for name in names]
        flags, stack = uc.reg_read(arm.UC_ARM_REG_XPSR), uc.reg_read(arm.UC_ARM_REG_SP)
        vectors = self.system.values.get(0xD08, self.VECTORS)
        uc.reg_write(arm.UC_ARM_REG_SP, (stack - 32) & ~7)
        uc.reg_write(arm.UC_ARM_REG_LR, RETURN | 1)
        self.run(struct.unpack("<I", uc.mem_read(vectors + 4 * number, 4))[0])
        for name, value in zip(names, saved):
            uc.reg_write(name, value)
        uc.reg_write(arm.UC_ARM_REG_SP, stack)
        uc.reg_write(arm.UC_ARM_REG_XPSR, flags)

    def pending(self):
        if self.uart.interrupts() and self.system.enabled(self.uart_irq()):
            return 16 + self.uart_irq()
        if self.system.pendsv:
            self.system.pendsv = False
            return 14
        return None

    def first_stack(self, stack):
        """Out of reset the core takes the vector table's."""
        return stack

    def boot(self):
        stack, reset = struct.unpack("<II", self.uc.mem_read(self.VECTORS, 8))
        self.uc.reg_write(arm.UC_ARM_REG_SP, self.first_stack(stack))
        self.run(reset)
        forbid(self.asleep and not 0 <= stack - self.uc.reg_read(arm.UC_ARM_REG_SP) < 4096, "the stack is not the firmware's")
        forbid(not self.asleep and not self.refused, f"did not come to rest, at {self.uc.reg_read(arm.UC_ARM_REG_PC):#x}")

    def tick(self):
        """SysTick, once: its time passes for the watchdog, too."""
        control, reload = self.system.read(0x010), self.system.read(0x014)
        if control & 7 == 7:
            if self.watchdog:
                self.watchdog.pass_by((reload + 1) / self.rcc.core_hertz())
            self.exception(15)
            self.main_loop()

    def check_sections(self):
        """Whatever lies somewhere lies in memory that is there."""
        mapped = [(start, end) for start, end, _ in self.uc.mem_regions()]
        for name, address, size in self.elf.allocated:
            there = any(start <= address and address + size - 1 <= end for start, end in mapped)
            forbid(not there, f"section {name} at {address:#x}, where no memory is awake")

    def talk(self):
        """Until the input ends. The main loop goes on after each interrupt, as after WFI."""
        while True:
            self.tick()
            self.answer()
            request = os.read(0, 4096)
            if not request:
                return
            self.uart.incoming += request
            if self.accesses > CHECKED_ACCESSES and self.access_hook:
                self.uc.hook_del(self.access_hook)
                self.access_hook = None
            while self.uart.feed():
                while (number := self.pending()) is not None:
                    self.exception(number)
                    self.main_loop()

    def main_loop(self):
        """On from WFI to the next one."""
        self.asleep = False
        self.run(self.uc.reg_read(arm.UC_ARM_REG_LR))
        forbid(not self.asleep, f"did not come to rest, at {self.uc.reg_read(arm.UC_ARM_REG_PC):#x}")

    def answer(self):
        sys.stdout.buffer.write(bytes(self.uart.sent))
        sys.stdout.buffer.flush()
        self.uart.sent.clear()

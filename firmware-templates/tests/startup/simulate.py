#!/usr/bin/env python3
"""Runs the image of an STM32H7 from reset, in a CPU emulator (Unicorn) against models of the registers that start-up writes.

  simulate.py IMAGE.elf BOARD.json < REQUESTS > ANSWERS

The models know what the reference manual forbids: a clock faster than the voltage or the flash's wait states allow, a register
written before the one that it needs, a ready bit that nobody waited for, a supply that contradicts the board, a baud rate
that the line does not have, memory that is not clocked, an access that the memory protection unit forbids. Each is a line on
standard error and exit code 1. A firmware that refuses to go on, with the reason on the USART, is exit code 2. Whenever the firmware sleeps, what stands on standard input comes in over the USART; what it sends is the
output. It ends with its input.

BOARD.json: device_id, smps, supply (ldo or smps-direct), hse_hertz, hertz, uart (1 or 3), tx, rx, baud, and, where there is
one, quadspi: {pins: [...], id: [bytes of a chip], content: FILE}.
Optional faults to inject: hse_dead, cr3 (its value when an earlier program has set it), wrong_id. Optional: reset_flags (RCC_RSR).
SysTick comes once before each request; the watchdog's time passes with it.
"""
import json
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


class Chip:
    """What voltage scale 1 allows, from the reference manual's tables, and memories."""

    def __init__(self, vos1, wait_states, core, axi, apb, ram_kib, clocked, cache_sets):
        self.vos1, self.wait_states, self.core, self.axi, self.apb = vos1, wait_states, core, axi, apb
        self.ram_kib, self.clocked, self.cache_sets = ram_kib, clocked, cache_sets


# AXI MHz up to which the number of wait states suffices, and WRHIGHFREQ: RM0433 table 17, RM0468 table 15, RM0455 table 15.
H743 = Chip(3, [(70, 0, 0), (140, 1, 1), (185, 2, 1), (210, 2, 2), (225, 3, 2)], 400e6, 200e6, 100e6, 512,
            ((0x30000000, 128), (0x30020000, 128), (0x30040000, 32)), 128)
H735 = Chip(3, [(67, 0, 0), (133, 1, 1), (200, 2, 2)], 400e6, 200e6, 100e6, 320, ((0x30000000, 16), (0x30004000, 16)), 256)
H7B3 = Chip(2, [(38, 0, 0), (76, 1, 1), (114, 2, 1), (152, 3, 2), (190, 4, 2), (225, 5, 3)], 225e6, 225e6, 112.5e6, 1024,
            ((0x30000000, 64), (0x30010000, 64)), 128)
CHIPS = {0x450: H743, 0x483: H735, 0x480: H7B3}


class Violation(Exception):
    pass


def forbid(condition, text):
    if condition:
        raise Violation(text)


class Elf:
    """Loadable segments and symbols of a 32-bit little-endian ELF file."""

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
    IDCODE, APB4FZ1 = 0x00, 0x54

    def read(self, offset):
        return self.machine.board["device_id"] | 0x20030000 if offset == self.IDCODE else super().read(offset)

    def freezes_watchdog(self):
        return bool(self.read(self.APB4FZ1) >> 18 & 1)


class Watchdog(Registers):
    """IWDG1, whose time is counted in interrupts of SysTick."""

    KR, PR, RLR, SR = 0x00, 0x04, 0x08, 0x0C

    def __init__(self, machine):
        super().__init__(machine, {self.RLR: 0xFFF})
        self.started = self.open = False
        self.left = 0

    def read(self, offset):
        if offset == self.SR:
            return 0 if self.ready("registers") else 3
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


class Pwr(Registers):
    CSR1, CR3, D3CR = 0x04, 0x0C, 0x18

    def __init__(self, machine):
        self.smps = machine.board["smps"]
        self.open_value = 0x06  # both converters, or SCUEN and LDOEN: not decided yet
        super().__init__(machine, {self.CR3: machine.board.get("cr3", self.open_value), self.D3CR: 1 << 14})
        self.decided = "cr3" in machine.board
        if self.decided:
            self.begin("supply")

    def expected(self):
        return 0x04 if self.machine.board["supply"] == "smps-direct" else 0x02

    def read(self, offset):
        if offset == self.CSR1:
            return 1 << 13 if self.ready("supply") else 0
        if offset == self.D3CR:
            return self.values[self.D3CR] & ~(1 << 13) | (self.ready("vos") << 13)
        return super().read(offset)

    def write(self, offset, value):
        if offset == self.CR3:
            forbid(self.decided, "PWR_CR3 written a second time since power-on")
            mask = 0x3F if self.smps else 0x07
            forbid(value & mask != self.expected(), f"PWR_CR3 = {value:#x}: this board is wired for {self.machine.board['supply']}")
            self.decided = True
            self.begin("supply")
        elif offset == self.D3CR:
            forbid(not self.decided, "voltage scale before the supply")
            forbid(not self.is_ready("supply"), "voltage scale before ACTVOSRDY")
            forbid(value >> 14 & 3 == (3 if self.machine.chip is H7B3 else 0), "VOS0, which no board may use by default")
            self.begin("vos")
        super().write(offset, value)

    def at_vos1(self):
        return self.values[self.D3CR] >> 14 & 3 == self.machine.chip.vos1 and self.is_ready("vos")


class Flash(Registers):
    def __init__(self, machine):
        super().__init__(machine, {0: 0x37})

    def write(self, offset, value):
        super().write(offset, value)
        self.check()

    def check(self):
        axi = self.machine.rcc.ahb_hertz() / 1e6
        for most, states, programming in self.machine.chip.wait_states:
            if axi <= most:
                acr = self.values[0]
                forbid(acr & 0xF < states or acr >> 4 & 3 < programming, f"flash with ACR {acr:#x} at {axi:g} MHz")
                return
        forbid(True, f"flash at {axi:g} MHz")


class Rcc(Registers):
    CR, CFGR, D1CFGR, D2CFGR, D3CFGR, CKSEL, PLLCFGR, PLL1DIVR = 0x00, 0x10, 0x18, 0x1C, 0x20, 0x28, 0x2C, 0x30
    RSR, AHB3, AHB2, AHB4, APB1L, APB2 = 0xD0, 0xD4, 0xDC, 0xE0, 0xE8, 0xF0
    HSI = 64_000_000

    def __init__(self, machine):
        super().__init__(machine, {self.CR: 0x83, self.CKSEL: 0x02020200, self.PLLCFGR: 0x01FF0000, self.PLL1DIVR: 0x01010280,
                                   self.RSR: machine.board.get("reset_flags", 0x00FE0000)})
        self.system = 0
        self.countdowns["hsi"] = 0

    def pll_hertz(self):
        m = self.values[self.CKSEL] >> 4 & 63
        reference = self.machine.board["hse_hertz"] / m if m else 0
        n, p = (self.values[self.PLL1DIVR] & 511) + 1, (self.values[self.PLL1DIVR] >> 9 & 127) + 1
        return reference, reference * n, reference * n / p

    def core_hertz(self):
        source = self.pll_hertz()[2] if self.system == 3 else self.HSI
        return source / self.divider(self.values.get(self.D1CFGR, 0) >> 8 & 15)

    @staticmethod
    def divider(bits):
        return 1 if bits < 8 else [2, 4, 8, 16, 64, 128, 256, 512][bits - 8]

    def ahb_hertz(self):
        return self.core_hertz() / self.divider(self.values.get(self.D1CFGR, 0) & 15)

    def apb_hertz(self, register, shift):
        bits = self.values.get(register, 0) >> shift & 7
        return self.ahb_hertz() / (1 if bits < 4 else 2 << bits - 4)

    def uart_hertz(self):
        return self.apb_hertz(self.D2CFGR, 8 if self.machine.board["uart"] == 1 else 4)

    def check(self):
        forbid(self.core_hertz() > self.machine.chip.core, f"core at {self.core_hertz() / 1e6:g} MHz")
        forbid(self.core_hertz() > self.HSI and not self.machine.pwr.at_vos1(), "more speed before VOS1 is reached")
        forbid(self.ahb_hertz() > self.machine.chip.axi, f"AXI at {self.ahb_hertz() / 1e6:g} MHz")
        for register, shift in ((self.D1CFGR, 4), (self.D2CFGR, 4), (self.D2CFGR, 8), (self.D3CFGR, 4)):
            forbid(self.apb_hertz(register, shift) > self.machine.chip.apb, f"APB at {self.apb_hertz(register, shift) / 1e6:g} MHz")
        self.machine.flash.check()

    def read(self, offset):
        if offset == self.CR:
            value = self.values[self.CR] & ~(1 << 2 | 1 << 17 | 1 << 25) | 1 << 2
            if not self.machine.board.get("hse_dead"):
                value |= self.ready("hse") << 17
            return value | self.ready("pll") << 25
        if offset == self.CFGR:
            return self.values.get(self.CFGR, 0) & 7 | self.system << 3
        return super().read(offset)

    def write(self, offset, value):
        old = self.values.get(offset, 0)
        super().write(offset, value)
        if offset == self.CR:
            forbid(value & 1 == 0 and self.system == 0, "HSI off while the core runs from it")
            if value & ~old & 1 << 16:
                self.begin("hse")
            forbid((value ^ old) & 1 << 18 and value & old & 1 << 16, "HSEBYP changed while HSE is on")
            if value & ~old & 1 << 24:
                self.begin("pll")
                self.check_pll()
            if old & ~value & 1 << 24:
                forbid(self.system == 3, "PLL off while the core runs from it")
                self.cancel("pll")
        elif offset in (self.CKSEL, self.PLLCFGR, self.PLL1DIVR):
            forbid(self.values[self.CR] & 1 << 24, "PLL written while it runs")
        elif offset == self.CFGR:
            wanted = value & 7
            forbid(wanted not in (0, 3), f"system clock {wanted}")
            if wanted == 3:
                forbid(not self.is_ready("pll"), "system clock from the PLL before PLL1RDY")
            self.system = wanted
            self.check()
        elif offset in (self.D1CFGR, self.D2CFGR, self.D3CFGR):
            self.check()
        elif offset == self.RSR:
            self.values[self.RSR] = 0 if value >> 16 & 1 else old
        elif offset == self.AHB2:
            self.machine.clock_srams(value >> 29 & 7)

    def check_pll(self):
        forbid(self.values[self.CKSEL] & 3 != 2, "PLL not from HSE")
        forbid(not self.is_ready("hse"), "PLL on before HSERDY")
        bypass = bool(self.values[self.CR] & 1 << 18)
        forbid(bypass != self.machine.board["hse_bypass"], f"HSEBYP = {bypass:d} contradicts the board's oscillator")
        reference, vco, _ = self.pll_hertz()
        forbid(not 2e6 <= reference <= 16e6, f"PLL's input {reference / 1e6:g} MHz")
        range_of = 1 if reference < 4e6 else 2 if reference < 8e6 else 3
        forbid(self.values[self.PLLCFGR] >> 2 & 3 != range_of, f"PLL1RGE for an input of {reference / 1e6:g} MHz")
        forbid(self.values[self.PLLCFGR] >> 1 & 1, "PLL1VCOSEL: the narrow oscillator")
        forbid(not 192e6 <= vco <= 836e6, f"PLL's oscillator at {vco / 1e6:g} MHz")
        forbid(not self.values[self.PLLCFGR] >> 16 & 1, "PLL without its P output")


class Gpio(Registers):
    def __init__(self, machine, port):
        super().__init__(machine)
        self.port = port

    def clocked(self):
        forbid(not self.machine.rcc.read(Rcc.AHB4) >> self.port & 1, f"GPIO{chr(65 + self.port)} without its clock")

    def read(self, offset):
        self.clocked()
        return super().read(offset)

    def write(self, offset, value):
        self.clocked()
        super().write(offset, value)


class Usart(Registers):
    CR1, CR2, CR3, BRR, ISR, ICR, RDR, TDR = 0x00, 0x04, 0x08, 0x0C, 0x1C, 0x20, 0x24, 0x28

    def __init__(self, machine, enable):
        super().__init__(machine)
        self.enable = enable
        self.received, self.sent, self.incoming, self.silence = [], bytearray(), [], False

    def clocked(self):
        register, bit = self.enable
        forbid(not self.machine.rcc.read(register) >> bit & 1, "USART without its clock")

    def read(self, offset):
        self.clocked()
        if offset == self.ISR:
            return 1 << 7 | (1 << 5 if self.received else 0) | (self.silence << 11) | (1 << 26 if len(self.received) >= 8 else 0) | 1 << 27
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


class Quadspi(Registers):
    CR, DCR, SR, FCR, DLR, CCR, DR = 0x00, 0x04, 0x08, 0x0C, 0x10, 0x14, 0x20

    def __init__(self, machine):
        super().__init__(machine)
        self.busy = self.done = self.reset_enabled = self.was_reset = False
        self.data = []

    def read(self, offset):
        self.clocked()
        if offset == self.SR:
            if self.busy and self.ready("command"):
                self.busy, self.done = False, True
            return self.done << 1 | self.busy << 5
        if offset == self.DR:
            forbid(not self.data, "QUADSPI read while empty")
            word, self.data = self.data[:4], self.data[4:]
            return int.from_bytes(bytes(word), "little")
        return super().read(offset)

    def clocked(self):
        forbid(not self.machine.rcc.read(Rcc.AHB3) >> 14 & 1, "QUADSPI without its clock")

    def write(self, offset, value):
        self.clocked()
        if offset == self.FCR:
            self.done = self.done and not value >> 1 & 1
            return
        super().write(offset, value)
        if offset == self.CCR:
            self.command(value)

    def command(self, ccr):
        forbid(not self.values.get(self.CR, 0) & 1, "QUADSPI command while off")
        forbid(self.busy, "QUADSPI command while busy")
        quadspi = self.machine.board["quadspi"]
        for pin in quadspi["pins"]:
            self.machine.check_pin(pin)
        cr, dcr = self.values[self.CR], self.values[self.DCR]
        hertz = self.machine.rcc.ahb_hertz() / ((cr >> 24 & 255) + 1)
        forbid(hertz > quadspi["most_hertz"], f"flash chips at {hertz / 1e6:g} MHz")
        forbid(not cr >> 6 & 1, "one chip where the board has two side by side")
        forbid((dcr >> 16 & 31) + 1 != quadspi["log2_bytes"], "size of the flash chips")
        instruction, mode = ccr & 255, ccr >> 26 & 3
        if mode == 3:
            forbid(not self.was_reset, "mapped before the chips were reset")
            forbid(ccr & 0x3FFFFFF != 0x3203500 | 0x6C, f"mapped with CCR {ccr:#x}: not a 1-1-4 read, 4 address bytes, 8 dummy cycles")
            self.machine.map_flash()
            return
        if instruction == 0x66:
            self.reset_enabled = True
        elif instruction == 0x99:
            forbid(not self.reset_enabled, "reset of the chips without its enable")
            self.was_reset = True
        elif instruction == 0x9F:
            ids = [0xFF] * 3 if self.machine.board.get("wrong_id") else quadspi["id"]
            self.data = [byte for pair in zip(ids, ids) for byte in pair]
            forbid(self.values.get(self.DLR) != len(self.data) - 1, "length of the read of the chips' identity")
        else:
            forbid(True, f"command {instruction:#x} to the flash chips")
        self.busy = True
        self.begin("command")


class Octospi(Registers):
    """A Macronix chip: on one line (spi) or, told so, on eight (opi)."""

    CR, DCR1, DCR2, SR, FCR, DLR, AR, DR, CCR, TCR, IR = 0x00, 0x08, 0x0C, 0x20, 0x24, 0x40, 0x48, 0x50, 0x100, 0x108, 0x110
    ONE, EIGHT = 0x001, 0x014  # instruction on one line; of 16 bits on eight
    ADDRESS = {ONE: 0x3100, EIGHT: 0x3400}
    DATA = {ONE: 0x1000000, EIGHT: 0x4000000}

    def __init__(self, machine):
        super().__init__(machine)
        self.chip = "opi" if machine.board.get("on_eight_lines") else "spi"
        self.busy = self.done = self.enabled_reset = self.was_reset = self.writable = False
        self.data = []

    def clocked(self):
        forbid(not self.machine.rcc.read(Rcc.AHB3) >> 14 & 1, "OCTOSPI without its clock")

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
        forbid(hertz > facts["most_hertz"], f"flash chip at {hertz / 1e6:g} MHz")
        forbid((self.values[self.DCR1] >> 16 & 31) + 1 != facts["log2_bytes"], "size of the flash chip")
        ccr = self.values[self.CCR]
        lines = self.EIGHT if ccr & 7 == 4 else self.ONE
        self.busy = True
        self.begin("command")
        if (lines == self.EIGHT) != (self.chip == "opi"):
            return  # the chip does not understand, and does nothing
        self.command(code & 0xFF if lines == self.ONE else code >> 8 & 0xFF, ccr, lines)

    def command(self, code, ccr, lines):
        whole = lines | self.ADDRESS[lines] | self.DATA[lines]
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
    """System control space of the Cortex-M7."""

    def __init__(self, machine):
        super().__init__(machine, {0xD90: 16 << 8})
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
            self.regions[self.values.get(0xD98, 0)] = (self.values.get(0xD9C, 0) & ~0x1F, value)
        elif offset == 0xD94:
            self.machine.protected = bool(value & 1)

    def enabled(self, irq):
        return self.machine.enabled_irqs >> irq & 1

    def allows(self, address, write):
        """Privileged access, background region off. Armv7-M ARM B3.5."""
        for number in sorted(self.regions, reverse=True):
            base, attributes = self.regions[number]
            size = 2 << (attributes >> 1 & 31)
            if attributes & 1 and base <= address < base + size:
                if size >= 256 and attributes >> 8 >> ((address - base) * 8 // size) & 1:
                    continue
                return attributes >> 24 & 7 in ((1, 2, 3) if write else (1, 2, 3, 5, 6, 7))
        return False


class Machine:
    def __init__(self, elf, board):
        self.board = board
        self.chip = CHIPS.get(board["device_id"], H743)
        self.elf = elf
        self.uc = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        self.uc.ctl_set_cpu_model(arm.UC_CPU_ARM_CORTEX_M7)
        self.protected = False
        self.enabled_irqs = 0
        self.violation = None
        self.srams = 0
        self.rcc, self.pwr = Rcc(self), Pwr(self)
        self.flash, self.system = Flash(self), System(self)
        self.dbgmcu, self.watchdog = Dbgmcu(self), Watchdog(self)
        self.external = Octospi(self) if "octospi" in board else Quadspi(self)
        first = board["uart"] == 1
        self.uart = Usart(self, (Rcc.APB2, 4) if first else (Rcc.APB1L, 18))
        self.uart_irq = 37 if first else 39
        self.gpios = [Gpio(self, port) for port in range(11)]
        self.dwt_unlocked = False
        self.memory()
        self.devices(first)
        self.uc.hook_add(UC_HOOK_MEM_UNMAPPED, self.unmapped)
        self.accesses = 0
        self.access_hook = self.uc.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, self.access)
        self.asleep = False
        self.refused = False
        self.uc.hook_add(UC_HOOK_CODE, self.sleep, begin=elf.symbols["fv_port_sleep"] & ~1, end=elf.symbols["fv_port_sleep"] & ~1)
        self.uc.hook_add(UC_HOOK_CODE, self.refuse, begin=elf.symbols["fv_refuse"] & ~1, end=elf.symbols["fv_refuse"] & ~1)

    def memory(self):
        for base, kib in ((0x00000000, 64), (0x08000000, 2048), (RETURN, 4), (0x20000000, 128), (0x24000000, self.chip.ram_kib), (0x38000000, 64)):
            self.uc.mem_map(base, kib * 1024)
        for base in (0x20000000, 0x24000000):
            self.uc.mem_write(base, b"\xa5" * 128 * 1024)  # no memory is zero by itself
        for address, content in self.elf.segments:
            if address < 0x90000000:
                self.uc.mem_write(address, content)

    def clock_srams(self, bits):
        for i, (base, kib) in enumerate(self.chip.clocked):
            if bits >> i & 1 and not self.srams >> i & 1:
                self.uc.mem_map(base, kib * 1024)
        self.srams |= bits

    def map_flash(self):
        content = b"".join(c for a, c in self.elf.segments if a >= 0x90000000)
        size = (len(content) + 0xFFFFF) & ~0xFFFFF or 0x100000
        self.uc.mem_map(0x90000000, size)
        self.uc.mem_write(0x90000000, content)

    def devices(self, first):
        pages = {
            0x52002000: {0x000: self.flash}, 0x52005000: {0x000: self.external}, 0x5C001000: {0x000: self.dbgmcu},
            0x58004000: {0x800: self.watchdog}, 0x58024000: {0x400: self.rcc, 0x800: self.pwr}, 0xE000E000: {0x000: self.system},
            0x40011000 if first else 0x40004000: {0x000 if first else 0x800: self.uart},
        }
        for port in range(11):
            pages.setdefault(0x58020000 + (port * 0x400 & ~0xFFF), {})[port * 0x400 & 0xFFF] = self.gpios[port]
        for page, devices in pages.items():
            self.map_page(page, devices)
        self.uc.mmio_map(0xE0001000, 0x1000, self.dwt_read, None, self.dwt_write, None)

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
                if target is self.system and 0x100 <= at < 0x120:
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
        elif not self.dwt_unlocked:
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
        vectors = self.system.values.get(0xD08, 0x08000000)
        uc.reg_write(arm.UC_ARM_REG_SP, (stack - 32) & ~7)
        uc.reg_write(arm.UC_ARM_REG_LR, RETURN | 1)
        self.run(struct.unpack("<I", uc.mem_read(vectors + 4 * number, 4))[0])
        for name, value in zip(names, saved):
            uc.reg_write(name, value)
        uc.reg_write(arm.UC_ARM_REG_SP, stack)
        uc.reg_write(arm.UC_ARM_REG_XPSR, flags)

    def pending(self):
        if self.uart.interrupts() and self.system.enabled(self.uart_irq):
            return 16 + self.uart_irq
        if self.system.pendsv:
            self.system.pendsv = False
            return 14
        return None

    def tick(self):
        """SysTick, once: its time passes for the watchdog, too."""
        control, reload = self.system.read(0x010), self.system.read(0x014)
        if control & 7 == 7:
            self.watchdog.pass_by((reload + 1) / self.rcc.core_hertz())
            self.exception(15)
            self.main_loop()

    def boot(self):
        stack, reset = struct.unpack("<II", self.uc.mem_read(0x08000000, 8))
        self.uc.reg_write(arm.UC_ARM_REG_SP, stack)
        self.run(reset)
        forbid(not self.asleep and not self.refused, f"did not come to rest, at {self.uc.reg_read(arm.UC_ARM_REG_PC):#x}")

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


def main():
    elf = Elf(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        board = json.load(file)
    machine = Machine(elf, board)
    try:
        machine.boot()
        if machine.refused:
            machine.answer()
            return 2
        hertz = machine.rcc.core_hertz()
        forbid(hertz != board["hertz"], f"core at {hertz / 1e6:g} MHz, planned {board['hertz'] / 1e6:g}")
        forbid(not machine.protected, "memory protection is off")
        forbid(machine.system.read(0xD14) >> 16 & 3 != 3, "caches are off")
        machine.talk()
    except Violation as e:
        print(e, file=sys.stderr)
        machine.answer()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""STM32N6 in development mode, as a debugger leaves it: the image in its RAM, the program counter set, a stack of the boot
ROM, the secure state. With the fact boot_loader as a boot loader leaves it. Register layout: RM0486."""
from unicorn import arm_const as arm

from machine import Dbgmcu, Gpio, Machine, Octospi, Registers, Usart, Watchdog, forbid

MOST_CORE, MOST_AXI, MOST_AHB = 600e6, 400e6, 200e6  # at voltage scale 1
MOST_SLOW_PINS, MOST_FAST_PINS = 50e6, 200e6  # of 1.8 V, as ST's projects have them


class ClockedDbgmcu(Dbgmcu):
    FREEZE = 0x1C

    def read(self, offset):
        forbid(not self.machine.rcc.values.get(Rcc.MISC, 0) & 1, "DBGMCU without its clock")
        return super().read(offset)

    def write(self, offset, value):
        forbid(not self.machine.rcc.values.get(Rcc.MISC, 0) & 1, "DBGMCU without its clock")
        super().write(offset, value)


class Bsec(Registers):
    """Fuses: word 124 as the chip loaded it. Nothing may write here."""

    def read(self, offset):
        forbid(not self.machine.rcc.values.get(Rcc.APB4_2, 0) >> 1 & 1, "BSEC without its clock")
        if offset == 0x940 + 4 * 3:
            return 1 << 28
        return 1 << 15 if offset == 4 * 124 and self.machine.board.get("fused") else 0

    def write(self, offset, value):
        forbid(True, f"a write to the controller of the fuses, at {offset:#x}")


class Syscfg(Registers):
    def write(self, offset, value):
        forbid(not self.machine.rcc.values.get(Rcc.APB4_2, 0) & 1, "SYSCFG without its clock")
        super().write(offset, value)


class Pwr(Registers):
    CR1, VOSCR, SVMCR3 = 0x00, 0x20, 0x3C

    def __init__(self, machine):
        super().__init__(machine, {self.CR1: 1 << 2})

    def clocked(self):
        forbid(not self.machine.rcc.values.get(Rcc.AHB4, 0) >> 18 & 1, "PWR without its clock")

    def read(self, offset):
        self.clocked()
        settled = self.ready("supply") and not self.machine.board.get("unsettled")
        return settled << 17 | 1 << 1 if offset == self.VOSCR else super().read(offset)

    def write(self, offset, value):
        self.clocked()
        super().write(offset, value)
        if offset == self.CR1:
            wanted = self.machine.board["supply"]
            forbid(bool(value >> 2 & 1) != (wanted == "smps-direct"), f"PWR_CR1 = {value:#x}: this board's supply is {wanted}")
            self.begin("supply")
        elif offset == self.VOSCR:
            forbid(value & 1, "voltage scale 0, whose VDDCORE nobody has set")


class Rcc(Registers):
    SR, CFGR1, CFGR2, RSR, HSECFGR, PLL1, IC1 = 0x04, 0x20, 0x24, 0x34, 0x54, 0x80, 0xC4
    CCIPR6, CCIPR13 = 0x158, 0x174
    AHB5RST, DIVEN, MISC, MEM, AHB2, AHB4, AHB5, APB2, APB4_2 = 0x220, 0x240, 0x248, 0x24C, 0x254, 0x25C, 0x260, 0x26C, 0x278
    SET, CLEAR = 0x800, 0x1000
    LSI, HSI, HSE, PLL = 1 << 0, 1 << 3, 1 << 4, 1 << 8
    HSI_HERTZ = 64_000_000

    def __init__(self, machine):
        super().__init__(machine, {0: self.HSI, self.CFGR2: 1 << 20, self.MEM: 1 << 7 | 1 << 8, self.HSECFGR: 0x800,
                                   self.RSR: machine.board.get("reset_flags", 0x00E00000),
                                   self.PLL1: 0x08202500, self.PLL1 + 8: 0x4900000D})
        if machine.board.get("boot_loader"):
            self.boot_loader()

    def boot_loader(self):
        """600 MHz from a PLL of the internal oscillator, XSPI2 at 200 MHz of a divider of its own."""
        self.values.update({0: self.HSI | self.PLL, self.CFGR1: 3 << 16 | 3 << 24, self.PLL1: 4 << 20 | 75 << 8,
                            self.DIVEN: 0x427, self.IC1: 1 << 16, self.IC1 + 4: 2 << 16, self.IC1 + 8: 5 << 16,
                            self.IC1 + 20: 3 << 16, self.IC1 + 40: 2 << 16, self.CCIPR6: 2 << 4, self.CCIPR13: 6,
                            self.AHB5: 1 << 12 | 1 << 13})
        self.countdowns["pll"] = 0

    def pll_hertz(self):
        """Its input, its oscillator, and its output."""
        one, three = self.values[self.PLL1], self.values[self.PLL1 + 8]
        m = one >> 20 & 63
        source = self.machine.board["hse_hertz"] if one >> 28 & 7 == 2 else self.HSI_HERTZ
        reference = source / m if m else 0
        oscillation = reference * (one >> 8 & 0xFFF)
        return reference, oscillation, oscillation / max(1, three >> 27 & 7) / max(1, three >> 24 & 7)

    def divided(self, number):
        config = self.values.get(self.IC1 + 4 * (number - 1), 0)
        forbid(not self.values.get(self.DIVEN, 0) >> number - 1 & 1, f"a clock from IC{number}, which does not run")
        forbid(config >> 28 & 3, f"IC{number} not from PLL1")
        return self.pll_hertz()[2] / ((config >> 16 & 255) + 1)

    def switched(self, shift):
        return self.values.get(self.CFGR1, 0) >> shift & 3 == 3

    def core_hertz(self):
        return self.divided(1) if self.switched(16) else self.HSI_HERTZ

    def axi_hertz(self):
        return self.divided(2) if self.switched(24) else self.HSI_HERTZ

    def ahb_hertz(self):
        return self.axi_hertz() / (1 << (self.values[self.CFGR2] >> 20 & 7))

    def uart_hertz(self):
        forbid(self.values.get(self.CCIPR13, 0) & 7, "USART1 not from its bus")
        return self.ahb_hertz() / (1 << (self.values[self.CFGR2] >> 4 & 7))

    def gpio_clocked(self, port):
        return self.values.get(self.AHB4, 0) >> port & 1

    def uart_clocked(self):
        return self.values.get(self.APB2, 0) >> 4 & 1

    def external_clocked(self):
        forbid(self.values.get(self.CCIPR6, 0) >> 4 & 3, "XSPI2 not from its bus")
        on = 1 << 12 | 1 << 13
        return self.values.get(self.AHB5, 0) & on == on and not self.values.get(self.AHB5RST, 0) & on

    def check(self):
        forbid(self.core_hertz() > MOST_CORE, f"core at {self.core_hertz() / 1e6:g} MHz")
        forbid(self.axi_hertz() > MOST_AXI, f"AXI at {self.axi_hertz() / 1e6:g} MHz")
        forbid(self.ahb_hertz() > MOST_AHB, f"AHB at {self.ahb_hertz() / 1e6:g} MHz")
        if self.switched(24):
            forbid(self.divided(6) > MOST_AXI or self.divided(11) > MOST_AXI, "NPU or its RAMs too fast")

    def read(self, offset):
        if offset == self.SR:
            hse = 0 if self.machine.board.get("hse_dead") else self.ready("hse") * self.HSE
            return self.HSI | hse | self.ready("pll") * self.PLL | self.ready("lsi") * self.LSI
        if offset == self.CFGR1:
            value = self.values.get(self.CFGR1, 0) & (3 << 16 | 3 << 24)
            return value | value << 4 if self.ready("switch") or not value else value
        return super().read(offset)

    def write(self, offset, value):
        if offset >= self.SET and offset - self.SET in (0, self.DIVEN):
            return self.write(offset - self.SET, self.values.get(offset - self.SET, 0) | value)
        if offset == self.CLEAR:
            return self.write(0, self.values[0] & ~value)
        old = self.values.get(offset, 0)
        if self.PLL1 <= offset <= self.PLL1 + 8:
            forbid(self.values[0] & self.PLL, "PLL written while it runs")
        super().write(offset, value)
        if offset == 0:
            self.oscillators(old, value)
        elif offset == self.RSR:
            self.values[self.RSR] = 0 if value >> 16 & 1 else old
        elif offset == self.CFGR1:
            if self.switched(16) or self.switched(24):
                forbid(not self.is_ready("pll"), "clocks from the PLL before PLL1RDY")
                forbid(not self.machine.pwr.is_ready("supply") or "supply" not in self.machine.pwr.countdowns,
                       "more speed before ACTVOSRDY")
                self.begin("switch")
            self.check()
        elif offset == self.CFGR2 or self.IC1 <= offset < self.IC1 + 80:
            if self.switched(16):
                self.check()
        elif offset == self.MEM:
            self.machine.wake()
        return None

    def oscillators(self, old, value):
        forbid(not value & self.HSI and not self.switched(16), "HSI off while the core runs from it")
        if value & ~old & self.LSI:
            self.begin("lsi")
        if value & ~old & self.HSE:
            self.begin("hse")
        if value & ~old & self.PLL:
            self.begin("pll")
            self.check_pll()
        if old & ~value & self.PLL:
            forbid(self.switched(16) or self.switched(24), "PLL off while the core runs from it")
            self.cancel("pll")

    def check_pll(self):
        one, three = self.values[self.PLL1], self.values[self.PLL1 + 8]
        forbid(one >> 28 & 7 != 2 or one >> 27 & 1, "PLL not from HSE")
        forbid(not self.is_ready("hse") or "hse" not in self.countdowns, "PLL on before HSERDY")
        bypass = bool(self.values[self.HSECFGR] >> 15 & 1)
        forbid(bypass != self.machine.board["hse_bypass"], f"HSEBYP = {bypass:d} contradicts the board's oscillator")
        reference, oscillation, _ = self.pll_hertz()
        forbid(not 5e6 <= reference <= 50e6, f"PLL's input {reference / 1e6:g} MHz")
        forbid(not 800e6 <= oscillation <= 3200e6, f"PLL's oscillator at {oscillation / 1e6:g} MHz")
        forbid(not three >> 30 & 1 or not three & 1 << 2 or three & 1 << 3, "PLL without its output, or with modulation")
        forbid(self.values.get(self.PLL1 + 4, 0), "PLL with a fraction")


class RccBitsToClear:
    """The second page of the registers: CCR, and what clears enables."""

    def __init__(self, rcc):
        self.rcc = rcc

    def read(self, offset):
        return 0

    def write(self, offset, value):
        self.rcc.write(0x1000 + offset, value)


class Ramcfg(Registers):
    def __init__(self, machine):
        super().__init__(machine, {0x80 * (n - 1): 1 << 20 for n in range(3, 7)})

    def clocked(self):
        forbid(not self.machine.rcc.values.get(Rcc.AHB2, 0) >> 12 & 1, "RAMCFG without its clock")

    def read(self, offset):
        self.clocked()
        return super().read(offset)

    def write(self, offset, value):
        self.clocked()
        super().write(offset, value)
        self.machine.wake()


class Stm32n6(Machine):
    CPU, ARMV8, VECTORS, EXTERNAL = arm.UC_CPU_ARM_CORTEX_M33, True, 0x34000400, 0x70000000
    BOOT_STACK = 0x341A0000
    SLEEPING = {0x34200000: (0, 3), 0x34270000: (1, 4), 0x342E0000: (2, 5), 0x34350000: (3, 6)}  # bit of MEMENR, RAMCFG

    class chip:
        cache_sets = 256

    def power_on(self):
        self.awake = set()
        self.rcc, self.pwr, self.ramcfg = Rcc(self), Pwr(self), Ramcfg(self)
        self.external, self.uart = Octospi(self), Usart(self)
        self.dbgmcu, self.watchdog = ClockedDbgmcu(self), Watchdog(self)
        self.gpios = [Gpio(self, port) for port in range(17)]

    def uart_irq(self):
        return 159

    def first_stack(self, stack):
        return self.BOOT_STACK

    def rams(self):
        return [(0x34000000, 0x100000), (0x34100000, 0x100000)]

    def wake(self):
        for base, (clock, number) in self.SLEEPING.items():
            shut = self.ramcfg.values.get(0x80 * (number - 1), 0) >> 20 & 1
            if self.rcc.values[Rcc.MEM] >> clock & 1 and not shut and base not in self.awake:
                self.awake.add(base)
                self.uc.mem_map(base, 448 * 1024)

    def external_most_hertz(self, facts):
        supply = self.pwr.values.get(Pwr.SVMCR3, 0)
        forbid(not supply >> 9 & 1, "XSPI without the supply of its pins")
        forbid(bool(supply >> 26 & 1) != (facts["millivolts"] < 2000), f"VDDIO3VRSEL contradicts {facts['millivolts']} mV")
        return MOST_FAST_PINS if self.board.get("fused") else MOST_SLOW_PINS

    def devices(self):
        pages = {
            0x54001000: {0: self.dbgmcu}, 0x56004000: {0x800: self.watchdog}, 0x56009000: {0: Bsec(self)}, 0x56008000: {0: Syscfg(self)},
            0x52001000: {0: self.uart}, 0x52023000: {0: self.ramcfg}, 0x5802A000: {0: self.external},
            **self.gpio_pages(0x56020000, range(17)),
        }
        pages[0x56024000] = {**pages.get(0x56024000, {}), 0x800: self.pwr}
        pages[0x56028000], pages[0x56029000] = {0: self.rcc}, {0: RccBitsToClear(self.rcc)}
        return pages

"""STM32H7R and STM32H7S. Register layout: RM0477."""
from machine import Dbgmcu, Gpio, Machine, Octospi, Registers, Usart, Watchdog, forbid

MOST_CORE, MOST_AXI, MOST_APB = 365e6, 182.5e6, 91.25e6  # at voltage scale 1, by ST's low-layer driver
WAIT_STATES = [(36, 0), (72, 1), (108, 2), (144, 3), (180, 4), (183, 5)]  # AXI MHz up to which they suffice


class Pwr(Registers):
    SR1, CSR2, CSR4 = 0x04, 0x0C, 0x14

    def __init__(self, machine):
        super().__init__(machine, {self.CSR2: machine.board.get("cr3", 0x06), self.CSR4: 0})
        self.decided = "cr3" in machine.board
        if self.decided:
            self.begin("supply")
        self.begin("vos")

    def read(self, offset):
        if offset == self.SR1:
            return self.ready("supply") << 1
        if offset == self.CSR4:
            return self.values[self.CSR4] & 1 | self.ready("vos") << 1
        return super().read(offset)

    def write(self, offset, value):
        if offset == self.CSR2:
            changed = (value ^ self.values[self.CSR2]) & 0x1F
            forbid(self.decided and changed, "PWR_CSR2: the supply written a second time since power-on")
            wanted = 0x04 if self.machine.board["supply"] == "smps-direct" else 0x02
            forbid(value & 0x1F != wanted, f"PWR_CSR2 = {value:#x}: this board is wired for {self.machine.board['supply']}")
            if not self.decided:
                self.decided = True
                self.begin("supply")
        elif offset == self.CSR4:
            forbid(not self.is_ready("supply") or not self.decided, "voltage scale before ACTVOSRDY")
            forbid(value & 1, "VOS0, which no board may use by default")
            self.begin("vos")
        super().write(offset, value)

    def at_vos1(self):
        return not self.values[self.CSR4] & 1 and self.is_ready("vos")


class Flash(Registers):
    def __init__(self, machine):
        super().__init__(machine, {0: 0x37})

    def write(self, offset, value):
        super().write(offset, value)
        self.check()

    def check(self):
        axi = self.machine.rcc.ahb_hertz() / 1e6
        states = next((states for most, states in WAIT_STATES if axi <= most), 99)
        forbid(self.values[0] & 0xF < states, f"flash with ACR {self.values[0]:#x} at {axi:g} MHz")


class Rcc(Registers):
    CR, CFGR, CDCFGR, BMCFGR, APBCFGR, CKSEL, PLLCFGR, PLL1DIVR1 = 0x00, 0x10, 0x18, 0x1C, 0x20, 0x28, 0x2C, 0x30
    CSR, AHB5RST, RSR, AHB5, AHB2, AHB4, APB1 = 0x74, 0x7C, 0x130, 0x134, 0x13C, 0x140, 0x148
    HSI = 64_000_000

    def __init__(self, machine):
        super().__init__(machine, {self.CR: 0x03, self.CKSEL: 0x02020200, self.PLLCFGR: 0, self.PLL1DIVR1: 0x01010280,
                                   self.RSR: machine.board.get("reset_flags", 0x00E00000)})
        self.system = 0

    def pll_hertz(self):
        m = self.values[self.CKSEL] >> 4 & 63
        reference = self.machine.board["hse_hertz"] / m if m else 0
        n, p = (self.values[self.PLL1DIVR1] & 511) + 1, (self.values[self.PLL1DIVR1] >> 9 & 127) + 1
        return reference, reference * n, reference * n / p

    @staticmethod
    def divider(bits):
        return 1 if bits < 8 else [2, 4, 8, 16, 64, 128, 256, 512][bits - 8]

    def core_hertz(self):
        source = self.pll_hertz()[2] if self.system == 3 else self.HSI
        return source / self.divider(self.values.get(self.CDCFGR, 0) & 15)

    def ahb_hertz(self):
        return self.core_hertz() / self.divider(self.values.get(self.BMCFGR, 0) & 15)

    def apb_hertz(self, shift):
        bits = self.values.get(self.APBCFGR, 0) >> shift & 7
        return self.ahb_hertz() / (1 if bits < 4 else 2 << bits - 4)

    def uart_hertz(self):
        return self.apb_hertz(0)

    def gpio_clocked(self, port):
        return self.values.get(self.AHB4, 0) >> port & 1

    def uart_clocked(self):
        return self.values.get(self.APB1, 0) >> 19 & 1

    def external_clocked(self):
        on = 1 << 12 | 1 << 14
        forbid(self.values.get(self.AHB5, 0) & on == on and not self.machine.pwr.values[Pwr.CSR2] >> 15 & 1,
               "XSPI without the supply of its pins")
        return self.values.get(self.AHB5, 0) & on == on and not self.values.get(self.AHB5RST, 0) & on

    def check(self):
        forbid(self.core_hertz() > MOST_CORE, f"core at {self.core_hertz() / 1e6:g} MHz")
        forbid(self.core_hertz() > self.HSI and not self.machine.pwr.at_vos1(), "more speed before VOS1 is reached")
        forbid(self.ahb_hertz() > MOST_AXI, f"AXI at {self.ahb_hertz() / 1e6:g} MHz")
        for shift in (0, 4, 8, 12):
            forbid(self.apb_hertz(shift) > MOST_APB, f"APB at {self.apb_hertz(shift) / 1e6:g} MHz")
        self.machine.flash.check()

    def read(self, offset):
        if offset == self.CR:
            value = self.values[self.CR] & ~(1 << 2 | 1 << 17 | 1 << 25) | 1 << 2
            if not self.machine.board.get("hse_dead"):
                value |= self.ready("hse") << 17
            return value | self.ready("pll") << 25
        if offset == self.CFGR:
            return self.values.get(self.CFGR, 0) & 7 | self.system << 3
        if offset == self.CSR:
            return self.values.get(self.CSR, 0) & 1 | self.ready("lsi") << 1
        return super().read(offset)

    def write(self, offset, value):
        old = self.values.get(offset, 0)
        super().write(offset, value)
        if offset == self.CR:
            if value & ~old & 1 << 16:
                self.begin("hse")
            forbid((value ^ old) & 1 << 18 and value & old & 1 << 16, "HSEBYP changed while HSE is on")
            if value & ~old & 1 << 24:
                self.begin("pll")
                self.check_pll()
            if old & ~value & 1 << 24:
                forbid(self.system == 3, "PLL off while the core runs from it")
                self.cancel("pll")
        elif offset in (self.CKSEL, self.PLLCFGR, self.PLL1DIVR1):
            forbid(self.values[self.CR] & 1 << 24, "PLL written while it runs")
        elif offset == self.CFGR:
            wanted = value & 7
            forbid(wanted not in (0, 3), f"system clock {wanted}")
            if wanted == 3:
                forbid(not self.is_ready("pll"), "system clock from the PLL before PLL1RDY")
            self.system = wanted
            self.check()
        elif offset in (self.CDCFGR, self.BMCFGR, self.APBCFGR):
            self.check()
        elif offset == self.CSR and value & ~old & 1:
            self.begin("lsi")
        elif offset == self.RSR:
            self.values[self.RSR] = 0 if value >> 16 & 1 else old
        elif offset == self.AHB2:
            self.machine.clock_srams(value >> 29 & 3)

    def check_pll(self):
        forbid(self.values[self.CKSEL] & 3 != 2, "PLL not from HSE")
        forbid(not self.is_ready("hse"), "PLL on before HSERDY")
        bypass = bool(self.values[self.CR] & 1 << 18)
        forbid(bypass != self.machine.board["hse_bypass"], f"HSEBYP = {bypass:d} contradicts the board's oscillator")
        reference, vco, _ = self.pll_hertz()
        forbid(not 2e6 <= reference <= 16e6, f"PLL's input {reference / 1e6:g} MHz")
        range_of = 1 if reference < 4e6 else 2 if reference < 8e6 else 3
        config = self.values[self.PLLCFGR]
        forbid(config >> 3 & 3 != range_of, f"PLL1RGE for an input of {reference / 1e6:g} MHz")
        forbid(config & 3, "PLL with a fraction, or of the narrow oscillator")
        forbid(not 400e6 <= vco <= 1600e6, f"PLL's oscillator at {vco / 1e6:g} MHz")
        forbid(not config >> 5 & 1, "PLL without its P output")


class Stm32h7rs(Machine):
    EXTERNAL = 0x70000000
    CLOCKED = ((0x30000000, 16), (0x30004000, 16))

    class chip:
        cache_sets = 256

    def power_on(self):
        self.srams = 0
        self.rcc, self.pwr, self.flash = Rcc(self), Pwr(self), Flash(self)
        self.external, self.uart = Octospi(self), Usart(self)
        self.dbgmcu, self.watchdog = Dbgmcu(self), Watchdog(self)
        self.gpios = [Gpio(self, port) for port in range(16)]

    def uart_irq(self):
        return 85

    def rams(self):
        kib = ((0x00000000, 64), (0x08000000, 64), (0x20000000, 64), (0x24000000, 456))
        return [(base, size * 1024) for base, size in kib]

    def clock_srams(self, bits):
        for i, (base, kib) in enumerate(self.CLOCKED):
            if bits >> i & 1 and not self.srams >> i & 1:
                self.uc.mem_map(base, kib * 1024)
        self.srams |= bits

    def devices(self):
        return {
            0x52002000: {0x000: self.flash}, 0x5200A000: {0x000: self.external}, 0x5C001000: {0x000: self.dbgmcu},
            0x58004000: {0x800: self.watchdog},
            0x58024000: {0x400: self.rcc, 0x800: self.pwr}, 0x40004000: {0xC00: self.uart},
            **self.gpio_pages(0x58020000, range(16)),
        }

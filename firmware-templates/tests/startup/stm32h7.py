"""STM32H743, H747, H750, H735 and H7B3."""
from unicorn import UC_ARCH_ARM, UC_HOOK_CODE, UC_MODE_MCLASS, UC_MODE_THUMB, Uc, UcError
from unicorn import arm_const as arm

from machine import Dbgmcu, Gpio, Machine, Octospi, Registers, Usart, Watchdog, forbid


class Chip:
    """What voltage scale 1 allows, from the reference manual's tables, and memories."""

    def __init__(self, vos1, vos0, fastest, wait_states, core, axi, apb, ram_kib, clocked, cache_sets):
        self.vos0, self.fastest = vos0, fastest  # bits, None where it is the overdrive; its clocks in parts of VOS1's
        self.vos1, self.wait_states, self.core, self.axi, self.apb = vos1, wait_states, core, axi, apb
        self.ram_kib, self.clocked, self.cache_sets = ram_kib, clocked, cache_sets


# AXI MHz up to which the number of wait states suffices, and WRHIGHFREQ: RM0433 table 17, RM0468 table 15, RM0455 table 15.
H743 = Chip(3, None, 1.2, [(70, 0, 0), (140, 1, 1), (185, 2, 1), (210, 2, 2), (225, 3, 2), (240, 4, 2)], 400e6, 200e6, 100e6, 512,
            ((0x30000000, 128), (0x30020000, 128), (0x30040000, 32)), 128)
H735 = Chip(3, 0, 1.3, [(67, 0, 0), (133, 1, 1), (200, 2, 2), (275, 3, 3)], 400e6, 200e6, 100e6, 320, ((0x30000000, 16), (0x30004000, 16)), 256)
H7B3 = Chip(2, 3, 280 / 225, [(38, 0, 0), (76, 1, 1), (114, 2, 1), (152, 3, 2), (190, 4, 2), (225, 5, 3), (280, 6, 3)], 225e6, 225e6, 112.5e6, 1024,
            ((0x30000000, 64), (0x30010000, 64)), 128)
CHIPS = {0x450: H743, 0x483: H735, 0x480: H7B3}


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
            forbid(value >> 14 & 3 == self.machine.chip.vos0 and not self.machine.board.get("vos0"), "VOS0, which no board may use by default")
            forbid(value >> 14 & 3 == 0 and self.machine.chip is H743, "VOS = 0, which means nothing here")
            self.begin("vos")
        super().write(offset, value)

    def at(self, bits):
        return self.values[self.D3CR] >> 14 & 3 == bits and self.is_ready("vos")

    def at_vos1(self):
        return self.at(self.machine.chip.vos1)

    def at_vos0(self):
        """By bits of its own, or as VOS1 and the overdrive."""
        chip = self.machine.chip
        return self.machine.syscfg.overdriven() if chip.vos0 is None else self.at(chip.vos0)


class Syscfg(Registers):
    PWRCR = 0x2C

    def write(self, offset, value):
        machine = self.machine
        forbid(not machine.rcc.values.get(machine.rcc.APB4, 0) >> 1 & 1, "SYSCFG without its clock")
        super().write(offset, value)
        if offset == self.PWRCR and value & 1:
            forbid(machine.board["supply"] != "ldo", "overdrive without the LDO")
            forbid(machine.chip is not H743 or machine.board.get("revision", 0x2003) < 0x2003, "overdrive, which this silicon has not")
            forbid(not machine.pwr.at_vos1(), "overdrive before VOS1 is reached")
            machine.pwr.begin("vos")

    def overdriven(self):
        return self.values.get(self.PWRCR, 0) & 1 and self.machine.pwr.at_vos1()


class Flash(Registers):
    OPTSR_CUR = 0x1C

    def __init__(self, machine):
        super().__init__(machine, {0: 0x37, self.OPTSR_CUR: 0 if machine.board.get("bcm4_off") else 1 << 22})

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
    CR, CFGR, D1CFGR, D2CFGR, D3CFGR, CKSEL, PLLCFGR, PLL1DIVR, CSR = 0x00, 0x10, 0x18, 0x1C, 0x20, 0x28, 0x2C, 0x30, 0x74
    RSR, AHB3, AHB2, AHB4, APB1L, APB2, APB4 = 0xD0, 0xD4, 0xDC, 0xE0, 0xE8, 0xF0, 0xF4
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
        highest = self.machine.pwr.at_vos0()
        more = self.machine.chip.fastest if highest else 1
        forbid(self.core_hertz() > self.machine.chip.core * more, f"core at {self.core_hertz() / 1e6:g} MHz")
        forbid(self.core_hertz() > self.HSI and not (highest or self.machine.pwr.at_vos1()), "more speed before VOS1 is reached")
        forbid(self.ahb_hertz() > self.machine.chip.axi * more, f"AXI at {self.ahb_hertz() / 1e6:g} MHz")
        for register, shift in ((self.D1CFGR, 4), (self.D2CFGR, 4), (self.D2CFGR, 8), (self.D3CFGR, 4)):
            forbid(self.apb_hertz(register, shift) > self.machine.chip.apb * more, f"APB at {self.apb_hertz(register, shift) / 1e6:g} MHz")
        self.machine.flash.check()

    def gpio_clocked(self, port):
        return self.values.get(self.AHB4, 0) >> port & 1

    def uart_clocked(self):
        register, bit = (self.APB2, 4) if self.machine.board["uart"] == 1 else (self.APB1L, 18)
        return self.values.get(register, 0) >> bit & 1

    def external_clocked(self):
        return self.values.get(self.AHB3, 0) >> 14 & 1

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
        elif offset == self.CSR and value & ~old & 1:
            self.begin("lsi")
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
        forbid(not 192e6 <= vco <= (960e6 if self.machine.syscfg.overdriven() else 836e6), f"PLL's oscillator at {vco / 1e6:g} MHz")
        forbid(not self.values[self.PLLCFGR] >> 16 & 1, "PLL without its P output")
        p = (self.values[self.PLL1DIVR] >> 9 & 127) + 1
        forbid(p % 2 and not (p == 1 and self.machine.chip is H735), f"PLL's divider of {p}")


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
        forbid(not self.machine.rcc.external_clocked(), "QUADSPI without its clock")

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


class Stm32h7(Machine):
    def power_on(self):
        self.chip = CHIPS.get(self.board["device_id"], H743)
        self.srams = 0
        self.rcc, self.pwr, self.flash, self.syscfg = Rcc(self), Pwr(self), Flash(self), Syscfg(self)
        self.external = Octospi(self) if "octospi" in self.board else Quadspi(self)
        self.uart = Usart(self)
        self.dbgmcu, self.watchdog = Dbgmcu(self), Watchdog(self, 0)
        self.gpios = [Gpio(self, port) for port in range(11)]

    def uart_irq(self):
        return 37 if self.board["uart"] == 1 else 39

    def check_sections(self):
        super().check_sections()
        self.check_second_core()

    def check_second_core(self):
        """Where there is one, it has come out of reset as well, and runs what lies in its bank: it must stay in its loop."""
        bank = 0x08100000
        in_bank = [(base, data) for base, data in self.elf.segments if bank <= base < bank + (1 << 20)]
        if not self.board.get("second_core") or not self.flash.values[Flash.OPTSR_CUR] >> 22 & 1 or not in_bank:
            return
        core = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        core.ctl_set_cpu_model(arm.UC_CPU_ARM_CORTEX_M4)
        core.mem_map(bank, 1 << 20)
        for base, data in in_bank:
            core.mem_write(base, data)
        start = int.from_bytes(core.mem_read(bank + 4, 4), "little")
        addresses = []
        core.hook_add(UC_HOOK_CODE, lambda uc, address, size, user: addresses.append(address))
        try:
            for _ in range(3):  # each emulation ends at WFI; an event goes on behind it
                core.emu_start(start | 1, 0, count=100)
                start = core.reg_read(arm.UC_ARM_REG_PC)
        except UcError as e:
            forbid(True, f"the second core runs the weights as code: {e}")
        forbid(not addresses or len(addresses) > 30 or max(addresses) >= bank + 64, "the second core does not stay asleep")

    def rams(self):
        kib = ((0x00000000, 64), (0x08000000, 2048), (0x20000000, 128), (0x24000000, self.chip.ram_kib), (0x38000000, 64))
        return [(base, size * 1024) for base, size in kib]

    def clock_srams(self, bits):
        for i, (base, kib) in enumerate(self.chip.clocked):
            if bits >> i & 1 and not self.srams >> i & 1:
                self.uc.mem_map(base, kib * 1024)
        self.srams |= bits

    def devices(self):
        first = self.board["uart"] == 1
        return {
            0x52002000: {0x000: self.flash}, 0x58000000: {0x400: self.syscfg}, 0x52005000: {0x000: self.external}, 0x5C001000: {0x000: self.dbgmcu},
            0x58004000: {0x800: self.watchdog}, 0x58024000: {0x400: self.rcc, 0x800: self.pwr},
            0x40011000 if first else 0x40004000: {0x000 if first else 0x800: self.uart},
            **self.gpio_pages(0x58020000, range(11)),
        }

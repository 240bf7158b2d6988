#!/usr/bin/env python3
"""Runs the image of an STM32 from reset, in a CPU emulator (Unicorn) against models of the registers that start-up writes.

  simulate.py IMAGE.elf BOARD.json < REQUESTS > ANSWERS

The models know what the reference manual forbids: a clock faster than the voltage or the flash's wait states allow, a register
written before the one that it needs, a ready bit that nobody waited for, a supply that contradicts the board, a baud rate
that the line does not have, memory that is not clocked, an access that the memory protection unit forbids, any write to the
controller of fuses. Each is a line on standard error and exit code 1. A firmware that refuses to go on, with the reason on the
USART, is exit code 2. Whenever the firmware sleeps, what stands on standard input comes in over the USART; what it sends is the
output. It ends with its input.

BOARD.json: family, device_id, smps, supply (ldo, smps-direct or external), hse_hertz, hse_bypass, hertz, uart (its number), tx, rx,
baud, and, where there is external flash, quadspi or octospi: {pins: [...], id: [bytes of a chip], most_hertz, log2_bytes}.
second_core (there is one), vos0 (the firmware may go there). Optional faults to inject: bcm4_off (the second core's option byte),
revision (of the silicon), hse_dead, cr3 (its value when an earlier program has set it), wrong_id, on_eight_lines, on_both_edges,
fused (an STM32N6 with fast pins), boot_loader (an STM32N6 started by one), unsettled (its core voltage). Optional: reset_flags
(RCC_RSR), debugger (one is attached), overrun (the USART has lost a byte at its first interrupt), flash_files (of an STM32N6:
what else lies in its flash, a file at each address).
SysTick comes once before each request; the watchdog's time passes with it.

The STM32N6's core is a Cortex-M55; the emulator has a Cortex-M33 at most. What runs here is compiled for that one, and
cannot get as far as a kernel with vector instructions.
"""
import json
import sys

from machine import Elf, Violation, forbid
from stm32h7 import Stm32h7
from stm32h7rs import Stm32h7rs
from stm32n6 import Stm32n6

FAMILIES = {"stm32h7": Stm32h7, "stm32h7rs": Stm32h7rs, "stm32n6": Stm32n6}


def main():
    elf = Elf(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        board = json.load(file)
    machine = FAMILIES[board["family"]](elf, board)
    try:
        machine.boot()
        if machine.refused:
            machine.answer()
            return 2
        machine.check_sections()
        hertz = machine.rcc.core_hertz()
        forbid(hertz != board["hertz"], f"core at {hertz / 1e6:g} MHz, planned {board['hertz'] / 1e6:g}")
        forbid(not machine.protected, "memory protection is off")
        forbid(machine.system.read(0xD14) >> 16 & 3 != 3, "caches are off")
        forbid(not machine.dbgmcu.counts_sleep(), "a cycle counter that stands still while the core sleeps")
        machine.talk()
    except Violation as e:
        print(e, file=sys.stderr)
        machine.answer()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

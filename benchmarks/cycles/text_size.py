#!/usr/bin/env python3
"""KiB of instructions and constants in a linker's map: kernels, runtime, network and libraries.

  text_size.py MAP

Without the port, the harness, the weights, and the tables that grow with the layers (constants of fv_network.c)."""
import re
import sys

SECTION = re.compile(r"^ \.(text|rodata)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S+)$", re.MULTILINE)
LEFT_OUT = re.compile(r"/ports/|/harness/|fv_weights\.c|crt[in0]")


def main():
    text = open(sys.argv[1]).read().split("Linker script and memory map", 1)[1]
    text = re.sub(r"^( \.\S+)\n +", r"\1 ", text, flags=re.MULTILINE)
    total = 0
    for kind, address, size, file in SECTION.findall(text):
        if not LEFT_OUT.search(file) and not (kind == "rodata" and "fv_network.c" in file):
            total += int(size, 16)
    print("m7_text_kib=%.2f" % (total / 1024))


main()

# Commands for gdb, started in this folder:
#   gdb-multiarch -x .gdbinit build-debug/firmware.elf
# Nothing here touches a board until you call it.
set confirm off
set print pretty on
<#list view.emulators as emulator>

define fovea-start
  target remote ${emulator.gdb}
end
document fovea-start
Takes over a QEMU that was started stopped, with the firmware already in its memory:
  ${emulator.line}
Another run needs another QEMU: start it again.
end
</#list>
<#list view.probes as probe>
<#if probe.first>

define fovea-start
  target extended-remote localhost:3333
  monitor reset halt
  load
  monitor reset halt
end
document fovea-start
Writes the firmware to the board's flash and holds it at reset. First start, elsewhere:
  openocd -f interface/stlink.cfg -f ${probe.script}
What lies in external flash fovea flash must have written before; then use fovea-attach.
end

define fovea-attach
  target extended-remote localhost:3333
  monitor halt
end
document fovea-attach
Holds the board where it is. Its watchdog stands still meanwhile.
end
</#if>
</#list>

{
  "version": "0.2.0",
  "configurations": [
<#list view.emulators as emulator>
    {
      "name": "QEMU",
      "type": "cortex-debug",
      "request": "attach",
      "servertype": "external",
      "gdbTarget": "${emulator.gdb}",
      "cwd": "<#noparse>${workspaceFolder}</#noparse>",
      "executable": "<#noparse>${workspaceFolder}</#noparse>/build-debug/firmware.elf",
      "preLaunchTask": "start QEMU, stopped"
    }
</#list>
<#list view.probes as probe>
    {
      "name": "${probe.name}",
      "type": "cortex-debug",
      "request": "launch",
      "servertype": "${probe.server}",
      "device": "${probe.device}",
      "interface": "swd",
<#list probe.configFiles as files>
      "configFiles": [${files}],
</#list>
      "svdFile": "<#noparse>${workspaceFolder}</#noparse>/${probe.svd}",
      "cwd": "<#noparse>${workspaceFolder}</#noparse>",
      "executable": "<#noparse>${workspaceFolder}</#noparse>/build-debug/firmware.elf",
      "runToEntryPoint": "main",
      "preLaunchTask": "build for debugging"
    }${probe.separator}
</#list>
  ]
}

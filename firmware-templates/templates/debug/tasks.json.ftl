{
  "version": "2.0.0",
  "tasks": [
<#list view.emulators as emulator>
    {
      "label": "start QEMU, stopped",
      "type": "process",
      "command": "${emulator.program}",
      "args": [${emulator.arguments}],
      "dependsOn": "build for debugging",
      "isBackground": true,
      "problemMatcher": {
        "pattern": {"regexp": "^(qemu-system.*error.*)$", "message": 1},
        "background": {"activeOnStart": true, "beginsPattern": "^$", "endsPattern": "char device redirected"}
      }
    },
</#list>
    {
      "label": "build for debugging",
      "type": "shell",
      "command": "cmake --preset debug && cmake --build --preset debug",
      "problemMatcher": "$gcc"
    }
  ]
}

{
  "version": 3,
  "configurePresets": [
    {
      "name": "default",
      "generator": "Ninja",
      "binaryDir": "<#noparse>${sourceDir}</#noparse>/build",
      "toolchainFile": "<#noparse>${sourceDir}</#noparse>/cmake/${view.toolchain}.cmake",
      "cacheVariables": {"CMAKE_BUILD_TYPE": "None"}
    }
  ],
  "buildPresets": [{"name": "default", "configurePreset": "default"}]
}

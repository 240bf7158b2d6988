{
  "version": 3,
  "configurePresets": [
    {
      "name": "default",
      "displayName": "Release",
      "generator": "Ninja",
      "binaryDir": "<#noparse>${sourceDir}</#noparse>/build",
      "toolchainFile": "<#noparse>${sourceDir}</#noparse>/cmake/arm-none-eabi.cmake",
      "cacheVariables": {"CMAKE_BUILD_TYPE": "None"}
    },
    {
      "name": "debug",
      "displayName": "Debug: network and harness line by line, kernels as fast as ever",
      "inherits": "default",
      "binaryDir": "<#noparse>${sourceDir}</#noparse>/build-debug",
      "cacheVariables": {"CMAKE_BUILD_TYPE": "Debug"}
    }
  ],
  "buildPresets": [
    {"name": "default", "configurePreset": "default"},
    {"name": "debug", "configurePreset": "debug"}
  ]
}

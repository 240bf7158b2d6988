# An SDK of yours goes first: the toolchain file that the environment names, or the compiler of a Yocto SDK (OpenSTLinux),
# whose C library is the board's. Else Debian's cross compiler.
if(DEFINED ENV{CMAKE_TOOLCHAIN_FILE})
  include($ENV{CMAKE_TOOLCHAIN_FILE})
elseif(DEFINED ENV{OECORE_TARGET_SYSROOT})
  set(CMAKE_SYSTEM_NAME Linux)
  set(CMAKE_SYSTEM_PROCESSOR arm)
  set(DETECTOR_STATIC OFF CACHE BOOL "link the C library into the program")
else()
  set(CMAKE_SYSTEM_NAME Linux)
  set(CMAKE_SYSTEM_PROCESSOR arm)
  set(CMAKE_C_COMPILER arm-linux-gnueabihf-gcc)
endif()

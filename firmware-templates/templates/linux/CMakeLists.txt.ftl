# ${view.model} on ${view.boardName}
<#list view.provenance as line>
# ${line}
</#list>
cmake_minimum_required(VERSION 3.22)
project(detector C)

# Linked statically, the program runs whatever C library the board's Linux has: one that is older than this machine's
# would refuse it otherwise. Off with the board's own SDK, whose C library is the board's.
option(DETECTOR_STATIC "link the C library into the program" ON)

add_executable(detector
<#list view.sources as source>
  ${source}
</#list>
)
set_target_properties(detector PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS ON)
target_include_directories(detector PRIVATE
<#list view.includes as include>
  ${include}
</#list>
)
target_compile_definitions(detector PRIVATE _GNU_SOURCE)
target_compile_options(detector PRIVATE
  ${view.cpuFlags}
  -O3 -g -pthread -ffunction-sections -fdata-sections -fno-common
  -ffile-prefix-map=<#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>=.
  -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef
)
target_link_options(detector PRIVATE
  ${view.cpuFlags}
  -pthread -Wl,--gc-sections -Wl,--fatal-warnings
  -T<#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/generated/sections.ld
)
if(DETECTOR_STATIC)
  target_link_options(detector PRIVATE -static)
endif()

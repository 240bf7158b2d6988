# ${view.model} on ${view.boardName}
<#list view.provenance as line>
# ${line}
</#list>
cmake_minimum_required(VERSION 3.22)
project(detector C)

<#if view.ownKernels>
# Linked statically, the program runs whatever C library the board's Linux has: one that is older than this machine's
# would refuse it otherwise. Off with the board's own SDK, whose C library is the board's.
option(DETECTOR_STATIC "link the C library into the program" ON)
<#else>
# Linked dynamically, since the engine's library is loaded on the board, and with the board's C library: version 2.34 or
# newer, where this machine's compiler asks for no more.
</#if>

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
<#if view.ownKernels>
if(DETECTOR_STATIC)
  target_link_options(detector PRIVATE -static)
endif()
<#else>
target_link_libraries(detector PRIVATE dl)
<#list view.compiled as file>

# The program looks for it beside itself, under its own name.
add_custom_command(TARGET detector POST_BUILD
  COMMAND <#noparse>${CMAKE_COMMAND} -E copy_if_different ${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/${file.path} <#noparse>$<TARGET_FILE:detector></#noparse>${file.suffix})
</#list>
</#if>

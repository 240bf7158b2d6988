# ${view.model} on ${view.boardName}
<#list view.provenance as line>
# ${line}
</#list>
cmake_minimum_required(VERSION 3.22)
project(firmware C ASM)

add_executable(firmware
<#list view.sources as source>
  ${source}
</#list>
)
set_target_properties(firmware PROPERTIES SUFFIX .elf C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS ON)
target_include_directories(firmware PRIVATE
<#list view.includes as include>
  ${include}
</#list>
)
target_compile_options(firmware PRIVATE
  ${view.cpuFlags}
  -O2 -g -ffunction-sections -fdata-sections -fno-common -fcallgraph-info=su
  -ffile-prefix-map=<#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>=.
  -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef
)
# What a debugger steps through; kernels and runtime stay as they are measured.
set_source_files_properties(
<#list view.steppedSources as source>
  ${source}
</#list>
  PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Debug>:-Og;-g3>"
)
target_link_options(firmware PRIVATE
  ${view.cpuFlags}
  -nostartfiles --specs=nano.specs --specs=nosys.specs
  -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments
  -Wl,-Map=<#noparse>${CMAKE_CURRENT_BINARY_DIR}</#noparse>/firmware.map
  -T<#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/generated/firmware.ld
)
<#if view.freertos>

# The FreeRTOS kernel: yours when FREERTOS_KERNEL_PATH names one, else the pinned release.
if(DEFINED ENV{FREERTOS_KERNEL_PATH} AND NOT FREERTOS_KERNEL_PATH)
  set(FREERTOS_KERNEL_PATH $ENV{FREERTOS_KERNEL_PATH})
endif()
if(NOT FREERTOS_KERNEL_PATH)
  include(FetchContent)
  FetchContent_Declare(freertos_kernel
    GIT_REPOSITORY https://github.com/FreeRTOS/FreeRTOS-Kernel.git
    GIT_TAG dbf70559b27d39c1fdb68dfb9a32140b6a6777a0 # V11.1.0
    SOURCE_SUBDIR none
  )
  FetchContent_MakeAvailable(freertos_kernel)
  set(FREERTOS_KERNEL_PATH <#noparse>${freertos_kernel_SOURCE_DIR}</#noparse>)
endif()
add_library(freertos OBJECT
<#list view.freertosSources as source>
  <#noparse>${FREERTOS_KERNEL_PATH}</#noparse>/${source}
</#list>
)
target_include_directories(freertos PUBLIC
  fovea/harness/freertos fovea/runtime generated
  <#noparse>${FREERTOS_KERNEL_PATH}</#noparse>/include
  <#noparse>${FREERTOS_KERNEL_PATH}</#noparse>/${view.freertosPort}
)
target_compile_options(freertos PRIVATE ${view.cpuFlags} 
  -O2 -g -ffunction-sections -fdata-sections -fno-common -fcallgraph-info=su
)
target_link_libraries(firmware PRIVATE freertos)
</#if>

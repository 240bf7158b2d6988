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
<#list view.npu as npu>

# ST's runtime of the NPU, from an installation of ST Edge AI Core, in the version that compiled the network.
if(DEFINED ENV{STEDGEAI_CORE_DIR} AND NOT STEDGEAI_CORE_DIR)
  file(TO_CMAKE_PATH "$ENV{STEDGEAI_CORE_DIR}" STEDGEAI_CORE_DIR)
endif()
set(STEDGEAI_CORE_DIR "<#noparse>${STEDGEAI_CORE_DIR}</#noparse>" CACHE PATH "ST Edge AI Core, with Middlewares/ST/AI" FORCE)
set(ST_AI <#noparse>${STEDGEAI_CORE_DIR}</#noparse>/Middlewares/ST/AI)
file(GLOB NETWORK_RUNTIME <#noparse>${ST_AI}</#noparse>/Lib/GCC/ARMCortexM55/NetworkRuntime*_CM55_GCC.a)
if(NOT EXISTS <#noparse>${ST_AI}</#noparse>/Npu/ll_aton/ll_aton_runtime.c OR NOT NETWORK_RUNTIME)
  message(FATAL_ERROR "error: STEDGEAI_CORE_DIR=<#noparse>${STEDGEAI_CORE_DIR}</#noparse> is no ST Edge AI Core with Middlewares/ST/AI/Npu and Lib: set it")
endif()
set(ST_SOURCES ll_aton.c ll_aton_lib.c ll_aton_lib_sw_operators.c ll_aton_runtime.c ll_aton_util.c ll_sw_float.c ll_sw_integer.c)
foreach(source ecloader.c ll_aton_cipher.c) # not in every version
  if(EXISTS <#noparse>${ST_AI}/Npu/ll_aton/${source}</#noparse>)
    list(APPEND ST_SOURCES <#noparse>${source}</#noparse>)
  endif()
endforeach()
list(TRANSFORM ST_SOURCES PREPEND <#noparse>${ST_AI}</#noparse>/Npu/ll_aton/)
add_library(neural_art OBJECT <#noparse>${ST_SOURCES}</#noparse>
<#list npu.sources as source>
  ${source}
</#list>
)
set_target_properties(neural_art PROPERTIES C_STANDARD 11 C_EXTENSIONS ON)
target_include_directories(neural_art PRIVATE
<#list view.includes as include>
  ${include}
</#list>
)
target_include_directories(neural_art SYSTEM PUBLIC
  <#noparse>${ST_AI}/Npu/ll_aton ${ST_AI}/Npu/Devices/STM32N6XX ${ST_AI}/Inc</#noparse>
)
target_compile_definitions(neural_art PUBLIC
  LL_ATON_PLATFORM=LL_ATON_PLAT_STM32N6 LL_ATON_OSAL=LL_ATON_OSAL_USER_IMPL LL_ATON_RT_MODE=LL_ATON_RT_ASYNC
  LL_ATON_SW_FALLBACK LL_ATON_DBG_BUFFER_INFO_EXCLUDED=1
)
target_compile_options(neural_art PRIVATE ${view.cpuFlags}
  -O2 -g -w -ffunction-sections -fdata-sections -fno-common
  -ffile-prefix-map=<#noparse>${ST_AI}=st-ai -ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}</#noparse>=.
)
target_link_libraries(firmware PRIVATE neural_art <#noparse>${NETWORK_RUNTIME}</#noparse> m)
</#list>
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

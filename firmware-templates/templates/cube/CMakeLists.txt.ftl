# ${view.model} for an STM32Cube project with ${view.boardName}
<#list view.provenance as line>
# ${line}
</#list>
#
# In your CMakeLists.txt:
#   add_subdirectory(fovea)
#   target_link_libraries(<#noparse>${CMAKE_PROJECT_NAME}</#noparse> fovea)
cmake_minimum_required(VERSION 3.22)
enable_language(C ASM)

# With your compiler flags of the core, and optimised in a Debug build, too.
add_library(fovea STATIC
<#list view.sources as source>
  ${source}
</#list>
)
set_target_properties(fovea PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS ON)
target_include_directories(fovea PUBLIC
<#list view.includes as include>
  ${include}
</#list>
)
target_compile_options(fovea PRIVATE
  -O2 -ffunction-sections -fdata-sections -fno-common
  -Wall -Wextra -Wshadow -Wundef
)

# These see your main.h<#if view.freertos>, your FreeRTOSConfig.h</#if> and the HAL: they are compiled as sources of your program.
target_sources(fovea INTERFACE
<#list view.applicationSources as source>
  <#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/${source}
</#list>
)

# A second script, beside yours.
target_link_options(fovea INTERFACE -T<#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/fovea.ld)
set_property(TARGET fovea APPEND PROPERTY INTERFACE_LINK_DEPENDS <#noparse>${CMAKE_CURRENT_SOURCE_DIR}</#noparse>/fovea.ld)

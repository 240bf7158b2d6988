/* ${view.model}: what the engine must know of the compiled network.
<#list view.provenance as line>
 * ${line}
</#list>
 * Compiled by ${view.compiler}.
 */
#ifndef FV_NEURAL_ART_H
#define FV_NEURAL_ART_H

#define FV_NPU_NETWORK ${view.network}

/* The compiled network's number of each output of the model. */
#define FV_NPU_OUTPUTS {${view.outputs}}

/* What must lie in flash: address, number in fv_engine_files, and the file for a person. */
#define FV_NPU_IMAGES { \
<#list view.images as image>
  {${image.address}u, ${image.file}, "${image.path} to ${image.address}"}, \
</#list>
}

#endif

/* ${view.model}: sizes of the network.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#ifndef FV_NETWORK_H
#define FV_NETWORK_H

#include <stdint.h>

#define FV_INPUT_HEIGHT ${view.inputHeight}
#define FV_INPUT_WIDTH ${view.inputWidth}
#define FV_INPUT_CHANNELS ${view.inputChannels} /* ${view.inputMeaning} */

#define FV_LAYERS ${view.layers}
#define FV_OUTPUTS ${view.outputs}
#define FV_BUFFERS ${view.buffers}
#define FV_STEPS ${view.steps}
#define FV_AHEAD ${view.ahead} /* steps that an image may run while the last one is in flight */

#define FV_IMAGES ${view.images} /* most images in flight */
#define FV_ROW_SLOTS ${view.rowSlots} /* image rows that wait between link and network */
#define FV_BOXES ${view.boxes} /* most boxes that the link sends; 0: it sends tensors only */

#define FV_CAN_FAIL ${view.canFail} /* 1: an engine computes the network, and may fail */
#define FV_ARENA_BYTES ${view.arenaBytes}
#define FV_ROW_POINTERS ${view.rowPointers} /* most rows that one step reads or writes */

#endif

/* The images in flight as the host knows them: by the numbers that it gave them. The link's context begins, reads and
 * releases; the inference context works.
 */
#ifndef FV_IMAGES_H
#define FV_IMAGES_H

#include "fv_net.h"

enum fv_state { FV_IDLE = 0, FV_RECEIVING = 1, FV_RUNNING = 2, FV_DONE = 3, FV_FAILED = 4 };

/* Bits of BEGIN's options above those of fv_net.h. */
enum { FV_IMAGE_PRESENT = 4 };

extern struct fv_net fv_images_net;

/* Link context. */

/* Whether the host releases images itself; else the next image ends the last one. */
void fv_images_allow_two(int allowed);

/* FV_E_FULL when an image must end or be released first, FV_E_NO_IMAGE when it cannot be present. */
enum fv_status fv_images_begin(uint16_t number, uint32_t options);

/* The image in flight with the host's number, or FV_NONE. */
int32_t fv_images_find(uint16_t number);
enum fv_state fv_images_state(int32_t id); /* FV_IDLE for FV_NONE */

/* The one that began last: rows are its. FV_NONE when there is none. And the host's number of an image. */
int32_t fv_images_youngest(void);
uint16_t fv_images_number(int32_t id);

/* Rows of it that have come; some more. */
uint16_t fv_images_rows(int32_t id);
void fv_images_add_rows(int32_t id, uint32_t count);

/* Whether an image is held, or was dropped while the inference was at work on it. */
int fv_images_any(void);

/* Whether the oldest image is done. */
int fv_images_result_waits(void);

/* Forgets all images, at once or before the inference's next step. */
void fv_images_drop(void);

/* Inference context: takes a waiting row, or runs one step. Returns 0 when there was nothing to do. */
int fv_images_infer(void);

/* Whether fv_images_infer has work. */
int fv_images_has_work(void);

#endif

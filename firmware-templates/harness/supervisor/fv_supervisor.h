/* Whether link and inference are alive. Each says so every time round its loop; the supervisor wakes both, and kicks the
 * watchdog only while both go round. One that does not is named in the log, and the watchdog resets the board.
 */
#ifndef FV_SUPERVISOR_H
#define FV_SUPERVISOR_H

enum fv_context { FV_LINK_CONTEXT, FV_INFERENCE_CONTEXT, FV_CONTEXTS };

/* From that context's loop, each time round. */
void fv_alive(enum fv_context context);

/* At least ten times a second, from a context that interrupts both. Starts the watchdog when first called. */
void fv_supervise(void);

#endif

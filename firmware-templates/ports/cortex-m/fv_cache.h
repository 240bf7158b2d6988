#ifndef FV_CACHE_H
#define FV_CACHE_H

/* Both caches, empty at first. Which memory they hold, the memory protection unit says. */
void fv_caches_on(void);

#endif

/* A plugin of QEMU (API version 1): how often each translated block of a network ran, layer by layer.
 *
 *   -plugin libblock_counts.so,begin=ADDRESS,mark=ADDRESS,steps=FILE,out=FILE
 *
 * `begin` is where counting starts anew; `mark` a function that is called before and after each step of the plan. FILE
 * of `steps` has the layer of each step, a number a line. What runs between the steps counts as layer -1. Prints
 *   block INDEX ADDRESS INSTRUCTIONS      and      count LAYER INDEX TIMES
 * QEMU's packages have no header, so what is used of it is declared here. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
typedef struct {
  const char *target_name;
  struct {
    int min, cur;
  } version;
  bool system_emulation;
  struct {
    int smp_vcpus, max_vcpus;
  } system;
} qemu_info_t;
enum { NO_REGISTERS = 0, INLINE_ADD_U64 = 0 };
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int operation, void *, uint64_t);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, void (*)(unsigned, void *), int, void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void *), void *);

#define EXPORTED __attribute__((visibility("default")))
EXPORTED int qemu_plugin_version = 1;

enum { MOST_BLOCKS = 1 << 16, MOST_LAYERS = 4096 };

struct block {
  uint64_t address, instructions, count, seen;
  uint64_t *of_layer; /* [layers + 1], the last for what runs between steps */
};

static struct block *blocks[MOST_BLOCKS];
static size_t n_blocks, n_steps, n_marks, n_layers;
static uint32_t *steps;
static uint64_t begin, mark;
static bool begun;
static FILE *out;

static void fail(const char *what) {
  fprintf(stderr, "block_counts: %s\n", what);
  exit(1);
}

/* What ran since the last time belongs to this layer; to none when it is too large. */
static void settle(size_t layer) {
  for (size_t i = 0; i < n_blocks; i++) {
    if (layer <= n_layers) {
      blocks[i]->of_layer[layer] += blocks[i]->count - blocks[i]->seen;
    }
    blocks[i]->seen = blocks[i]->count;
  }
}

static void counting_begins(unsigned cpu, void *unused) {
  (void)cpu;
  (void)unused;
  if (n_marks == 0) {
    settle(SIZE_MAX);
    begun = true;
  }
}

static void step_begins_or_ends(unsigned cpu, void *unused) {
  (void)cpu;
  (void)unused;
  if (begun && n_marks < 2 * n_steps) {
    settle(n_marks % 2 == 0 ? n_layers : steps[n_marks / 2]);
    n_marks++;
  }
}

static struct block *block_of(uint64_t address, uint64_t instructions) {
  for (size_t i = n_blocks; i-- > 0;) {
    if (blocks[i]->address == address && blocks[i]->instructions == instructions) {
      return blocks[i];
    }
  }
  if (n_blocks == MOST_BLOCKS) {
    fail("too many blocks");
  }
  struct block *block = calloc(1, sizeof *block);
  block->of_layer = calloc(n_layers + 1, sizeof *block->of_layer);
  block->address = address;
  block->instructions = instructions;
  blocks[n_blocks++] = block;
  return block;
}

static void block_is_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  const uint64_t address = qemu_plugin_tb_vaddr(tb);
  if (address == begin) {
    qemu_plugin_register_vcpu_tb_exec_cb(tb, counting_begins, NO_REGISTERS, NULL);
  }
  if (address == mark) {
    qemu_plugin_register_vcpu_tb_exec_cb(tb, step_begins_or_ends, NO_REGISTERS, NULL);
  }
  struct block *block = block_of(address, qemu_plugin_tb_n_insns(tb));
  qemu_plugin_register_vcpu_tb_exec_inline(tb, INLINE_ADD_U64, &block->count, 1);
}

static void print_counts(qemu_plugin_id_t id, void *unused) {
  (void)id;
  (void)unused;
  for (size_t i = 0; i < n_blocks; i++) {
    fprintf(out, "block %zu %llx %llu\n", i, (unsigned long long)blocks[i]->address,
            (unsigned long long)blocks[i]->instructions);
    for (size_t layer = 0; layer <= n_layers; layer++) {
      if (blocks[i]->of_layer[layer] > 0) {
        fprintf(out, "count %d %zu %llu\n", layer == n_layers ? -1 : (int)layer, i,
                (unsigned long long)blocks[i]->of_layer[layer]);
      }
    }
  }
  fprintf(out, "end %zu\n", n_marks);
  fclose(out);
}

static void read_steps(const char *path) {
  FILE *file = fopen(path, "r");
  uint32_t layer;
  while (file != NULL && fscanf(file, "%u", &layer) == 1) {
    steps = realloc(steps, (n_steps + 1) * sizeof *steps);
    steps[n_steps++] = layer;
    n_layers = layer >= n_layers ? layer + 1 : n_layers;
  }
  if (n_steps == 0 || n_layers > MOST_LAYERS) {
    fail("no steps");
  }
  fclose(file);
}

EXPORTED int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv) {
  (void)info;
  for (int i = 0; i < argc; i++) {
    char *value = strchr(argv[i], '=') + 1;
    if (strncmp(argv[i], "begin=", 6) == 0) {
      begin = strtoull(value, NULL, 0);
    } else if (strncmp(argv[i], "mark=", 5) == 0) {
      mark = strtoull(value, NULL, 0);
    } else if (strncmp(argv[i], "steps=", 6) == 0) {
      read_steps(value);
    } else if (strncmp(argv[i], "out=", 4) == 0) {
      out = fopen(value, "w");
    }
  }
  if (out == NULL || n_steps == 0) {
    fail("say begin=, mark=, steps= and out=");
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, block_is_translated);
  qemu_plugin_register_atexit_cb(id, print_counts, NULL);
  return 0;
}

/* A plugin of QEMU's user mode that tells the emulated program how many instructions it has run: 8 bytes for each
 * read() from file descriptor 100. Debian's QEMU 7.2 has plugins but ships no header, so the API is declared here.
 * Source: include/qemu/qemu-plugin.h of QEMU 7.2. */
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

enum { COUNTER = 100, COUNTER_IN = 101, READ_ARM = 3, READ_AARCH64 = 63, ADD_U64 = 0 };

typedef uint64_t plugin_id;
struct qemu_plugin_tb;

extern void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_syscall_cb(plugin_id,
                                                 void (*)(plugin_id, unsigned, int64_t, uint64_t, uint64_t, uint64_t,
                                                          uint64_t, uint64_t, uint64_t, uint64_t, uint64_t));
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);

int qemu_plugin_version = 1;

static uint64_t instructions;

static void translated(plugin_id id, struct qemu_plugin_tb *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_inline(block, ADD_U64, &instructions, qemu_plugin_tb_n_insns(block));
}

/* Before the system call is made. */
static void called(plugin_id id, unsigned cpu, int64_t number, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                   uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8) {
  (void)id, (void)cpu, (void)a2, (void)a3, (void)a4, (void)a5, (void)a6, (void)a7, (void)a8;
  if ((number == READ_ARM || number == READ_AARCH64) && a1 == COUNTER) {
    (void)!write(COUNTER_IN, &instructions, sizeof instructions);
  }
}

int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv) {
  int ends[2];
  (void)info, (void)argc, (void)argv;
  if (pipe(ends) != 0 || dup2(ends[0], COUNTER) < 0 || dup2(ends[1], COUNTER_IN) < 0) {
    return 1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_vcpu_syscall_cb(id, called);
  return 0;
}

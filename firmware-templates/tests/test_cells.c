/* The march over memory that is broken: bits that are stuck, as they are between its passes, and addresses that share
 * their cells, as two mappings of one page do. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include "check.h"
#include "fv_cells.h"
#include "fv_port.h"

enum { WORDS = 64, PASSES = 30, PAGES = 4 };

static const uint32_t beside = 0x12345678u;
static uint32_t memory[WORDS + 2];
static int passes;
static uint32_t stuck_at, stuck_mask, stuck_bits; /* those bits of that word are always these */
static uint32_t leader, follower;                 /* bits of the same word: one is what the other is */

void fv_port_settle(void) {
  passes++;
  const uint32_t word = (memory[1 + stuck_at] & ~stuck_mask) | stuck_bits;
  memory[1 + stuck_at] = (word & ~(1u << follower)) | (word >> leader & 1u) << follower;
}

static struct fv_cells march(void) {
  passes = 0;
  memory[0] = memory[WORDS + 1] = beside;
  const struct fv_cells found = fv_test_cells(memory + 1, WORDS);
  CHECK(passes == PASSES, "%d passes", passes);
  CHECK(memory[0] == beside && memory[WORDS + 1] == beside, "a word beside the memory was written");
  return found;
}

static void good_memory(void) {
  const struct fv_cells found = march();
  CHECK(found.failures == 0, "%u failures", found.failures);
}

static void stuck_bits_are_found(void) {
  for (stuck_at = 0; stuck_at < WORDS; stuck_at++) {
    for (uint32_t i = 0; i < 64; i++) {
      stuck_mask = 1u << i % 32;
      stuck_bits = i < 32 ? 0 : stuck_mask;
      const struct fv_cells found = march();
      CHECK(found.failures > 0 && found.first == stuck_at, "word %u, bit %u: first %u", stuck_at, i, found.first);
      CHECK((found.written ^ found.read) == stuck_mask, "wrote %08x, read %08x", found.written, found.read);
    }
  }
  stuck_at = stuck_mask = stuck_bits = 0;
}

static void bits_of_a_word_are_told_apart(void) {
  for (leader = 0; leader < 32; leader++) {
    for (follower = 0; follower < 32; follower++) {
      const struct fv_cells found = march();
      CHECK((found.failures > 0) == (leader != follower), "bit %u follows bit %u", follower, leader);
    }
  }
  leader = follower = 0;
}

/* Page b shows the cells of page a. */
static void shared_cells_are_found(void) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  FILE *file = tmpfile();
  CHECK(file && ftruncate(fileno(file), (off_t)(PAGES * page)) == 0, "no temporary file");
  uint8_t *pages = mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
  CHECK(pages != MAP_FAILED, "no memory to map");
  const uint32_t words = (uint32_t)(PAGES * page / sizeof(uint32_t));
  CHECK(fv_test_cells((volatile uint32_t *)(void *)pages, words).failures == 0, "pages of their own");
  for (size_t a = 0; a < PAGES; a++) {
    for (size_t b = 0; b < PAGES; b++) {
      if (a != b) {
        const off_t of_a = (off_t)(a * page), of_b = (off_t)(b * page);
        mmap(pages + b * page, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fileno(file), of_a);
        const struct fv_cells found = fv_test_cells((volatile uint32_t *)(void *)pages, words);
        CHECK(found.failures > 0, "page %zu shows the cells of page %zu", b, a);
        mmap(pages + b * page, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fileno(file), of_b);
      }
    }
  }
  munmap(pages, PAGES * page);
  fclose(file);
}

static void no_memory(void) {
  const struct fv_cells found = fv_test_cells(memory, 0);
  CHECK(found.failures == 0, "%u failures", found.failures);
}

int main(void) {
  good_memory();
  stuck_bits_are_found();
  bits_of_a_word_are_told_apart();
  shared_cells_are_found();
  no_memory();
  return 0;
}

#include "cgsl.h"

/* Per thread, so that concurrent replications never read each other's failures. */
static _Thread_local cgsl_error last;

static void record(const char *reason, const char *file, int line, int code) {
    if (!last.code) last = (cgsl_error){code, line, reason, file};
}

void cgsl_install_handler(void) { gsl_set_error_handler(record); }

cgsl_error cgsl_take_error(void) {
    cgsl_error taken = last;
    last.code = 0;
    return taken;
}

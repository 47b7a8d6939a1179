/* The door to the GNU Scientific Library: its headers, and an error handler that records instead of aborting. */
#ifndef SWITCHBOARD_CGSL_H
#define SWITCHBOARD_CGSL_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_sf_gamma.h>

/* The first error since the last `cgsl_take_error` on this thread; code 0 is "none". */
typedef struct {
    int code;
    int line;
    const char *reason;
    const char *file;
} cgsl_error;

/* Replaces GSL's default handler, which aborts the process. Process-wide; call it once before any other use. */
void cgsl_install_handler(void);

/* Sobol's sequence; the library's own name for it is a variable that anybody might change. */
static inline gsl_qrng *cgsl_sobol(unsigned int dimensions) { return gsl_qrng_alloc(gsl_qrng_sobol, dimensions); }

/* Returns this thread's recorded error and forgets it. */
cgsl_error cgsl_take_error(void);

#endif

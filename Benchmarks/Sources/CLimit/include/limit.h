#ifndef LIMIT_H
#define LIMIT_H
#include <stdint.h>

/// What a run of a reference loop saw, as shares of the contacts offered and seconds.
typedef struct {
    double contacts, abandoned, in_time, asa;
} limit_figures;

/// The same workloads as EngineBench's, in C made for each of them: what this machine can do at this moment.
limit_figures limit_w1(long contacts, uint64_t seed);
limit_figures limit_w2(long days, uint64_t seed);
limit_figures limit_w3(long contacts, uint64_t seed);
#endif

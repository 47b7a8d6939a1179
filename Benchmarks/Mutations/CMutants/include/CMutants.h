#pragma once

/// The mutant that is on in this process; 0 for none.
extern int mutant_chosen;
/// One byte for each mutant: whether it was reached. Shared by all processes of a suite.
extern unsigned char *mutant_reached;

/// Whether a mutant is on, noting that its place was reached.
static inline _Bool mutant_on(int number) {
    mutant_reached[number] = 1;
    return mutant_chosen == number;
}

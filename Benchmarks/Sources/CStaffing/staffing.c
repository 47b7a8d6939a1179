// The yardstick for staffing questions: as little work as we know how to do, and no safety at all. Whole agents only,
// ten digits or so, one goal, and no load that would overflow.
#include "staffing.h"
#include <math.h>

/// P(wait <= t) >= share, from 1/B: C = n / ((n - a)/B + a).
static int is_met(double n, double load, double per_handling, double inverse_blocking, double share) {
    double spare = n - load;
    return 1 - n / (spare * inverse_blocking + load) * exp(-spare * per_handling) >= share;
}

/// 1/B(n) by 1/B(k) = 1 + (k/a)/B(k-1). Far below the load B is about 1 - k/a; what that is off by shrinks with every
/// step, from 6.5 root loads down to nothing that matters.
static double inverse_blocking(int n, double load) {
    double per_load = 1 / load;
    int k = (int)(load - 6.5 * sqrt(load));
    double value = 1;
    if (k < 1) k = 0;
    else value = 1 / (1 - (k - 1) * per_load);
    for (k++; k <= n; k++) value = 1 + value * (k * per_load);
    return value;
}

/// The excess in root loads for which P(wait > t) is 1 - share (Halfin, Whitt 1981).
static double excess(double load, double rate, double late) {
    double beta = 0.3;
    for (int i = 0; i < 3; i++) {
        double density = 0.398942280401432678 * exp(-0.5 * beta * beta);
        double below = 0.5 * erfc(-0.707106781186547524 * beta);
        double chance = exp(-beta * rate) / (1 + beta * below / density);
        beta += (chance - late) / (chance * (rate + beta + 1.2));
        if (beta < 0.02) beta = 0.02;
    }
    return beta;
}

int least_agents_erlang_c(double load, double handling, double wait, double share) {
    double root = sqrt(load);
    double per_handling = wait / handling;
    int n = (int)(load + root * excess(load, root * per_handling, 1 - share));
    if (n <= load) n = (int)load + 1;
    double value = inverse_blocking(n, load);
    if (is_met(n, load, per_handling, value, share)) {
        while (n - 1 > load) {
            value = (value - 1) * load / n;
            if (!is_met(n - 1, load, per_handling, value, share)) break;
            n--;
        }
        return n;
    }
    do {
        n++;
        value = 1 + value * n / load;
    } while (!is_met(n, load, per_handling, value, share));
    return n;
}

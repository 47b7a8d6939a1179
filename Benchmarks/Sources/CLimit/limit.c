// The workloads W1 to W3 in C made for each of them: the yardstick that the engine's times are divided by, because
// absolute times move with the neighbours on a shared machine.
//
// Time is a whole number of ticks, and a key is the time above the number of a leaf, so that one integer minimum does
// for a match in the tree of agents. W1 and W2 have no event list: of a single first-come queue only the moments at
// which agents get free matter (Kiefer, Wolfowitz 1955); a caller is lost if patience is shorter than the wait at the
// head of the queue. W3 is an event loop with arrivals, ends and routing by tables over sets of groups and queues.
#include "limit.h"
#include "variates.h"
#include <math.h>

#define LEAVES 256
#define TICK 0x1p-26
#define NEVER (~0ull << 8)

typedef struct {
    uint64_t node[2 * LEAVES];
} tree;

static void rebuild(tree *t) {
    for (int i = LEAVES - 1; i > 0; i--) {
        uint64_t a = t->node[2 * i], b = t->node[2 * i + 1];
        t->node[i] = a < b ? a : b;
    }
}

// Puts a key at its leaf; the least key of all. 128 or 256 leaves.
static inline uint64_t put(tree *t, uint64_t key, int leaves) {
    unsigned i = leaves + (unsigned)(key & 255);
    t->node[i] = key;
#define MATCH                                  \
    {                                          \
        uint64_t rival = t->node[i ^ 1];       \
        key = rival < key ? rival : key;       \
        i >>= 1;                               \
        t->node[i] = key;                      \
    }
    if (leaves == 256) MATCH
    MATCH MATCH MATCH MATCH MATCH MATCH MATCH
    return key;
}

// The next of a batch, which is refilled when it is used up.
#define NEXT(name, fill) ({ if (name##_used == BATCH) { fill; name##_used = 0; } name[name##_used++]; })

limit_figures limit_w1(long contacts, uint64_t seed) {
    enum { agents = 100, leaves = 128 };
    static __thread int64_t gap[BATCH], work[BATCH], patience[BATCH];
    generator g = seeded(seed);
    tree t;
    for (int i = 0; i < leaves; i++) t.node[leaves + i] = i < agents ? (uint64_t)i : NEVER | i;
    for (int i = leaves - 1; i > 0; i--) t.node[i] = t.node[2 * i] < t.node[2 * i + 1] ? t.node[2 * i] : t.node[2 * i + 1];
    uint64_t first = t.node[1];
    int64_t now = 0, waited = 0;
    long lost = 0, in_time = 0, impatient = BATCH;
    const int64_t acceptable = (int64_t)(20 / TICK);
    for (long begin = 0; begin < contacts; begin += BATCH) {
        exponential_ticks(&g, gap, 3 / TICK);
        exponential_ticks(&g, work, 300 / TICK);
        for (int i = 0; i < BATCH; i++) {
            now += gap[i];
            int64_t wait = (int64_t)(first >> 8) - now;
            if (wait > 0) {
                if (impatient == BATCH) exponential_ticks(&g, patience, 120 / TICK), impatient = 0;
                if (patience[impatient++] < wait) {
                    lost++;
                    continue;
                }
            }
            wait = wait > 0 ? wait : 0;
            waited += wait;
            in_time += wait <= acceptable;
            first = put(&t, (uint64_t)(now + wait + work[i]) << 8 | (first & 255), leaves);
        }
    }
    double n = (double)((contacts + BATCH - 1) / BATCH * BATCH);
    return (limit_figures){n, lost / n, in_time / n, waited * TICK / (n - lost)};
}

static const int w2_rates[48] = {364,  364,  364,  364,  364,  364,  368,  368,  372,  384,  400,  436,  496,  592,  732, 912,
                                 1136, 1380, 1612, 1812, 1944, 2000, 1980, 1912, 1812, 1716, 1644, 1592, 1568, 1552, 1532, 1500,
                                 1452, 1388, 1308, 1224, 1136, 1052, 968,  888,  808,  732,  660,  592,  532,  484,  444, 396};

static int w2_agents(int half_hour) {
    double load = w2_rates[half_hour] / 12.0;
    return (int)ceil(load + 0.5 * sqrt(load));
}

limit_figures limit_w2(long days, uint64_t seed) {
    static __thread double gap[BATCH];
    static __thread int64_t work[BATCH], patience[BATCH];
    static __thread struct {
        long offered, lost, in_time;
        int64_t waited;
    } interval[48];
    memset(interval, 0, sizeof interval);
    int gap_used = BATCH, work_used = BATCH, patience_used = BATCH;
    generator g = seeded(seed);
    const double sigma = sqrt(log(2)) / log(2), mu = (log(300 / TICK) - log(2) / 2) / log(2);
    const int64_t acceptable = (int64_t)(20 / TICK), half_hour = (int64_t)(1800 / TICK);
    for (long day = 0; day < days; day++) {
        tree t;
        uint8_t spare[LEAVES];
        int spares = 0, agents = w2_agents(0), arriving = 0, staffed = 0;
        for (int i = LEAVES - 1; i >= 0; i--) {
            t.node[LEAVES + i] = i < agents ? (uint64_t)i : NEVER | i;
            if (i >= agents) spare[spares++] = (uint8_t)i;
        }
        rebuild(&t);
        uint64_t first = t.node[1];
        int64_t change = half_hour;
        double now = 0;
        for (;;) {
            // The gap in expected contacts, carried over the borders of half hours.
            double rate = w2_rates[arriving] / 3600.0, at = now + NEXT(gap, unit_exponentials(&g, gap)) / rate;
            while (at > (arriving + 1) * 1800.0) {
                double left = (at - (arriving + 1) * 1800.0) * rate;
                if (++arriving == 48) break;
                rate = w2_rates[arriving] / 3600.0;
                at = arriving * 1800.0 + left / rate;
            }
            if (arriving == 48) break;
            now = at;
            int64_t arrival = (int64_t)(now * (1 / TICK)), start = (int64_t)(first >> 8);
            interval[arriving].offered++;
            if (start < arrival) start = arrival;
            // Staffing changes once nobody can begin before it: new agents are free from then, those first free leave.
            while (__builtin_expect(start >= change, 0)) {
                int more = staffed < 47 ? w2_agents(staffed + 1) - w2_agents(staffed) : 0;
                for (; more > 0; more--) put(&t, (uint64_t)change << 8 | spare[--spares], LEAVES);
                for (; more < 0; more++) {
                    spare[spares++] = (uint8_t)t.node[1];
                    put(&t, NEVER | (t.node[1] & 255), LEAVES);
                }
                change = ++staffed < 47 ? change + half_hour : INT64_MAX;
                first = t.node[1];
                start = (int64_t)(first >> 8) > arrival ? (int64_t)(first >> 8) : arrival;
            }
            int64_t wait = start - arrival;
            if (wait > 0 && NEXT(patience, exponential_ticks(&g, patience, 120 / TICK)) < wait) {
                interval[arriving].lost++;
                continue;
            }
            interval[arriving].in_time += wait <= acceptable;
            interval[arriving].waited += wait;
            first = put(
                &t, (uint64_t)(start + NEXT(work, lognormal_ticks(&g, work, mu, sigma))) << 8 | (first & 255), LEAVES);
        }
    }
    limit_figures f = {0, 0, 0, 0};
    for (int i = 0; i < 48; i++) {
        f.contacts += interval[i].offered, f.abandoned += interval[i].lost, f.in_time += interval[i].in_time;
        f.asa += interval[i].waited * TICK;
    }
    f.asa /= f.contacts - f.abandoned, f.abandoned /= f.contacts, f.in_time /= f.contacts;
    return f;
}

enum { types = 5, groups = 10, queue_mask = 4095 };
static const double w3_rates[types] = {600, 480, 360, 240, 120}, w3_work[types] = {240, 300, 360, 420, 600},
                    w3_patience[types] = {120, 120, 180, 180, 300};
static const int w3_agents[groups] = {24, 24, 20, 16, 12, 18, 16, 14, 12, 12};
// Groups that a type tries, in order; −1 ends. An agent looks at its queues from the last type to the first.
static const int w3_route[types][5] = {
    {0, 5, 9, -1, -1}, {1, 5, 6, 9, -1}, {2, 6, 7, 9, -1}, {3, 7, 8, 9, -1}, {4, 8, 9, -1, -1}};

limit_figures limit_w3(long contacts, uint64_t seed) {
    static __thread struct {
        int64_t arrived, deadline;
    } queue[types][queue_mask + 1];
    static __thread int64_t unit[BATCH];
    static __thread uint64_t choice[BATCH];
    static __thread int8_t by_idle[types][1 << groups], by_waiting[groups][1 << types];
    int unit_used = BATCH, choice_used = BATCH;
    unsigned head[types] = {0}, tail[types] = {0}, idle = 0, waiting = 0;
    uint8_t group_of[LEAVES], free_agent[groups][LEAVES];
    int free_count[groups] = {0}, agent = 0;
    long offered[types] = {0}, lost[types] = {0}, in_time[types] = {0}, by_group[groups] = {0};
    double waited[types] = {0}, total = 0, share[types];
    uint64_t bound[types];
    for (int k = 0; k < types; k++) total += w3_rates[k] / 3600;
    double sum = 0;
    for (int k = 0; k < types; k++) {
        sum += w3_rates[k] / 3600 / total;
        share[k] = sum;
        bound[k] = k == types - 1 ? UINT64_MAX : (uint64_t)(share[k] * 0x1p64);
    }
    for (int k = 0; k < types; k++)
        for (int set = 0; set < 1 << groups; set++) {
            by_idle[k][set] = -1;
            for (int i = 4; i >= 0; i--)
                if (w3_route[k][i] >= 0 && set >> w3_route[k][i] & 1) by_idle[k][set] = (int8_t)w3_route[k][i];
        }
    for (int q = 0; q < groups; q++)
        for (int set = 0; set < 1 << types; set++) {
            by_waiting[q][set] = -1;
            for (int k = 0; k < types; k++)
                for (int i = 0; i < 5; i++)
                    if (w3_route[k][i] == q && set >> k & 1) by_waiting[q][set] = (int8_t)k;
        }
    tree t;
    for (int q = 0; q < groups; q++) {
        for (int i = 0; i < w3_agents[q]; i++) {
            group_of[agent] = (uint8_t)q;
            free_agent[q][free_count[q]++] = (uint8_t)agent++;
        }
        idle |= 1u << q;
    }
    for (int i = 0; i < LEAVES; i++) t.node[LEAVES + i] = NEVER | i;
    rebuild(&t);
    generator g = seeded(seed);
#define EXPONENTIAL(mean) ((int64_t)((double)NEXT(unit, exponential_ticks(&g, unit, 1 / TICK)) * (mean)))
    const int64_t acceptable = (int64_t)(20 / TICK);
    uint64_t first = t.node[1];
    int64_t arrival = EXPONENTIAL(1 / total);
    for (long n = 0; n < contacts;) {
        if (arrival < (int64_t)(first >> 8)) {
            uint64_t u = NEXT(choice, words(&g, choice, BATCH));
            int k = (u > bound[0]) + (u > bound[1]) + (u > bound[2]) + (u > bound[3]), q = by_idle[k][idle];
            int64_t now = arrival;
            n++;
            arrival = now + EXPONENTIAL(1 / total);
            offered[k]++;
            if (q >= 0) {
                unsigned a = free_agent[q][--free_count[q]];
                idle &= ~((unsigned)(free_count[q] == 0) << q);
                first = put(&t, (uint64_t)(now + EXPONENTIAL(w3_work[k])) << 8 | a, LEAVES);
                in_time[k]++;
                by_group[q]++;
            } else {
                queue[k][tail[k] & queue_mask].arrived = now;
                queue[k][tail[k]++ & queue_mask].deadline = now + EXPONENTIAL(w3_patience[k]);
                waiting |= 1u << k;
            }
        } else {
            int64_t now = (int64_t)(first >> 8);
            unsigned a = (unsigned)(first & 255);
            int q = group_of[a];
            uint64_t key;
            for (;;) {
                int k = by_waiting[q][waiting];
                if (k < 0) {
                    idle |= 1u << q;
                    free_agent[q][free_count[q]++] = (uint8_t)a;
                    key = NEVER | a;
                    break;
                }
                int64_t arrived = queue[k][head[k] & queue_mask].arrived, end = queue[k][head[k] & queue_mask].deadline;
                head[k]++;
                waiting &= ~((unsigned)(head[k] == tail[k]) << k);
                if (end < now) {
                    lost[k]++;
                    continue;
                }
                in_time[k] += now - arrived <= acceptable;
                waited[k] += (double)(now - arrived) * TICK;
                by_group[q]++;
                key = (uint64_t)(now + EXPONENTIAL(w3_work[k])) << 8 | a;
                break;
            }
            first = put(&t, key, LEAVES);
        }
    }
    limit_figures f = {0, 0, 0, 0};
    for (int k = 0; k < types; k++)
        f.contacts += offered[k], f.abandoned += lost[k], f.in_time += in_time[k], f.asa += waited[k];
    f.asa /= f.contacts - f.abandoned, f.abandoned /= f.contacts, f.in_time /= f.contacts;
    return f;
}

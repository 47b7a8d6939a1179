// Random variates by the batch, in loops that the compiler turns into its widest vectors. Not for results: functions
// are good to 1e-10, and last bits depend on the processor.
#include <stdint.h>
#include <string.h>

typedef uint64_t lanes __attribute__((vector_size(64)));

// xoshiro256++ (Blackman, Vigna 2021), eight streams side by side, seeded by splitmix64.
typedef struct {
    lanes s[4];
} generator;

static generator seeded(uint64_t seed) {
    generator g;
    for (int l = 0; l < 8; l++)
        for (int i = 0; i < 4; i++) {
            uint64_t z = seed += 0x9E3779B97F4A7C15u;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
            g.s[i][l] = z ^ (z >> 31);
        }
    return g;
}

static inline lanes rotated(lanes x, int k) { return x << k | x >> (64 - k); }

static void words(generator *g, uint64_t *restrict out, int count) {
    lanes a = g->s[0], b = g->s[1], c = g->s[2], d = g->s[3];
    for (int i = 0; i < count; i += 8) {
        lanes word = rotated(a + d, 23) + a, t = b << 17;
        c ^= a, d ^= b, b ^= c, a ^= d, c ^= t, d = rotated(d, 45);
        memcpy(out + i, &word, sizeof word);
    }
    g->s[0] = a, g->s[1] = b, g->s[2] = c, g->s[3] = d;
}

static inline double as_double(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t as_bits(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

// Strictly between 0 and 1.
static inline double uniform(uint64_t word) { return as_double(word >> 12 | 0x3FF0000000000000u) - (1 - 0x1p-53); }

// ln x: a polynomial in m − 1, m in [√½, √2); Chebyshev, error 2e-11.
static inline double quick_log(double x) {
    uint64_t bits = as_bits(x), biased = (bits + (0x3FF0000000000000u - 0x3FE6A09E667F3BCDu)) >> 52;
    double f = as_double(bits - ((biased - 1023) << 52)) - 1;
    double p = 0.052358885169237832;
    p = p * f - 0.098044200677862028, p = p * f + 0.1004720511888933, p = p * f - 0.099459961867196613;
    p = p * f + 0.11006038270379548, p = p * f - 0.12495435324992145, p = p * f + 0.1429081173942899;
    p = p * f - 0.1666702457200908, p = p * f + 0.19999888139973632, p = p * f - 0.24999992728449305;
    p = p * f + 0.33333334249206593, p = p * f - 0.50000000035951705, p = p * f + 0.99999999998746515;
    return p * f + (as_double(biased | 0x4330000000000000u) - (0x1p52 + 1023)) * 0.69314718055994531;
}

// 2^x; error 2e-14.
static inline double quick_exp2(double x) {
    double shifted = x + 0x1.8p52, r = x - (shifted - 0x1.8p52), p = 1.0205905413765596e-7;
    p = p * r + 1.325964524488711e-6, p = p * r + 1.5252672924850736e-5, p = p * r + 0.00015403433751251009;
    p = p * r + 0.0013333558200794593, p = p * r + 0.0096181291939343134, p = p * r + 0.055504108664651672;
    p = p * r + 0.2402265069564034, p = p * r + 0.69314718055994616, p = p * r + 1.0000000000000135;
    return as_double(as_bits(p) + (as_bits(shifted) << 52));
}

// cos(πy) and sin(πy) for −1 ≤ y ≤ 1.
static inline double quick_cos(double y) {
    double z = y * y, p = -1.2183098971776119e-7;
    p = p * z + 4.2677652030383636e-6, p = p * z - 0.00010459698853347577, p = p * z + 0.0019295452499830536;
    p = p * z - 0.025806878651649164, p = p * z + 0.23533062695527856, p = p * z - 1.3352627683318176;
    p = p * z + 4.0587121263759691, p = p * z - 4.9348022005434437;
    return p * z + 0.99999999999999382;
}
static inline double quick_sin(double y) {
    double z = y * y, p = -2.0398029030991165e-8;
    p = p * z + 7.8988631642273368e-7, p = p * z - 2.1909153138649388e-5, p = p * z + 0.00046629842134090292;
    p = p * z - 0.0073704290231357252, p = p * z + 0.082145886097313533, p = p * z - 0.59926452924186211;
    p = p * z + 2.5501640398711849, p = p * z - 5.1677127800497834;
    return (p * z + 3.1415926535897923) * y;
}

#define BATCH 1024

// Exponentials in whole ticks; `mean` in ticks.
static void exponential_ticks(generator *g, int64_t *restrict out, double mean) {
    static __thread uint64_t word[BATCH] __attribute__((aligned(64)));
    words(g, word, BATCH);
    for (int i = 0; i < BATCH; i++) out[i] = (int64_t)(-mean * quick_log(uniform(word[i])));
}

static void unit_exponentials(generator *g, double *restrict out) {
    static __thread uint64_t word[BATCH] __attribute__((aligned(64)));
    words(g, word, BATCH);
    for (int i = 0; i < BATCH; i++) out[i] = -quick_log(uniform(word[i]));
}

// Lognormals in whole ticks by Box and Muller; mu and sigma of the binary logarithm.
static void lognormal_ticks(generator *g, int64_t *restrict out, double mu, double sigma) {
    static __thread uint64_t word[BATCH] __attribute__((aligned(64)));
    words(g, word, BATCH);
    const double scale = -2 * sigma * sigma;
    for (int i = 0; i < BATCH / 2; i++) {
        double r = __builtin_sqrt(scale * quick_log(uniform(word[i]))), y = 2 * uniform(word[BATCH / 2 + i]) - 1;
        out[i] = (int64_t)quick_exp2(mu + r * quick_cos(y));
        out[BATCH / 2 + i] = (int64_t)quick_exp2(mu + r * quick_sin(y));
    }
}

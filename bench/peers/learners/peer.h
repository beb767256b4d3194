/* What the programs in this folder share: random numbers, the grid, the epsilon-greedy choice, the clock and the output.
 *
 * The world, the tables and the settings are those of ../qlearning.c. A program includes this file and defines train(), which is its
 * learner: the whole loop over the steps, with the settings as constants.
 *
 *   cc -O3 -march=native -ffp-contract=off -o sarsa sarsa.c && ./sarsa 10 10 50000000
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ACTIONS = 4 };
static const double step_size = 0.1, discount = 0.99, epsilon = 0.1;
static const uint64_t explore_below = (uint64_t)(0.1 * 18446744073709551615.0);

struct grid { int n, limit; const int32_t *next; const double *reward; const uint8_t *terminal; };

/* The episode under way, and the sum of those before it. */
struct tally { double total, ret; int64_t episodes; int t; };

/* xoshiro256**: one stream for the behavior, one for the learner. */
static uint64_t behavior[4], model[4];

static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next_u64(uint64_t *s) {
    uint64_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
    s[2] ^= t; s[3] = rotl(s[3], 45);
    return result;
}

static inline int below(uint64_t *s, int count) { return (int)(((unsigned __int128)next_u64(s) * (unsigned)count) >> 64); }

static inline int first_best(const double *row) {
    int a = 0;
    for (int b = 1; b < ACTIONS; b++) if (row[b] > row[a]) a = b;
    return a;
}

static inline double greatest(const double *row) {
    double best = row[0];
    for (int b = 1; b < ACTIONS; b++) if (row[b] > best) best = row[b];
    return best;
}

/* The mean of a row under the epsilon-greedy policy. */
static inline double expectation(const double *row) {
    double sum = 0;
    for (int b = 0; b < ACTIONS; b++) sum += row[b];
    return epsilon * (sum / ACTIONS) + (1 - epsilon) * greatest(row);
}

static inline int choose(const double *row) {
    return next_u64(behavior) < explore_below ? (int)(next_u64(behavior) >> 62) : first_best(row);
}

/* Counts a step and returns whether the episode ends with it. */
static inline int ends(struct tally *at, double reward, int is_terminal, int limit) {
    at->ret += reward;
    if (!is_terminal && ++at->t < limit) return 0;
    at->total += at->ret;
    at->episodes++;
    at->ret = 0;
    at->t = 0;
    return 1;
}

static struct tally train(struct grid g, double *q, int64_t steps);

static uint64_t splitmix(uint64_t *x) {
    uint64_t z = (*x += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static int planning_steps = 5;

int main(int argc, char **argv) {
    int width = argc > 1 ? atoi(argv[1]) : 10, height = argc > 2 ? atoi(argv[2]) : 10;
    int64_t steps = argc > 3 ? atoll(argv[3]) : 50000000;
    uint64_t seed = argc > 4 ? strtoull(argv[4], 0, 10) : 1;
    if (argc > 5) planning_steps = atoi(argv[5]);
    if (width < 2 || height < 2 || steps < 1) { fprintf(stderr, "usage: WIDTH HEIGHT STEPS [SEED [PLANNING_STEPS]]\n"); return 2; }
    for (int i = 0; i < 4; i++) behavior[i] = splitmix(&seed);
    for (int i = 0; i < 4; i++) splitmix(&seed); /* the stream of a world with chance */
    for (int i = 0; i < 4; i++) model[i] = splitmix(&seed);

    int n = width * height;
    int32_t *next = malloc(sizeof *next * n * ACTIONS);
    double *reward = malloc(sizeof *reward * n * ACTIONS), *q = calloc((size_t)n * ACTIONS, sizeof *q);
    uint8_t *terminal = calloc(n, 1);
    const int dx[4] = {0, 1, 0, -1}, dy[4] = {-1, 0, 1, 0};
    for (int s = 0; s < n; s++)
        for (int a = 0; a < ACTIONS; a++) {
            int x = s % width + dx[a], y = s / width + dy[a];
            next[s * ACTIONS + a] = (x < 0 || y < 0 || x >= width || y >= height) ? s : y * width + x;
            reward[s * ACTIONS + a] = -1;
        }
    terminal[n - 1] = 1;

    struct timespec t0, t1;
    clock_gettime(CLOCK_MONOTONIC, &t0);
    struct tally done = train((struct grid){n, 20 * (width + height), next, reward, terminal}, q, steps);
    clock_gettime(CLOCK_MONOTONIC, &t1);
    double seconds = (t1.tv_sec - t0.tv_sec) + (t1.tv_nsec - t0.tv_nsec) * 1e-9, sum = 0;
    for (int i = 0; i < n * ACTIONS; i++) sum += q[i];
    printf("{\"episodes\":%lld,\"mean_return\":%.17g,\"checksum\":%.17g,\"steps_per_second\":%.0f}\n",
           (long long)done.episodes, done.episodes ? done.total / done.episodes : 0, sum, steps / seconds);
    return 0;
}

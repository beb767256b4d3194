/* Dyna-Q. Sutton and Barto, 2nd ed., section 8.2. */
#include "peer.h"

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    /* The model: the result of every pair that was tried; a terminal next state is -1. */
    struct result { double reward; int next; } *results = malloc(sizeof *results * g.n * ACTIONS);
    int *visited = malloc(sizeof *visited * g.n), count = 0, s = 0;
    uint8_t *tried = calloc(g.n, 1), place[16][ACTIONS]; /* tried: a set of bits; place[set][k]: the k-th action of a set */
    for (int set = 0; set < 16; set++)
        for (int a = 0, k = 0; a < ACTIONS; a++)
            if (set >> a & 1) place[set][k++] = a;
    for (int64_t i = 0; i < steps; i++) {
        int a = choose(q + s * ACTIONS), pair = s * ACTIONS + a, s2 = g.next[pair], is_terminal = g.terminal[s2];
        double r = g.reward[pair], best = is_terminal ? 0 : greatest(q + s2 * ACTIONS);
        q[pair] += step_size * (r + discount * best - q[pair]);
        if (!tried[s]) visited[count++] = s;
        tried[s] |= 1 << a;
        results[pair] = (struct result){r, is_terminal ? -1 : s2};
        for (int k = 0; k < planning_steps; k++) {
            int from = visited[below(model, count)], set = tried[from];
            int p = from * ACTIONS + place[set][below(model, __builtin_popcount(set))];
            struct result next = results[p];
            double greatest_next = next.next < 0 ? 0 : greatest(q + next.next * ACTIONS);
            q[p] += step_size * (next.reward + discount * greatest_next - q[p]);
        }
        s = s2;
        if (ends(&at, r, is_terminal, g.limit)) s = 0;
    }
    return at;
}

/* Double Q-learning, which acts on the mean of its two tables. Sutton and Barto, 2nd ed., section 6.7. */
#include "peer.h"

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    double *tables[2] = {calloc((size_t)g.n * ACTIONS, sizeof *q), calloc((size_t)g.n * ACTIONS, sizeof *q)};
    int s = 0;
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + choose(q + s * ACTIONS), s2 = g.next[pair];
        double r = g.reward[pair], value = 0;
        int coin = (int)(next_u64(model) >> 63);
        double *learns = tables[coin], *other = tables[!coin];
        if (!g.terminal[s2]) value = other[s2 * ACTIONS + first_best(learns + s2 * ACTIONS)];
        learns[pair] += step_size * (r + discount * value - learns[pair]);
        q[pair] = (learns[pair] + other[pair]) * 0.5;
        s = s2;
        if (ends(&at, r, g.terminal[s2], g.limit)) s = 0;
    }
    return at;
}

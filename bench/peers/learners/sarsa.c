/* SARSA. Sutton and Barto, 2nd ed., section 6.4. */
#include "peer.h"

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    int s = 0, a = choose(q);
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + a, s2 = g.next[pair];
        double r = g.reward[pair], value = 0;
        if (!g.terminal[s2]) {
            a = choose(q + s2 * ACTIONS);
            value = q[s2 * ACTIONS + a];
        }
        q[pair] += step_size * (r + discount * value - q[pair]);
        s = s2;
        if (ends(&at, r, g.terminal[s2], g.limit)) { s = 0; a = choose(q); }
    }
    return at;
}

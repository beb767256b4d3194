/* First-visit Monte Carlo control. Sutton and Barto, 2nd ed., section 5.4. The return of a truncated episode continues with the mean of
 * the last state. */
#include "peer.h"

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    struct visit { int pair, is_first; } *episode = malloc(sizeof *episode * g.limit);
    uint8_t *seen = calloc((size_t)g.n * ACTIONS, 1);
    int s = 0, length = 0;
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + choose(q + s * ACTIONS), s2 = g.next[pair];
        episode[length++] = (struct visit){pair, !seen[pair]};
        seen[pair] = 1;
        s = s2;
        if (ends(&at, g.reward[pair], g.terminal[s2], g.limit)) {
            double value = g.terminal[s2] ? 0 : expectation(q + s2 * ACTIONS);
            while (length > 0) {
                struct visit v = episode[--length];
                value = g.reward[v.pair] + discount * value;
                if (v.is_first) q[v.pair] += step_size * (value - q[v.pair]);
                seen[v.pair] = 0;
            }
            s = 0;
        }
    }
    return at;
}

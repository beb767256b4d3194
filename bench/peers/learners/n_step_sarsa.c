/* 4-step SARSA. Sutton and Barto, 2nd ed., section 7.2. */
#include "peer.h"

enum { N = 4 };

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    int s = 0, a = choose(q), window[N], first = 0, count = 0; /* the pairs of the last steps, in a ring */
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + a, s2 = g.next[pair], is_terminal = g.terminal[s2];
        window[(first + count++) % N] = pair;
        if (!is_terminal) a = choose(q + s2 * ACTIONS);
        int ended = ends(&at, g.reward[pair], is_terminal, g.limit);
        while (count == N || (ended && count > 0)) {
            double value = is_terminal ? 0 : q[s2 * ACTIONS + a];
            for (int k = count - 1; k >= 0; k--) value = g.reward[window[(first + k) % N]] + discount * value;
            int oldest = window[first];
            q[oldest] += step_size * (value - q[oldest]);
            first = (first + 1) % N;
            count--;
        }
        s = s2;
        if (ended) { s = 0; a = choose(q); }
    }
    return at;
}

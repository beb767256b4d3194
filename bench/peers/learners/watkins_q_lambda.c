/* Watkins's Q(lambda). Sutton and Barto, 2nd ed., section 12.10. */
#include "peer.h"
#include "traces.h"

static const double trace_decay = 0.9;

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    struct traces e = no_traces(g.n * ACTIONS);
    int s = 0, a = choose(q);
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + a, s2 = g.next[pair], is_greedy = 1;
        double r = g.reward[pair], best = 0;
        if (!g.terminal[s2]) {
            a = choose(q + s2 * ACTIONS);
            best = greatest(q + s2 * ACTIONS);
            is_greedy = q[s2 * ACTIONS + a] == best;
        }
        visit(&e, pair);
        learn(&e, q, step_size * (r + discount * best - q[pair]), g.terminal[s2] ? 0 : discount * trace_decay);
        if (!is_greedy) clear(&e);
        s = s2;
        if (ends(&at, r, g.terminal[s2], g.limit)) { clear(&e); s = 0; a = choose(q); }
    }
    return at;
}

/* Prioritized sweeping with a binary heap. Sutton and Barto, 2nd ed., section 8.4. The heap's order is: greatest priority first, then
 * smallest pair. */
#include <math.h>
#include "peer.h"

static const double threshold = 0.0001;
static int *heap, *place, size; /* place: index in the heap + 1, or 0 */
static double *priority;        /* of a pair in the heap */

static inline int is_before(int p, int other) {
    return priority[p] > priority[other] || (priority[p] == priority[other] && p < other);
}

static inline void put(int i, int p) { heap[i] = p; place[p] = i + 1; }

static void rise(int i, int p) {
    for (; i > 0 && is_before(p, heap[(i - 1) / 2]); i = (i - 1) / 2) put(i, heap[(i - 1) / 2]);
    put(i, p);
}

static int pop(void) {
    int top = heap[0], last = heap[--size], i = 0;
    place[top] = 0;
    if (size == 0) return top;
    for (int child; (child = 2 * i + 1) < size; i = child) {
        if (child + 1 < size && is_before(heap[child + 1], heap[child])) child++;
        if (!is_before(heap[child], last)) break;
        put(i, heap[child]);
    }
    put(i, last);
    return top;
}

static struct tally train(struct grid g, double *q, int64_t steps) {
    struct tally at = {0};
    int pairs = g.n * ACTIONS, s = 0;
    struct result { double reward; int next, is_terminal; } *results = malloc(sizeof *results * pairs);
    int *first = malloc(sizeof *first * g.n), *after = malloc(sizeof *after * pairs); /* the pairs that lead to a state, as a list */
    uint8_t *tried = calloc(pairs, 1);
    heap = malloc(sizeof *heap * pairs);
    place = calloc(pairs, sizeof *place);
    priority = malloc(sizeof *priority * pairs);
    for (int i = 0; i < g.n; i++) first[i] = -1;
    for (int64_t i = 0; i < steps; i++) {
        int pair = s * ACTIONS + choose(q + s * ACTIONS), s2 = g.next[pair];
        double r = g.reward[pair];
        results[pair] = (struct result){r, s2, g.terminal[s2]};
        if (!tried[pair]) { tried[pair] = 1; after[pair] = first[s2]; first[s2] = pair; }
        for (int k = -1, p = pair, end = -1; ; ) {
            /* Weigh the pair of this step, then the pairs that lead to every state that changed. */
            for (; p != end; p = after[p]) {
                struct result next = results[p];
                double best = next.is_terminal ? 0 : greatest(q + next.next * ACTIONS);
                double error = fabs(next.reward + discount * best - q[p]);
                if (error > threshold && (!place[p] || error > priority[p])) {
                    priority[p] = error;
                    rise(place[p] ? place[p] - 1 : size++, p);
                }
                if (k < 0) break;
            }
            if (++k >= planning_steps || size == 0) break;
            int changed = pop();
            struct result next = results[changed];
            double best = next.is_terminal ? 0 : greatest(q + next.next * ACTIONS);
            q[changed] += step_size * (next.reward + discount * best - q[changed]);
            p = first[changed / ACTIONS];
        }
        s = s2;
        if (ends(&at, r, g.terminal[s2], g.limit)) s = 0;
    }
    return at;
}

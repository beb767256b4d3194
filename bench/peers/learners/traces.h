/* Replacing traces of the pairs that were visited recently. A trace below 1e-10 is dropped. */
struct traces { int count, *place, *pair; double *value; };

static inline struct traces no_traces(int pairs) {
    return (struct traces){0, calloc(pairs, sizeof(int)), malloc(sizeof(int) * pairs), malloc(sizeof(double) * pairs)};
}

static inline void visit(struct traces *e, int pair) {
    if (!e->place[pair]) {
        e->pair[e->count] = pair;
        e->place[pair] = ++e->count;
    }
    e->value[e->place[pair] - 1] = 1;
}

static inline void learn(struct traces *e, double *q, double step, double decay) {
    for (int i = 0; i < e->count; i++) {
        int pair = e->pair[i];
        q[pair] += step * e->value[i];
        e->value[i] *= decay;
        if (e->value[i] < 1e-10) { /* the last trace takes its place */
            e->place[pair] = 0;
            e->count--;
            if (i < e->count) {
                e->pair[i] = e->pair[e->count];
                e->value[i] = e->value[e->count];
                e->place[e->pair[i]] = i + 1;
                i--;
            }
        }
    }
}

static inline void clear(struct traces *e) {
    for (int i = 0; i < e->count; i++) e->place[e->pair[i]] = 0;
    e->count = 0;
}

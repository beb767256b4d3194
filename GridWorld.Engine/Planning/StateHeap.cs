namespace GridWorld;

/// <summary>A queue of states, largest key first, in which a waiting state's key may be raised. Four children a node: fewer cache lines than two.</summary>
internal sealed class StateHeap(int states)
{
    readonly int[] place = new int[states]; // index in the heap + 1; 0: not waiting
    double[] keys = new double[64];
    int[] items = new int[64];

    public int Count { get; private set; }

    /// <summary>Adds a state, or raises its key.</summary>
    public void Raise(int state, double key)
    {
        int i = place[state] - 1;
        if (i < 0)
        {
            if (Count == items.Length)
            {
                Array.Resize(ref items, 2 * Count);
                Array.Resize(ref keys, 2 * Count);
            }

            i = Count++;
        }
        else if (key <= keys[i])
        {
            return;
        }

        Rise(i, state, key);
    }

    /// <summary>Takes out the state with the largest key.</summary>
    public int Pop()
    {
        int top = items[0];
        place[top] = 0;
        Count--;
        if (Count > 0)
            Sink(items[Count], keys[Count]);
        return top;
    }

    public void Clear()
    {
        while (Count > 0)
            place[items[--Count]] = 0;
    }

    void Rise(int i, int state, double key)
    {
        while (i > 0)
        {
            int parent = (i - 1) >> 2;
            if (keys[parent] >= key)
                break;
            Put(i, items[parent], keys[parent]);
            i = parent;
        }

        Put(i, state, key);
    }

    void Sink(int state, double key)
    {
        int i = 0;
        while (true)
        {
            int best = 4 * i + 1, last = Math.Min(best + 4, Count);
            if (best >= Count)
                break;
            for (int child = best + 1; child < last; child++)
                best = keys[child] > keys[best] ? child : best;
            if (keys[best] <= key)
                break;
            Put(i, items[best], keys[best]);
            i = best;
        }

        Put(i, state, key);
    }

    void Put(int i, int state, double key)
    {
        (items[i], keys[i]) = (state, key);
        place[state] = i + 1;
    }
}

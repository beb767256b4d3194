namespace GridWorld;

/// <summary>A heap of (state, action) pairs by priority, greatest first; ties go to the smaller pair. A pair is in it at most once.</summary>
internal sealed class PairQueue(int pairs)
{
    readonly int[] places = new int[pairs];
    int[] heap = new int[64];
    double[] priorities = new double[64];

    public int Count { get; private set; }

    /// <summary>Pairs taken out so far, by this object.</summary>
    public long Pops { get; private set; }

    /// <summary>Adds a pair, or raises its priority; a lower one is ignored.</summary>
    public void Raise(int pair, double priority)
    {
        int place = places[pair] - 1;
        if (place < 0)
        {
            if (Count == heap.Length)
            {
                Array.Resize(ref heap, Count * 2);
                Array.Resize(ref priorities, Count * 2);
            }

            place = Count++;
        }
        else if (priorities[place] >= priority)
        {
            return;
        }

        Sift(place, pair, priority);
    }

    public int Pop()
    {
        int top = heap[0];
        places[top] = 0;
        Count--;
        Pops++;
        if (Count > 0)
            Sink(heap[Count], priorities[Count]);
        return top;
    }

    /// <summary>Writes the pairs in the order in which they would be popped: a heap too, and the same whatever way it was filled.</summary>
    public void Save(StateWriter state)
    {
        var order = Enumerable.Range(0, Count).OrderByDescending(i => priorities[i]).ThenBy(i => heap[i]).ToArray();
        state.Write<int>("queue_pairs", order.Select(i => heap[i]).ToArray());
        state.Write<double>("queue_priorities", order.Select(i => priorities[i]).ToArray());
    }

    public void Load(StateReader state)
    {
        Array.Clear(places);
        heap = state.Read<int>("queue_pairs");
        priorities = state.Read<double>("queue_priorities");
        Count = heap.Length;
        Array.Resize(ref heap, Math.Max(64, Count));
        Array.Resize(ref priorities, heap.Length);
        for (int i = 0; i < Count; i++)
            places[heap[i]] = i + 1;
    }

    static bool Before(int pair, double priority, int otherPair, double otherPriority) =>
        priority > otherPriority || (priority == otherPriority && pair < otherPair);

    void Sift(int place, int pair, double priority)
    {
        for (int parent; place > 0 && Before(pair, priority, heap[parent = (place - 1) / 2], priorities[parent]); place = parent)
            Put(place, heap[parent], priorities[parent]);
        Put(place, pair, priority);
    }

    void Sink(int pair, double priority)
    {
        int place = 0;
        for (int child; (child = 2 * place + 1) < Count; place = child)
        {
            if (child + 1 < Count && Before(heap[child + 1], priorities[child + 1], heap[child], priorities[child]))
                child++;
            if (!Before(heap[child], priorities[child], pair, priority))
                break;
            Put(place, heap[child], priorities[child]);
        }

        Put(place, pair, priority);
    }

    void Put(int place, int pair, double priority) => (heap[place], priorities[place], places[pair]) = (pair, priority, place + 1);
}

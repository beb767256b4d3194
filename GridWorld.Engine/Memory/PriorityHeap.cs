namespace GridWorld;

/// <summary>
/// A queue of the numbers 0 to <paramref name="size"/> − 1 by priority: greatest first, then smallest number. The queue contains a number
/// at most once. Four children per node touch fewer cache lines than two.
/// </summary>
internal sealed class PriorityHeap(int size)
{
    readonly int[] places = new int[size]; // index in the heap + 1; 0: not in the queue
    int[] items = new int[64];
    double[] priorities = new double[64];

    public int Count { get; private set; }

    /// <summary>Number of calls of <see cref="Pop"/> on this object.</summary>
    public long Pops { get; private set; }

    /// <summary>Adds a number, or raises its priority; a lower one is ignored.</summary>
    public void Raise(int item, double priority)
    {
        int place = places[item] - 1;
        if (place < 0)
        {
            if (Count == items.Length)
            {
                Array.Resize(ref items, 2 * Count);
                Array.Resize(ref priorities, 2 * Count);
            }

            place = Count++;
        }
        else if (priority <= priorities[place])
        {
            return;
        }

        Rise(place, item, priority);
    }

    /// <summary>The number that <see cref="Pop"/> would return; the queue must not be empty.</summary>
    public int First => items[0];

    public int Pop()
    {
        int top = items[0];
        places[top] = 0;
        Count--;
        Pops++;
        if (Count > 0)
            Sink(items[Count], priorities[Count]);
        return top;
    }

    public void Clear()
    {
        while (Count > 0)
            places[items[--Count]] = 0;
    }

    /// <summary>Writes the numbers in pop order, which is also a heap and does not depend on the order in which they were added.</summary>
    public void Save(StateWriter state)
    {
        var order = Enumerable.Range(0, Count).OrderByDescending(i => priorities[i]).ThenBy(i => items[i]).ToArray();
        state.Write<int>("queue_pairs", order.Select(i => items[i]).ToArray());
        state.Write<double>("queue_priorities", order.Select(i => priorities[i]).ToArray());
    }

    public void Load(StateReader state)
    {
        Array.Clear(places);
        var waiting = new HashSet<int>();
        items = state.ReadChecked<int>("queue_pairs", null, item => item >= 0 && item < places.Length && waiting.Add(item));
        double before = double.PositiveInfinity;
        priorities = state.ReadChecked<double>("queue_priorities", items.Length,
            priority => priority <= before && (before = priority) >= 0);
        Count = items.Length;
        Array.Resize(ref items, Math.Max(64, Count));
        Array.Resize(ref priorities, items.Length);
        for (int i = 0; i < Count; i++)
            places[items[i]] = i + 1;
    }

    static bool IsBefore(int item, double priority, int other, double otherPriority) =>
        priority > otherPriority || (priority == otherPriority && item < other);

    void Rise(int place, int item, double priority)
    {
        for (int parent; place > 0 && IsBefore(item, priority, items[parent = (place - 1) >> 2], priorities[parent]); place = parent)
            Put(place, items[parent], priorities[parent]);
        Put(place, item, priority);
    }

    void Sink(int item, double priority)
    {
        int place = 0;
        for (int best; (best = 4 * place + 1) < Count; place = best)
        {
            for (int child = best + 1, end = Math.Min(best + 4, Count); child < end; child++)
                best = IsBefore(items[child], priorities[child], items[best], priorities[best]) ? child : best;
            if (!IsBefore(items[best], priorities[best], item, priority))
                break;
            Put(place, items[best], priorities[best]);
        }

        Put(place, item, priority);
    }

    void Put(int place, int item, double priority) => (items[place], priorities[place], places[item]) = (item, priority, place + 1);
}

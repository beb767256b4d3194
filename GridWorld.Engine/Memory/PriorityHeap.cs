using System.Numerics;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// A queue of the numbers 0 to <paramref name="size"/> − 1 by priority: greatest first, then smallest number. The queue contains a number
/// at most once. Four children per node touch fewer cache lines than two.
/// </summary>
internal sealed class PriorityHeap(int size)
{
    readonly int[] places = new int[size]; // index in the heap + 1; 0: not in the queue
    int[] items = new int[64];
    double[] priorities = Empty(64); // −∞ after the last one, so that the children of a node are always four

    public int Count { get; private set; }

    /// <summary>Number of calls of <see cref="Pop"/> on this object.</summary>
    public long Pops { get; private set; }

    /// <summary>Adds a number, or raises its priority, which must be greater than −∞; a lower one is ignored.</summary>
    public void Raise(int item, double priority)
    {
        int place = places[item] - 1;
        if (place < 0)
        {
            if (Count == items.Length)
                Grow();
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
        int top = First;
        places[top] = 0;
        Pops++;
        double priority = priorities[--Count];
        priorities[Count] = double.NegativeInfinity;
        if (Count > 0)
            Sink(items[Count], priority);
        return top;
    }

    public void Clear()
    {
        priorities.AsSpan(0, Count).Fill(double.NegativeInfinity);
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
        var waiting = new HashSet<int>();
        int[] pairs = state.ReadChecked<int>("queue_pairs", null, item => item >= 0 && item < places.Length && waiting.Add(item));
        double before = double.PositiveInfinity;
        double[] errors = state.ReadChecked<double>("queue_priorities", pairs.Length,
            priority => priority <= before && (before = priority) >= 0);
        Clear();
        for (int i = 0; i < pairs.Length; i++)
            Raise(pairs[i], errors[i]);
    }

    static bool IsBefore(int item, double priority, int other, double otherPriority) =>
        priority > otherPriority || (priority == otherPriority && item < other);

    static double[] Empty(int length)
    {
        var empty = new double[length + Vector256<double>.Count];
        Array.Fill(empty, double.NegativeInfinity);
        return empty;
    }

    void Grow()
    {
        var larger = Empty(2 * Count);
        priorities.CopyTo(larger, 0);
        priorities = larger;
        Array.Resize(ref items, 2 * Count);
    }

    void Rise(int place, int item, double priority)
    {
        for (int parent; place > 0 && IsBefore(item, priority, items[parent = (place - 1) >> 2], priorities[parent]); place = parent)
            Put(place, items[parent], priorities[parent]);
        Put(place, item, priority);
    }

    void Sink(int item, double priority)
    {
        int place = 0;
        for (int best; 4 * place + 1 < Count; place = best)
        {
            best = BestChild(4 * place + 1);
            if (!IsBefore(items[best], priorities[best], item, priority))
                break;
            Put(place, items[best], priorities[best]);
        }

        Put(place, item, priority);
    }

    // Compares the four children at once, because a branch on each could not be predicted.
    int BestChild(int first)
    {
        var children = Vector256.Create(priorities.AsSpan(first, Vector256<double>.Count));
        uint greatest = Rows.NotLess(children, Rows.Greatest(children));
        int best = first + BitOperations.TrailingZeroCount(greatest);
        while ((greatest &= greatest - 1) != 0)
        {
            int other = first + BitOperations.TrailingZeroCount(greatest);
            best = items[other] < items[best] ? other : best;
        }

        return best;
    }

    void Put(int place, int item, double priority) => (items[place], priorities[place], places[item]) = (item, priority, place + 1);
}

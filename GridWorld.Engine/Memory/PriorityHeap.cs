using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// A queue of the numbers 0 to <paramref name="size"/> − 1 by priority: greatest first, then smallest number. The queue contains a number
/// at most once. Four children per node touch fewer cache lines than two.
/// </summary>
internal sealed class PriorityHeap(int size)
{
    readonly int[] places = new int[size]; // index in the heap + 1; 0: not in the queue
    Entry[] entries = new Entry[64];

    public int Count { get; private set; }

    /// <summary>Number of calls of <see cref="Pop"/> on this object.</summary>
    public long Pops { get; private set; }

    /// <summary>Adds a number, or raises its priority; a lower one is ignored.</summary>
    public void Raise(int item, double priority)
    {
        int place = places[item] - 1;
        if (place < 0)
        {
            if (Count == entries.Length)
                Array.Resize(ref entries, 2 * Count);

            place = Count++;
        }
        else if (priority <= entries[place].Priority)
        {
            return;
        }

        Rise(place, new(priority, item));
    }

    /// <summary>The number that <see cref="Pop"/> would return; the queue must not be empty.</summary>
    public int First => entries[0].Item;

    public int Pop()
    {
        int top = First;
        places[top] = 0;
        Count--;
        Pops++;
        if (Count > 0)
            Sink(entries[Count]);
        return top;
    }

    public void Clear()
    {
        while (Count > 0)
            places[entries[--Count].Item] = 0;
    }

    /// <summary>Writes the numbers in pop order, which is also a heap and does not depend on the order in which they were added.</summary>
    public void Save(StateWriter state)
    {
        var order = entries.Take(Count).OrderByDescending(e => e.Priority).ThenBy(e => e.Item).ToArray();
        state.Write<int>("queue_pairs", order.Select(e => e.Item).ToArray());
        state.Write<double>("queue_priorities", order.Select(e => e.Priority).ToArray());
    }

    public void Load(StateReader state)
    {
        Array.Clear(places);
        var waiting = new HashSet<int>();
        int[] items = state.ReadChecked<int>("queue_pairs", null, item => item >= 0 && item < places.Length && waiting.Add(item));
        double before = double.PositiveInfinity;
        double[] priorities = state.ReadChecked<double>("queue_priorities", items.Length,
            priority => priority <= before && (before = priority) >= 0);
        (entries, Count) = (new Entry[Math.Max(64, items.Length)], items.Length);
        for (int i = 0; i < Count; i++)
            Put(i, new(priorities[i], items[i]));
    }

    void Rise(int place, Entry entry)
    {
        for (int parent; place > 0 && entry.IsBefore(entries[parent = (place - 1) >> 2]); place = parent)
            Put(place, entries[parent]);
        Put(place, entry);
    }

    void Sink(Entry entry)
    {
        int place = 0;
        for (int best; (best = 4 * place + 1) < Count; place = best)
        {
            // Arithmetic selects the child, because a branch could not be predicted.
            for (int child = best + 1, end = Math.Min(best + 4, Count); child < end; child++)
                best += (child - best) * Unsafe.BitCast<bool, byte>(entries[child].IsBefore(entries[best]));
            if (!entries[best].IsBefore(entry))
                break;
            Put(place, entries[best]);
        }

        Put(place, entry);
    }

    void Put(int place, Entry entry)
    {
        entries[place] = entry;
        places[entry.Item] = place + 1;
    }

    readonly record struct Entry(double Priority, int Item)
    {
        public bool IsBefore(in Entry other) => Priority > other.Priority | (Priority == other.Priority & Item < other.Item);
    }
}

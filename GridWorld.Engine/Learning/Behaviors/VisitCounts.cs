namespace GridWorld;

/// <summary>
/// Counts how many times every action was taken in every state. The loop counts in 32 bits, which halves the memory traffic. Before they
/// can overflow, the counts are added to 64-bit counters.
/// </summary>
internal sealed unsafe class VisitCounts(int states, int actions)
{
    readonly PinnedArray<uint> recent = new(checked(states * actions));
    long[]? earlier;
    long room = uint.MaxValue;

    public int Actions => actions;

    /// <summary>The counters that the loop increments, up to the reserved number of steps.</summary>
    public uint* First => recent.First;

    /// <summary>Reserves room for a number of steps and returns the counters.</summary>
    public Span<uint> Reserve(long steps)
    {
        if (steps > room)
            CarryOver();
        room -= steps;
        return recent.Span;
    }

    /// <summary>Returns the room reserved for steps that were not taken.</summary>
    public void Return(long steps) => room += steps;

    public long Of(int pair) => recent.Span[pair] + (earlier is null ? 0 : earlier[pair]);

    public long OfState(int state)
    {
        long sum = 0;
        for (int a = 0; a < actions; a++)
            sum += Of(state * actions + a);
        return sum;
    }

    public long[] ToArray()
    {
        var counts = new long[recent.Span.Length];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = Of(i);
        return counts;
    }

    public void Save(StateWriter state)
    {
        state.Write<uint>("visits", recent.Span);
        state.Write("visits_room", room);
        if (earlier is not null)
            state.Write<long>("visits_earlier", earlier);
    }

    public void Load(StateReader state)
    {
        state.Read("visits", recent.Span);
        room = state.ReadOne<long>("visits_room");
        earlier = state.Has("visits_earlier") ? state.Read<long>("visits_earlier", recent.Span.Length) : null;
    }

    void CarryOver()
    {
        earlier ??= new long[recent.Span.Length];
        for (int i = 0; i < earlier.Length; i++)
            earlier[i] += recent.Span[i];
        recent.Span.Clear();

        room = uint.MaxValue;
    }
}

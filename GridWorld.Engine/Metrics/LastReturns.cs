namespace GridWorld;

/// <summary>The returns of the last 100 episodes.</summary>
internal sealed class LastReturns
{
    /// <summary>Number of episodes.</summary>
    public const int Window = 100;

    readonly double[] ring = new double[Window];
    long count;

    /// <summary>The mean of the finite returns, as a run reckons it; null if there are none.</summary>
    public double? Mean
    {
        get
        {
            int kept = (int)Math.Min(count, Window), oldest = kept < Window ? 0 : (int)(count % Window);
            Span<double> inOrder = stackalloc double[kept];
            ring.AsSpan(oldest, kept - oldest).CopyTo(inOrder);
            ring.AsSpan(0, oldest).CopyTo(inOrder[(kept - oldest)..]);
            return Summary.Of(inOrder) is { Count: > 0 } last ? last.Mean : null;
        }
    }

    /// <summary>Whether there are 100.</summary>
    public bool IsFull => count >= Window;

    /// <summary>Adds the return of an episode.</summary>
    /// <returns>The return that it replaces; 0 if there are fewer than 100.</returns>
    public double Add(double sum)
    {
        ref double place = ref ring[count++ % Window];
        double left = place;
        place = sum;
        return left;
    }

    public void Save(StateWriter state)
    {
        state.Write("last.count", count);
        state.Write<double>("last.returns", ring);
    }

    public void Load(StateReader state)
    {
        count = state.ReadChecked<long>("last.count", 1, c => c >= 0)[0];
        state.Read<double>("last.returns", ring);
    }
}

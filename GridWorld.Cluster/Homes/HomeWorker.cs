namespace GridWorld.Cluster;

/// <summary>A worker as home sees it, with its leases.</summary>
internal sealed class HomeWorker(string id)
{
    // Over so many seconds the rate is averaged.
    const double Memory = 10;
    long counted;

    public string Id => id;

    public Report Last { get; private set; } = null!;

    /// <summary>The work that it has.</summary>
    public Dictionary<UnitKey, SweepUnit> Leases { get; } = [];

    /// <summary>Parts of states that have not all come.</summary>
    public Dictionary<UnitId, List<StatePart>> Parts { get; } = [];

    /// <summary>The state that it fetches part by part.</summary>
    public IReadOnlyList<StatePart> Fetched { get; set; } = [];

    /// <summary>Home's tick when it last reported.</summary>
    public long Beat { get; set; }

    /// <summary>The time when it last reported.</summary>
    public long Seen { get; private set; }

    /// <summary>Whether its leases have ended, because it was silent or its silo died.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it knows that the sweep has ended.</summary>
    public bool IsTold { get; set; }

    public double Rate { get; private set; }

    public void Note(Report report, long now, TimeProvider time)
    {
        counted += report.Done.Length;
        double seconds = Last is null ? 0 : time.GetElapsedTime(Seen, now).TotalSeconds;
        if (seconds > 0.01)
        {
            Rate += (counted / seconds - Rate) * (1 - Math.Exp(-seconds / Memory));
            (counted, Seen) = (0, now);
        }

        if (Last is null)
            Seen = now;
        (Last, IsGone) = (report, false);
    }
}

namespace GridWorld.Tests;

/// <summary>A run that trains only when told to: the display can be checked with no training at all.</summary>
internal sealed class FakeRun : RunView
{
    readonly List<EpisodeRecord> records = [];
    readonly List<RunEvent> events = [];
    readonly Lock gate = new();
    readonly Lazy<RunWorld> place;
    double[] q;
    long[] visits;
    long steps;

    public FakeRun(World world, string id = "fake-run", string name = "fake")
    {
        (Id, Name) = (id, name);
        Specification = new(world, new QLearning());
        place = new(() => new(world, world.Compile()));
        (q, visits) = (new double[world.States * world.Actions], new long[world.States * world.Actions]);
    }

    public override string Id { get; }

    public override string Name { get; }

    public override RunSpecification Specification { get; }

    public override ExactSolution? ExactSolution => null;

    public int Copies { get; private set; }

    /// <summary>Why it cannot be read; null where it can.</summary>
    public string? Fault { get; set; }

    /// <summary>Adds episodes with these returns.</summary>
    public void Add(IEnumerable<double> returns)
    {
        lock (gate)
            foreach (var value in returns)
                records.Add(new(records.Count + 1, value, records.Count % 50 + 1, true, false, 0.1, 0.5, value / 3));
    }

    public void Add(RunEvent happened)
    {
        lock (gate)
            events.Add(happened);
    }

    /// <summary>Gives every pair of a state a value and a visit.</summary>
    public void Learn(Func<int, double> value)
    {
        lock (gate)
        {
            q = [.. Enumerable.Range(0, q.Length).Select(value)];
            visits = [.. visits.Select(_ => 1L)];
            steps++;
        }
    }

    public override RunStatus Status()
    {
        if (Fault is { } fault)
            throw new InputException([fault]);
        lock (gate)
            return new() { Id = Id, Name = Name, State = RunState.Training, Episodes = records.Count, Steps = steps,
                Settings = new() { Epsilon = 0.1, LearningRate = 0.5, DiscountFactor = 1 }, LastEventSeq = events.Count,
                GreedyValue = double.NegativeInfinity };
    }

    public override IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points) =>
        View(start, end, points, record => record.Return);

    public override IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points) =>
        View(start, end, points, record => record.Length);

    internal override EpisodeRecord[] RawEpisodes(long first, int count)
    {
        lock (gate)
            return [.. records.Skip((int)first - 1).Take(count)];
    }

    public override IReadOnlyList<RunEvent> EventsAfter(long seq)
    {
        lock (gate)
            return [.. events.Where(e => e.Seq > seq)];
    }

    public override AgentSnapshot Agent()
    {
        lock (gate)
        {
            Copies++;
            return new(records.Count, steps, Specification.World.Starts[0].State, [.. q], [.. visits]) { In = place.Value };
        }
    }

    public override Diagnostics Diagnostics()
    {
        lock (gate)
            return new() { Episode = records.Count, MeanTdError = double.NaN, MinQ = null, MeanQ = null, MaxQ = null,
                ActionDistribution = [0.25, 0.25, 0.25, 0.25], VisitedStates = 1, ReachableStates = 4,
                Flags = [new(DiagnosticKind.Exploring, "Training initialized, starting exploration phase")] };
    }

    public override IReadOnlyList<CheckpointInfo> CheckpointList => [];

    internal override Rewind Rewind() => new(Specification, Specification.World.Compile(), [], 0, _ => null);

    MetricBucket[] View(long start, long end, int points, Func<EpisodeRecord, double> number)
    {
        lock (gate)
        {
            end = Math.Min(end, records.Count);
            long size = 1;
            while ((end - 1) / size - (start - 1) / size + 1 > points)
                size *= 2;
            return [.. records.Select((r, i) => (Index: i, Value: number(r)))
                .Where(r => r.Index / size >= (start - 1) / size && r.Index < end).GroupBy(r => r.Index / size).Select(bucket =>
            {
                var values = bucket.Select(r => r.Value).ToList();
                var mean = values.Average();
                return new MetricBucket(bucket.Key * size + 1, bucket.Key * size + values.Count, values.Min(), values.Max(), mean,
                    Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), values.Count);
            })];
        }
    }
}

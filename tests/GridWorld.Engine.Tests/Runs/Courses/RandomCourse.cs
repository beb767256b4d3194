namespace GridWorld.Tests;

/// <summary>What may be done to a run.</summary>
internal enum Act
{
    Train,
    Sprint,
    Set,
    SetAtOnce,
    SetTwice,
    Pause,
    Resume,
    Pace,
    Save,
    Stop,
    TakeUp,
    GoBack,
    Continue,
    Fork,
    ForkFile,
    Kill,
    KillWhileSaving,
    Delete,
    Second,
    LookBack,
    Check,
}

/// <summary>A run and what is done to it, drawn from a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Specification">What the run is.</param>
/// <param name="CheckpointEvery">Episodes between checkpoints: often, as usual, or never of its own accord.</param>
/// <param name="Acts">What is done, each with a number from 0 to 999 that says how much.</param>
internal sealed record RandomCourse(ulong Seed, RunSpecification Specification, long CheckpointEvery,
    IReadOnlyList<(Act Act, int Number)> Acts)
{
    public static RandomCourse Of(ulong seed)
    {
        var random = Rng.Streams(seed).World;
        var (world, maxSteps) = random.Below(6) switch
        {
            0 => (Worlds.FrozenLake4x4(), 100),
            1 => (Worlds.DynaMaze(), 200),
            2 => (Worlds.BlockingMaze(), 100),
            3 => (Worlds.CliffWalking(slippery: true), 60),
            4 => (Worlds.WindyKings(), 100),
            // Its tables fill several pages, of which an episode changes a few.
            _ => (Worlds.Empty(64, 64), 40),
        };
        var learners = LearnerCatalog.All;
        var learner = random.Below(3) switch
        {
            0 => new DynaQ(),
            1 => new QLearning(),
            _ => learners[random.Below(learners.Count)].Create(),
        };
        learner = learner with { Epsilon = Number(0.5), LearningRate = 0.01 + Number(0.2) };
        if (random.Below(4) == 0)
            learner = learner with { Epsilon = Schedule.FromJson("""{"schedule":"linear","from":1,"to":0.05,"over":150}""") };
        var specification = new RunSpecification(world, learner, Seed: random.Next(),
            Episodes: random.Below(4) == 0 ? 50 + random.Below(200) : null, maxSteps);
        long checkpointEvery = random.Below(3) switch { 0 => 5, 1 => 50, _ => long.MaxValue };
        var acts = new List<(Act, int)>();
        for (int count = 4 + random.Below(12); count > 0; count--)
            acts.Add((Likely[random.Below(Likely.Length)], random.Below(1000)));
        return new(seed, specification, checkpointEvery, acts);

        double Number(double below) => random.Below(1000) * below / 1000;
    }

    public override string ToString() =>
        $"{Specification.Learner.Name} on {Specification.World.Name}, {Specification.Episodes?.ToString() ?? "endless"}, checkpoints"
        + $" every {CheckpointEvery}: {string.Join(", ", Acts.Select(a => $"{a.Act} {a.Number}"))}";

    // Going back and being killed soon after is what was wrong most often.
    static readonly Act[] Likely = [.. Enum.GetValues<Act>(), Act.Train, Act.Train, Act.SetTwice, Act.Save, Act.Save, Act.GoBack,
        Act.GoBack, Act.GoBack, Act.Kill];
}

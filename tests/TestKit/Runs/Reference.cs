using System.Globalization;

namespace GridWorld.Tests;

/// <summary>
/// A run trained straight through: its specification and its changes, by episode and then by number, applied one after the other
/// to the bare loop. It knows no store, no checkpoint, no rewind and no trainer.
/// </summary>
internal sealed class Reference
{
    readonly RunSpecification specification;
    readonly Queue<RunEvent> changes;
    World world;
    Mdp mdp;
    TrainingLoop loop;

    /// <param name="specification">What the run is.</param>
    /// <param name="changes">Its changes of hyperparameters and rewards; other events are passed over.</param>
    public Reference(RunSpecification specification, IEnumerable<RunEvent> changes)
    {
        this.specification = specification;
        Options = specification.Learner;
        (world, mdp, loop) = In(specification.World);
        this.changes = new(changes.Where(e => e.Kind is RunEventKind.ParamChange or RunEventKind.RewardChange)
            .OrderBy(e => e.Episode).ThenBy(e => e.Seq));
        loop.Apply(new(Options));
        ApplyChanges();
    }

    public long Episode => loop.Episodes;

    public long Step => loop.Steps;

    public double[] Q => loop.Values.Values.ToArray();

    public long[] Visits => loop.Visits.ToArray();

    /// <summary>The learner's options with all changes so far.</summary>
    public LearnerOptions Options { get; private set; }

    /// <summary>The hyperparameters in force.</summary>
    public Hyperparameters Current => loop.Current;

    /// <summary>All episodes so far.</summary>
    public EpisodeHistory History { get; } = new();

    /// <summary>The parts of a checkpoint taken now, between two episodes.</summary>
    public IReadOnlyList<StateSection> Sections
    {
        get
        {
            var state = new StateWriter();
            loop.Save(state);
            return state.Sections;
        }
    }

    /// <summary>Trains to the end of an episode.</summary>
    public Reference ToEpisode(long episode)
    {
        while (loop.Episodes < episode)
            Train(1 << 20);
        return this;
    }

    /// <summary>Trains to a step, which may lie in the midst of an episode.</summary>
    public Reference ToStep(long step)
    {
        while (loop.Steps < step)
            Train(step - loop.Steps);
        return this;
    }

    // To the end of the episode, the next change of the map or so many steps, whichever comes first.
    void Train(long steps)
    {
        long mapAt = mdp.Changes.Select(c => c.AfterSteps).Append(long.MaxValue).First(at => at > loop.Steps);
        loop.Advance(Math.Min(steps, mapAt - loop.Steps), 1, History.Current);
        if (loop.Steps == mapAt)
            loop.Use(mdp.At(mapAt));
        History.Account();
        if (!loop.InEpisode)
            ApplyChanges();
    }

    void ApplyChanges()
    {
        while (changes.TryPeek(out var next) && next.Episode <= loop.Episodes)
        {
            if (next.Kind == RunEventKind.RewardChange)
                ChangeReward(next);
            else
                Options = Hyperparameter.Find(next.Param!, Options)!.With(Options, Schedule.FromJson(next.NewValue!));
            loop.Apply(new(Options));
            changes.Dequeue();
        }
    }

    void ChangeReward(RunEvent change)
    {
        int[] cell = [.. change.Param!.Trim(')')["reward(".Length..].Split(',').Select(int.Parse)];
        var sections = Sections;
        (world, mdp, loop) = In(world.With(world.Rules with
        {
            CellRewards = [.. world.Rules.CellRewards.Where(c => (c.X, c.Y) != (cell[0], cell[1])),
                new(cell[0], cell[1], double.Parse(change.NewValue!, CultureInfo.InvariantCulture))],
        }));
        loop.Load(new StateReader(sections));
        loop.ForgetRewards();
        if (mdp.Changes.Count > 0)
            loop.Use(mdp.At(loop.Steps));
    }

    (World, Mdp, TrainingLoop) In(World place)
    {
        var tables = place.Compile();
        return (place, tables, LoopBuilder.Build(tables, specification.Learner, specification.StepLimit, Rng.Streams(specification.Seed)));
    }
}

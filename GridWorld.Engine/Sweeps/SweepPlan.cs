namespace GridWorld;

/// <summary>
/// A sweep whose names are resolved. Each combination of a world and a learner is a group with a sampler of its own; the groups follow each
/// other in the order of the worlds, then of the learners, and the trials are numbered through all groups.
/// </summary>
internal sealed class SweepPlan
{
    SweepPlan(Sweep sweep, IReadOnlyList<SweepGroup> groups) =>
        (Sweep, Groups, Objective) = (sweep, groups, SweepObjectives.Parse(sweep.Objective));

    public Sweep Sweep { get; }

    public IReadOnlyList<SweepGroup> Groups { get; }

    public SweepObjective Objective { get; }

    /// <exception cref="InputException">Lists every error of the sweep with its place.</exception>
    public static SweepPlan Of(Sweep sweep)
    {
        var faults = new Faults();
        var groups = SweepCheck.Groups(sweep, faults, new HashSet<string>());
        faults.ThrowIfAny();
        return new(sweep, groups);
    }

    public SweepCount Count()
    {
        long trials = Groups.Sum(g => (long)g.Trials);
        var (tuning, test) = ((UInt128)0, (UInt128)0);
        foreach (var group in Groups)
        {
            tuning += (UInt128)group.Pruning.Cost * (UInt128)(Sweep.Seeds * group.MostSteps);
            test += (UInt128)Sweep.Episodes * (UInt128)(Sweep.TestSeeds * group.MostSteps);
        }

        if (Sweep.BudgetSteps is { } budget && tuning > (UInt128)budget)
            tuning = (UInt128)budget;
        return new(trials, trials * Sweep.Seeds + (long)Groups.Count * Sweep.TestSeeds,
            (long)UInt128.Min(tuning + test, (UInt128)long.MaxValue));
    }
}

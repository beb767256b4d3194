namespace GridWorld;

/// <summary>
/// The options that all planners share. A run of a planner has passes in place of episodes: the return of a pass is the discounted value at
/// the start, its length is the number of updates of a state, and it uses no random numbers. The run ends when a pass changes nothing.
/// The learning rate and the behavior have no effect.
/// </summary>
public abstract record PlannerOptions : LearnerOptions
{
    private protected PlannerOptions()
    {
    }

    /// <summary>
    /// The run ends after a pass that changes every value by less, in units of return, in [0, 1,000]. Default 0: when no value changes by
    /// more than rounding. Sutton and Barto, 2nd ed., section 4.4.
    /// </summary>
    public Schedule Threshold { get; init; } = 0;

    /// <summary>The names of the settings of all learners that have an effect.</summary>
    private protected virtual IEnumerable<string> Shared => ["discount_factor", "initial_value"];

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Schedule("threshold", "the run ends after a pass that changes every value by less", 0, 1000,
            (PlannerOptions o) => o.Threshold, (o, s) => o with { Threshold = s }),
    ];

    internal override IEnumerable<LearnerSetting> Settings => CommonSettings.Where(s => Shared.Contains(s.Name)).Concat(OwnSettings);

    /// <inheritdoc/>
    public sealed override TrainingLoop Build(LoopBuilder loop) =>
        new PlanningLoop(this, Guard.NotNull(loop).Mdp, loop.NewTable(InitialValue), loop.StepLimit, loop.Streams);

    /// <summary>Why a planner is not trained from many seeds.</summary>
    internal static string NoSeeds(string name) =>
        $"{name} is a planner: it draws no random numbers, so every seed gives the same result. Use a single run.";

    /// <summary>Begins the passes, or continues earlier ones with changed tables or hyperparameters.</summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="now">The hyperparameters.</param>
    /// <param name="initial">The action values at the start of the run.</param>
    /// <param name="before">The passes so far; null for none.</param>
    internal abstract StatePasses Passes(Mdp mdp, Hyperparameters now, QTable initial, StatePasses? before);

    private protected void RefuseSticky(Mdp mdp) => new Faults().Require(mdp.Sticky == 0,
        $"{Name} requires a world without sticky actions (sticky is {mdp.Sticky}). Use value-iteration.").ThrowIfAny();

    /// <summary>The values to continue from: those so far, or the greatest of each row of the initial action values.</summary>
    private protected static double[] ValuesFrom(ExpectedModel model, QTable initial, StatePasses? before) => before is not null
        ? [.. before.Values]
        : [.. Enumerable.Range(0, model.States).Select(s => Greedy.Of(initial.Row(s % initial.States)).Value)];
}

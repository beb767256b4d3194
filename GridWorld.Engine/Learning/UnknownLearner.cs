namespace GridWorld;

/// <summary>
/// The learner of a stored run that is not registered in this process. Its settings can be read, and its action values if they were saved
/// as "q". It cannot learn.
/// </summary>
internal sealed record UnknownLearner : LearnerOptions
{
    readonly string name;
    readonly LearnerSetting[] own;

    public UnknownLearner(string name, IEnumerable<(string Name, string Json)> settings)
    {
        this.name = name;
        own = [.. settings.Where(s => CommonSettings.All(c => c.Name != s.Name)).Select(s => new AsWritten(s.Name, s.Json))];
    }

    public override string Name => name;

    protected override IEnumerable<LearnerSetting> OwnSettings => own;

    /// <summary>The error message, with the remedy.</summary>
    public string Missing =>
        $"The learner '{Printable.Text(name)}' is not registered in this process, so its run can be read but not trained or "
        + $"replayed. Before you open the run, register the options with the Name '{Printable.Text(name)}': "
        + "LearnerCatalog.Register(() => new …()).";

    /// <exception cref="InputException">The learner is not registered.</exception>
    public static void Refuse(LearnerOptions learner)
    {
        if (learner is UnknownLearner unknown)
            throw new InputException(unknown.Missing);
    }

    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new Reader(loop.NewTable(InitialValue), this));

    sealed class AsWritten(string name, string json) : LearnerSetting(name, "")
    {
        internal override string Range => "as it was stored";

        internal override string ToJson(LearnerOptions options) => json;

        internal override LearnerOptions WithJson(LearnerOptions options, string json) => options;

        internal override void Check(LearnerOptions options, Faults faults)
        {
        }
    }

    struct Reader(QTable table, UnknownLearner unknown) : ILearner
    {
        public readonly QTable Values => table;

        public readonly void Apply(in Hyperparameters hyperparameters)
        {
        }

        public readonly double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model)
            where TBehavior : struct, IBehavior =>
            throw new InputException(unknown.Missing);

        public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public readonly void Save(StateWriter state) => throw new InputException(unknown.Missing);

        public readonly void Load(StateReader state)
        {
            if (!state.Has("q"))
                throw new InputException(unknown.Missing);
            state.Read("q", table.Values);
        }
    }
}

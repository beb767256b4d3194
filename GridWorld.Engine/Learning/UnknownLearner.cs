namespace GridWorld;

/// <summary>
/// The learner of a stored run that this process does not know. Its settings can be read, and its values if they were saved as "q"; it
/// cannot learn.
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

    /// <summary>What is missing, and how to get it.</summary>
    public string Missing =>
        $"The learner '{Printable.Text(name)}' is not registered in this process, so its run can be read, but neither trained nor"
        + " replayed. "
        + $"Register the options whose Name is '{Printable.Text(name)}' before you open the run: LearnerCatalog.Register(() => new …()).";

    /// <exception cref="InputException">It is one.</exception>
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

namespace GridWorld;

/// <summary>The options of a learner, a world and a run that a sweep fixes or varies, by name.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="World">The options of the world.</param>
/// <param name="MaxSteps">The step limit of an episode; null for that of the sweep.</param>
internal sealed record SweepOptions(LearnerOptions Learner, WorldArguments World, int? MaxSteps = null)
{
    static readonly string[] ofWorlds = ["moves", "scenario", "slippery", "success_rate"], ofRuns = ["max_steps", .. ofWorlds];

    /// <summary>Every name that a learner of the catalog or one of the given learners has, or a run.</summary>
    public static IEnumerable<string> Names(IEnumerable<LearnerOptions> learners) => LearnerCatalog.All.Select(l => l.Create())
        .Concat(learners).SelectMany(l => l.Settings).Select(s => s.Name).Concat(ofRuns).Distinct();

    public static bool Exists(string name, IEnumerable<LearnerOptions> learners) => ofRuns.Contains(name)
        || LearnerCatalog.All.Select(l => l.Create()).Concat(learners).SelectMany(l => l.Settings).Any(s => s.IsCalled(name));

    public static bool Has(LearnerOptions learner, string name) => ofRuns.Contains(name) || learner.Settings.Any(s => s.IsCalled(name));

    public static bool IsOfWorld(string name) => ofWorlds.Contains(name);

    /// <exception cref="InputException">The value is invalid.</exception>
    public SweepOptions With(string name, SearchValue value)
    {
        switch (name)
        {
            case "max_steps":
                return this with { MaxSteps = Whole(name, value, 1) };
            case "scenario":
                return this with { World = World with { Scenario = Whole(name, value, 0) } };
            case "moves":
                return this with { World = World with { Moves = Moves.Parse(value.ToString()) } };
            case "success_rate":
                return this with { World = World with { SuccessRate = value.Number
                    ?? throw new InputException($"success_rate must be a number (got {Printable.Text(value.ToJson())}).") } };
            case "slippery":
                return this with { World = World with { Slippery = value.Flag
                    ?? throw new InputException($"slippery must be true or false (got {Printable.Text(value.ToJson())}).") } };
        }

        var setting = Learner.Settings.First(s => s.IsCalled(name));
        var learner = setting.WithJson(Learner, value.ToJson());
        var faults = new Faults();
        setting.Check(learner, faults);
        faults.ThrowIfAny();
        return this with { Learner = learner };
    }

    static int Whole(string name, SearchValue value, int least) =>
        value.Number is { } number && number >= least && number <= int.MaxValue && number == Math.Floor(number) ? (int)number
        : throw new InputException($"{name} must be a whole number between {least} and {int.MaxValue} "
            + $"(got {Printable.Text(value.ToJson())}).");
}

using System.Globalization;

namespace GridWorld;

/// <summary>A setting that may be a schedule and may be changed while a run trains.</summary>
internal sealed record Hyperparameter(string Name, string Title, double Min, double Max,
    Func<LearnerOptions, Schedule?> Get, Func<LearnerOptions, Schedule, LearnerOptions> With, Hyperparameter.Setter Put) : LearnerSetting(Name, Title)
{
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        new("learning_rate", "Learning rate", 0.001, 1, o => o.LearningRate, (o, s) => o with { LearningRate = s }, (ref h, v) => h.LearningRate = v),
        new("discount_factor", "Discount factor", 0, 1, o => o.DiscountFactor, (o, s) => o with { DiscountFactor = s }, (ref h, v) => h.DiscountFactor = v),
        new("epsilon", "Epsilon", 0, 1, o => o.Epsilon, (o, s) => o with { Epsilon = s }, (ref h, v) => h.Epsilon = v) { ShapesChoice = true },
        new("temperature", "Temperature", 1e-6, 1e6, o => o.Temperature, (o, s) => o with { Temperature = s }, (ref h, v) => h.Temperature = v) { ShapesChoice = true },
        new("confidence", "Confidence", 0, 1e6, o => o.Confidence, (o, s) => o with { Confidence = s }, (ref h, v) => h.Confidence = v) { ShapesChoice = true },
        new("trace_decay", "Trace decay", 0, 1,
            o => o switch { SarsaLambda l => l.TraceDecay, WatkinsQLambda l => l.TraceDecay, _ => null },
            (o, s) => o switch { SarsaLambda l => l with { TraceDecay = s }, WatkinsQLambda l => l with { TraceDecay = s }, _ => o }, (ref h, v) => h.TraceDecay = v),
        new("kappa", "Kappa", 0, 1, o => (o as DynaQPlus)?.Kappa, (o, s) => o is DynaQPlus d ? d with { Kappa = s } : o, (ref h, v) => h.Kappa = v),
        new("threshold", "Threshold", 1e-12, 1000, o => (o as PrioritizedSweeping)?.Threshold,
            (o, s) => o is PrioritizedSweeping p ? p with { Threshold = s } : o, (ref h, v) => h.Threshold = v),
    ];

    /// <summary>Writes the value of the moment.</summary>
    internal delegate void Setter(ref Hyperparameters values, double value);

    /// <summary>Whether it decides on an action. Then it cannot depend on how often that action was taken: it counts visits of the state.</summary>
    public bool ShapesChoice { get; init; }

    public override string Range => $"between {Text(Min)} and {Text(Max)}";

    /// <summary>The hyperparameter of that name, if this learner has it.</summary>
    public static Hyperparameter? Find(string name, LearnerOptions options) => All.FirstOrDefault(h => h.Name == name && h.Get(options) is not null);

    public override string? ToJson(LearnerOptions options) => Get(options)?.ToJson();

    public override LearnerOptions WithJson(LearnerOptions options, string json) => With(options, Schedule.FromJson(json));

    public override void Check(LearnerOptions options, Faults faults) => Check(Get(options)!, faults);

    /// <summary>The range binds constants and a schedule's first value; what decays may go to 0, and nothing may go further.</summary>
    public void Check(Schedule schedule, Faults faults)
    {
        bool startsWell = schedule.First >= Min && schedule.First <= Max;
        var (least, greatest) = schedule.Bounds;
        faults.Require(startsWell, $"{Title} must be {Range} (got {Printable.Number(schedule.First)}).")
            .Require(!startsWell || (least >= 0 && greatest <= Max),
                $"{Title} must stay between 0 and {Text(Max)} (its schedule goes to {Printable.Number(least >= 0 ? greatest : least)}).");
    }

    /// <summary>Checks changes by name for a learner.</summary>
    /// <exception cref="InputException">Lists every fault.</exception>
    public static void Check(IReadOnlyDictionary<string, Schedule> changes, LearnerOptions learner)
    {
        var faults = new Faults();
        foreach (var (name, schedule) in changes)
        {
            if (Find(name, learner) is { } hyperparameter)
                hyperparameter.Check(schedule, faults);
            else
                faults.Add($"{learner.Name} has no hyperparameter '{name}'. There are: {Names(learner)}.");
        }

        faults.ThrowIfAny();
    }

    /// <summary>The names of a learner's hyperparameters, for a message.</summary>
    public static string Names(LearnerOptions learner) => string.Join(", ", All.Where(h => h.Get(learner) is not null).Select(h => h.Name));

    // 1.0 beside 0.001, but 0 and 1 for a probability.
    string Text(double bound) => Min is > 0 and < 1 && bound == 1 ? "1.0" : bound.ToString("0.############", CultureInfo.InvariantCulture);
}

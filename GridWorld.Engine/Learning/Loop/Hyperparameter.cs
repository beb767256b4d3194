namespace GridWorld;

/// <summary>A setting that can be a schedule and can be changed during a run.</summary>
internal sealed class Hyperparameter(string name, string doc, double min, double max,
    Func<LearnerOptions, Schedule?> get, Func<LearnerOptions, Schedule, LearnerOptions> with) : LearnerSetting(name, doc)
{
    /// <summary>
    /// The behavior that it affects. Its schedule then cannot count visits of the chosen action, and counts visits of the state instead.
    /// </summary>
    public Behavior? Shapes { get; init; }

    internal override string Range => $"between {Bound(min)} and {Bound(max)}";

    /// <summary>The hyperparameter of a name; null if the learner does not have it.</summary>
    public static Hyperparameter? Find(string name, LearnerOptions options) => options.Hyperparameters.FirstOrDefault(h => h.Name == name);

    public Schedule Get(LearnerOptions options) => get(options)!;

    public LearnerOptions With(LearnerOptions options, Schedule schedule) => with(options, schedule);

    internal override string ToJson(LearnerOptions options) => Get(options).ToJson();

    internal override LearnerOptions WithJson(LearnerOptions options, string json) => with(options, GridWorld.Schedule.FromJson(json));

    internal override void Check(LearnerOptions options, Faults faults)
    {
        if (get(options) is { } schedule)
            Check(schedule, faults);
        else
            faults.Add($"{Title} must not be null. Use a number or a schedule.");
    }

    /// <summary>
    /// Checks a schedule. A constant or the first value must be in the range; the other values can go down to 0 but not above the maximum.
    /// </summary>
    public void Check(Schedule schedule, Faults faults)
    {
        bool startsWell = schedule.First >= min && schedule.First <= max;
        var (least, greatest) = schedule.Bounds;
        faults.Require(startsWell, MustBe(Printable.Number(schedule.First)))
            .Require(!startsWell || (least >= Math.Min(0, min) && greatest <= max),
                $"{Title} must stay between {Text(Math.Min(0, min))} and {Bound(max)} "
                + $"(its schedule reaches {Printable.Number(greatest <= max ? least : greatest)}).");
    }

    /// <summary>Checks changes by name for a learner.</summary>
    /// <exception cref="InputException">A change is invalid; lists all errors.</exception>
    public static void Check(IReadOnlyDictionary<string, Schedule> changes, LearnerOptions learner)
    {
        var faults = new Faults();
        foreach (var (name, schedule) in changes)
        {
            if (Find(name, learner) is { } hyperparameter)
                hyperparameter.Check(schedule, faults);
            else
                faults.Add($"{learner.Name} has no hyperparameter '{name}'. Use one of {Names(learner)}.");
        }

        faults.ThrowIfAny();
    }

    /// <summary>The names of a learner's hyperparameters, for a message.</summary>
    public static string Names(LearnerOptions learner) => string.Join(", ", learner.Hyperparameters.Select(h => h.Name));

    // Formats 1 as 1.0 if the minimum is a fraction such as 0.001, but as 1 for a probability.
    string Bound(double bound) => min is > 0 and < 1 && bound == 1 ? "1.0" : Text(bound);
}

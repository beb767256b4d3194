using System.Globalization;

namespace GridWorld;

/// <summary>A setting that may be a schedule and may be changed while a run trains.</summary>
/// <param name="Name">In snake_case, as it stands in files and on the wire.</param>
/// <param name="Title">As it stands in messages.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Get">Reads it from options.</param>
/// <param name="With">Options with another value.</param>
internal sealed record Hyperparameter(string Name, string Title, double Min, double Max,
    Func<LearnerOptions, Schedule> Get, Func<LearnerOptions, Schedule, LearnerOptions> With)
{
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        new("learning_rate", "Learning rate", 0.001, 1, o => o.LearningRate, (o, s) => o with { LearningRate = s }),
        new("discount_factor", "Discount factor", 0, 1, o => o.DiscountFactor, (o, s) => o with { DiscountFactor = s }),
        new("epsilon", "Epsilon", 0, 1, o => o.Epsilon, (o, s) => o with { Epsilon = s }),
    ];

    public static Hyperparameter? Find(string name) => All.FirstOrDefault(h => h.Name == name);

    /// <summary>The range binds constants and a schedule's first value; what decays may go to 0.</summary>
    public void Check(Schedule schedule, Faults faults) => faults.Require(schedule.First >= Min && schedule.First <= Max,
        string.Create(CultureInfo.InvariantCulture, $"{Title} must be between {Text(Min)} and {Text(Max)} (got {schedule.First:R})."));

    // 1.0 beside 0.001, but 0 and 1 for a probability.
    string Text(double bound) => Min is > 0 and < 1 && bound == 1 ? "1.0" : bound.ToString("R", CultureInfo.InvariantCulture);
}

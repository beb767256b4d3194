using System.Globalization;

namespace GridWorld;

/// <summary>What a schedule counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Episodes that have ended.</summary>
    Episodes,

    /// <summary>Steps of the run.</summary>
    Steps,

    /// <summary>Visits of the state.</summary>
    StateVisits,

    /// <summary>Times the action was taken in the state.</summary>
    StateActionVisits,
}

/// <summary>
/// A hyperparameter as a function of what has been lived through: data, not code, so that a run can be stored and repeated.
/// A number converts to a constant schedule.
/// </summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>
    /// From which count of its unit on it counts, at least 0; null says nothing: for a learner's options that is the run's beginning, and
    /// for a change while training the moment of the change, which the change's event then names. What counts visits always counts all of
    /// them.
    /// </summary>
    public long? Start { get; init; }

    /// <summary>The value at the very start; the range of a hyperparameter binds it.</summary>
    public abstract double First { get; }

    /// <summary>The least and the greatest value it ever takes or tends to.</summary>
    internal abstract (double Least, double Greatest) Bounds { get; }

    /// <summary>Whether the value may change within an episode.</summary>
    internal abstract bool ChangesWithinEpisode { get; }

    /// <summary>The value at a moment.</summary>
    internal abstract double At(in ScheduleMoment moment);

    /// <summary>As JSON: a number for a constant, else an object.</summary>
    public abstract string ToJson();

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    /// <exception cref="InputException">It is not a schedule.</exception>
    public static Schedule FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScheduleJson.Read(json);
    }

    /// <summary>A constant.</summary>
    public static implicit operator Schedule(double value) => new ConstantSchedule(value);

    /// <summary>A constant.</summary>
    public static Schedule Constant(double value) => new ConstantSchedule(value);

    /// <summary>A straight line from one value to another, and that value from then on.</summary>
    /// <param name="from">The value at the start.</param>
    /// <param name="to">The value at the end.</param>
    /// <param name="over">How many units it takes, at least 1.</param>
    /// <param name="unit">Episodes (the default) or steps.</param>
    public static Schedule Linear(double from, double to, long over, ScheduleUnit unit = ScheduleUnit.Episodes) =>
        new LinearSchedule(from, to, over, unit).Checked();

    /// <summary>A value multiplied once per unit, but never below a floor.</summary>
    /// <param name="from">The value at the start.</param>
    /// <param name="factor">What it is multiplied with, above 0 and at most 1.</param>
    /// <param name="to">The floor. Default 0.</param>
    /// <param name="unit">Episodes (the default) or steps.</param>
    public static Schedule Exponential(double from, double factor, double to = 0, ScheduleUnit unit = ScheduleUnit.Episodes) =>
        new ExponentialSchedule(from, factor, to, unit).Checked();

    /// <summary>Straight lines between points, the first and last value before and after them.</summary>
    /// <param name="points">At least one point, with rising counts.</param>
    /// <param name="unit">Episodes (the default) or steps.</param>
    public static Schedule Piecewise(IReadOnlyList<SchedulePoint> points, ScheduleUnit unit = ScheduleUnit.Episodes)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new PiecewiseSchedule([.. points], unit).Checked();
    }

    /// <summary>
    /// from / nᵖ, n counting from 1. With p in (½, 1] it meets the conditions under which tabular learning converges (Robbins and Monro,
    /// 1951).
    /// </summary>
    /// <param name="from">The first value. Default 1.</param>
    /// <param name="power">p, above 0 and at most 2. Default 1.</param>
    /// <param name="unit">What n counts. Default visits of the (state, action).</param>
    public static Schedule Power(double from = 1, double power = 1, ScheduleUnit unit = ScheduleUnit.StateActionVisits) =>
        new PowerSchedule(from, power, unit).Checked();

    /// <summary>
    /// The same schedule, counted from a given episode or step of the run; 0 counts from the run's beginning, whenever it is set.
    /// </summary>
    /// <exception cref="InputException">The count is negative, or it is a schedule that counts visits.</exception>
    public Schedule StartingAt(long start) => (this with { Start = start }).Checked();

    /// <summary>The schedule as it is set at a moment: one that does not say from when counts from there.</summary>
    internal Schedule SetAt(long episode, long step) => Start is not null ? this : CountedUnit switch
    {
        ScheduleUnit.Episodes => StartingAt(episode),
        ScheduleUnit.Steps => StartingAt(step),
        _ => this,
    };

    /// <summary>What it counts; null for a constant.</summary>
    private protected abstract ScheduleUnit? CountedUnit { get; }

    private protected long Count(in ScheduleMoment moment) => Math.Max(0, moment.Count(CountedUnit!.Value) - (Start ?? 0));

    private protected string Since => Start is null or 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" from {Start:N0} on");

    private protected Faults CheckStart() =>
        new Faults().Require(Start is null or >= 0, $"A schedule starts at a count of at least 0 (got {Start}).")
        .Require(Start is null || CountedUnit is ScheduleUnit.Episodes or ScheduleUnit.Steps,
        "Only a schedule that counts episodes or steps can start at a count of them.");

    internal abstract Schedule Checked();
}

/// <summary>How much has been lived through when a hyperparameter is used; everything counts from 0.</summary>
internal readonly record struct ScheduleMoment(long Episode, long Step, long StateVisits, long PairVisits)
{
    public long Count(ScheduleUnit unit) => unit switch
    {
        ScheduleUnit.Episodes => Episode,
        ScheduleUnit.Steps => Step,
        ScheduleUnit.StateVisits => StateVisits,
        _ => PairVisits,
    };
}

internal sealed record ConstantSchedule(double Value) : Schedule
{
    public override double First => Value;

    internal override (double Least, double Greatest) Bounds => (Value, Value);

    internal override bool ChangesWithinEpisode => false;

    internal override double At(in ScheduleMoment moment) => Value;

    public override string ToJson() => Value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => ToJson();

    private protected override ScheduleUnit? CountedUnit => null;

    internal override Schedule Checked() =>
        Start is null ? this : throw new InputException("A constant is the same from its beginning to its end: leave its start out.");
}

/// <summary>A point of a piecewise schedule.</summary>
/// <param name="At">Count of episodes or steps, at least 0.</param>
/// <param name="Value">The value there.</param>
public readonly record struct SchedulePoint(long At, double Value);

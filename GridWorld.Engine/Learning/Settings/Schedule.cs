using System.Globalization;

namespace GridWorld;

/// <summary>
/// A hyperparameter as a function of the episodes, steps or visits so far. A schedule is data, not code, so that a run can be stored and
/// repeated. A number converts to a constant schedule.
/// </summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>
    /// The episode or step at which the schedule starts, at least 0. Default null: in a learner's options, the beginning of the run; in a
    /// change during training, the moment of the change, which the event of the change contains. Schedules of visits count all visits.
    /// </summary>
    public long? Start { get; init; }

    /// <summary>The first value, which must be in the range of the hyperparameter.</summary>
    public abstract double First { get; }

    /// <summary>The least and the greatest value that the schedule takes or approaches.</summary>
    internal abstract (double Least, double Greatest) Bounds { get; }

    /// <summary>Whether the value can change within an episode.</summary>
    internal abstract bool ChangesWithinEpisode { get; }

    /// <summary>The value at a moment.</summary>
    internal abstract double At(in ScheduleMoment moment);

    /// <summary>Returns the schedule as JSON: a number for a constant, otherwise an object.</summary>
    public abstract string ToJson();

    /// <summary>Reads a schedule from the JSON of <see cref="ToJson"/>.</summary>
    /// <exception cref="InputException">The text is not a schedule, or a value is out of range.</exception>
    public static Schedule FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScheduleJson.Read(json);
    }

    /// <summary>Converts a number to a constant schedule.</summary>
    public static implicit operator Schedule(double value) => new ConstantSchedule(value);

    /// <summary>Creates a constant schedule.</summary>
    public static Schedule Constant(double value) => new ConstantSchedule(value);

    /// <summary>Creates a linear schedule, which is constant after its end.</summary>
    /// <param name="from">First value. Finite.</param>
    /// <param name="to">Last value. Finite.</param>
    /// <param name="over">Number of units from the first to the last value, at least 1.</param>
    /// <param name="unit">Episodes or steps. Default episodes.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public static Schedule Linear(double from, double to, long over, ScheduleUnit unit = ScheduleUnit.Episodes) =>
        new LinearSchedule(from, to, over, unit).Checked();

    /// <summary>Creates an exponential schedule: a value that is multiplied by a factor once per unit, down to a floor.</summary>
    /// <param name="from">First value. Finite.</param>
    /// <param name="factor">Factor per unit, in (0, 1].</param>
    /// <param name="to">Smallest value, at most <paramref name="from"/>. Default 0.</param>
    /// <param name="unit">Episodes or steps. Default episodes.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public static Schedule Exponential(double from, double factor, double to = 0, ScheduleUnit unit = ScheduleUnit.Episodes) =>
        new ExponentialSchedule(from, factor, to, unit).Checked();

    /// <summary>Creates a piecewise linear schedule, which is constant before the first and after the last point.</summary>
    /// <param name="points">From 1 to 1000 points with finite values, in increasing order.</param>
    /// <param name="unit">Episodes or steps. Default episodes.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public static Schedule Piecewise(IReadOnlyList<SchedulePoint> points, ScheduleUnit unit = ScheduleUnit.Episodes)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new PiecewiseSchedule([.. points], unit).Checked();
    }

    /// <summary>
    /// Creates the power schedule from / nᵖ, where n counts from 1. With p in (½, 1] it meets the conditions under which tabular learning
    /// converges (Robbins and Monro, 1951).
    /// </summary>
    /// <param name="from">First value. Finite. Default 1.</param>
    /// <param name="power">Exponent p, in (0, 2]. Default 1.</param>
    /// <param name="unit">Unit that n counts. Default: visits of the (state, action).</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    public static Schedule Power(double from = 1, double power = 1, ScheduleUnit unit = ScheduleUnit.StateActionVisits) =>
        new PowerSchedule(from, power, unit).Checked();

    /// <summary>Returns the schedule with another start: an episode or step of the run; 0 is the beginning of the run.</summary>
    /// <exception cref="InputException">The start is negative, or the schedule is a constant or counts visits.</exception>
    public Schedule StartingAt(long start) => (this with { Start = start }).Checked();

    /// <summary>The schedule with the given moment as its start, unless it has one.</summary>
    internal Schedule SetAt(long episode, long step) => Start is not null ? this : CountedUnit switch
    {
        ScheduleUnit.Episodes => StartingAt(episode),
        ScheduleUnit.Steps => StartingAt(step),
        _ => this,
    };

    /// <summary>The unit; null for a constant.</summary>
    private protected abstract ScheduleUnit? CountedUnit { get; }

    private protected long Count(in ScheduleMoment moment) => Math.Max(0, moment.Count(CountedUnit!.Value) - (Start ?? 0));

    private protected string Since => Start is null or 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" from {Start:N0} on");

    private protected Faults CheckStart() => new Faults()
        .Require(Start is null or >= 0, $"The start of a schedule must be at least 0 (got {Start}).")
        .Require(Start is null || CountedUnit is ScheduleUnit.Episodes or ScheduleUnit.Steps,
            "Only a schedule that counts episodes or steps can have a start. Remove it.");

    internal abstract Schedule Checked();
}

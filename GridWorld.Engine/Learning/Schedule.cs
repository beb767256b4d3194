using System.Globalization;

namespace GridWorld;

/// <summary>A hyperparameter as a function of what has been lived through. A number converts to a constant schedule.</summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The value at the very start; the range of a hyperparameter binds it.</summary>
    public abstract double First { get; }

    /// <summary>Whether the value may change within an episode.</summary>
    internal abstract bool ChangesWithinEpisode { get; }

    /// <summary>The value at a moment.</summary>
    internal abstract double At(in ScheduleMoment moment);

    /// <summary>As JSON: a number for a constant, else an object.</summary>
    public abstract string ToJson();

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    /// <exception cref="InputException">It is no schedule.</exception>
    public static Schedule FromJson(string json)
    {
        if (double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return new ConstantSchedule(value);
        throw new InputException($"'{json}' is no schedule. Give a number.");
    }

    /// <summary>A constant.</summary>
    public static implicit operator Schedule(double value) => new ConstantSchedule(value);

    /// <summary>A constant.</summary>
    public static Schedule Constant(double value) => new ConstantSchedule(value);
}

/// <summary>How much has been lived through when a hyperparameter is used; everything counts from 0.</summary>
internal readonly record struct ScheduleMoment(long Episode, long Step, long StateVisits, long PairVisits);

internal sealed record ConstantSchedule(double Value) : Schedule
{
    public override double First => Value;

    internal override bool ChangesWithinEpisode => false;

    internal override double At(in ScheduleMoment moment) => Value;

    public override string ToJson() => Value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => ToJson();
}

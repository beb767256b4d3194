using System.Globalization;

namespace GridWorld;

internal sealed record ConstantSchedule(double Value) : Schedule
{
    public override double First => Value;

    internal override (double Least, double Greatest) Bounds => (Value, Value);

    internal override bool ChangesWithinEpisode => false;

    internal override double At(in ScheduleMoment moment) => Value;

    public override string ToJson() => Value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => ToJson();

    private protected override ScheduleUnit? CountedUnit => null;

    internal override Schedule Checked() => Start is null ? this : throw new InputException("A constant cannot have a start. Remove it.");
}

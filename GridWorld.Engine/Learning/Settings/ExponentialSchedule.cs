namespace GridWorld;

internal sealed record ExponentialSchedule(double From, double Factor, double To, ScheduleUnit Unit) : Schedule
{
    public override double First => From;

    internal override (double Least, double Greatest) Bounds => (To, From);

    internal override bool ChangesWithinEpisode => Unit != ScheduleUnit.Episodes;

    // Exponentiation by squaring: products in a fixed order give the same bits on every machine, without a loop over n.
    internal override double At(in ScheduleMoment moment)
    {
        double value = From, power = Factor;
        for (long n = Count(moment); n > 0; n >>= 1, power *= power)
            value = (n & 1) != 0 ? value * power : value;
        return Math.Max(value, To);
    }

    private protected override ScheduleUnit? CountedUnit => Unit;

    public override string ToJson() => ScheduleJson.Write(this);

    public override string ToString() =>
        $"{Printable.Number(From)} · {Printable.Number(Factor)}ⁿ, at least {Printable.Number(To)}, n {ScheduleJson.Text(Unit)}{Since}";

    internal override Schedule Checked()
    {
        CheckStart().Require(double.IsFinite(From) && double.IsFinite(To),
                $"The values of an exponential schedule must be finite (got {Printable.Number(From)} and {Printable.Number(To)}).")
            .Require(!(To > From),
                "The last value of an exponential schedule must be at most the first "
                + $"(got {Printable.Number(To)} and {Printable.Number(From)}).")
            .Require(Factor is > 0 and <= 1,
                $"The factor of an exponential schedule must be above 0 and at most 1 (got {Printable.Number(Factor)}).")
            .Require(Unit is ScheduleUnit.Episodes or ScheduleUnit.Steps,
                $"The unit of an exponential schedule must be episodes or steps (got {ScheduleJson.Text(Unit)}).")
            .ThrowIfAny();
        return this;
    }
}

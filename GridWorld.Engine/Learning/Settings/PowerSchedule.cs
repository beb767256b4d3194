namespace GridWorld;

internal sealed record PowerSchedule(double From, double Exponent, ScheduleUnit Unit) : Schedule
{
    public override double First => From;

    internal override (double Least, double Greatest) Bounds => (Math.Min(From, 0), Math.Max(From, 0));

    internal override bool ChangesWithinEpisode => Unit != ScheduleUnit.Episodes;

    internal override double At(in ScheduleMoment moment)
    {
        double n = Count(moment) + 1;
        return From / (Exponent switch
        {
            1 => n,
            0.5 => Math.Sqrt(n),
            _ => PortableMath.Pow(n, Exponent),
        });
    }

    private protected override ScheduleUnit? CountedUnit => Unit;

    public override string ToJson() => ScheduleJson.Write(this);

    public override string ToString() => $"{Printable.Number(From)} / n^{Printable.Number(Exponent)}, n {ScheduleJson.Text(Unit)}{Since}";

    internal override Schedule Checked()
    {
        CheckStart().Require(double.IsFinite(From), $"The first value of a power schedule must be finite (got {Printable.Number(From)}).")
            .Require(Enum.IsDefined(Unit),
                $"The unit of a power schedule must be episodes, steps, state or state-action (got {ScheduleJson.Text(Unit)}).")
            .Require(Exponent is > 0 and <= 2, $"The power of a schedule must be above 0 and at most 2 (got {Printable.Number(Exponent)}).")
            .ThrowIfAny();
        return this;
    }
}

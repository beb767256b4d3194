namespace GridWorld;

internal sealed record LinearSchedule(double From, double To, long Over, ScheduleUnit Unit) : Schedule
{
    public override double First => From;

    internal override (double Least, double Greatest) Bounds => (Math.Min(From, To), Math.Max(From, To));

    internal override bool ChangesWithinEpisode => Unit != ScheduleUnit.Episodes;

    internal override double At(in ScheduleMoment moment)
    {
        long n = Count(moment);
        return n >= Over ? To : From + (To - From) * ((double)n / Over);
    }

    private protected override ScheduleUnit? CountedUnit => Unit;

    public override string ToJson() => ScheduleJson.Write(this);

    public override string ToString() => $"{Printable.Number(From)} → {Printable.Number(To)} over {Over} {ScheduleJson.Text(Unit)}{Since}";

    internal override Schedule Checked()
    {
        CheckStart().Require(double.IsFinite(From) && double.IsFinite(To),
                $"The values of a linear schedule must be finite (got {Printable.Number(From)} and {Printable.Number(To)}).")
            .Require(Over >= 1, $"'over' of a linear schedule must be at least 1 (got {Over}).")
            .Require(Unit is ScheduleUnit.Episodes or ScheduleUnit.Steps,
                $"The unit of a linear schedule must be episodes or steps (got {ScheduleJson.Text(Unit)}).")
            .ThrowIfAny();
        return this;
    }
}

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

internal sealed record PiecewiseSchedule(SchedulePoint[] Points, ScheduleUnit Unit) : Schedule
{
    public override double First => Points[0].Value;

    internal override (double Least, double Greatest) Bounds => (Points.Min(p => p.Value), Points.Max(p => p.Value));

    internal override bool ChangesWithinEpisode => Unit != ScheduleUnit.Episodes;

    internal override double At(in ScheduleMoment moment)
    {
        long n = Count(moment);
        int next = Array.FindIndex(Points, p => p.At > n);
        if (next <= 0)
            return next == 0 ? Points[0].Value : Points[^1].Value;
        var ((from, a), (to, b)) = (Points[next - 1], Points[next]);
        return a + (b - a) * ((double)(n - from) / (to - from));
    }

    public bool Equals(PiecewiseSchedule? other) => base.Equals(other) && Unit == other.Unit && Points.AsSpan().SequenceEqual(other.Points);

    public override int GetHashCode() => HashCode.Combine(Points.Length, Points[0], Unit);

    private protected override ScheduleUnit? CountedUnit => Unit;

    public override string ToJson() => ScheduleJson.Write(this);

    public override string ToString() =>
        $"piecewise in {ScheduleJson.Text(Unit)}: {string.Join(", ", Points.Select(p => $"{p.At}: {Printable.Number(p.Value)}"))}{Since}";

    internal override Schedule Checked()
    {
        CheckStart().Require(Points.Length is >= 1 and <= 1000, $"A piecewise schedule must have 1 to 1000 points (got {Points.Length}).")
            .Require(Points.All(p => p.At >= 0 && double.IsFinite(p.Value)),
                "The points of a piecewise schedule must have counts of at least 0 and finite values.")
            .Require(Points.Zip(Points.Skip(1)).All(p => p.First.At < p.Second.At),
                "The counts of the points of a piecewise schedule must increase.")
            .Require(Unit is ScheduleUnit.Episodes or ScheduleUnit.Steps,
                $"The unit of a piecewise schedule must be episodes or steps (got {ScheduleJson.Text(Unit)}).")
            .ThrowIfAny();
        return this;
    }
}

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

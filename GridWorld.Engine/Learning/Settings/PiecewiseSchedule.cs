namespace GridWorld;

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

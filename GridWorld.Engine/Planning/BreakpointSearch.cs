using System.Collections.Immutable;

namespace GridWorld;

/// <summary>
/// Finds the values of a parameter at which the set of optimal policies changes. The value of a policy is linear in a reward, and the
/// optimum is the greatest of such lines: where two lines of the optimum meet, either no policy is better, which makes a breakpoint, or one
/// is, whose line is tried next (Eisner and Severance 1976). In other parameters, neighboring points with different sets are bisected.
/// </summary>
internal sealed class BreakpointSearch(World world, PlanParameter parameter, double discount, double from, double to,
    CancellationToken cancellationToken)
{
    /// <summary>The smallest interval that is surely found, as a share of the range, if the values are not linear.</summary>
    public const double SmallestInterval = 1.0 / 1000;

    // Shares of the range: the precision of a breakpoint, and the distance within which two are one.
    const double Precision = 1e-10, Same = 1e-8;

    readonly List<double> found = [];

    double Range => to - from;

    public PolicyBreakpoints Run()
    {
        if (parameter.IsReward)
            Meet(LineAt(from + Precision * Range), LineAt(to - Precision * Range));
        else
            Scan();
        var breakpoints = Merged();
        double[] ends = [from, .. breakpoints, to];
        return new(parameter.Name, from, to, breakpoints,
            [.. Enumerable.Range(0, ends.Length - 1).Select(i => PlanAt((ends[i] + ends[i + 1]) / 2))]);
    }

    List<double> Merged()
    {
        var merged = new List<double>();
        foreach (double value in found.Order())
        {
            if (merged.Count == 0 || value - merged[^1] > Same * Range)
                merged.Add(value);
        }

        return merged;
    }

    Plan PlanAt(double value)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var (changed, gamma) = parameter.Apply(world, discount, value);
            return Planner.Solve(changed.Compile(), gamma, cancellationToken);
        }
        catch (InputException e)
        {
            throw new InputException($"At {parameter.Name} {value:R}: {e.Message}");
        }
    }

    // The values of a policy over the parameter, added up over all states that have one.
    sealed record Line(double At, double Value, double Slope)
    {
        public double ValueAt(double place) => Value + Slope * (place - At);
    }

    Line LineAt(double value)
    {
        var plan = PlanAt(value);
        var policy = StationaryPolicy.Optimal(plan);
        var here = ValuesOf(policy, value);
        var there = ValuesOf(policy, value + Range);
        double sum = 0, rise = 0;
        for (int s = 0; s < here.Length; s++)
        {
            if (world.IsWall(s) || !double.IsFinite(here[s]) || !double.IsFinite(there[s]))
                continue;
            sum += here[s];
            rise += there[s] - here[s];
        }

        return new(value, sum, rise / Range);
    }

    ImmutableArray<double> ValuesOf(StationaryPolicy policy, double value)
    {
        var (changed, gamma) = parameter.Apply(world, discount, value);
        return PolicyEvaluation.Evaluate(changed.Compile(), policy, gamma, cancellationToken).Values;
    }

    void Meet(Line left, Line right)
    {
        double size = Math.Max(1e-300,
            Math.Abs(left.Value) + Math.Abs(right.Value) + (Math.Abs(left.Slope) + Math.Abs(right.Slope)) * Range);
        if (Math.Abs(left.Slope - right.Slope) * Range <= 1e-9 * size)
            return;
        double place = left.At + (right.Value - left.Value - right.Slope * (right.At - left.At)) / (left.Slope - right.Slope);
        if (place <= left.At || place >= right.At)
            return; // The lines meet where one of them was taken: it holds up to the other end.
        var between = LineAt(place);
        if (between.Value - left.ValueAt(place) <= 1e-11 * size)
        {
            found.Add(place);
            return;
        }

        Meet(left, between);
        Meet(between, right);
    }

    void Scan()
    {
        int parts = (int)Math.Round(1 / SmallestInterval);
        double step = Range / parts, before = from + step / 2;
        var plan = PlanAt(before);
        for (int i = 1; i < parts; i++)
        {
            double next = from + (i + 0.5) * step;
            var planNext = PlanAt(next);
            Bisect(before, plan, next, planNext);
            (before, plan) = (next, planNext);
        }
    }

    void Bisect(double left, Plan leftPlan, double right, Plan rightPlan)
    {
        if (HaveSameActions(leftPlan, rightPlan))
            return;
        double middle = (left + right) / 2;
        if (right - left <= Precision * Range || middle <= left || middle >= right)
        {
            found.Add(middle);
            return;
        }

        var plan = PlanAt(middle);
        Bisect(left, leftPlan, middle, plan);
        Bisect(middle, plan, right, rightPlan);
    }

    bool HaveSameActions(Plan first, Plan second)
    {
        for (int s = 0; s < world.States; s++)
        {
            for (int a = 0; a < world.Actions && !world.IsWall(s); a++)
            {
                if (first.IsBest(s, a) != second.IsBest(s, a))
                    return false;
            }
        }

        return true;
    }
}

namespace GridWorld;

/// <summary>The intervals of a parameter on which the set of optimal policies is constant.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="From">Lower end of the range, which is open.</param>
/// <param name="To">Upper end of the range, which is open.</param>
/// <param name="Breakpoints">The values between the intervals, ascending.</param>
/// <param name="Plans">One plan per interval, that of its middle; one more than there are breakpoints.</param>
public sealed record PolicyBreakpoints(string Parameter, double From, double To, IReadOnlyList<double> Breakpoints,
    IReadOnlyList<Plan> Plans)
{
    /// <summary>Returns the plan of the interval that a value of the parameter is in; at a breakpoint, of the interval above.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public Plan PlanAt(double value)
    {
        new Faults().Require(value > From && value < To, $"{Parameter} must be between {From} and {To} (got {value}).").ThrowIfAny();
        return Plans[Breakpoints.Count(b => b <= value)];
    }

    /// <summary>Returns the parameter, the number of intervals and the breakpoints.</summary>
    public override string ToString() =>
        $"{Parameter} from {From} to {To}: {Plans.Count} sets of optimal policies{(Breakpoints.Count == 0 ? "" : "; breakpoints ")}"
        + string.Join(", ", Breakpoints);
}

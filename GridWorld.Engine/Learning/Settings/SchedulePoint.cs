namespace GridWorld;

/// <summary>A point of a piecewise schedule.</summary>
/// <param name="At">Count of episodes or steps, at least 0.</param>
/// <param name="Value">The value there.</param>
public readonly record struct SchedulePoint(long At, double Value);

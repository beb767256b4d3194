namespace GridWorld.Cli;

/// <summary>What <c>solve --over --json</c> prints: the best actions of each interval are null on walls.</summary>
internal sealed record BreakpointsReport(string Parameter, double From, double To, IReadOnlyList<double> Breakpoints,
    IReadOnlyList<int[]?[]> Policies);

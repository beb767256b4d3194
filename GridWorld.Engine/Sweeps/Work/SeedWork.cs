namespace GridWorld;

/// <summary>What a piece of work trains. It needs neither the sweep nor its file.</summary>
/// <param name="Specification">The run.</param>
/// <param name="Episodes">Number of episodes that must have ended.</param>
/// <param name="IsLast">Whether this is the last rung, so that no later work needs its state.</param>
/// <param name="Scoring">What its result is judged by.</param>
internal sealed record SeedWork(RunSpecification Specification, long Episodes, bool IsLast, SeedScoring Scoring);

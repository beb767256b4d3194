namespace GridWorld;

/// <summary>A step of a <see cref="Bracket"/>.</summary>
/// <param name="Trials">The number of trials that take part.</param>
/// <param name="Resource">The total resource of each trial at the end of the rung, such as episodes.</param>
public sealed record Rung(int Trials, long Resource);

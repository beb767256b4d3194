namespace GridWorld;

/// <summary>The action values of one state over the episodes of a run, and the changes of its greedy actions.</summary>
public sealed record StateHistory
{
    /// <summary>The most changes that a history lists: the newest.</summary>
    public const int MostChanges = 1000;

    /// <summary>Number of the state, from 0.</summary>
    public required int State { get; init; }

    /// <summary>Names of the actions, in order.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of episodes of the run that the history covers.</summary>
    public required long Episodes { get; init; }

    /// <summary>
    /// The episode after which the history is complete: every change after it is counted, and every requested point after it is in
    /// <see cref="Points"/>. 0 in a complete history. Earlier points are at checkpoints; their values are exact, too.
    /// </summary>
    public required long After { get; init; }

    /// <summary>The action values after some episodes, in order of the episodes.</summary>
    public required IReadOnlyList<QRowAt> Points { get; init; }

    /// <summary>The newest changes of the greedy actions, at most <see cref="MostChanges"/>, in order of the episodes.</summary>
    public required IReadOnlyList<GreedyChange> Changes { get; init; }

    /// <summary>Number of changes of the greedy actions after <see cref="After"/>.</summary>
    public required long ChangeCount { get; init; }

    /// <summary>The history with an earlier part in front of it.</summary>
    internal StateHistory With(StateHistory earlier) => this with
    {
        After = earlier.After,
        Points = [.. Points.Where(p => earlier.After > 0 && p.Episode <= earlier.After), .. earlier.Points,
            .. Points.Where(p => p.Episode > After)],
        Changes = [.. earlier.Changes.Concat(Changes).TakeLast(MostChanges)],
        ChangeCount = earlier.ChangeCount + ChangeCount,
    };
}

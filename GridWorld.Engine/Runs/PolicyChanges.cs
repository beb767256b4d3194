using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>The last episode in which the greedy actions of each state changed.</summary>
public sealed record PolicyChanges
{
    /// <summary>Number of episodes of the run that were taken into account.</summary>
    public required long Episodes { get; init; }

    /// <summary>The episode after which all changes are known; 0 if the whole run was replayed.</summary>
    public required long After { get; init; }

    /// <summary>
    /// For each state, the number of the last episode that changed its greedy actions; 0 if none after <see cref="After"/> did.
    /// </summary>
    public required IReadOnlyList<long> LastChange { get; init; }

    /// <summary>
    /// Continues towards the first episode for as long as there is time, at least by one part. The last changes of later episodes stand,
    /// so every result is exact for the episodes that it covers.
    /// </summary>
    /// <param name="rewind">The run.</param>
    /// <param name="known">What is known of the last episodes of the run; null for nothing.</param>
    /// <param name="patience">The time after which no other part is begun.</param>
    /// <param name="ended">Called after each episode; may throw to cancel the replay. Null for nothing.</param>
    /// <param name="cancellationToken">A token that cancels the replay.</param>
    internal static PolicyChanges Back(Rewind rewind, PolicyChanges? known, TimeSpan patience, Action? ended,
        CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        long[] last = known is null ? new long[rewind.Mdp.States] : [.. known.LastChange];
        var found = new PolicyChanges { Episodes = rewind.Episodes, After = known?.After ?? rewind.Episodes, LastChange = last };
        foreach (var part in rewind.PartsBack(found.After))
        {
            Replay(part, last, ended, cancellationToken);
            found = found with { After = part.After };
            if (Stopwatch.GetElapsedTime(begun) >= patience)
                break;
        }

        return found;
    }

    /// <summary>The changes with those of earlier episodes, which reach at least to where these begin.</summary>
    internal PolicyChanges Over(PolicyChanges earlier) => this with
    {
        After = earlier.After,
        LastChange = [.. LastChange.Zip(earlier.LastChange, Math.Max)],
    };

    /// <summary>
    /// Compares the Q-table after each episode with a copy. Any learner can change any row, also of states that it did not visit, and
    /// comparing memory is faster than recording what it changed.
    /// </summary>
    static void Replay(ReplayPart part, long[] last, Action? ended, CancellationToken cancellationToken)
    {
        var loop = part.Loop;
        int actions = loop.Actions;
        double[] before = loop.Values.Values.ToArray();
        part.Replay(() =>
        {
            var old = MemoryMarshal.Cast<double, long>(before.AsSpan());
            var now = MemoryMarshal.Cast<double, long>(loop.Values.Values);
            for (int pair = 0; (pair += old[pair..].CommonPrefixLength(now[pair..])) < old.Length;)
            {
                int state = pair / actions, row = state * actions;
                var was = before.AsSpan(row, actions);
                // A later part has the last word.
                if (last[state] <= part.Last && Greedy.Of(was).Actions != Greedy.Of(loop.Values.Row(state)).Actions)
                    last[state] = loop.Episodes;
                loop.Values.Row(state).CopyTo(was);
                pair = row + actions;
            }

            ended?.Invoke();
        }, cancellationToken);
    }
}

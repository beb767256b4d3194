using System.Diagnostics;

namespace GridWorld;

/// <summary>Replays a run to find the history of one state, from the newest episode to the first.</summary>
/// <param name="rewind">The run.</param>
/// <param name="world">The world of the run.</param>
/// <param name="state">The state.</param>
/// <param name="points">Number of episodes whose values are kept, evenly spaced, at least 2.</param>
internal sealed class StateReplay(Rewind rewind, World world, int state, int points)
{
    /// <summary>The values at checkpoints, at most one for each point, from the newest back, for as long as there is time.</summary>
    public StateHistory AtCheckpoints(TimeSpan patience, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp(), episode = rewind.Episodes, step = Math.Max(1, episode / points);
        var rows = new Stack<QRowAt>();
        RunLoop? loop = null;
        while (episode >= 0 && (rows.Count == 0 || Stopwatch.GetElapsedTime(begun) < patience))
        {
            cancellationToken.ThrowIfCancellationRequested();
            loop = rewind.LoopBefore(episode, loop);
            rows.Push(Row(loop.Loop));
            episode = Math.Min(loop.Loop.Episodes - 1, episode - step);
        }

        return Part(rewind.Episodes, [.. rows], [], 0);
    }

    /// <summary>Replays the episodes up to one, from the newest back, for at least one part and for as long as there is time.</summary>
    public StateHistory Back(long last, TimeSpan patience, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        var found = Part(last, [], [], 0);
        foreach (var part in rewind.PartsBack(last))
        {
            found = found.With(Replay(part, cancellationToken));
            if (Stopwatch.GetElapsedTime(begun) >= patience)
                break;
        }

        return found;
    }

    StateHistory Replay(ReplayPart part, CancellationToken cancellationToken)
    {
        var (loop, rows, changes, count) = (part.Loop, new List<QRowAt>(), new Queue<GreedyChange>(), 0L);
        uint greedy = Greedy.Of(loop.Values.Row(state)).Actions;
        long place = part.After * (points - 1) / rewind.Episodes;
        if (part.After == 0)
            rows.Add(Row(loop));
        part.Replay(() =>
        {
            uint now = Greedy.Of(loop.Values.Row(state)).Actions;
            if (now != greedy)
            {
                count++;
                changes.Enqueue(new(loop.Episodes, Actions(greedy), Actions(now)));
                if (changes.Count > StateHistory.MostChanges)
                    changes.Dequeue();
                greedy = now;
            }

            if (loop.Episodes * (points - 1) / rewind.Episodes is var here && here != place)
            {
                rows.Add(Row(loop));
                place = here;
            }
        }, cancellationToken);
        return Part(part.After, [.. rows], [.. changes], count);
    }

    StateHistory Part(long after, IReadOnlyList<QRowAt> rows, IReadOnlyList<GreedyChange> changes, long count) => new()
    {
        State = state,
        Actions = world.ActionNames,
        Episodes = rewind.Episodes,
        After = after,
        Points = rows,
        Changes = changes,
        ChangeCount = count,
    };

    QRowAt Row(TrainingLoop loop) => new(loop.Episodes, loop.Values.Row(state).ToArray());

    static int[] Actions(uint bits) => [.. Enumerable.Range(0, 32).Where(a => (bits >> a & 1) == 1)];
}

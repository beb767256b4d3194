using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Episodes step by step. GridWorld replays them exactly; nothing needs to be recorded during training.</summary>
public static class EpisodeFrames
{
    /// <summary>
    /// Gets one row per step of an episode: episode, step, state, x, y, action, reward, next_state, terminated, truncated, explored, and
    /// the Q row that the action was chosen from, with one column per action in the world's order: q_up, q_right …
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="episode">The episode, from 1 to the last one that has ended.</param>
    /// <exception cref="InputException">There is no such episode.</exception>
    public static DataFrame Episode(this RunView run, long episode) =>
        Frame(Guard.NotNull(run).World, [new(episode, run.ReplayEpisode(episode))]);

    /// <summary>
    /// Gets one row per step of the last episodes, oldest first, with the columns of <see cref="Episode(RunView, long)"/>.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="last">The number of episodes, at least 1. Default: 10. A shorter run returns all its episodes.</param>
    /// <exception cref="InputException">The number is below 1.</exception>
    public static DataFrame Trajectories(this RunView run, int last = 10)
    {
        ArgumentNullException.ThrowIfNull(run);
        new Faults().Require(last >= 1, $"The number of episodes must be at least 1 (got {last}).").ThrowIfAny();
        return Frame(run.World, run.Rewind().ReplayLast(last));
    }

    static DataFrame Frame(World world, IEnumerable<EpisodeTrace> episodes) =>
        GridWorld.Frame.Of(RunTables.StepColumns(world), [.. RunTables.Steps(episodes)]);
}

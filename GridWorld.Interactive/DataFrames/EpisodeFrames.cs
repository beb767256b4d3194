using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Episodes step by step, run again to the same bits: nothing has to be recorded while training.</summary>
public static class EpisodeFrames
{
    /// <summary>
    /// Every step of an episode: episode, step, state, x, y, action, reward, next_state, terminated, truncated, explored, and the row of values it
    /// was chosen from, a column an action in the world's order: q_up, q_right …
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="episode">The episode, from 1 to the last that has ended.</param>
    /// <exception cref="InputException">There is no such episode.</exception>
    public static DataFrame Episode(this Run run, long episode) => Episode(Given.NotNull(run).View, episode);

    /// <inheritdoc cref="Episode(Run, long)"/>
    public static DataFrame Episode(this RunView run, long episode) => Frame(Given.NotNull(run).World, [new(episode, run.ReplayEpisode(episode))]);

    /// <summary>The last episodes step by step, oldest first, in the columns of <see cref="Episode(Run, long)"/>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="last">How many episodes, at least 1; of a shorter run all. Default 10.</param>
    /// <exception cref="InputException">The number is below 1.</exception>
    public static DataFrame Trajectories(this Run run, int last = 10) => Trajectories(Given.NotNull(run).View, last);

    /// <inheritdoc cref="Trajectories(Run, int)"/>
    public static DataFrame Trajectories(this RunView run, int last = 10)
    {
        ArgumentNullException.ThrowIfNull(run);
        new Faults().Require(last >= 1, $"The number of episodes must be at least 1 (got {last}).").ThrowIfAny();
        return Frame(run.World, run.Rewind().ReplayLast(last));
    }

    static DataFrame Frame(World world, IEnumerable<ReplayedEpisode> episodes)
    {
        (long Episode, EpisodeStep Step)[] rows = [.. episodes.SelectMany(e => e.Steps.Select(step => (e.Episode, step)))];
        return new Frame(
        [
            Columns.Of("episode", Array.ConvertAll(rows, r => r.Episode)),
            Columns.Of("step", Array.ConvertAll(rows, r => r.Step.Step)),
            Columns.Of("state", Array.ConvertAll(rows, r => r.Step.State)),
            Columns.Of("x", Array.ConvertAll(rows, r => r.Step.State % world.Width)),
            Columns.Of("y", Array.ConvertAll(rows, r => r.Step.State / world.Width)),
            Columns.Of("action", Array.ConvertAll(rows, r => r.Step.Action)),
            Columns.Of("reward", Array.ConvertAll(rows, r => r.Step.Reward)),
            Columns.Of("next_state", Array.ConvertAll(rows, r => r.Step.NextState)),
            Columns.Of("terminated", Array.ConvertAll(rows, r => r.Step.End == StepEnd.Terminated)),
            Columns.Of("truncated", Array.ConvertAll(rows, r => r.Step.End == StepEnd.Truncated)),
            Columns.Of("explored", Array.ConvertAll(rows, r => r.Step.Explored)),
            .. world.ActionNames.Select((name, action) => Columns.Of($"q_{name}", Array.ConvertAll(rows, r => r.Step.Q[action]))),
        ]);
    }
}

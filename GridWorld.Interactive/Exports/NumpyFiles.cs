namespace GridWorld;

/// <summary>Writes the arrays of .npz files.</summary>
internal static class NumpyFiles
{
    /// <summary>
    /// Writes q, visits and, if known, q_optimal as [state, action]; terminal as [state]; width, height and action_names.
    /// </summary>
    /// <returns>The number of states.</returns>
    public static long WriteQTable(RunView run, Stream to)
    {
        var (agent, world, optimal) = (run.Agent(), run.World, run.SolveExactly()?.OptimalQ);
        using var file = new NumpyArchive(to);
        file.Add<double>("q", agent.Q.AsSpan(), world.States, world.Actions);
        file.Add<long>("visits", agent.Visits.AsSpan(), world.States, world.Actions);
        if (optimal is { } known)
            file.Add<double>("q_optimal", known.AsSpan(), world.States, world.Actions);
        file.Add<bool>("terminal", [.. Enumerable.Range(0, world.States).Select(world.IsTerminal)], world.States);
        file.Add<long>("width", [world.Width]);
        file.Add<long>("height", [world.Height]);
        file.Add("action_names", world.ActionNames);
        return world.States;
    }

    /// <summary>
    /// Writes the transitions as the arrays of D4RL (Fu et al. 2020, arXiv:2004.07219), which offline learners read: observations, actions,
    /// rewards, next_observations, terminals and timeouts. Adds the arrays episodes and explored.
    /// </summary>
    /// <returns>The number of transitions.</returns>
    public static long WriteTrajectories(IEnumerable<EpisodeTrace> episodes, Stream to)
    {
        using NumpySpool<long> observations = new(), actions = new(), next = new(), numbers = new();
        using NumpySpool<double> rewards = new();
        using NumpySpool<bool> terminals = new(), timeouts = new(), explored = new();
        foreach (var (episode, steps) in episodes)
        {
            foreach (var step in steps)
            {
                observations.Add(step.State);
                actions.Add(step.Action);
                rewards.Add(step.Reward);
                next.Add(step.NextState);
                terminals.Add(step.End == StepEnd.Terminated);
                timeouts.Add(step.End == StepEnd.Truncated);
                numbers.Add(episode);
                explored.Add(step.Explored);
            }
        }

        using var file = new NumpyArchive(to);
        file.Add("observations", observations);
        file.Add("actions", actions);
        file.Add("rewards", rewards);
        file.Add("next_observations", next);
        file.Add("terminals", terminals);
        file.Add("timeouts", timeouts);
        file.Add("episodes", numbers);
        file.Add("explored", explored);
        return observations.Count;
    }
}

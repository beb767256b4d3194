namespace GridWorld;

/// <summary>Infers from a run's visits and returns whether it reached a goal and received a reward. A proof remains valid.</summary>
internal sealed class GoalEvidence(World world, Mdp mdp)
{
    readonly Lazy<Facts> facts = new(() => new(world, mdp));

    /// <summary>
    /// Whether the agent has reached a goal, and whether it has received a reward above the step reward. Each is true if it cannot be ruled
    /// out, or if the world has no goal or no such reward.
    /// </summary>
    public (bool Goal, bool Reward) Of(AgentSnapshot agent, EpisodeHistory history, long episode, int stepLimit)
    {
        var f = facts.Value;
        var (mayGoal, mayReward) = Possible(agent, f);
        // If every step gives 0 and no reward is negative, a return above 0 proves a reward.
        bool reward = mayReward && !(f.IsAllFromZero && history.Returns(1, episode, 1, episode) is [{ Max: <= 0 }]);
        bool goal = f.OnlyGoalsEnd
            ? history.Lengths(1, episode, 1, episode) is not [var all] || all.Min < stepLimit
            || history.Records(episode, 1) is [{ Terminated: true }]
            : mayGoal && (reward || !f.EveryGoalPays);
        return (goal || world.Goals.Count == 0, reward || !f.HasReward);
    }

    // The outcomes that the taken steps can have had.
    (bool Goal, bool Reward) Possible(AgentSnapshot agent, Facts f)
    {
        bool goal = false, reward = false;
        foreach (var tables in RunFlags.Tables(mdp))
        {
            for (int pair = 0; pair < agent.Visits.Length && !(goal && reward); pair++)
            {
                if (agent.Visits[pair] == 0)
                    continue;
                var (state, action) = Math.DivRem(pair, tables.Actions);
                foreach (var outcome in tables.Outcomes(tables.Code(state, action)))
                {
                    goal |= outcome.End == MoveEnd.Terminal && f.IsGoal[state + outcome.Delta];
                    reward |= outcome.Reward > f.StepReward;
                }
            }
        }

        return (goal, reward);
    }

    sealed class Facts
    {
        public Facts(World world, Mdp mdp)
        {
            IsGoal = new bool[world.States];
            foreach (int goal in world.Goals)
                IsGoal[goal] = true;
            // A diagonal step of an octile world costs √2 times as much.
            StepReward = Math.Max(world.Rules.StepReward, world.Rules.StepReward * Math.Sqrt(2));
            OnlyGoalsEnd = Enumerable.Range(0, world.States).All(s => IsGoal[s] || !world.TileOf(s).IsEnd);
            EveryGoalPays = true;
            double least = 0;
            foreach (var tables in RunFlags.Tables(mdp))
            {
                for (int pair = 0; pair < tables.States * tables.Actions; pair++)
                {
                    var (state, action) = Math.DivRem(pair, tables.Actions);
                    if (tables.IsTerminal(state))
                        continue;
                    foreach (var outcome in tables.Outcomes(tables.Code(state, action)))
                    {
                        least = Math.Min(least, outcome.Reward);
                        HasReward |= outcome.Reward > StepReward;
                        // An MDP can end in a state that also continues.
                        OnlyGoalsEnd &= world.Table is null || outcome.End != MoveEnd.Terminal || IsGoal[state + outcome.Delta];
                        EveryGoalPays &= outcome.End != MoveEnd.Terminal || !IsGoal[state + outcome.Delta] || outcome.Reward > StepReward;
                    }
                }
            }

            IsAllFromZero = world.Rules.StepReward == 0 && least == 0;
        }

        public bool[] IsGoal { get; }

        public double StepReward { get; }

        public bool HasReward { get; }

        public bool OnlyGoalsEnd { get; }

        public bool EveryGoalPays { get; }

        public bool IsAllFromZero { get; }
    }
}

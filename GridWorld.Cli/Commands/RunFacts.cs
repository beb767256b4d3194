namespace GridWorld.Cli;

/// <summary>A stored run in all its numbers, for <c>runs show</c> and <c>compare</c>.</summary>
internal static class RunFacts
{
    public static IReadOnlyList<(string Name, object? Value)> Of(RunView view)
    {
        var truth = view.SettleTruth(); // first: a status without it sets off a second reckoning
        var (status, specification) = (view.Status(), view.Specification);
        return
        [
            ("run_id", view.Id),
            ("name", view.Name),
            ("parent_run_id", status.ParentRunId),
            ("parent_episode", status.ParentEpisode),
            ("state", status.State.ToString().ToLowerInvariant()),
            ("world", view.World.Name),
            ("learner", specification.Learner.Name),
            ("seed", Summaries.Seed(specification.Seed)),
            ("episodes", status.Episodes),
            ("target_episodes", status.TargetEpisodes),
            ("steps", status.Steps),
            ("steps_per_second", status.StepsPerSecond),
            ("max_steps", specification.StepLimit),
            ("learning_rate", status.LearningRate),
            ("discount_factor", status.DiscountFactor),
            ("epsilon", status.Epsilon),
            ("mean_return_last_100", status.MeanReturnLast100),
            ("greedy_value", truth?.Distance?.GreedyValue),
            ("optimal_value", truth?.OptimalValue),
            ("optimal_return", truth?.OptimalReturn),
            ("optimal_action_share", truth?.Distance?.OptimalActionShare),
            ("truth_message", status.TruthMessage),
            ("q_checksum", status.QChecksum),
            ("events", view.Events().Count),
            ("checkpoints", view.Checkpoints().Count),
            ("message", status.Message),
        ];
    }
}

using System.Globalization;

namespace GridWorld;

/// <summary>
/// Computes the flags of a run after an episode. Each flag is a function of the episodes so far, the tables and the world, so that every
/// reader gets the same flags for the same episode.
/// </summary>
internal sealed class RunFlags(RunSpecification specification, RunWorld world)
{
    const int Lately = 100;
    readonly GoalEvidence evidence = new(world.World, world.Tables);
    readonly Lazy<double> greatestReward = new(() => Tables(world.Tables).Max(m => m.OutcomeTable.Max(o => Math.Abs(o.Reward))));

    // Rewards that were changed say nothing about what was received before.
    readonly bool isChanged = world.World != specification.World;

    // In a world without an end, every episode reaches the step limit on purpose.
    readonly Lazy<bool> endsAtAll = new(() => Tables(world.Tables).Any(m => Array.Exists(m.OutcomeTable, o => o.End == MoveEnd.Terminal)));

    public RunWorld In => world;

    /// <param name="agent">The tables.</param>
    /// <param name="status">Discount factor, and whether the run failed.</param>
    /// <param name="history">The episodes, at least up to the agent's.</param>
    /// <param name="greatestQ">The greatest |Q| of a visited state; not finite if a value is not.</param>
    /// <param name="counts">Number of times each action was taken.</param>
    public IEnumerable<DiagnosticFlag> Of(AgentSnapshot agent, RunStatus status, EpisodeHistory history, double greatestQ, long[] counts)
    {
        long episode = Math.Min(agent.Episode, history.Episodes), steps = counts.Sum();
        bool isFailed = !double.IsFinite(greatestQ) || status is { State: RunState.Failed, Message: not null };
        double epsilon = history.Records(Math.Max(1, episode), 1) is [var row] ? row.Epsilon : status.Settings.Epsilon;
        var behavior = specification.Learner.Behavior;
        string policy = behavior switch
        {
            Behavior.Softmax => "The exploring policy (softmax)",
            Behavior.Ucb => "The exploring policy (upper confidence bounds)",
            _ when epsilon == 0 => "The policy that acts (epsilon 0)",
            _ => $"The exploring policy (epsilon {Number(epsilon)})",
        };

        foreach (string warning in world.Tables.Warnings)
            yield return new(DiagnosticKind.UnusualWorld, warning);
        if (isFailed)
        {
            yield return new(DiagnosticKind.NonFinite, status.Message
                ?? "A value is NaN or infinite. Train a new run, or resume from an earlier checkpoint, with a smaller learning rate.");
        }

        // The others are about an agent that explores.
        if (specification.IsPlanned)
            yield break;
        if (!isChanged && Bound(status) is var bound && double.IsFinite(greatestQ) && greatestQ > 10 * bound && bound > 0)
            yield return new(DiagnosticKind.Diverging,
                $"|Q| has reached {Number(greatestQ)}; no discounted return in this world exceeds {Number(bound)}. Lower the learning"
                + " rate.");
        if (episode < Lately && !isFailed && (epsilon > 0 || behavior != Behavior.EpsilonGreedy))
            yield return new(DiagnosticKind.Exploring, "Training initialized, starting exploration phase");

        bool hitsLimit = endsAtAll.Value && HitsLimit(history, episode);
        var solved = hitsLimit
            ? null : SolvedPlan.Of(agent, agent.Tables, status.Settings.DiscountFactor, specification.StepLimit, greatestQ);
        if (solved is { } optimum && history.MeanReturn(Lately, episode) is { } mean)
        {
            double cost = optimum - mean;
            string measured =
                $"{policy} returned {Number(mean)} on average over episodes {Range(Math.Max(1, episode - Lately + 1), episode)}, the"
                + $" optimal policy returns {Number(optimum)}";
            yield return new(DiagnosticKind.GreedyOptimal, $"The greedy policy is optimal. {measured}" + (cost > 0.01 * Math.Abs(optimum)
                ? $": exploring costs {Number(cost)} per episode. Lower epsilon to reduce that."
                : ". Nothing is left to learn."));
        }
        else
        {
            if (Plateau.IsReached(history, episode) && Stretch.At(episode) is { } lately)
            {
                double before = Mean(history, lately.Start - lately.Length, lately.Start - 1);
                yield return new(DiagnosticKind.NoImprovement,
                    $"no reward improvement in {Lately} episodes—check hyperparameters. {policy} returned"
                    + $" {Number(Mean(history, lately.Start, lately.End))} on average over "
                    + $"episodes {Range(lately.Start, lately.End)}, and {Number(before)} over the {Count(lately.Length)} before: not"
                    + " better by a rank test.");
            }

            if (steps >= 1000 && counts.Max() > 0.95 * steps)
            {
                yield return new(DiagnosticKind.SameAction,
                    $"{specification.World.ActionNames[Array.IndexOf(counts, counts.Max())]} is taken in more than 95 % of the steps."
                    + $" {policy} took it in "
                    + $"{(100.0 * counts.Max() / steps).ToString("0.0", CultureInfo.InvariantCulture)} % of episodes"
                    + $" {Range(1, episode)}. Raise epsilon, or check rewards and walls.");
            }
        }

        if (hitsLimit)
        {
            yield return new(DiagnosticKind.StepLimit,
                $"Every episode hits the step limit: {policy} took {Count(specification.StepLimit)} steps in each of episodes"
                + $" {Range(episode - Lately + 1, episode)} "
                + "without reaching a terminal state. Raise epsilon or the step limit, or check that the goal can be reached.");
        }

        if (episode < Lately || isFailed || isChanged)
            yield break;
        var (goal, reward) = evidence.Of(agent, history, episode, specification.StepLimit);
        if (!goal)
        {
            yield return new(DiagnosticKind.GoalNeverReached, $"The goal has not been reached so far: {policy} did not reach it in"
                + $" episodes {Range(1, episode)}. Raise epsilon, the initial value or the step limit.");
        }

        if (!reward)
        {
            yield return new(DiagnosticKind.NoReward, $"No reward above the step reward has been received so far: {policy} found none in"
                + $" episodes {Range(1, episode)}, so it has nothing to learn from. Raise epsilon or the initial value.");
        }
    }

    /// <summary>The tables of all maps of the world.</summary>
    internal static IEnumerable<Mdp> Tables(Mdp mdp) => mdp.Changes.Select(c => c.Mdp).Prepend(mdp);

    // A learner that averages rewards and values never exceeds this bound. Learners that add a bonus exceed it slightly.
    double Bound(RunStatus status) =>
        Math.Max(Math.Abs(specification.Learner.InitialValue),
        greatestReward.Value * (status.Settings.DiscountFactor is < 1 and var discount ? 1 / (1 - discount) : specification.StepLimit));

    static bool HitsLimit(EpisodeHistory history, long episode) =>
        episode >= Lately && history.Records(episode - Lately + 1, Lately) is { Length: Lately } last
        && Array.TrueForAll(last, r => r.Truncated);

    static double Mean(EpisodeHistory history, long start, long end)
    {
        var buckets = history.Returns(start, end, Stretch.Blocks, end);
        return buckets.Sum(b => b.Mean * b.Count) / buckets.Sum(b => b.Count);
    }

    static string Range(long first, long last) => $"{Count(first)}–{Count(last)}";

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Number(double value) =>
        (Math.Abs(value) is >= 1e7 or (> 0 and < 0.001)
        ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
        : value.ToString("#,0.###", CultureInfo.InvariantCulture)).Replace('-', '−');
}

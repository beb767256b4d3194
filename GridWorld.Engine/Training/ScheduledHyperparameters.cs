namespace GridWorld;

/// <summary>The hyperparameters of a learner, constants evaluated once and schedules at the moments they can change.</summary>
internal sealed class ScheduledHyperparameters
{
    static readonly Schedule Absent = 0;
    readonly Schedule learningRate, discountFactor, epsilon, temperature, confidence, traceDecay, kappa, threshold;

    public ScheduledHyperparameters(LearnerOptions options)
    {
        var all = Hyperparameter.All.Select(h => h.Get(options) ?? Absent).ToArray();
        (learningRate, discountFactor, epsilon, temperature) = (all[0], all[1], all[2], all[3]);
        (confidence, traceDecay, kappa, threshold) = (all[4], all[5], all[6], all[7]);
        ChangeByEpisode = all.Any(s => s is not ConstantSchedule);
        ChangeWithinEpisode = all.Any(s => s.ChangesWithinEpisode);
    }

    /// <summary>Whether any value may differ from one episode to the next.</summary>
    public bool ChangeByEpisode { get; }

    /// <summary>Whether any value may change within an episode.</summary>
    public bool ChangeWithinEpisode { get; }

    public Hyperparameters At(in ScheduleMoment moment)
    {
        // What decides on an action cannot depend on how often that action was taken: it counts visits of the state.
        var choice = moment with { PairVisits = moment.StateVisits };
        return new()
        {
            LearningRate = learningRate.At(moment),
            DiscountFactor = discountFactor.At(moment),
            Epsilon = epsilon.At(choice),
            Temperature = temperature.At(choice),
            Confidence = confidence.At(choice),
            TraceDecay = traceDecay.At(moment),
            Kappa = kappa.At(moment),
            Threshold = threshold.At(moment),
        };
    }
}

namespace GridWorld;

/// <summary>The hyperparameters of a learner, constants evaluated once and schedules at the moments they can change.</summary>
internal sealed class ScheduledHyperparameters
{
    readonly Schedule learningRate, discountFactor, epsilon;

    public ScheduledHyperparameters(LearnerOptions options)
    {
        (learningRate, discountFactor, epsilon) = (options.LearningRate, options.DiscountFactor, options.Epsilon);
        Schedule[] all = [learningRate, discountFactor, epsilon];
        ChangeByEpisode = all.Any(s => s is not ConstantSchedule);
        ChangeWithinEpisode = all.Any(s => s.ChangesWithinEpisode);
    }

    /// <summary>Whether any value may differ from one episode to the next.</summary>
    public bool ChangeByEpisode { get; }

    /// <summary>Whether any value may change within an episode.</summary>
    public bool ChangeWithinEpisode { get; }

    public Hyperparameters At(in ScheduleMoment moment) => new()
    {
        LearningRate = learningRate.At(moment),
        DiscountFactor = discountFactor.At(moment),
        Epsilon = epsilon.At(moment),
    };
}

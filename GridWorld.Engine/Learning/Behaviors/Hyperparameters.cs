namespace GridWorld;

/// <summary>The values of all hyperparameters at one moment; schedules have been evaluated.</summary>
public record struct Hyperparameters
{
    /// <summary>Learning rate α.</summary>
    public double LearningRate { get; set; }

    /// <summary>Discount factor γ.</summary>
    public double DiscountFactor { get; set; }

    /// <summary>Probability ε of exploring.</summary>
    public double Epsilon { get; set; }

    /// <summary>Trace decay λ.</summary>
    public double TraceDecay { get; set; }

    /// <summary>Weight κ of the exploration bonus of Dyna-Q+.</summary>
    public double Kappa { get; set; }

    /// <summary>Smallest change that enters the queue of prioritized sweeping.</summary>
    public double Threshold { get; set; }

    /// <summary>Temperature τ of softmax.</summary>
    public double Temperature { get; set; }

    /// <summary>Confidence c of upper confidence bounds.</summary>
    public double Confidence { get; set; }
}

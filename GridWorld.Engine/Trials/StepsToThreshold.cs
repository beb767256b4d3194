namespace GridWorld;

/// <summary>
/// Number of steps until the mean return of the last 100 episodes reaches a threshold; before 100 episodes it is not judged. A run that
/// never reaches it has no such number.
/// </summary>
internal sealed class StepsToThreshold(double threshold)
{
    long steps;
    double sum;

    /// <summary>Number of steps; null if the threshold has not been reached.</summary>
    public long? Steps { get; private set; }

    /// <summary>Counts an episode.</summary>
    /// <param name="last">The last returns, with that of this episode.</param>
    /// <param name="entered">The return of this episode.</param>
    /// <param name="left">The return that it replaced; 0 if none.</param>
    /// <param name="length">Number of steps of this episode.</param>
    public void Add(LastReturns last, double entered, double left, double length)
    {
        if (Steps is not null)
            return;
        sum += entered - left;
        steps += (long)length;
        // The running sum is only a first test: it drifts. The exact mean decides.
        if (last.IsFull && sum >= threshold * LastReturns.Window - Math.Abs(sum) * 1e-9 - 1e-9 && last.Mean >= threshold)
            Steps = steps;
    }

    public void Save(StateWriter state)
    {
        state.Write<long>("threshold.steps", [steps, Steps ?? -1]);
        state.Write("threshold.sum", sum);
    }

    public void Load(StateReader state)
    {
        long[] counters = state.Read<long>("threshold.steps", 2);
        (steps, Steps) = (counters[0], counters[1] < 0 ? null : counters[1]);
        sum = state.ReadOne<double>("threshold.sum");
    }
}

namespace GridWorld;

/// <summary>
/// Number of steps until the mean return of the last 100 episodes reaches a threshold; before 100 episodes it is not judged. A run that
/// never reaches it has no such number.
/// </summary>
internal sealed class StepsToThreshold(double threshold)
{
    const int Window = 100;
    readonly double[] ring = new double[Window];
    long count, steps;
    double sum;

    /// <summary>Number of steps; null if the threshold has not been reached.</summary>
    public long? Steps { get; private set; }

    public void Add(double episodeReturn, double length)
    {
        if (Steps is not null)
            return;
        int at = (int)(count++ % Window);
        sum += episodeReturn - ring[at];
        ring[at] = episodeReturn;
        steps += (long)length;
        // The running sum is only a first test: it drifts. The exact mean decides.
        if (count >= Window && sum >= threshold * Window - Math.Abs(sum) * 1e-9 - 1e-9 && Summary.Of(ring).Mean >= threshold)
            Steps = steps;
    }

    public void Save(StateWriter state)
    {
        state.Write<long>("threshold.counters", [count, steps, Steps ?? -1]);
        state.Write("threshold.sum", sum);
        state.Write<double>("threshold.returns", ring);
    }

    public void Load(StateReader state)
    {
        long[] counters = state.Read<long>("threshold.counters", 3);
        (count, steps, Steps) = (counters[0], counters[1], counters[2] < 0 ? null : counters[2]);
        sum = state.ReadOne<double>("threshold.sum");
        state.Read<double>("threshold.returns", ring);
    }
}

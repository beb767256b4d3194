namespace GridWorld;

/// <summary>
/// Limits the number of runs in training when a live view starts another one. Runs that the program itself starts count, but are never
/// refused.
/// </summary>
/// <param name="most">The maximum number, including paused runs.</param>
/// <param name="inTraining">Gets the current number.</param>
internal sealed class TrainingLimit(int most, Func<int> inTraining)
{
    public const int Default = 32;

    readonly Lock gate = new();
    int starting;

    /// <summary>Starts a run, which counts from now on.</summary>
    /// <exception cref="TooManyRunsException">The limit is reached.</exception>
    public T Start<T>(Func<T> start)
    {
        lock (gate)
        {
            if (inTraining() + starting >= most)
                throw new TooManyRunsException($"{most} runs are in training or paused, "
                    + "which is the limit for starting runs from the live view. Stop one first. "
                    + $"To allow more, set {ServerOptions.MaxRunsVariable} before the server starts.");
            starting++;
        }

        try
        {
            return start();
        }
        finally
        {
            lock (gate)
                starting--;
        }
    }
}

namespace GridWorld;

/// <summary>How many runs may be in training at once when a page asks for one more. Those that a program starts itself count, but are not refused.</summary>
/// <param name="most">The most, paused ones included.</param>
/// <param name="inTraining">How many there are.</param>
internal sealed class TrainingLimit(int most, Func<int> inTraining)
{
    public const int Default = 32;

    readonly Lock gate = new();
    int starting;

    /// <summary>Starts a run, which counts from here on.</summary>
    /// <exception cref="TooManyRunsException">There are too many.</exception>
    public T Start<T>(Func<T> start)
    {
        lock (gate)
        {
            if (inTraining() + starting >= most)
                throw new TooManyRunsException($"{most} runs are in training or paused, the most that pages may start here. Stop one first. To allow more, set {ServerOptions.MaxRunsVariable} before the server starts.");
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

/// <summary>The words name the way out.</summary>
internal sealed class TooManyRunsException(string message) : Exception(message);

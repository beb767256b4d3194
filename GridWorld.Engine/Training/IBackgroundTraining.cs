namespace GridWorld;

/// <summary>A run, an ensemble or a sweep that trains in the background.</summary>
internal interface IBackgroundTraining
{
    RunState State { get; }

    /// <summary>Ends the training soon, without waiting for it.</summary>
    void Stop();

    /// <summary>Saves what is not in the file yet. Null if there is nothing to save.</summary>
    /// <returns>Set when it is saved.</returns>
    ManualResetEventSlim? SaveForExit();
}

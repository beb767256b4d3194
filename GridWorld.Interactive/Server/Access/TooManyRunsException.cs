namespace GridWorld;

/// <summary>The limit of runs is reached. The message explains what to do.</summary>
internal sealed class TooManyRunsException(string message) : Exception(message);

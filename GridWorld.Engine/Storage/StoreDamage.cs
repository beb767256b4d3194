namespace GridWorld;

/// <summary>Something in a run's file is not what was written.</summary>
internal sealed class StoreDamage(string message) : Exception(message);

namespace GridWorld.Cluster;

/// <summary>Notes that a silo must end, where Orleans would end the process.</summary>
internal sealed class LostSilo : Orleans.Runtime.IFatalErrorHandler
{
    volatile bool isLost;

    public bool IsLost => isLost;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) => isLost = true;
}

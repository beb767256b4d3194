namespace GridWorld;

/// <summary>What one client may cost, at most.</summary>
internal sealed record ServerLimits
{
    public int BodyBytes { get; init; } = 64 * 1024;
    public int RequestLineBytes { get; init; } = 4 * 1024;
    public int HeaderBytes { get; init; } = 16 * 1024;
    public int Headers { get; init; } = 50;
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(3);
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connections that have shown a token; each has a place that no stranger can take.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>Connections that have not shown a token yet; the oldest makes room for the next.</summary>
    public int Strangers { get; init; } = 512;

    /// <summary>Runs in training or paused at once, where a page asks for one more.</summary>
    public int RunsInTraining { get; init; } = TrainingLimit.Default;

    public int WebSockets { get; init; } = 32;

    public int HubMessageBytes { get; init; } = 32 * 1024;
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan ClientTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A page that hears nothing for three times as long holds the server for gone.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A reader that has not acknowledged its first frame by then is dropped.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A past episode that takes longer to run again is given up.</summary>
    public TimeSpan ReplayTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages of one hub connection, a second and at once.</summary>
    public int MessagesPerSecond { get; init; } = 50;
    public int MessageBurst { get; init; } = 100;

    /// <summary>Wrong tokens that are answered one by one, a second and at once; more are told to wait.</summary>
    public int WrongTokensPerSecond { get; init; } = 10;
    public int WrongTokenBurst { get; init; } = 20;

    public const int JsonDepth = 16;
    public const int FrameBytes = 32 * 1024;
    public const int ViewBytes = 256 * 1024;
    public const int TileSide = 128;
}

namespace GridWorld;

/// <summary>The limits for clients.</summary>
internal sealed record ServerLimits
{
    public int BodyBytes { get; init; } = 64 * 1024;
    public int RequestLineBytes { get; init; } = 4 * 1024;
    public int HeaderBytes { get; init; } = 16 * 1024;
    public int Headers { get; init; } = 50;
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(3);
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The maximum number of connections that have shown a token. A connection without a token never takes their places.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>The maximum number of connections that have not shown a token. The oldest makes room for the next.</summary>
    public int Strangers { get; init; } = 512;

    /// <summary>The maximum number of runs in training or paused when a live view starts another one.</summary>
    public int RunsInTraining { get; init; } = TrainingLimit.Default;

    public int WebSockets { get; init; } = 32;

    public int HubMessageBytes { get; init; } = 32 * 1024;
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan ClientTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The interval of pings. A live view that receives nothing for three intervals treats the server as disconnected.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time in which a client must acknowledge its first frame. Otherwise it is disconnected.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum time of a replay. A longer replay is canceled.</summary>
    public TimeSpan ReplayTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of messages per second, and at once, from one hub connection.</summary>
    public int MessagesPerSecond { get; init; } = 50;
    public int MessageBurst { get; init; } = 100;

    /// <summary>The maximum number of wrong tokens per second, and at once, that get a normal reply. Others are told to wait.</summary>
    public int WrongTokensPerSecond { get; init; } = 10;
    public int WrongTokenBurst { get; init; } = 20;

    public const int JsonDepth = 16;
    public const int FrameBytes = 32 * 1024;
    public const int ViewBytes = 256 * 1024;
    public const int TileSide = 128;
}

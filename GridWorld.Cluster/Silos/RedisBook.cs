using System.Net;
using StackExchange.Redis;

namespace GridWorld.Cluster;

/// <summary>
/// Redis, in which home registers itself and Orleans keeps the membership, so that home may move to another machine. One sweep at a time
/// uses a database.
/// </summary>
internal sealed class RedisBook : IAsyncDisposable
{
    const string Key = "gridworld:home", Sweeps = "gridworld:sweeps";
    const string WayOn = "If no other home is running, pass --no-other-home.";
    readonly ConnectionMultiplexer connection;

    RedisBook(ConnectionMultiplexer connection, ConfigurationOptions options) => (this.connection, Options) = (connection, options);

    public ConfigurationOptions Options { get; }

    public string Name => $"Redis at {Address}";

    string Address => string.Join(", ", Options.EndPoints.Select(e => e.ToString()?.Replace("Unspecified/", "")));

    /// <summary>Opens a connection such as <c>127.0.0.1:6379,password=…,ssl=true</c>.</summary>
    /// <exception cref="InputException">Redis does not answer, refuses the password, or does not keep what it is told.</exception>
    public static async Task<RedisBook> OpenAsync(string text)
    {
        string name = Printable.Text(text.Split(',')[0]);
        try
        {
            var options = ConfigurationOptions.Parse(text);
            (options.AbortOnConnectFail, options.AllowAdmin, options.ConnectTimeout) = (true, true, 5000);
            var connection = await ConnectionMultiplexer.ConnectAsync(options, TextWriter.Null);
            // Once it is there it may be away: what needs it waits.
            options = options.Clone();
            options.AbortOnConnectFail = false;
            var book = new RedisBook(connection, options);
            if (await book.KeepsAsync())
                return book;
            await book.DisposeAsync();
        }
        catch (Exception e) when (e is RedisException or ArgumentException or TimeoutException)
        {
            throw new InputException($"Redis at {name} cannot be used: {e.Message} "
                + "Use --redis HOST:PORT[,password=…,ssl=true]; user=… names a user.");
        }

        throw new InputException($"Redis at {name} keeps no append-only file, so a restart would lose the membership of the cluster. "
            + "Start it with --appendonly yes.");
    }

    /// <summary>Refuses to start a home if there may be another one, for which the workers would leave this one.</summary>
    /// <param name="sweep">The id of the sweep, if its file says that it has used Redis before; otherwise null.</param>
    /// <exception cref="InputException">The home in Redis answers, or Redis no longer knows the sweep.</exception>
    public async Task RequireNoOtherHomeAsync(string? sweep)
    {
        if (await FindAsync() is { } other && await Probe.ListensAsync(other.Address))
        {
            throw new InputException($"{Name} knows a home at {other.Address}, which answers. One sweep at a time uses a Redis database: "
                + $"wait for that sweep, stop it, or use another database ({Address},defaultDatabase=1). {WayOn}");
        }

        if (sweep is not null && !await AnswerAsync(connection.GetDatabase().SetContainsAsync(Sweeps, sweep)))
        {
            throw new InputException($"{Name} does not know {sweep}, which has used Redis before. It was emptied, or it is another Redis, "
                + $"so it cannot show whether another home trains this sweep. {WayOn}");
        }
    }

    /// <summary>Notes that a sweep uses this Redis. A Redis that has no such note later was emptied.</summary>
    /// <exception cref="InputException">Redis does not answer.</exception>
    public Task NoteAsync(string sweep) => AnswerAsync(connection.GetDatabase().SetAddAsync(Sweeps, sweep));

    /// <summary>Where home is; null if Redis does not know one, or is away.</summary>
    public async Task<HomePlace?> FindAsync()
    {
        try
        {
            return await ReadAsync();
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Whether Redis answers and knows no home: it was emptied.</summary>
    public async Task<bool> IsEmptyAsync()
    {
        try
        {
            return await ReadAsync() is null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Registers home, and forgets the membership of the home before.</summary>
    public async Task RegisterAsync(HomePlace home)
    {
        if (await FindAsync() is { } before && before.ClusterId != home.ClusterId)
            await connection.GetDatabase().KeyDeleteAsync($"{HomePlace.Service}/members/{before.ClusterId}");
        await connection.GetDatabase().StringSetAsync(Key, $"{home.ClusterId} {home.Address}");
    }

    /// <summary>Forgets home, if it is this one.</summary>
    public async Task ForgetAsync(HomePlace home)
    {
        if (await FindAsync() == home)
            await connection.GetDatabase().KeyDeleteAsync([Key, $"{HomePlace.Service}/members/{home.ClusterId}"]);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    async Task<bool> AnswerAsync(Task<bool> asked)
    {
        try
        {
            return await asked;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new InputException($"{Name} does not answer: {e.Message}");
        }
    }

    async Task<HomePlace?> ReadAsync() => (await connection.GetDatabase().StringGetAsync(Key)).ToString().Split(' ') is [var id, var at]
        && IPEndPoint.TryParse(at, out var address) ? new(id, address) : null;

    async Task<bool> KeepsAsync()
    {
        var answer = await connection.GetDatabase().ExecuteAsync("INFO", "persistence");
        return answer.ToString().Contains("aof_enabled:1", StringComparison.Ordinal);
    }
}

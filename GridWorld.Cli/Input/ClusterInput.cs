using System.CommandLine;
using GridWorld.Cluster;

namespace GridWorld.Cli;

/// <summary>The options of a sweep that other machines train, too.</summary>
internal static class ClusterInput
{
    public static readonly Option Listen = Options.Optional("--listen", "ADDRESS:PORT",
        "Let workers take part (gridworld worker --join ADDRESS:PORT). Port 0 means a free one. Default: 127.0.0.1:0.");
    public static readonly Option Certificate = Options.Value("--certificate", "F",
        "The certificate that home and all workers share. Required unless the address is a loopback address.");

    public static readonly Option Redis = Options.Value("--redis", "HOST:PORT",
        "Redis, in which home registers itself, so that it may move: HOST:PORT[,password=…,ssl=true]. It must keep an append-only file.");

    public static readonly Option NoOtherHome = Options.Flag("--no-other-home",
        "Confirm that no other home is running, when Redis knows one or was emptied.");

    /// <summary>The options of home.</summary>
    public static IReadOnlyList<Option> Home => [Listen, Redis, NoOtherHome, Certificate];

    /// <summary>How the sweep is trained. With --listen, this process may have no threads of its own.</summary>
    public static SweepRunOptions Training(ParsedOptions given, string? store, Option threads)
    {
        bool isShared = given.Has(Listen);
        return new() { Store = store, IsShared = isShared, UsesRedis = given.Has(Redis), Threads = given.Whole(threads, isShared ? 0 : 1) };
    }

    /// <summary>Reads the certificate, if there is one.</summary>
    public static SharedCertificate? Shared(ParsedOptions given) =>
        given.Text(Certificate) is { } file ? given.Make(() => SharedCertificate.Read(file)) : null;

    /// <summary>Opens Redis, if that was asked for.</summary>
    public static async Task<RedisBook?> OpenAsync(ParsedOptions given) =>
        given.Text(Redis) is { } redis ? await RedisBook.OpenAsync(redis) : null;

    /// <summary>Starts to listen, if that was asked for. Throws all errors recorded so far.</summary>
    /// <param name="given">The options.</param>
    /// <param name="resumed">The stored sweep; null for a new one.</param>
    public static async Task<HomeSilo?> ListenAsync(ParsedOptions given, SweepView? resumed)
    {
        var certificate = Shared(given);
        string text = given.Text(Listen) ?? "127.0.0.1:0";
        var address = given.Has(Listen) ? given.Make(() => ClusterAddress.Read(text, "--listen", certificate)) : null;
        given.Faults.Require(given.Has(Listen) || !given.Has(Certificate), "--certificate is of use only with --listen.")
            .Require(given.Has(Listen) || !given.Has(Redis), "--redis is of use only with --listen.")
            .Require(given.Has(Redis) || !given.Has(NoOtherHome), "--no-other-home is of use only with --redis.").ThrowIfAny();
        if (address is null)
            return null;
        var redis = await OpenAsync(given);
        if (redis is not null && !given.Flag(NoOtherHome))
            await redis.RequireNoOtherHomeAsync(resumed is { HasUsedRedis: true } ? resumed.Id : null);
        return await HomeSilo.StartAsync(address, certificate, redis, Compatibility.Here,
            // A terminal shows the workers with the progress.
            words => (Console.IsErrorRedirected ? Console.Error : TextWriter.Null).WriteLine(Printable.Line(words)));
    }
}

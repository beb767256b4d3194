using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>
/// A server and a run at full speed on one core, and on the other more clients than the server takes: slow, half open, hasty and rude ones.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class LoadTests
{
    const string Name = "load";
    const int Held = 1000, Requests = 2000, Viewers = 30;
    readonly ConcurrentDictionary<int, long> answers = [];
    readonly ConcurrentBag<string> telltales = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_costs_training_the_servers_time_and_no_more()
    {
        Assert.SkipUnless(Long.Is(Name), "It takes minutes: dotnet run build.cs long load");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount > 1, "It needs Linux and two cores.");
        var time = TimeSpan.FromSeconds(Long.Count(Name, 0, 120));
        using var host = await HostProcess.TrainingAsync();
        var quiet = await MeasureAsync(host, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Load(host.Url, over.Token);
        var loaded = await MeasureAsync(host, time);
        await over.CancelAsync();
        await Task.WhenAll(load);

        double loss = 1 - loaded.StepsPerSecond / quiet.StepsPerSecond;
        Long.Say(Name, string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s without and {time.TotalSeconds} s with load: "
            + $"training has {quiet.Share:P0} and {loaded.Share:P0} of its core, and takes {quiet.StepsPerSecond:N0} and "
            + $"{loaded.StepsPerSecond:N0} steps per second of its own time, a loss of {loss:P1}; memory {quiet.Memory >> 20} and "
            + $"{loaded.Memory >> 20} MiB; answers {string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"))}"));
        Assert.Empty(telltales);
        Assert.All(answers.Keys, status => Assert.True(status is 0 or 200 or 503 or (>= 400 and < 500), $"An answer was {status}."));
        Assert.True(answers.GetValueOrDefault(200) > 0, "The owner was never served.");
        Assert.InRange(loaded.Memory - quiet.Memory, long.MinValue, Bound(new()));
        Assert.InRange(loss, -1, 0.1);
    }

    // All that the limits let clients make the server hold, twice: the collector may not have come yet.
    static long Bound(ServerLimits limits) => 2L * (limits.Connections * (limits.BodyBytes + limits.HeaderBytes)
        + limits.Strangers * limits.HeaderBytes + limits.WebSockets * (limits.HubMessageBytes + 2 * ServerLimits.ViewBytes));

    List<Task> Load(string url, CancellationToken over) =>
    [
        .. Enumerable.Range(0, Held).Select(i => RepeatAsync(() => HoldAsync(url, i, over), over)),
        .. Enumerable.Range(0, 20).Select(_ => RequestAsync(url, over)),
        .. Enumerable.Range(0, Viewers).Select(_ => RepeatAsync(() => LookAsync(url, over), over)),
        .. Enumerable.Range(0, 2).Select(_ => RepeatAsync(() => ShoutAsync(url, over), over)),
    ];

    // A server that refuses or drops a client is no failure here.
    static async Task RepeatAsync(Func<Task> act, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await act();
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }

    // Half of them say nothing, the others a letter of a header every now and then.
    static async Task HoldAsync(string url, int number, CancellationToken over)
    {
        using var client = await RawHttp.ConnectAsync(new Uri(url).Port, over);
        byte[] letter = new byte[1];
        if (number % 2 == 0)
            await client.GetStream().ReadExactlyAsync(letter, over);
        else
            for (int i = 0; await RawHttp.TrySendAsync(client, Encoding.Latin1.GetBytes(i == 0 ? "GET / HTTP/1.1\r\nX: " : "x"), over); i++)
                await Task.Delay(500, over);
    }

    async Task RequestAsync(string url, CancellationToken over)
    {
        string[] targets = ["/api/training-sessions", "/api/metrics?points=100", "/", "/../etc/passwd", "/api/metrics?points=x"];
        using var client = Client(url);
        using var turns = new PeriodicTimer(TimeSpan.FromSeconds(20.0 / Requests));
        for (int i = 0; !over.IsCancellationRequested && await turns.WaitForNextTickAsync(CancellationToken.None); i++)
        {
            try
            {
                using var reply = await client.GetAsync(targets[i % targets.Length], over);
                answers.AddOrUpdate((int)reply.StatusCode, 1, (_, n) => n + 1);
                string text = await reply.Content.ReadAsStringAsync(over);
                if (!reply.IsSuccessStatusCode && Fuzz.IsTelltale(text))
                    telltales.Add(text);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                answers.AddOrUpdate(0, 1, (_, n) => n + 1);
            }
        }
    }

    static async Task LookAsync(string url, CancellationToken over)
    {
        await using var page = await Page.OpenAsync(url, """{"interval_ms":100,"map":{"layer":"value"}}""");
        while (!over.IsCancellationRequested)
            await page.NextViewAsync();
    }

    static async Task ShoutAsync(string url, CancellationToken over)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(new($"ws://127.0.0.1:{new Uri(url).Port}/hub/training?access_token={ServerFixture.TokenOf(url)}"), over);
        await socket.SendAsync(new byte[10_000_000], System.Net.WebSockets.WebSocketMessageType.Text, true, over);
    }

    static HttpClient Client(string url) => new()
    {
        BaseAddress = new(new Uri(url).GetLeftPart(UriPartial.Authority)),
        DefaultRequestHeaders = { Authorization = new("Bearer", ServerFixture.TokenOf(url)) }, Timeout = RawHttp.Patience,
    };

    /// <summary>What training did in a while: steps by the second of its thread, its share of the core, and the process's memory.</summary>
    static async Task<(double StepsPerSecond, double Share, long Memory)> MeasureAsync(HostProcess host, TimeSpan time)
    {
        var (steps, used, watch) = (await StepsAsync(host.Url), Used(host.Process.Id), Stopwatch.StartNew());
        await Task.Delay(time, Cancel);
        double seconds = Used(host.Process.Id) - used;
        double share = seconds / watch.Elapsed.TotalSeconds;
        host.Process.Refresh();
        return ((await StepsAsync(host.Url) - steps) / seconds, share, host.Process.WorkingSet64);
    }

    // The owner is served as soon as there is room.
    static async Task<long> StepsAsync(string url)
    {
        using var client = Client(url);
        for (int tries = 0; ; tries++)
        {
            try
            {
                var list = JsonNode.Parse(await client.GetStringAsync("/api/training-sessions", Cancel))!;
                return (long)list[0]!["steps"]!;
            }
            catch (Exception e) when (tries < 100 && e is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(100, Cancel);
            }
        }
    }

    // Seconds of the processor that the thread which trains has had.
    static double Used(int process)
    {
        foreach (string thread in Directory.GetDirectories($"/proc/{process}/task"))
        {
            string stat = File.ReadAllText(Path.Combine(thread, "stat"));
            int end = stat.LastIndexOf(')');
            if (!stat[..end].Contains("(GridWorld", StringComparison.Ordinal))
                continue;
            string[] fields = stat[(end + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
        }

        throw new InvalidOperationException("No thread trains.");
    }
}

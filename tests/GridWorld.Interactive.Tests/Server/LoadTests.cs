using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>
/// A server and a run at full speed on one core, and on the other more clients than the server takes: slow, half open, hasty and rude ones.
/// A busy core can slow down the other one, whose clock and cache it shares. So the control is the same load on a second server, on the
/// clients' own core.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class LoadTests
{
    const string Name = "load";
    const int Held = 1000, Requests = 2000, Viewers = 30;
    const int TrainingCore = 0, ClientCore = 1, Rounds = 5;
    static readonly TimeSpan warmUp = TimeSpan.FromSeconds(3);
    readonly ConcurrentBag<string> telltales = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_costs_training_the_servers_time_and_no_more()
    {
        Assert.SkipUnless(Long.Is(Name), "It takes minutes: dotnet run build.cs long load");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount > 1, "It needs Linux and two cores.");
        var time = TimeSpan.FromSeconds(Long.Count(Name, 0, 20));
        await MoveHereAsync(ClientCore);
        using var host = await HostProcess.TrainingAsync(TrainingCore, pace: null);
        using var other = await HostProcess.TrainingAsync(ClientCore, pace: 10_000);
        List<Period> controls = [], loads = [];
        ConcurrentDictionary<int, long> answers = [];
        for (int round = 0; round < Rounds; round++)
        {
            controls.Add(await MeasureAsync(host, other.Url, [], time));
            loads.Add(await MeasureAsync(host, host.Url, answers, time));
        }

        var (control, load) = (Median(controls), Median(loads));
        double loss = 1 - load.StepsPerSecond / control.StepsPerSecond;
        string answered = string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"));
        string memory = string.Join(", ", controls.Zip(loads, (without, with) => $"{without.Resident >> 20} and {with.Resident >> 20}"));
        long held = controls.Zip(loads, (without, with) => with.Live - without.Live).Order().ElementAt(Rounds / 2);
        Long.Say(Name, string.Create(CultureInfo.InvariantCulture, $"medians of {Rounds} periods of {time.TotalSeconds} s with the load on "
            + $"the other server and of as many with the load on this one: training has {control.Share:P0} and {load.Share:P0} of its "
            + $"core; the clients' core is busy for {control.ClientCore:P0} and {load.ClientCore:P0}; training takes "
            + $"{control.StepsPerSecond:N0} and {load.StepsPerSecond:N0} steps per second of its own time, a loss of {loss:P1}; "
            + $"the load holds {held >> 10} KiB of objects; resident are {memory} MiB; answers {answered}"));
        Assert.Empty(telltales);
        Assert.All(answers.Keys, status => Assert.True(status is 0 or 200 or 503 or (>= 400 and < 500), $"An answer was {status}."));
        Assert.True(answers.GetValueOrDefault(200) > 0, "The owner was never served.");
        Assert.InRange(held, long.MinValue, Bound(new()));
        Assert.InRange(loss, -1, 0.1);
    }

    static Period Median(List<Period> periods) => periods.OrderBy(p => p.StepsPerSecond).ElementAt(periods.Count / 2);

    // All that the limits let clients make the server hold.
    static long Bound(ServerLimits limits) => limits.Connections * (limits.BodyBytes + limits.HeaderBytes)
        + limits.Strangers * limits.HeaderBytes + limits.WebSockets * (limits.HubMessageBytes + 2 * ServerLimits.ViewBytes);

    // All threads, and those that they start.
    static async Task MoveHereAsync(int core)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"{core}", $"{Environment.ProcessId}"])
        {
            RedirectStandardOutput = true,
        })!;
        await taskset.StandardOutput.ReadToEndAsync(Cancel);
        await taskset.WaitForExitAsync(Cancel);
        Assert.Equal(0, taskset.ExitCode);
    }

    List<Task> Load(string url, ConcurrentDictionary<int, long> answers, CancellationToken over) =>
    [
        .. Enumerable.Range(0, Held).Select(i => RepeatAsync(() => HoldAsync(url, i, over), over)),
        .. Enumerable.Range(0, 20).Select(_ => RequestAsync(url, answers, over)),
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

    async Task RequestAsync(string url, ConcurrentDictionary<int, long> answers, CancellationToken over)
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
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException)
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

    async Task<Period> MeasureAsync(HostProcess host, string loaded, ConcurrentDictionary<int, long> answers, TimeSpan time)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Load(loaded, answers, over.Token);
        await Task.Delay(warmUp, Cancel);
        var (steps, used, busy, watch) = (await StepsAsync(host.Url), Used(host.Process.Id), Busy(ClientCore), Stopwatch.StartNew());
        await Task.Delay(time, Cancel);
        double elapsed = watch.Elapsed.TotalSeconds, seconds = Used(host.Process.Id) - used, core = Busy(ClientCore) - busy;
        double speed = (await StepsAsync(host.Url) - steps) / seconds;
        host.Process.Refresh();
        var (resident, live) = (host.Process.WorkingSet64, await host.LiveBytesAsync());
        await over.CancelAsync();
        await Task.WhenAll(load);
        return new(speed, seconds / elapsed, core / elapsed, resident, live);
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
            if (stat[..end].Contains("(GridWorld", StringComparison.Ordinal))
                return Seconds(stat[(end + 2)..].Split(' ')[11..13]);
        }

        throw new InvalidOperationException("No thread trains.");
    }

    // Seconds in which a core was busy: all of its times but those of idleness and of waiting for disks, the fourth and the fifth.
    static double Busy(int core)
    {
        string line = File.ReadLines("/proc/stat").Single(one => one.StartsWith($"cpu{core} ", StringComparison.Ordinal));
        string[] times = line.Split(' ')[1..];
        return Seconds([.. times[..3], .. times[5..8]]);
    }

    static double Seconds(string[] ticks) => ticks.Sum(t => long.Parse(t, CultureInfo.InvariantCulture)) / 100.0;

    /// <summary>What training did in a while.</summary>
    /// <param name="StepsPerSecond">Its steps per second of its thread's own time.</param>
    /// <param name="Share">The share of its core that it had.</param>
    /// <param name="ClientCore">How busy the clients' core was.</param>
    /// <param name="Resident">The resident memory of its process.</param>
    /// <param name="Live">The bytes of the objects that its process still uses.</param>
    readonly record struct Period(double StepsPerSecond, double Share, double ClientCore, long Resident, long Live);
}

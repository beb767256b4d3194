using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GridWorld.Tests;

/// <summary>A page, as far as the server sees it: receives frames, keeps what they say, acknowledges when told.</summary>
internal sealed class Page : IAsyncDisposable
{
    readonly HubConnection connection;
    readonly Channel<JsonObject> frames = Channel.CreateUnbounded<JsonObject>();
    readonly Channel<string> faults = Channel.CreateUnbounded<string>();
    readonly TaskCompletionSource closed = new();

    Page(string url)
    {
        var token = ServerFixture.TokenOf(url);
        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(new Uri(url), "/hub/training"), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolver = WireJson.Default)
            .Build();
        connection.On<JsonElement>("frame", frame => frames.Writer.TryWrite(JsonObject.Create(frame)!));
        connection.On<JsonElement>("fault", fault => faults.Writer.TryWrite(fault.GetProperty("message").GetString()!));
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            frames.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the server has dropped this page.</summary>
    public Task Closed => closed.Task;

    /// <summary>The buckets it would draw, by their first episode.</summary>
    public SortedDictionary<long, string> Points { get; } = [];

    public SortedDictionary<long, string> Rows { get; } = [];

    public SortedDictionary<long, string> Events { get; } = [];

    public SortedDictionary<(int X, int Y), JsonObject> Tiles { get; } = [];

    public long LastSeq { get; private set; }

    /// <summary>The state that the last status named.</summary>
    public string? Status { get; private set; }

    public int Frames { get; private set; }

    public int Bytes { get; private set; }

    public int LargestFrame { get; private set; }

    public static async Task<Page> OpenAsync(string url)
    {
        var page = new Page(url);
        await page.connection.StartAsync(TestContext.Current.CancellationToken);
        return page;
    }

    public static async Task<Page> OpenAsync(string url, string view)
    {
        var page = await OpenAsync(url);
        await page.ViewAsync(view);
        return page;
    }

    public Task ViewAsync(string view)
    {
        using var json = JsonDocument.Parse(view);
        return connection.SendAsync("View", json.RootElement.Clone(), TestContext.Current.CancellationToken);
    }

    public Task MapAsync(string part)
    {
        using var json = JsonDocument.Parse(part);
        return connection.SendAsync("Map", json.RootElement.Clone(), TestContext.Current.CancellationToken);
    }

    public Task AckAsync(long seq) => connection.SendAsync("Ack", seq, TestContext.Current.CancellationToken);

    /// <summary>The next frame, taken in but not acknowledged.</summary>
    public async Task<JsonObject> NextFrameAsync(string waitingFor = "the next frame")
    {
        JsonObject frame;
        try
        {
            frame = await frames.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(RawHttp.Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited in vain for {waitingFor}.");
        }

        Take(frame);
        return frame;
    }

    /// <summary>Frames up to the end of the view, all acknowledged; the last one is returned.</summary>
    public async Task<JsonObject> NextViewAsync(string waitingFor = "a whole view")
    {
        while (true)
        {
            var frame = await NextFrameAsync(waitingFor);
            await AckAsync(LastSeq);
            if (!(bool)frame["more"]!)
                return frame;
        }
    }

    public bool TryFrame() => frames.Reader.TryPeek(out _);

    public Task<string> NextFaultAsync() =>
        faults.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(RawHttp.Patience);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    void Take(JsonObject frame)
    {
        var size = Encoding.UTF8.GetByteCount(frame.ToJsonString());
        (Frames, Bytes, LargestFrame) = (Frames + 1, Bytes + size, Math.Max(LargestFrame, size));
        LastSeq = (long)frame["seq"]!;
        if (frame["base"] is null)
        {
            Points.Clear();
            Rows.Clear();
            Events.Clear();
            Tiles.Clear();
        }

        Status = (string?)frame["status"]?["state"] ?? Status;
        if (frame["metrics"] is JsonObject metrics)
        {
            if ((bool)metrics["reset"]!)
                Points.Clear();
            foreach (var point in metrics["points"]!.AsArray())
                Points[(long)point![0]!] = point.ToJsonString();
        }

        foreach (var row in frame["episodes"]?["rows"]?.AsArray() ?? [])
            Rows[(long)row![0]!] = row.ToJsonString();
        foreach (var happened in frame["events"]?.AsArray() ?? [])
            Events[(long)happened!["seq"]!] = happened.ToJsonString();
        if (frame["map"] is JsonObject map)
            Tiles[((int)map["x"]!, (int)map["y"]!)] = map;
    }
}

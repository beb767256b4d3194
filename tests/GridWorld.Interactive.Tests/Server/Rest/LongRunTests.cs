using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Runs of which not every row is kept, over the network.</summary>
public sealed class LongRunTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Exported_metrics_are_the_episodes_that_the_header_names(string format)
    {
        var run = Worlds.Get("empty-2x1").Train(episodes: 40_000, options: new() { Store = server.Store });
        await run;
        using (var connection = StoreFile.Write(RunFiles.PathOf(server.Store, run.Id)))
            EpisodeTable.Delete(connection, "WHERE chunk BETWEEN 0 AND 6 OR chunk BETWEEN 8 AND 30");

        var reply = await Send(HttpMethod.Get, $"/api/export?session={run.Id}&what=metrics&format={format}");

        Assert.Equal((200, "7169-8192, 31745-40000"), (reply.Status, reply.Kept));
        Assert.Equal(Enumerable.Range(7169, 1024).Concat(Enumerable.Range(31_745, 8256)), format == "csv"
            ? reply.Body.Split('\n',
            StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))
            : JsonNode.Parse(reply.Body)!.AsArray().Select(row => (int)row!["episode"]!));
    }

    [Fact]
    public async Task Slow_readers_of_run_files_are_few()
    {
        var run = Worlds.CliffWalking().Train(episodes: 5, options: new() { Store = server.Store });
        await run;
        using (var connection = StoreFile.Write(RunFiles.PathOf(server.Store, run.Id)))
            connection.Run("CREATE TABLE more AS SELECT randomblob(20000000) AS data"); // more than a socket takes in
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Token());
        var address = server.At($"/api/run-file?session={run.Id}");
        var readers = new List<HttpResponseMessage>();

        for (int i = 0; i < 5; i++)
            readers.Add(await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));

        Assert.Equal([200, 200, 200, 200, 503], readers.Select(r => (int)r.StatusCode));
        Assert.Contains("4 run files are being downloaded",
            await readers[4].Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        long whole = readers[0].Content.Headers.ContentLength!.Value;
        Assert.Equal(whole, (await readers[0].Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        foreach (var reader in readers)
            reader.Dispose();
    }

    [Fact]
    public async Task Fork_from_before_the_kept_rows_starts_paused()
    {
        var run = Run.Start(new(Worlds.Get("empty-2x1"), new QLearning(), Episodes: 3_000_000), RunOptions.InMemory);
        await run;
        server.Register(run);

        var reply = await Send(HttpMethod.Post, $"/api/training-session/{run.Id}/fork", """{"episode":1000,"paused":true}""");
        var fork = (Run)server.Runs.Live((string)JsonNode.Parse(reply.Body)!["run_id"]!)!.View;
        fork.Stop();
        await fork;

        Assert.Equal((201, 1000), (reply.Status, fork.Episodes));
    }

    async Task<(int Status, string Body, string Kept)> Send(HttpMethod method, string target, string body = "")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method,
            server.At(target)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", server.Token());
        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            string.Join(", ", reply.Headers.TryGetValues("GridWorld-Kept-Episodes", out var kept) ? kept : []));
    }
}

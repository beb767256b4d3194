using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>With Redis home may move. Without what it needs from Redis, home says so.</summary>
public sealed class RedisTests
{
    const string Missing = "redis-server is not installed.";

    [Fact]
    public async Task Redis_without_an_append_only_file_or_with_another_password_or_that_is_not_there_is_refused()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, Missing);
        using var forgetful = new RedisServer(keeps: false);
        using var server = new RedisServer();

        Assert.Contains("keeps no append-only file", await RefusedAsync(forgetful.Option));
        Assert.Contains("WRONGPASS", await RefusedAsync($"127.0.0.1:{server.Port},password=guessed"));
        Assert.Contains("cannot be used", await RefusedAsync($"127.0.0.1:{ClusterAddress.FreePort(System.Net.IPAddress.Loopback)}"));
        Assert.Contains("cannot be used", await RefusedAsync("127.0.0.1:1,nonsense=1"));
    }

    [Fact]
    public async Task Home_does_not_start_again_on_an_emptied_Redis_or_beside_another_home_unless_told_to()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, Missing);
        using var redis = new RedisServer();
        using var study = new Study(episodes: 4_000);
        string[] option = ["--redis", redis.Option];
        var home = study.Home(more: option);
        string address = home.Address;

        var second = study.Home(more: option);
        Assert.Equal(2, second.End());
        second.Line($"knows a home at {address}, which answers");
        home.Kill();
        home = study.Home(isResumed: true, more: option);
        Assert.NotEmpty(home.Address); // Redis has the mark
        home.Kill();
        await redis.EmptyAsync();
        home = study.Home(isResumed: true, more: option);
        Assert.Equal(2, home.End());
        home.Line("which has used Redis before. It was emptied, or it is another Redis");
        home.Line("If no other home is running, pass --no-other-home.");
        home = study.Home(isResumed: true, more: [.. option, "--no-other-home"]);
        Assert.NotEmpty(home.Address);
        home.Kill();
        home = study.Home(isResumed: true, more: option);
        Assert.NotEmpty(home.Address); // Redis has the mark again
    }

    [Fact]
    public async Task Home_may_move_and_Redis_may_be_killed_and_emptied()
    {
        Assert.SkipUnless(Long.Is("redis"), "Takes a minute: dotnet run build.cs long redis.");
        Assert.SkipUnless(RedisServer.IsInstalled, Missing);
        using var redis = new RedisServer();
        using var study = new Study(episodes: 4_000);
        string alone = study.Alone();
        string[] option = ["--redis", redis.Option];
        var home = study.Home(more: option);
        var worker = study.Worker(option);
        Wait.Until(() => study.Ended >= 10, $"It does not go on. {home}");

        worker.Signal("STOP"); // so that nothing depends on how fast the machine is
        redis.Kill();
        redis.Restart();
        await redis.EmptyAsync();
        home.Line("was emptied. Home registers again.");
        home.Kill();
        long ended = study.Ended;
        home = study.Home("127.0.0.1:0", isResumed: true, option);
        worker.Signal("CONT");
        home.Line($"{worker.Id} has joined");

        Assert.InRange(ended, 10, 299);
        Assert.True(home.End() == 0, $"{home}");
        Assert.Equal(alone, Study.Table(home.Output));
        Assert.True(worker.End() == 0, $"{worker}");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public void Redis_may_be_away_while_the_work_goes_on(int seconds)
    {
        Assert.SkipUnless(Long.Is("redis"), "Takes minutes: dotnet run build.cs long redis.");
        Assert.SkipUnless(RedisServer.IsInstalled, Missing);
        using var redis = new RedisServer();
        using var study = new Study(EpisodesOf(2 * seconds + 20));
        var patience = TimeSpan.FromMinutes(15);
        string alone = study.Alone(patience);
        var home = study.Home(more: ["--redis", redis.Option]);
        var workers = new[] { study.Worker(["--redis", redis.Option]), study.Worker(["--redis", redis.Option]) };
        Wait.Until(() => study.Ended >= 10, $"It does not go on. {home}");

        redis.Kill();
        long before = study.Ended;
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        long after = study.Ended;
        redis.Restart();

        Assert.True(home.End(patience) == 0, $"{home}");
        Assert.Equal(alone, Study.Table(home.Output));
        Assert.All(workers, worker => Assert.True(worker.End() == 0, $"{worker}"));
        Assert.InRange(after, before + 10, 299);
        Long.Say("redis", $"Redis was away for {seconds} s, in which {after - before} trials ended; the table equals the single process's");
    }

    // How long a run must be for a study to take that many seconds on this machine.
    static int EpisodesOf(int seconds)
    {
        const int Few = 100_000;
        using var study = new Study(Few);
        var watch = Stopwatch.StartNew();
        study.Alone();
        return (int)(Few * seconds / watch.Elapsed.TotalSeconds);
    }

    static async Task<string> RefusedAsync(string option) =>
        (await Assert.ThrowsAsync<InputException>(() => RedisBook.OpenAsync(option))).Message;
}

using System.Globalization;

namespace GridWorld.Tests;

/// <summary>Processes that are killed and frozen come to the table of a single process.</summary>
public sealed class ClusterTests
{
    // All workers are dead or frozen at one time, so nothing depends on how fast the machine is.
    [Fact]
    public void Kills_of_workers_and_home_and_a_freeze_change_no_result()
    {
        using var study = new Study(episodes: 5_000);
        string alone = study.Alone();
        var home = study.Home();
        string address = home.Address;
        var frozen = study.Worker(address);
        Wait.Until(() => study.Ended >= 10, $"It does not go on. {home}");
        frozen.Signal("STOP");
        var killed = study.Worker(address);
        home.Line($"{killed.Id} has joined");
        killed.Kill();

        home.Line($"{killed.Id} is gone");
        home.Line($"{frozen.Id} is gone");
        home.Kill();
        long ended = study.Ended;
        frozen.Signal("CONT");
        home = study.Home(address, isResumed: true);
        home.Line($"{frozen.Id} has joined");
        var added = study.Worker(address, "--client");

        Assert.InRange(ended, 10, 299);
        Assert.True(home.End() == 0, $"{home}");
        Assert.Equal(alone, Study.Table(home.Output));
        Assert.True(frozen.End() == 0, $"{frozen}");
        Assert.StartsWith("The sweep is over: trained ", frozen.Output);
        added.Signal("INT"); // it may have come too late
        Assert.True(added.End() == 0, $"{added}");
    }

    [Fact]
    public void Nothing_is_printed_and_no_port_is_open_but_what_was_said()
    {
        using var study = new Study(episodes: 1_000_000);
        var home = study.Home();
        var (silo, client) = (study.Worker(home.Address), study.Worker(home.Address, "--client"));
        home.Line($"{silo.Id} has joined");
        home.Line($"{client.Id} has joined");
        int port = int.Parse(home.Address.Split(':')[1], CultureInfo.InvariantCulture);
        var (ofHome, ofSilo, ofClient) = (Listeners(home.Id), Listeners(silo.Id), Listeners(client.Id));

        foreach (var actor in new[] { silo, client, home })
        {
            actor.Signal("INT");
            Assert.True(actor.End() == 0, $"{actor}");
        }

        Assert.Equal(2, home.Lines("has left").Length);
        const string allowed = "^(listening 127.0.0.1:[0-9]+|worker .+ has (joined with 1 thread|left)|Stopped. To resume: .+)$";
        Assert.All(home.Errors, line => Assert.Matches(allowed, line));
        Assert.Equal([$"joined 127.0.0.1:{port}"], silo.Errors);
        Assert.Equal([$"joined 127.0.0.1:{port}"], client.Errors);
        Assert.Matches("^Stopped: trained [0-9]+ runs.$", silo.Output);
        if (!OperatingSystem.IsLinux())
            return;
        Assert.Equal([$"127.0.0.1:{port}", $"127.0.0.1:{port + 1}"], ofHome);
        Assert.StartsWith("127.0.0.1:", Assert.Single(ofSilo));
        Assert.Empty(ofClient);
    }

    // Each rung begins from states that other workers sent home.
    [Fact]
    public void Pruned_trials_go_on_from_states_that_travel_over_secured_connections()
    {
        using var study = new Study(episodes: 1_000, pruner: "halving");
        string certificate = study.At("shared.pem");
        using (var made = Actor.Start("new certificate", study.At("."), "worker", "--new-certificate", certificate))
            Assert.True(made.End() == 0, $"{made}");
        string alone = study.Alone();

        var home = study.Home(more: ["--certificate", certificate]);
        Actor silo = study.Worker(home.Address, "--certificate", certificate),
            client = study.Worker(home.Address, "--client", "--certificate", certificate);

        Assert.True(home.End() == 0, $"{home}");
        Assert.Equal(alone, Study.Table(home.Output));
        foreach (var worker in new[] { silo, client })
        {
            worker.Signal("INT"); // it may have come too late
            Assert.True(worker.End() == 0, $"{worker}");
        }
    }

    // The listening TCP sockets of a process.
    static string[] Listeners(int process)
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var sockets = Directory.GetFiles($"/proc/{process}/fd").Select(f => new FileInfo(f).LinkTarget ?? "").ToHashSet();
        return [.. new[] { "tcp", "tcp6" }.SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains($"socket:[{fields[9]}]"))
            .Select(fields => fields[1].Split(':') is var at && at[0] == "0100007F"
                ? $"127.0.0.1:{int.Parse(at[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}" : fields[1])
            .Order(StringComparer.Ordinal)];
    }
}

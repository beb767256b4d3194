using System.CommandLine;
using GridWorld.Cluster;

namespace GridWorld.Cli;

/// <summary>Takes part in the sweep of another process or machine.</summary>
internal static class WorkerCommand
{
    static readonly Option Join = Options.Value("--join", "ADDRESS:PORT",
        "Home: what 'gridworld sweep FILE --listen' prints. The worker waits for it. With --redis, Redis knows it.");
    static readonly Option Threads = Options.Value("--threads", "N", "Number of threads that train. Default: one per core.");
    static readonly Option Client = Options.Flag("--client", "Only dial out, to home's address with the next port: for a worker that home "
        + "cannot reach, behind NAT or in a container.");
    static readonly Option NewCertificate = Options.Value("--new-certificate", "F",
        "Write a new certificate for home and all workers, and do nothing else.");

    public static Command Make() => CommandAction.Command("worker", "Train for a sweep of another process or machine, until it is over.",
        [Join, Threads, Client, ClusterInput.Redis, ClusterInput.Certificate, NewCertificate], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        if (given.Text(NewCertificate) is { } path)
        {
            given.Faults.Require(!given.Has(Join), "--new-certificate and --join exclude each other.").ThrowIfAny();
            SharedCertificate.Write(path, TimeProvider.System.GetUtcNow());
            Console.Out.WriteLine($"Wrote {Facts.Text(path)}. Copy it to every machine, and to no one else: "
                + "each machine with this file can take part.");
            return true;
        }

        var certificate = ClusterInput.Shared(given);
        int threads = given.Whole(Threads, 1) ?? Environment.ProcessorCount;
        given.Faults.Require(given.Has(Join) || given.Has(ClusterInput.Redis),
            "Specify home: --join ADDRESS:PORT, which 'gridworld sweep FILE --listen' prints, or --redis.");
        var home = given.Text(Join) is { } text ? given.Make(() => ClusterAddress.Read(text, "--join", certificate)) : null;
        given.Faults.ThrowIfAny();
        await using var redis = await ClusterInput.OpenAsync(given);
        using var canceled = new CancellationTokenSource();
        using var interrupt = new Interrupt(canceled.Cancel);
        using var worker = new Worker(new(home)
        {
            Redis = redis,
            Threads = threads, Certificate = certificate, IsClient = given.Flag(Client),
            Say = words => Console.Error.WriteLine(Printable.Line(words)),
        });
        bool isOver = await worker.RunAsync(canceled.Token);
        Console.Out.WriteLine($"{(isOver ? "The sweep is over" : "Stopped")}: trained {Printable.Count(worker.Finished, "run")}.");
        return true;
    }
}

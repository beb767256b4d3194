using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Serves the live view of the runs of a store.</summary>
internal static class ServeCommand
{
    public static Command Make() => CommandAction.Command("serve",
        "Show the runs of a store in the live view, until Ctrl+C.", [Options.Store, Serving.Port], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        var options = Serving.Always(given);
        given.Faults.ThrowIfAny();
        await using var server = WidgetServer.Start(options);
        using var interrupt = new Interrupt(() => { });
        // The URL is the only output on stdout, so that a program can read it.
        Console.Out.WriteLine(server.Url());
        await interrupt.Asked;
        return true;
    }
}
